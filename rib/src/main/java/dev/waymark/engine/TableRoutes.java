package dev.waymark.engine;

import dev.waymark.api.EffectiveSource;
import dev.waymark.api.NetworkPeering;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.NextHopKind;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteTable;
import dev.waymark.api.UserDefinedRoute;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.engine.EffectiveRanking.Contender;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a route table has whatever BGP says: user-defined routes, address spaces, default routes (ARS-41). A table of the own
 * network has the own spaces, those of all peerings and the service endpoints; a table of a peered network has that network's
 * spaces, and the own ones as peered: peering goes no further than one step. Immutable.
 */
final class TableRoutes {
    /** What Azure puts into every table: the internet, and the private ranges of RFC 1918 and RFC 6598 to nowhere. */
    private static final Map<IpPrefix, NextHopKind> DEFAULTS = Map.of(
            IpPrefix.parse("0.0.0.0/0"), NextHopKind.INTERNET,
            IpPrefix.parse("10.0.0.0/8"), NextHopKind.NONE,
            IpPrefix.parse("172.16.0.0/12"), NextHopKind.NONE,
            IpPrefix.parse("192.168.0.0/16"), NextHopKind.NONE,
            IpPrefix.parse("100.64.0.0/10"), NextHopKind.NONE,
            IpPrefix.parse("::/0"), NextHopKind.INTERNET);

    private final Map<IpPrefix, List<Contender>> byPrefix = new TreeMap<>();
    private final Set<AddressFamily> families;

    private TableRoutes(Set<AddressFamily> families) {
        this.families = families;
    }

    /** Returns what a table has in a configuration that it is part of. */
    static TableRoutes of(RouteTable table, RouteServerConfig config) {
        TableRoutes routes = new TableRoutes(config.session().families());
        for (UserDefinedRoute route : table.routes()) {
            routes.add(
                    route.prefix(),
                    new Contender(
                            EffectiveSource.USER_DEFINED,
                            route.nextHopKind(),
                            route.appliance().stream().toList(),
                            false));
        }
        if (table.peering().isEmpty()) {
            routes.addSpaces(config.networks(), false);
            for (NetworkPeering peering : config.peerings()) {
                routes.addSpaces(peering.spaces(), true);
            }
            for (IpPrefix space : config.serviceEndpoints()) {
                routes.add(space, Contender.of(EffectiveSource.SERVICE_ENDPOINT, NextHopKind.SERVICE_ENDPOINT));
            }
        } else {
            config.peering(table.peering().get()).ifPresent(peering -> routes.addSpaces(peering.spaces(), false));
            routes.addSpaces(config.networks(), true);
        }
        DEFAULTS.forEach((prefix, kind) -> routes.add(prefix, Contender.of(EffectiveSource.DEFAULT, kind)));
        return routes;
    }

    private void addSpaces(List<NetworkSpace> spaces, boolean isPeered) {
        Contender contender = isPeered
                ? Contender.of(EffectiveSource.VIRTUAL_NETWORK_PEERING, NextHopKind.VIRTUAL_NETWORK_PEERING)
                : Contender.of(EffectiveSource.VIRTUAL_NETWORK, NextHopKind.VIRTUAL_NETWORK);
        for (NetworkSpace space : spaces) {
            add(space.prefix(), contender);
        }
    }

    private void add(IpPrefix prefix, Contender contender) {
        if (families.contains(prefix.family())) {
            byPrefix.computeIfAbsent(prefix, unused -> new ArrayList<>()).add(contender);
        }
    }

    boolean contains(IpPrefix prefix) {
        return byPrefix.containsKey(prefix);
    }

    /** Returns the prefixes of one family and length, in order. */
    List<IpPrefix> prefixes(AddressFamily family, int length) {
        return byPrefix.keySet().stream()
                .filter(prefix -> prefix.family() == family && prefix.length() == length)
                .toList();
    }

    /** Returns what there is for a prefix. */
    List<Contender> contenders(IpPrefix prefix) {
        return List.copyOf(byPrefix.getOrDefault(prefix, List.of()));
    }
}
