package dev.waymark.spi;

import dev.waymark.api.PeerIdentity;
import dev.waymark.api.PeerRole;
import dev.waymark.api.RouteMapRestrictions;
import dev.waymark.api.net.Asn;
import java.util.Optional;

/**
 * Where a policy stands. On export it knows the kind of peer that the route goes to, not which one: peers of one kind share
 * one evaluation. A policy for one peer is given in that peer's configuration. Immutable.
 *
 * @param direction whether a route arrives or leaves
 * @param localAsn the server's own AS number
 * @param source the peer that sent the route; empty for the server's own networks
 * @param targetRole on export, the role of the peers that the route goes to
 * @param restrictions what the server's configuration has route maps leave undone (ARS-63)
 */
public record PolicyContext(
        Direction direction,
        Asn localAsn,
        Optional<PeerIdentity> source,
        Optional<PeerRole> targetRole,
        RouteMapRestrictions restrictions) {

    /** Creates a context without restrictions. */
    public PolicyContext(
            Direction direction, Asn localAsn, Optional<PeerIdentity> source, Optional<PeerRole> targetRole) {
        this(direction, localAsn, source, targetRole, RouteMapRestrictions.none());
    }

    /** Returns whether the route is one of the server's own networks. */
    public boolean isOwnNetwork() {
        return source.isEmpty();
    }

    /** Which way a route goes. */
    public enum Direction {
        /** From a peer into the server. */
        IMPORT,
        /** From the server to peers. */
        EXPORT
    }
}
