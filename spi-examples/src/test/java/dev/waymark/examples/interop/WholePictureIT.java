package dev.waymark.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole picture on real parts: a pair of instances with NVAs (two FRR, two BIRD, one of these without route refresh), an
 * ExpressRoute gateway and an active-active VPN gateway (BIRD), all in a network namespace, over TCP on port 179.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class WholePictureIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> INSTANCES = List.of("10.0.1.4", "10.0.1.5");
    private static final long GATEWAY_ASN = 65_515;

    private static final String NETWORK = "10.0.0.0/16";
    private static final String SPOKE = "10.1.0.0/16";
    private static final String IN_SPOKE = "10.1.5.0/24";
    private static final String SHARED = "10.210.0.0/24";
    private static final String BEHIND_ER = "10.101.0.0/24";
    private static final String BEHIND_VPN = "10.102.0.0/24";
    private static final String BEHIND_VPN_A = "10.102.1.0/24";
    private static final String CLIENTS = "172.16.0.0/25";

    /** Of the same length from all three kinds, longest from ExpressRoute, shortest from there. */
    private static final String SAME = "10.200.0.0/24";

    private static final String ER_LONGEST = "10.201.0.0/24";
    private static final String ER_SHORTEST = "10.202.0.0/24";

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private NetworkNamespace namespace;
    private Tshark tshark;
    private ServedPicture server;
    private Party.Daemon nva1;
    private Party.Daemon nva2;
    private Party.Daemon nva3;
    private Party.Daemon old;
    private Party.Daemon er;
    private Party.Daemon vpnA;
    private Party.Daemon vpnB;

    @BeforeEach
    void start() {
        assumeTrue(
                Files.exists(ServedPicture.JAR),
                ServedPicture.JAR + " is missing; mvn package makes it, without -Dquick");
        Programs.need("tshark", "tshark");
        Programs.need("bird", "bird2");
        Programs.need(Frr.BGPD, "frr");
        namespace = opened(NetworkNamespace.create(Stream.concat(
                        INSTANCES.stream(),
                        Stream.of("10.0.2.4", "10.0.2.5", "10.0.2.6", "10.0.2.7", "10.0.3.4", "10.0.3.5", "10.0.3.6"))
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
    }

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    @DisplayName(
            "ARS-2, ARS-4, ARS-31, ARS-32, ARS-41, ARS-43, ARS-52, ARS-53: pair, NVAs and gateways, one change after the other")
    void wholePicture() {
        branchToBranch();
        preferences();
        peering();
        maintenance();
        loss();
        messages();
    }

    /** ARS-52: off, on, off, without the end of a session. */
    private void branchToBranch() {
        awaitProgrammed(BEHIND_ER, er);
        awaitProgrammed(BEHIND_VPN, vpnA, vpnB);
        awaitProgrammed(SHARED, nva1, nva2);
        awaitBranches(false);
        Map<String, String> sessions = server.sessions();
        server.ctl("branch-to-branch", "on");
        awaitBranches(true);
        awaitSeen(vpnA, BEHIND_ER, List.of(12_076L), er); // reflected: the path is as it was
        awaitSeen(er, BEHIND_VPN_A, List.of(65_030L), vpnA);
        awaitSeen(old, CLIENTS, List.of(GATEWAY_ASN), vpnA);
        awaitNone(er, CLIENTS); // point-to-site clients and ExpressRoute never meet
        awaitNone(vpnB, BEHIND_VPN_A); // nor do the two peers of one gateway
        server.ctl("branch-to-branch", "off");
        awaitBranches(false);
        assertEquals(sessions, server.sessions());
    }

    private void awaitBranches(boolean isOn) {
        for (Party.Daemon nva : List.of(nva1, nva3, old)) {
            awaitOwn(nva, NETWORK);
            awaitSeenIf(isOn, nva, BEHIND_ER, List.of(GATEWAY_ASN, 12_076L), er);
            awaitSeenIf(isOn, nva, BEHIND_VPN_A, List.of(GATEWAY_ASN, 65_030L), vpnA);
        }
        for (Party.Daemon gateway : List.of(er, vpnA, vpnB)) {
            awaitOwn(gateway, NETWORK);
            awaitSeenIf(isOn, gateway, "10.103.0.0/24", List.of(65_003L), nva3);
        }
        awaitSeenIf(isOn, vpnB, BEHIND_ER, List.of(12_076L), er);
        awaitSeenIf(isOn, er, BEHIND_VPN, List.of(65_030L), vpnA);
    }

    /** ARS-31: what all three kinds announce, in the sink, at an NVA, and at the gateway that may have the best itself. */
    private void preferences() {
        server.ctl("branch-to-branch", "on");
        server.ctl("preference", "express-route");
        awaitProgrammed(SAME, er);
        awaitProgrammed(ER_LONGEST, er);
        awaitProgrammed(ER_SHORTEST, er);
        awaitSeen(old, SAME, List.of(GATEWAY_ASN, 12_076L, 65_020L), er);
        awaitSeen(old, ER_LONGEST, List.of(GATEWAY_ASN, 12_076L, 65_020L, 65_021L), er);
        awaitSeen(old, ER_SHORTEST, List.of(GATEWAY_ASN, 12_076L), er);
        awaitNone(er, SAME);

        server.ctl("preference", "vpn-gateway");
        awaitProgrammed(SAME, nva1, vpnA, vpnB);
        awaitProgrammed(ER_LONGEST, vpnA, vpnB);
        awaitProgrammed(ER_SHORTEST, nva2, vpnA, vpnB);
        awaitSeen(old, SAME, List.of(65_001L, 65_040L), nva1); // of equal ones that of the lowest BGP identifier
        awaitSeen(old, ER_LONGEST, List.of(GATEWAY_ASN, 65_030L), vpnA);
        awaitSeen(old, ER_SHORTEST, List.of(65_002L, 65_040L), nva2);
        awaitSeen(er, SAME, List.of(65_001L, 65_040L), nva1);

        server.ctl("preference", "as-path");
        awaitProgrammed(SAME, nva1, er, vpnA, vpnB);
        awaitProgrammed(ER_LONGEST, vpnA, vpnB);
        awaitProgrammed(ER_SHORTEST, er);
        awaitSeen(old, SAME, List.of(65_001L, 65_040L), nva1);
        awaitSeen(old, ER_LONGEST, List.of(GATEWAY_ASN, 65_030L), vpnA);
        awaitSeen(old, ER_SHORTEST, List.of(GATEWAY_ASN, 12_076L), er);
        awaitNone(er, ER_SHORTEST);
    }

    /** ARS-43; what is asked for is looked at in the end, in {@link #messages}. */
    private void peering() {
        awaitProgrammed(IN_SPOKE, nva1);
        awaitSeen(nva3, IN_SPOKE, List.of(65_001L), nva1);
        Map<String, String> before = server.sessions();
        server.ctl("peering", "add", "spoke", SPOKE);
        for (Party.Daemon daemon : daemons()) {
            awaitOwn(daemon, SPOKE);
        }
        awaitProgrammed(IN_SPOKE); // a system route wins over a more specific one (ARS-41)
        awaitNone(nva3, IN_SPOKE);
        Await.until(PATIENCE, () -> again(before, "old").equals(List.of("old rs0", "old rs1")), server::sessions);
        assertEquals(List.of("old rs0", "old rs1"), again(before, ""));
        awaitAllEstablished();
        awaitProgrammed("10.104.0.0/24", old);
        List<Json> effective = server.ctl("effective", "frontend");
        assertTrue(
                effective.stream()
                        .anyMatch(row -> row.get("network").text().equals(IN_SPOKE)
                                && row.get("reason").text().equals("inside-system-route")),
                effective::toString);
    }

    /** Returns the sessions of peers with such names that were Established once more than before. */
    private List<String> again(Map<String, String> before, String name) {
        return server.sessions().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(name))
                .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** ARS-2, ARS-4: one instance is drained, stopped and started, and no next hop leaves the sink. */
    private void maintenance() {
        Map<String, List<String>> before = server.sink();
        int mark = server.sinkLines().size();
        server.ctl("drain", "rs0", "--text", "maintenance", "--after", "10m");
        Await.until(
                PATIENCE,
                () -> seen(nva3, 0, SHARED).stream()
                        .anyMatch(route -> route.communities().contains("65535:0")),
                () -> nva3.seen(0));
        assertEquals(List.of(), List.copyOf(seen(nva3, 1, SHARED).get(0).communities()));
        server.ctl("instance", "stop", "rs0", "--text", "maintenance");
        daemons()
                .forEach(daemon -> Await.until(
                        PATIENCE, () -> daemon.seen(0).isEmpty(), () -> daemon.party() + ": " + daemon.seen(0)));
        for (Party.Daemon daemon : daemons()) {
            assertTrue(seen(daemon, 1, NETWORK).size() == 1, () -> daemon.party() + ": " + daemon.seen(1));
        }
        server.ctl("instance", "start", "rs0");
        awaitAllEstablished();
        awaitProgrammed(SHARED, nva1, nva2);
        awaitProgrammed(SAME, nva1, er, vpnA, vpnB);
        awaitSeen(old, SHARED, List.of(65_001L), nva1);
        for (Json line : server.sinkLines().subList(mark, server.sinkLines().size())) {
            String prefix = line.get("prefix").text();
            Collection<String> held = before.getOrDefault(prefix, List.of());
            assertTrue(line.get("nextHops").texts().containsAll(held), () -> line + " and not " + held);
        }
        Await.until(PATIENCE, () -> server.sink().equals(before), () -> server.sink() + " and not " + before);
    }

    /** ARS-32: an NVA is killed; what it alone had goes, of what it shared its next hop. */
    private void loss() {
        nva1.process().kill9();
        awaitProgrammed(SHARED, nva2);
        awaitProgrammed(SAME, er, vpnA, vpnB);
        awaitSeen(nva3, SHARED, List.of(65_002L), nva2);
        awaitSeen(old, SAME, List.of(GATEWAY_ASN, 12_076L, 65_020L), er);
        String gone = nva1.party().address();
        Await.until(
                PATIENCE,
                () -> Stream.of(nva2, nva3, old, er, vpnA, vpnB)
                        .flatMap(daemon -> Stream.of(daemon.seen(0), daemon.seen(1)))
                        .flatMap(List::stream)
                        .noneMatch(route -> route.nextHop().equals(gone)),
                () -> nva2.seen(0));
        assertTrue(server.sink().values().stream().noneMatch(hops -> hops.contains(gone)), () -> "" + server.sink());
    }

    /** ARS-43, ARS-4: what the instances sent in all that time. */
    private void messages() {
        List<Tshark.Message> sent = tshark.end().stream()
                .filter(message -> INSTANCES.contains(message.from()))
                .toList();
        assertEquals(
                sessions(INSTANCES, nva1, nva2, nva3),
                sent.stream()
                        .filter(message -> message.type() == Tshark.Message.ROUTE_REFRESH)
                        .map(message -> message.from() + " " + message.to())
                        .sorted()
                        .toList(),
                "one ROUTE-REFRESH in each session with an NVA that can be asked");
        assertEquals(
                sessions(INSTANCES, old),
                ceases(sent, "4"),
                "Cease/4 in each session with the one that can't be asked");
        assertEquals(
                sessions(INSTANCES.subList(0, 1), daemons().toArray(Party.Daemon[]::new)),
                ceases(sent, "2"),
                "Cease/2 in each session of the instance that was stopped");
        assertEquals(
                2 + daemons().size(),
                sent.stream()
                        .filter(message -> message.type() == Tshark.Message.NOTIFICATION)
                        .count(),
                sent::toString);
    }

    private static List<String> ceases(List<Tshark.Message> sent, String subcode) {
        return sent.stream()
                .filter(message ->
                        message.code().equals("6") && message.subcode().equals(subcode))
                .map(message -> message.from() + " " + message.to())
                .sorted()
                .toList();
    }

    private static List<String> sessions(List<String> instances, Party.Daemon... daemons) {
        return instances.stream()
                .flatMap(from ->
                        Stream.of(daemons).map(to -> from + " " + to.party().address()))
                .sorted()
                .toList();
    }

    private List<Party.Daemon> daemons() {
        return List.of(nva1, nva2, nva3, old, er, vpnA, vpnB);
    }

    private void awaitAllEstablished() {
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
    private void awaitProgrammed(String prefix, Party.Daemon... via) {
        List<String> wanted =
                Stream.of(via).map(daemon -> daemon.party().address()).sorted().toList();
        Await.until(
                PATIENCE,
                () -> server.programmed(prefix).equals(List.of(wanted, wanted, wanted)),
                () -> prefix + " via " + server.programmed(prefix) + ", not " + wanted);
    }

    /** Waits until a daemon has just this route from each instance. */
    private static void awaitSeen(Party.Daemon at, String prefix, List<Long> asPath, Party.Daemon from) {
        awaitSeen(
                at,
                prefix,
                asPath,
                Collections.nCopies(INSTANCES.size(), from.party().address()));
    }

    /** Waits until a daemon has a network from each instance, with the instance as next hop. */
    private static void awaitOwn(Party.Daemon at, String network) {
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

    private static void awaitSeenIf(
            boolean isThere, Party.Daemon at, String prefix, List<Long> asPath, Party.Daemon from) {
        if (isThere) {
            awaitSeen(at, prefix, asPath, from);
        } else {
            awaitNone(at, prefix);
        }
    }

    private static void awaitNone(Party.Daemon at, String prefix) {
        Await.until(
                PATIENCE,
                () -> seen(at, 0, prefix).isEmpty() && seen(at, 1, prefix).isEmpty(),
                () -> at.party().name() + " has " + seen(at, 0, prefix) + seen(at, 1, prefix));
    }

    private static List<SeenRoute> seen(Party.Daemon at, int instance, String prefix) {
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
}
