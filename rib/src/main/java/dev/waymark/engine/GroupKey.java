package dev.waymark.engine;

import dev.waymark.api.PeerRole;
import dev.waymark.api.SendLimit;
import dev.waymark.api.net.IpAddress;
import dev.waymark.bgp.codec.EncodeOptions;
import dev.waymark.spi.RoutePolicy;
import java.util.Optional;

/**
 * What peers of one update group have in common: everything that decides which routes they are sent and how these look on
 * the wire. Policies are compared by {@code equals}, which for most is identity. Immutable.
 *
 * @param role the peers' role
 * @param isExternal whether they are of another AS
 * @param encoding AS number width, message size
 * @param prependLocalAs whether the own AS is put in front
 * @param nextHopSelf whether the own address replaces the next hop
 * @param localAddress the own address in the family, if there is one
 * @param addsOnlyToCustomer whether routes get ONLY_TO_CUSTOMER on their way out (RFC 9234 §5)
 * @param policy what may leave; empty: nothing does if {@code requiresPolicy}, else everything
 * @param requiresPolicy whether a missing policy means nothing leaves (RFC 8212)
 * @param usesServerPolicy whether the policy is the server's, and changes with it
 * @param gracefulShutdown whether everything gets GRACEFUL_SHUTDOWN on its way out (RFC 8326, ARS-4)
 * @param takesLongLived whether routes with LLGR_STALE may be sent (RFC 9494 §4.3)
 * @param sentPaths how many paths of a prefix are sent with ADD-PATH (RFC 7911), 1 or more; 0: one path without an identifier
 * @param capped whom this group is for alone, since its send limit makes what it is sent its own (ARS-55); empty: for all
 */
record GroupKey(
        PeerRole role,
        boolean isExternal,
        EncodeOptions encoding,
        boolean prependLocalAs,
        boolean nextHopSelf,
        Optional<IpAddress> localAddress,
        boolean addsOnlyToCustomer,
        Optional<RoutePolicy> policy,
        boolean requiresPolicy,
        boolean usesServerPolicy,
        boolean gracefulShutdown,
        boolean takesLongLived,
        int sentPaths,
        Optional<Capped> capped) {

    /** A peer with a send limit. Such peers share nothing, which keeps the sharing of all others as simple as it is. */
    record Capped(String peer, SendLimit limit) {}

    /** Returns this key with another policy. */
    GroupKey withPolicy(Optional<RoutePolicy> changed) {
        return with(changed, gracefulShutdown);
    }

    /** Returns this key with GRACEFUL_SHUTDOWN added, or no longer. */
    GroupKey withGracefulShutdown(boolean changed) {
        return with(policy, changed);
    }

    private GroupKey with(Optional<RoutePolicy> changedPolicy, boolean changedShutdown) {
        return new GroupKey(
                role,
                isExternal,
                encoding,
                prependLocalAs,
                nextHopSelf,
                localAddress,
                addsOnlyToCustomer,
                changedPolicy,
                requiresPolicy,
                usesServerPolicy,
                changedShutdown,
                takesLongLived,
                sentPaths,
                capped);
    }
}
