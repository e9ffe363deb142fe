package dev.waymark.examples.decode;

import dev.waymark.api.SessionState;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.RouterId;
import dev.waymark.bgp.message.BgpRole;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of the session that a message came on; what isn't said has a default. Immutable. */
public final class DecodeContext {
    private static final Asn DEFAULT_LOCAL_AS = Asn.of(65515);
    private static final RouterId DEFAULT_LOCAL_ID = RouterId.parse("192.0.2.254");
    private static final DecodeContext EMPTY = new DecodeContext(new EnumMap<>(ContextKey.class));

    private final Map<ContextKey, Object> values;

    private DecodeContext(Map<ContextKey, Object> values) {
        this.values = values;
    }

    /** Returns the context of which nothing is said. */
    public static DecodeContext empty() {
        return EMPTY;
    }

    /**
     * Returns this context with one thing more.
     *
     * @throws IllegalArgumentException naming the key and what is allowed
     */
    public DecodeContext with(ContextKey key, String text) {
        Map<ContextKey, Object> changed = new EnumMap<>(ContextKey.class);
        changed.putAll(values);
        changed.put(key, key.read(text));
        return new DecodeContext(changed);
    }

    /** Returns this context, with the session's state if none was given. */
    DecodeContext withDefaultState(SessionState state) {
        if (values.containsKey(ContextKey.STATE)) {
            return this;
        }
        Map<ContextKey, Object> changed = new EnumMap<>(ContextKey.class);
        changed.putAll(values);
        changed.put(ContextKey.STATE, state);
        return new DecodeContext(changed);
    }

    SessionState state() {
        return get(ContextKey.STATE, SessionState.class).orElse(SessionState.ESTABLISHED);
    }

    Optional<Boolean> ebgp() {
        return get(ContextKey.EBGP, Boolean.class);
    }

    Optional<Asn> peerAs() {
        return get(ContextKey.PEER_AS, Asn.class);
    }

    Asn localAs() {
        return get(ContextKey.LOCAL_AS, Asn.class).orElse(DEFAULT_LOCAL_AS);
    }

    RouterId localId() {
        return get(ContextKey.LOCAL_ID, RouterId.class).orElse(DEFAULT_LOCAL_ID);
    }

    Optional<BgpRole> role() {
        return get(ContextKey.LOCAL_ROLE, BgpRole.class);
    }

    Optional<Boolean> enforceFirstAs() {
        return get(ContextKey.ENFORCE_FIRST_AS, Boolean.class);
    }

    int maxAsPath() {
        return get(ContextKey.MAX_AS_PATH, Integer.class).orElse(1000);
    }

    boolean isSet(ContextKey flag, boolean otherwise) {
        return get(flag, Boolean.class).orElse(otherwise);
    }

    Set<AddressFamily> families() {
        return familiesOf(ContextKey.FAMILIES, Set.of(AddressFamily.values()));
    }

    Set<AddressFamily> addPath() {
        return familiesOf(ContextKey.ADD_PATH_RX, Set.of());
    }

    @SuppressWarnings("unchecked") // what the key's reader made
    List<IpAddress> ownAddresses() {
        return (List<IpAddress>) values.getOrDefault(ContextKey.LOCAL_ADDR, List.of());
    }

    @SuppressWarnings("unchecked") // what the key's reader made
    private Set<AddressFamily> familiesOf(ContextKey key, Set<AddressFamily> otherwise) {
        return (Set<AddressFamily>) values.getOrDefault(key, otherwise);
    }

    private <T> Optional<T> get(ContextKey key, Class<T> type) {
        @Nullable Object value = values.get(key);
        return value == null ? Optional.empty() : Optional.of(type.cast(value));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DecodeContext that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }
}
