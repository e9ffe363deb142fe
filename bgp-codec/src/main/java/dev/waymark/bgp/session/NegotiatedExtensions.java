package dev.waymark.bgp.session;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.message.AddPathCapability;
import dev.waymark.bgp.message.BgpRole;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.ExtendedNextHopCapability;
import dev.waymark.bgp.message.OpenMessage;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What both OPENs together decided beyond the basics. Immutable.
 *
 * @param receivesExtendedMessages whether the peer may send up to 65535 octets: we advertise it (RFC 8654 §4)
 * @param sendsExtendedMessages whether we may: the peer advertises it, and so do we
 * @param extendedNextHop whether IPv4 routes may have IPv6 next hops: both advertise it (RFC 8950 §4)
 * @param addPathReceive the families in which the peer's prefixes have path identifiers (RFC 7911 §5)
 * @param addPathSend the families in which ours have
 * @param role what we are to the peer, if we have a role; the peer has the matching one, or none (RFC 9234 §4.2)
 */
public record NegotiatedExtensions(
        boolean receivesExtendedMessages,
        boolean sendsExtendedMessages,
        boolean extendedNextHop,
        Set<AddressFamily> addPathReceive,
        Set<AddressFamily> addPathSend,
        Optional<BgpRole> role) {

    /** Copies the sets. */
    public NegotiatedExtensions {
        addPathReceive = Set.copyOf(addPathReceive);
        addPathSend = Set.copyOf(addPathSend);
    }

    static NegotiatedExtensions of(SessionExtensions local, OpenMessage open, Set<AddressFamily> families) {
        Set<AddressFamily> receive = EnumSet.noneOf(AddressFamily.class);
        Set<AddressFamily> send = EnumSet.noneOf(AddressFamily.class);
        boolean extendedNextHop = false;
        for (Capability capability : open.capabilities()) {
            if (capability instanceof AddPathCapability addPath) {
                for (AddressFamily family : families) {
                    int mode = addPath.mode(family);
                    addIf(
                            (mode & AddPathCapability.SEND) != 0
                                    && local.addPathReceive().contains(family),
                            family,
                            receive);
                    addIf(
                            (mode & AddPathCapability.RECEIVE) != 0
                                    && local.addPathSend().contains(family),
                            family,
                            send);
                }
            } else if (capability instanceof ExtendedNextHopCapability nextHop) {
                extendedNextHop |= local.extendedNextHop() && nextHop.allowsIpv6NextHop(AddressFamily.IPV4_UNICAST);
            }
        }
        return new NegotiatedExtensions(
                local.extendedMessages(),
                local.extendedMessages() && open.has(Capability.Kind.EXTENDED_MESSAGE),
                extendedNextHop,
                receive,
                send,
                local.role());
    }

    private static void addIf(boolean isBoth, AddressFamily family, Set<AddressFamily> families) {
        if (isBoth) {
            families.add(family);
        }
    }
}
