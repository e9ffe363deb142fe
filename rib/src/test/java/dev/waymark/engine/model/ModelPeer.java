package dev.waymark.engine.model;

import dev.waymark.api.RejectReason;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A configured peer: whether it is up, what it has said, how it may come up again. */
final class ModelPeer {
    static final long BY_HAND = Long.MAX_VALUE;
    private static final long LONG_UP_MILLIS = 600_000;

    PeerSpec spec;
    boolean isEnabled = true;
    boolean isUp;
    /** Rests after an error: for a time that chance shortens, so nothing is said about when it ends. */
    boolean restsAfterError;
    /** Rests after a limit until then; 0: it does not. */
    long restsUntil;

    private int limitsInARow;
    private long upSince;

    /** All that it has said in this session and not taken back, as the rules judge it. */
    final Map<IpPrefix, Heard> heard = new TreeMap<>();

    final Map<AddressFamily, Batch> batches = new EnumMap<>(AddressFamily.class);
    final Map<AddressFamily, Ledger> ledgers = new EnumMap<>(AddressFamily.class);
    /** What a refresh has not renewed yet. */
    final Map<AddressFamily, Set<IpPrefix>> stale = new EnumMap<>(AddressFamily.class);

    final Map<AddressFamily, Long> staleUntil = new EnumMap<>(AddressFamily.class);

    /**
     * A route as it was received and what became of it.
     *
     * @param effective after import policy; as received where that said nothing
     * @param refusal why it is rejected
     */
    record Heard(Attrs received, Attrs effective, Optional<RejectReason> refusal) {
        boolean isAccepted() {
            return refusal.isEmpty();
        }
    }

    ModelPeer(PeerSpec spec) {
        this.spec = spec;
    }

    Ledger ledger(AddressFamily family) {
        return Objects.requireNonNull(ledgers.get(family));
    }

    boolean isExternal() {
        return spec.asn() != Setup.OWN_AS;
    }

    /** A start by hand: a rest ends, and rests begin small again. */
    void start() {
        restsAfterError = false;
        restsUntil = 0;
        limitsInARow = 0;
    }

    void up(long now, Set<AddressFamily> families, Optional<RouteLimit> limit) {
        isUp = true;
        upSince = now;
        for (AddressFamily family : families) {
            ledgers.put(family, new Ledger());
        }
        setLimit(limit);
    }

    /** Another limit counts anew, from the routes that are held. */
    void setLimit(Optional<RouteLimit> limit) {
        batches.clear();
        for (AddressFamily family : ledgers.keySet()) {
            limit.ifPresent(value -> batches.put(family, new Batch(value)));
        }
    }

    /** The session is gone, and its routes. */
    void down(long now) {
        if (now - upSince >= LONG_UP_MILLIS) {
            limitsInARow = 0;
        }
        isUp = false;
        heard.clear();
        batches.clear();
        ledgers.clear();
        stale.clear();
        staleUntil.clear();
    }

    /** Rests because the limit was passed: each time twice as long (ARS-24). */
    void rest(long now, RouteLimit limit) {
        long rest = limit.restartAfter().toMillis();
        for (int i = 0; i < limitsInARow; i++) {
            rest = Math.min(2 * rest, limit.restartAtMost().toMillis());
        }
        limitsInARow++;
        restsUntil = rest == 0 ? BY_HAND : now + rest;
    }

    Set<IpPrefix> held(AddressFamily family, boolean onlyAccepted) {
        Set<IpPrefix> held = new HashSet<>();
        heard.forEach((prefix, route) -> {
            if (prefix.family() == family && (route.isAccepted() || !onlyAccepted)) {
                held.add(prefix);
            }
        });
        return held;
    }
}
