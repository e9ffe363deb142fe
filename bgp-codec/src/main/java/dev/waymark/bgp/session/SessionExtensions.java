package dev.waymark.bgp.session;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.message.AddPathCapability;
import dev.waymark.bgp.message.BgpRole;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.ExtendedNextHopCapability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What we offer beyond the basics in our OPEN. Immutable. {@link #none()} is what a session has that sets nothing; each
 * part is advertised only when it is set, and counts only when the peer's OPEN has its side of it.
 *
 * @param extendedMessages whether we take messages of up to 65535 octets (RFC 8654 §3)
 * @param extendedNextHop whether IPv4 routes may have IPv6 next hops (RFC 8950 §4)
 * @param addPathReceive the families of which we take several paths (RFC 7911 §4)
 * @param addPathSend the families of which we send several paths (RFC 7911 §4)
 * @param role what we are to the peer (RFC 9234 §4.1)
 * @param isRoleRequired whether a peer without a role is refused, the "strict mode" of RFC 9234 §4.2
 * @param restart what we say about graceful restart; empty: nothing (RFC 4724 §3)
 */
public record SessionExtensions(
        boolean extendedMessages,
        boolean extendedNextHop,
        Set<AddressFamily> addPathReceive,
        Set<AddressFamily> addPathSend,
        Optional<BgpRole> role,
        boolean isRoleRequired,
        Optional<RestartSupport> restart) {

    private static final SessionExtensions NONE =
            new SessionExtensions(false, false, Set.of(), Set.of(), Optional.empty(), false, Optional.empty());

    /** Copies the sets. */
    public SessionExtensions {
        addPathReceive = Set.copyOf(addPathReceive);
        addPathSend = Set.copyOf(addPathSend);
    }

    /**
     * Returns no extension at all.
     *
     * @return the same object each time
     */
    public static SessionExtensions none() {
        return NONE;
    }

    /**
     * Returns these with extended messages or without.
     *
     * @param value whether we take messages of up to 65535 octets
     * @return new extensions
     */
    public SessionExtensions withExtendedMessages(boolean value) {
        return new SessionExtensions(
                value, extendedNextHop, addPathReceive, addPathSend, role, isRoleRequired, restart);
    }

    /**
     * Returns these with extended next hops or without.
     *
     * @param value whether IPv4 routes may have IPv6 next hops
     * @return new extensions
     */
    public SessionExtensions withExtendedNextHop(boolean value) {
        return new SessionExtensions(
                extendedMessages, value, addPathReceive, addPathSend, role, isRoleRequired, restart);
    }

    /**
     * Returns these with ADD-PATH for other families.
     *
     * @param receive the families of which we take several paths
     * @param send the families of which we send several paths
     * @return new extensions
     */
    public SessionExtensions withAddPath(Set<AddressFamily> receive, Set<AddressFamily> send) {
        return new SessionExtensions(extendedMessages, extendedNextHop, receive, send, role, isRoleRequired, restart);
    }

    /**
     * Returns these with a role.
     *
     * @param value what we are to the peer
     * @param required whether a peer without a role is refused
     * @return new extensions
     */
    public SessionExtensions withRole(BgpRole value, boolean required) {
        return new SessionExtensions(
                extendedMessages, extendedNextHop, addPathReceive, addPathSend, Optional.of(value), required, restart);
    }

    /**
     * Returns these with graceful restart.
     *
     * @param value what we say about it
     * @return new extensions
     */
    public SessionExtensions withRestart(RestartSupport value) {
        return new SessionExtensions(
                extendedMessages,
                extendedNextHop,
                addPathReceive,
                addPathSend,
                role,
                isRoleRequired,
                Optional.of(value));
    }

    /** Returns the capabilities that say all this. */
    List<Capability> capabilities() {
        List<Capability> offered = new ArrayList<>();
        if (extendedNextHop) {
            offered.add(ExtendedNextHopCapability.IPV4_WITH_IPV6);
        }
        if (extendedMessages) {
            offered.add(new Capability.ExtendedMessage());
        }
        role.ifPresent(ours -> offered.add(Capability.Role.of(ours)));
        List<AddPathCapability.Entry> entries = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) {
            int mode = (addPathReceive.contains(family) ? AddPathCapability.RECEIVE : 0)
                    | (addPathSend.contains(family) ? AddPathCapability.SEND : 0);
            if (mode != 0) {
                entries.add(new AddPathCapability.Entry(family.afi(), family.safi(), mode));
            }
        }
        if (!entries.isEmpty()) {
            offered.add(new AddPathCapability(entries));
        }
        restart.ifPresent(ours -> offered.addAll(ours.capabilities()));
        return offered;
    }
}
