package dev.waymark.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * The parts of the whole picture: a pair of instances with NVAs (two FRR, two BIRD, one of these without route refresh), an
 * ExpressRoute gateway and an active-active VPN gateway (BIRD), all in a network namespace, over TCP on port 179.
 */
final class WholePicture implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final List<String> INSTANCES = List.of("10.0.1.4", "10.0.1.5");
    static final long GATEWAY_ASN = 65_515;

    static final String NETWORK = "10.0.0.0/16";
    static final String SPOKE = "10.1.0.0/16";
    static final String IN_SPOKE = "10.1.5.0/24";
    static final String SHARED = "10.210.0.0/24";
    static final String BEHIND_ER = "10.101.0.0/24";
    static final String BEHIND_VPN = "10.102.0.0/24";
    static final String BEHIND_VPN_A = "10.102.1.0/24";
    static final String CLIENTS = "172.16.0.0/25";

    /** Of the same length from all three kinds, longest from ExpressRoute, shortest from there. */
    static final String SAME = "10.200.0.0/24";

    static final String ER_LONGEST = "10.201.0.0/24";
    static final String ER_SHORTEST = "10.202.0.0/24";

    private final Path folder;
    private final List<AutoCloseable> open = new ArrayList<>();
    final NetworkNamespace namespace;
    final Tshark tshark;
    final ServedPicture server;
    final Party.Daemon nva1;
    final Party.Daemon nva2;
    final Party.Daemon nva3;
    final Party.Daemon old;
    final Party.Daemon er;
    final Party.Daemon vpnA;
    final Party.Daemon vpnB;

    /** Starts everything and waits for all sessions; skips the test that asks if something for it is missing here. */
    WholePicture(Path folder) {
        assumeTrue(
                Files.exists(ServedPicture.JAR),
                ServedPicture.JAR + " is missing; mvn package makes it, without -Dquick");
        Programs.need("tshark", "tshark");
        Programs.need("bird", "bird2");
        Programs.need(Frr.BGPD, "frr");
        this.folder = folder;
        try {
            namespace = opened(NetworkNamespace.create(Stream.concat(
                            INSTANCES.stream(),
                            Stream.of(
                                    "10.0.2.4", "10.0.2.5", "10.0.2.6", "10.0.2.7", "10.0.3.4", "10.0.3.5", "10.0.3.6"))
                    .toList()));
            tshark = opened(Tshark.start(namespace, folder));
            server = opened(ServedPicture.start(namespace, folder.resolve("serve"), config()));
            nva1 = frr("nva1", "10.0.2.4", 65_001, route(SHARED), route(IN_SPOKE), route(SAME, 65_040));
            nva2 = frr("nva2", "10.0.2.5", 65_002, route(SHARED), route(ER_SHORTEST, 65_040));
            nva3 = bird("nva3", "10.0.2.6", 65_003, "", route("10.103.0.0/24"), route(ER_LONGEST, 65_040));
            old = bird("old", "10.0.2.7", 65_004, "enable route refresh off;", route("10.104.0.0/24"));
            er = bird(
                    "er",
                    "10.0.3.4",
                    GATEWAY_ASN,
                    "",
                    route(BEHIND_ER, 12_076),
                    route(SAME, 12_076, 65_020),
                    route(ER_LONGEST, 12_076, 65_020, 65_021),
                    route(ER_SHORTEST, 12_076));
            SentRoute[] ofVpn = {
                route(BEHIND_VPN, 65_030),
                route(CLIENTS),
                route(SAME, 65_030, 65_031),
                route(ER_LONGEST, 65_030),
                route(ER_SHORTEST, 65_030, 65_031)
            };
            vpnA = bird(
                    "vpn-a",
                    "10.0.3.5",
                    GATEWAY_ASN,
                    "",
                    Stream.concat(Stream.of(ofVpn), Stream.of(route(BEHIND_VPN_A, 65_030)))
                            .toArray(SentRoute[]::new));
            vpnB = bird("vpn-b", "10.0.3.6", GATEWAY_ASN, "", ofVpn);
            server.process().awaitLog("rs1 of hub");
            daemons().forEach(Party.Daemon::start);
            awaitAllEstablished();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    List<Party.Daemon> daemons() {
        return List.of(nva1, nva2, nva3, old, er, vpnA, vpnB);
    }

    void awaitAllEstablished() {
        List<String> all = daemons().stream()
                .map(daemon -> daemon.party().name())
                .flatMap(name -> Stream.of(name + " rs0", name + " rs1"))
                .sorted()
                .toList();
        Await.until(
                PATIENCE,
                () -> server.established().equals(all),
                () -> server.established() + server.process().log());
    }

    /** Waits until the sink and both instances have just these next hops. */
    void awaitProgrammed(String prefix, Party.Daemon... via) {
        List<String> wanted =
                Stream.of(via).map(daemon -> daemon.party().address()).sorted().toList();
        Await.until(
                PATIENCE,
                () -> server.programmed(prefix).equals(List.of(wanted, wanted, wanted)),
                () -> prefix + " via " + server.programmed(prefix) + ", not " + wanted);
    }

    /** Waits until a daemon has just this route from each instance. */
    static void awaitSeen(Party.Daemon at, String prefix, List<Long> asPath, Party.Daemon from) {
        awaitSeen(
                at,
                prefix,
                asPath,
                Collections.nCopies(INSTANCES.size(), from.party().address()));
    }

    /** Waits until a daemon has a network from each instance, with the instance as next hop. */
    static void awaitOwn(Party.Daemon at, String network) {
        awaitSeen(at, network, at.party().isInternal() ? List.of() : List.of(GATEWAY_ASN), INSTANCES);
    }

    private static void awaitSeen(Party.Daemon at, String prefix, List<Long> asPath, List<String> nextHops) {
        for (int instance = 0; instance < INSTANCES.size(); instance++) {
            int each = instance;
            String nextHop = nextHops.get(each);
            Await.until(
                    PATIENCE,
                    () -> {
                        List<SeenRoute> seen = seen(at, each, prefix);
                        return seen.size() == 1
                                && seen.get(0).asPath().equals(asPath)
                                && seen.get(0).nextHop().equals(nextHop);
                    },
                    () -> at.party().name() + " has from rs" + each + " " + seen(at, each, prefix) + ", not " + asPath
                            + " via " + nextHop);
        }
    }

    static void awaitNone(Party.Daemon at, String prefix) {
        Await.until(
                PATIENCE,
                () -> seen(at, 0, prefix).isEmpty() && seen(at, 1, prefix).isEmpty(),
                () -> at.party().name() + " has " + seen(at, 0, prefix) + seen(at, 1, prefix));
    }

    static List<SeenRoute> seen(Party.Daemon at, int instance, String prefix) {
        return at.seen(instance).stream()
                .filter(route -> route.prefix().equals(prefix))
                .toList();
    }

    private static SentRoute route(String prefix, long... behind) {
        return SentRoute.plain(prefix, Arrays.stream(behind).boxed().toArray(Long[]::new));
    }

    private Party.Daemon bird(String name, String address, long asn, String more, SentRoute... routes) {
        return opened(new PartyBird(party(name, address, asn, routes), more));
    }

    private Party.Daemon frr(String name, String address, long asn, SentRoute... routes) {
        return opened(new PartyFrr(party(name, address, asn, routes)));
    }

    private Party party(String name, String address, long asn, SentRoute... routes) {
        return new Party(name, address, asn, folder.resolve(name), namespace, INSTANCES, List.of(routes));
    }

    private <C extends AutoCloseable> C opened(C closeable) {
        open.add(closeable);
        return closeable;
    }

    private static String config() {
        return """
                name: hub
                control: waymark.sock
                instances:
                  - {name: rs0, address: 10.0.1.4, listen: "10.0.1.4:179", zone: "1"}
                  - {name: rs1, address: 10.0.1.5, listen: "10.0.1.5:179", zone: "2"}
                session: {connectRetry: 1s, idleHoldAtMost: 2s}
                peers:
                  - {name: nva1, address: 10.0.2.4, asn: 65001, passive: true}
                  - {name: nva2, address: 10.0.2.5, asn: 65002, passive: true}
                  - {name: nva3, address: 10.0.2.6, asn: 65003, passive: true}
                  - {name: old, address: 10.0.2.7, asn: 65004, passive: true}
                  - {name: er, address: 10.0.3.4, asn: 65515, role: express-route-gateway, passive: true}
                vpnGateways:
                  - name: vpn
                    asn: 65515
                    peers:
                      - {name: vpn-a, address: 10.0.3.5, passive: true}
                      - {name: vpn-b, address: 10.0.3.6, passive: true}
                    pointToSite: [172.16.0.0/24]
                networks:
                  - {prefix: 10.0.0.0/16}
                routeTables:
                  - {name: frontend}
                sinks: [json-lines]
                """;
    }

    /** Ends everything, last things first, whatever becomes of one of them. */
    @Override
    public void close() {
        List<Exception> failures = new ArrayList<>();
        for (int i = open.size() - 1; i >= 0; i--) {
            try {
                open.get(i).close();
            } catch (Exception | AssertionError e) {
                failures.add(new IllegalStateException(e));
            }
        }
        assertEquals(List.of(), failures);
    }
}
