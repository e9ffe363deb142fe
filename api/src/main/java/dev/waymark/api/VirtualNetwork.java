package dev.waymark.api;

import dev.waymark.api.net.IpPrefix;
import java.util.List;
import java.util.stream.Stream;

/**
 * What surrounds the own address spaces of a route server's virtual network, and can be changed while it runs: peerings,
 * service endpoints, route tables (ARS-40 to ARS-45). Of a server, or of a pair and then of both its instances.
 *
 * <p>Not for implementation by hosts. Thread-safe as {@link RouteServer} is. Each change is checked as a whole configuration
 * is: a {@link ConfigurationException} names what is wrong, and nothing is changed then.
 */
public interface VirtualNetwork {
    /** Returns the peerings, with what comes of each of their address spaces. */
    List<PeeringSnapshot> peerings();

    /**
     * Adds a peering, and resets the session of every NVA softly, as Azure does: each is asked for its routes again in every
     * family (RFC 2918), or gets Cease/4 if it can't be asked (ARS-43). With Azure's way of counting, a peer that has more than
     * {@link RouteLimit#safeMaximum} routes passes its route limit by that (ARS-44).
     */
    void addPeering(NetworkPeering peering);

    /**
     * Replaces the peering of that name; only the difference is advertised or withdrawn, and its route tables are programmed or
     * emptied where the flag changed. Resets nothing.
     */
    void updatePeering(NetworkPeering peering);

    /** Removes a peering, which must have no route tables; returns whether there was one. Resets nothing. */
    boolean removePeering(String name);

    /** Returns the address spaces of services that the virtual network has an endpoint for. */
    List<IpPrefix> serviceEndpoints();

    /** Adds a service's address space: no BGP route inside it is programmed (ARS-41). It is not advertised. */
    void addServiceEndpoint(IpPrefix space);

    /** Removes a service's address space; returns whether it was there. */
    boolean removeServiceEndpoint(IpPrefix space);

    /** Returns the route tables. */
    List<RouteTable> routeTables();

    /** Adds a route table. */
    void addRouteTable(RouteTable table);

    /** Replaces the route table of that name; its sinks are told the difference. */
    void updateRouteTable(RouteTable table);

    /**
     * Removes a route table; returns whether there was one. Its sinks lose all they hold and stay attached to the name.
     */
    boolean removeRouteTable(String name);

    /**
     * Returns the effective routes of a route table, longest prefixes first, read in pieces as the stream is consumed (of a
     * pair: when this is called): user-defined routes, address spaces, routes from BGP that its network is programmed with, and
     * default routes, those that are overridden included. A pair's routes have the next hops of both instances.
     *
     * <p>A table of the own network has the spaces of all peerings; one of a peered network has that network's spaces and the own
     * ones, since peering goes one step. What BGP says inside a space of any of them is overridden in every table, as it is
     * programmed in none.
     *
     * @throws ConfigurationException if there is no such table
     */
    Stream<EffectiveRoute> effectiveRoutes(String table);
}
