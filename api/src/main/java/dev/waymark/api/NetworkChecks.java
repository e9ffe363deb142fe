package dev.waymark.api;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules about the virtual network, its peerings and route tables, each with its own error (ARS-15, ARS-27, ARS-40 to 45). */
final class NetworkChecks {
    private NetworkChecks() {}

    static void check(RouteServerConfig config) {
        List<NetworkSpace> networks = config.networks();
        for (int i = 0; i < networks.size(); i++) {
            checkNetwork(config, networks.subList(0, i), networks.get(i));
        }
        checkPeerings(config);
        checkOverlaps(config);
        Set<IpPrefix> endpoints = new HashSet<>();
        for (IpPrefix space : config.serviceEndpoints()) {
            String parameter = "serviceEndpoint." + space;
            checkFamily(config, parameter, space.family());
            Checks.require(endpoints.add(space), parameter, "is there twice", "ARS-41");
        }
        checkTables(config);
    }

    private static void checkNetwork(RouteServerConfig config, List<NetworkSpace> others, NetworkSpace space) {
        String parameter = "network." + space.prefix();
        checkFamily(config, parameter, space.prefix().family());
        int most = config.limits().maxNetworks();
        Checks.require(
                most == 0 || others.size() < most,
                parameter,
                "is network " + (others.size() + 1) + "; limits.maxNetworks allows " + most,
                "ARS-27");
        for (NetworkSpace other : others) {
            Checks.require(!other.prefix().equals(space.prefix()), parameter, "is there twice", "ARS-40");
        }
        checkNextHop(config, parameter, space);
    }

    private static void checkFamily(RouteServerConfig config, String parameter, AddressFamily family) {
        Set<AddressFamily> families = config.session().families();
        Checks.require(
                families.contains(family), parameter, family + " is not among session.families " + families, "ARS-15");
    }

    private static void checkNextHop(RouteServerConfig config, String parameter, NetworkSpace space) {
        Optional<IpAddress> nextHop =
                space.nextHop().or(() -> config.localAddress(space.prefix().family()));
        Checks.require(
                nextHop.isPresent(),
                parameter + ".nextHop",
                "is missing, and the server has no localAddress of that family to use instead",
                "ARS-40");
        Checks.require(
                isUsable(nextHop.get()),
                parameter + ".nextHop",
                nextHop.get()
                        + (space.nextHop().isPresent() ? "" : ", the localAddress,")
                        + " can't be a next hop: give one outside 0/8, 127/8, 224/4, 240/4, ::/127 and ff00::/8",
                "ARS-33");
    }

    /** Peers refuse routes with other next hops (ARS-33, RFC 7606 §3(e)). */
    static boolean isUsable(IpAddress nextHop) {
        if (nextHop.isIpv4()) {
            int first = nextHop.ipv4Bits() >>> 24;
            return first != 0 && first != 127 && first < 224;
        }
        return nextHop.high() >>> 56 != 0xff && (nextHop.high() != 0 || nextHop.low() >>> 1 != 0);
    }

    private static void checkPeerings(RouteServerConfig config) {
        int most = config.limits().maxNetworks();
        int count = config.networks().isEmpty() ? 0 : 1;
        Set<String> names = new HashSet<>();
        for (NetworkPeering peering : config.peerings()) {
            String parameter = "peering." + peering.name();
            Checks.require(names.add(peering.name()), parameter, "is there twice; names are unique", "ARS-40");
            count++;
            Checks.require(
                    most == 0 || count <= most,
                    parameter,
                    "makes it " + count + " virtual networks with the own one; limits.maxNetworks allows " + most,
                    "ARS-27");
            Map<IpPrefix, PeeredSpaceState> states =
                    PeeringSnapshot.of(peering, config).spaces();
            for (NetworkSpace space : peering.spaces()) {
                if (space.prefix().family() == AddressFamily.IPV4_UNICAST) {
                    checkFamily(config, parameter + "." + space.prefix(), AddressFamily.IPV4_UNICAST);
                }
                if (states.get(space.prefix()) == PeeredSpaceState.ADVERTISED) {
                    checkNextHop(config, parameter + "." + space.prefix(), space);
                }
                checkGateways(config, peering, space.prefix());
            }
        }
    }

    /** What has the own AS number in a peered network is its gateway or its route server. */
    private static void checkGateways(RouteServerConfig config, NetworkPeering peering, IpPrefix space) {
        for (PeerConfig peer : config.peers()) {
            Checks.require(
                    !peer.role().isGateway() || !space.contains(peer.address()),
                    "peer." + peer.name() + ".address",
                    peer.address() + " is in peering " + peering.name()
                            + "; route servers and gateways of peered networks exchange nothing, a gateway is in the own"
                            + " network",
                    "ARS-45");
        }
    }

    /** A space and whose it is. */
    private record Owned(IpPrefix space, String owner) {}

    /** In order of prefixes, what overlaps anything overlaps one of those that contain its predecessor, or that itself. */
    private static void checkOverlaps(RouteServerConfig config) {
        if (config.peerings().isEmpty()) {
            return; // the own network's spaces may lie inside each other
        }
        List<Owned> all = new ArrayList<>();
        for (NetworkSpace space : config.networks()) {
            all.add(new Owned(space.prefix(), "the own network"));
        }
        for (NetworkPeering peering : config.peerings()) {
            for (NetworkSpace space : peering.spaces()) {
                all.add(new Owned(space.prefix(), "peering " + peering.name()));
            }
        }
        all.sort(Comparator.comparing(Owned::space));
        List<Owned> around = new ArrayList<>();
        for (Owned next : all) {
            while (!around.isEmpty() && !around.get(around.size() - 1).space().contains(next.space())) {
                around.remove(around.size() - 1);
            }
            for (Owned outer : around) {
                if (!outer.owner().equals(next.owner())) {
                    refuseOverlap(outer, next);
                }
            }
            around.add(next);
        }
    }

    /** Blames the peering: what is there twice is not in the own network, or not in both peerings. */
    private static void refuseOverlap(Owned outer, Owned inner) {
        boolean isInnerPeered = inner.owner().startsWith("peering ");
        Owned blamed = isInnerPeered ? inner : outer;
        Owned other = isInnerPeered ? outer : inner;
        throw new ConfigurationException(
                blamed.owner().replace("peering ", "peering.") + ".spaces",
                blamed.space() + " overlaps " + other.space() + " of " + other.owner()
                        + "; peered networks have spaces of their own",
                "ARS-40");
    }

    private static void checkTables(RouteServerConfig config) {
        Set<String> names = new HashSet<>();
        for (RouteTable table : config.routeTables()) {
            String parameter = "routeTable." + table.name();
            Checks.require(names.add(table.name()), parameter, "is there twice; names are unique", "ARS-42");
            Checks.require(
                    table.peering().isEmpty()
                            || config.peering(table.peering().get()).isPresent(),
                    parameter + ".peering",
                    "there is no peering '" + table.peering().orElse("") + "'",
                    "ARS-42");
            for (UserDefinedRoute route : table.routes()) {
                checkFamily(
                        config,
                        parameter + ".routes." + route.prefix(),
                        route.prefix().family());
            }
        }
        config.sinkTables()
                .forEach((sink, table) -> Checks.require(
                        names.contains(table), "sink." + sink, "there is no route table '" + table + "'", "ARS-42"));
    }
}
