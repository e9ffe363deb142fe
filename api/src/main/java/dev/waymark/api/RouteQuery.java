package dev.waymark.api;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import java.util.Optional;

/**
 * What to read from the tables. Immutable.
 *
 * @param view which table
 * @param peer the peer, where the view needs one; for others only routes of that peer
 * @param family the address family
 * @param within only prefixes equal to or inside this one
 */
public record RouteQuery(RouteView view, Optional<String> peer, AddressFamily family, Optional<IpPrefix> within) {
    /** Checks that a peer is named where one is needed. */
    public RouteQuery {
        Checks.require(
                peer.isPresent() || !view.needsPeer(), "query.peer", "is missing; " + view + " needs one", "ARS-70");
    }

    /** Returns a query of a whole IPv4 table that needs no peer. */
    public static RouteQuery of(RouteView view) {
        return new RouteQuery(view, Optional.empty(), AddressFamily.IPV4_UNICAST, Optional.empty());
    }

    /** Returns a query of one peer's IPv4 routes. */
    public static RouteQuery of(RouteView view, String peer) {
        return new RouteQuery(view, Optional.of(peer), AddressFamily.IPV4_UNICAST, Optional.empty());
    }

    /** Returns a query of what on-premises networks behind an ExpressRoute gateway see of IPv4 routes (ARS-54). */
    public static RouteQuery onPremises(String gateway) {
        return of(RouteView.ON_PREMISES, gateway);
    }

    /** Returns this query for another family. */
    public RouteQuery withFamily(AddressFamily value) {
        return new RouteQuery(view, peer, value, within);
    }

    /** Returns this query for the prefixes equal to or inside one. */
    public RouteQuery within(IpPrefix value) {
        return new RouteQuery(view, peer, family, Optional.of(value));
    }
}
