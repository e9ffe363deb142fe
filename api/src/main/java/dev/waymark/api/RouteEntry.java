package dev.waymark.api;

import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.PathAttributes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * One row of a view (ARS-70), with the columns that Azure shows for learned routes. Immutable.
 *
 * @param prefix the network
 * @param sourcePeer the peer that sent it; empty for the server's own networks
 * @param localAddress the instance's own address
 * @param nextHops the next hop, or for {@link RouteView#PROGRAMMED} all of them
 * @param attributes the path attributes, in the form that the view shows
 * @param rejectReason why it is rejected
 * @param rejectDetail what the import policy says about it, for people: the route map's rule or the chain's step, as far as it tells;
 *     by the policy of now, so empty while a change of policy has not reached the route yet
 * @param isLeaving whether its session is gone and the route is about to be removed
 * @param isStale whether it is kept from a session that was lost, and not announced again since (RFC 4724 §4.2); of
 *     an aggregate, whether that is so of all routes of its peer: those that it is made of are among them
 * @param aggregate the aggregate that the route is a part of instead of going on by itself (ARS-62)
 * @param pathId the path identifier, an unsigned 32-bit number, where the prefix has one (RFC 7911 §3): the peer's own of what it
 *     sent, ours of what it is sent
 */
public record RouteEntry(
        IpPrefix prefix,
        Optional<PeerIdentity> sourcePeer,
        Optional<IpAddress> localAddress,
        List<IpAddress> nextHops,
        PathAttributes attributes,
        Optional<RejectReason> rejectReason,
        Optional<String> rejectDetail,
        boolean isLeaving,
        boolean isStale,
        Optional<IpPrefix> aggregate,
        OptionalLong pathId) {
    /** The weight that Azure shows for every learned route. */
    public static final int WEIGHT = 32_768;

    /** Copies the list. */
    public RouteEntry {
        nextHops = List.copyOf(nextHops);
    }

    /** Returns the AS path as Azure prints it: the numbers joined by dashes. */
    public String dashedAsPath() {
        return attributes.asPath().segments().stream()
                .flatMap(segment -> segment.asns().stream())
                .map(Object::toString)
                .collect(Collectors.joining("-"));
    }
}
