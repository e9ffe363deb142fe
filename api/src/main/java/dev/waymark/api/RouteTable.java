package dev.waymark.api;

import dev.waymark.api.net.IpPrefix;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A route table of the virtual network, or of a peered one: what Azure has for a subnet (ARS-42). Routes from BGP are
 * programmed in it if it propagates them and belongs to the own network or to a peering that uses the remote gateway. A sink
 * is attached to it by its name, {@link RouteServer#attachSink(String, String, dev.waymark.spi.RouteSink)}. Immutable.
 *
 * @param name its unique name, 1 to 80 characters
 * @param peering the name of the peering whose network it is in; empty: the own network
 * @param propagates whether routes from BGP are programmed
 * @param routes its user-defined routes, none twice; they are shown in the effective routes, and no sink is told of them
 */
public record RouteTable(String name, Optional<String> peering, boolean propagates, List<UserDefinedRoute> routes) {
    /** Copies the list, and checks it and the name. */
    public RouteTable {
        routes = List.copyOf(routes);
        Checks.require(
                !name.isBlank() && name.length() <= NetworkPeering.NAME_CHARACTERS,
                "routeTable.name",
                "'" + name + "' is not 1 to " + NetworkPeering.NAME_CHARACTERS + " characters",
                "ARS-42");
        Set<IpPrefix> seen = new HashSet<>();
        for (UserDefinedRoute route : routes) {
            Checks.require(
                    seen.add(route.prefix()),
                    "routeTable." + name + ".routes",
                    route.prefix() + " is there twice; a prefix has one user-defined route",
                    "ARS-41");
        }
    }

    /** Returns a table of the own network that propagates and has no user-defined routes. */
    public static RouteTable of(String name) {
        return new RouteTable(name, Optional.empty(), true, List.of());
    }

    /** Returns a table of a peered network that propagates and has no user-defined routes. */
    public static RouteTable ofPeering(String name, String peering) {
        return new RouteTable(name, Optional.of(peering), true, List.of());
    }

    /** Returns this table with propagation on or off. */
    public RouteTable withPropagates(boolean value) {
        return new RouteTable(name, peering, value, routes);
    }

    /** Returns this table with other user-defined routes. */
    public RouteTable withRoutes(List<UserDefinedRoute> value) {
        return new RouteTable(name, peering, propagates, value);
    }
}
