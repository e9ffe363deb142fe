package dev.waymark.examples.interop;

import static dev.waymark.examples.interop.WholePicture.BEHIND_ER;
import static dev.waymark.examples.interop.WholePicture.BEHIND_VPN;
import static dev.waymark.examples.interop.WholePicture.BEHIND_VPN_A;
import static dev.waymark.examples.interop.WholePicture.CLIENTS;
import static dev.waymark.examples.interop.WholePicture.ER_LONGEST;
import static dev.waymark.examples.interop.WholePicture.ER_SHORTEST;
import static dev.waymark.examples.interop.WholePicture.GATEWAY_ASN;
import static dev.waymark.examples.interop.WholePicture.INSTANCES;
import static dev.waymark.examples.interop.WholePicture.IN_SPOKE;
import static dev.waymark.examples.interop.WholePicture.NETWORK;
import static dev.waymark.examples.interop.WholePicture.PATIENCE;
import static dev.waymark.examples.interop.WholePicture.SAME;
import static dev.waymark.examples.interop.WholePicture.SHARED;
import static dev.waymark.examples.interop.WholePicture.SPOKE;
import static dev.waymark.examples.interop.WholePicture.awaitNone;
import static dev.waymark.examples.interop.WholePicture.awaitOwn;
import static dev.waymark.examples.interop.WholePicture.awaitSeen;
import static dev.waymark.examples.interop.WholePicture.seen;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole picture on real parts: one change after the other, judged by what daemons and sink have. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class WholePictureIT {
    @TempDir
    private Path folder;

    private WholePicture picture;

    @BeforeEach
    void start() {
        picture = new WholePicture(folder);
    }

    @AfterEach
    void close() {
        if (picture != null) { // it is null where the test is skipped
            picture.close();
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
        picture.awaitProgrammed(BEHIND_ER, picture.er);
        picture.awaitProgrammed(BEHIND_VPN, picture.vpnA, picture.vpnB);
        picture.awaitProgrammed(SHARED, picture.nva1, picture.nva2);
        awaitBranches(false);
        Map<String, String> sessions = picture.server.sessions();
        picture.server.ctl("branch-to-branch", "on");
        awaitBranches(true);
        awaitSeen(picture.vpnA, BEHIND_ER, List.of(12_076L), picture.er); // reflected: the path is as it was
        awaitSeen(picture.er, BEHIND_VPN_A, List.of(65_030L), picture.vpnA);
        awaitSeen(picture.old, CLIENTS, List.of(GATEWAY_ASN), picture.vpnA);
        awaitNone(picture.er, CLIENTS); // point-to-site clients and ExpressRoute never meet
        awaitNone(picture.vpnB, BEHIND_VPN_A); // nor do the two peers of one gateway
        picture.server.ctl("branch-to-branch", "off");
        awaitBranches(false);
        assertEquals(sessions, picture.server.sessions());
    }

    private void awaitBranches(boolean isOn) {
        for (Party.Daemon nva : List.of(picture.nva1, picture.nva3, picture.old)) {
            awaitOwn(nva, NETWORK);
            awaitSeenIf(isOn, nva, BEHIND_ER, List.of(GATEWAY_ASN, 12_076L), picture.er);
            awaitSeenIf(isOn, nva, BEHIND_VPN_A, List.of(GATEWAY_ASN, 65_030L), picture.vpnA);
        }
        for (Party.Daemon gateway : List.of(picture.er, picture.vpnA, picture.vpnB)) {
            awaitOwn(gateway, NETWORK);
            awaitSeenIf(isOn, gateway, "10.103.0.0/24", List.of(65_003L), picture.nva3);
        }
        awaitSeenIf(isOn, picture.vpnB, BEHIND_ER, List.of(12_076L), picture.er);
        awaitSeenIf(isOn, picture.er, BEHIND_VPN, List.of(65_030L), picture.vpnA);
    }

    /** ARS-31: what all three kinds announce, in the sink, at an NVA, and at the gateway that may have the best itself. */
    private void preferences() {
        picture.server.ctl("branch-to-branch", "on");
        picture.server.ctl("preference", "express-route");
        picture.awaitProgrammed(SAME, picture.er);
        picture.awaitProgrammed(ER_LONGEST, picture.er);
        picture.awaitProgrammed(ER_SHORTEST, picture.er);
        awaitSeen(picture.old, SAME, List.of(GATEWAY_ASN, 12_076L, 65_020L), picture.er);
        awaitSeen(picture.old, ER_LONGEST, List.of(GATEWAY_ASN, 12_076L, 65_020L, 65_021L), picture.er);
        awaitSeen(picture.old, ER_SHORTEST, List.of(GATEWAY_ASN, 12_076L), picture.er);
        awaitNone(picture.er, SAME);

        picture.server.ctl("preference", "vpn-gateway");
        picture.awaitProgrammed(SAME, picture.nva1, picture.vpnA, picture.vpnB);
        picture.awaitProgrammed(ER_LONGEST, picture.vpnA, picture.vpnB);
        picture.awaitProgrammed(ER_SHORTEST, picture.nva2, picture.vpnA, picture.vpnB);
        awaitSeen(
                picture.old,
                SAME,
                List.of(65_001L, 65_040L),
                picture.nva1); // of equal ones that of the lowest BGP identifier
        awaitSeen(picture.old, ER_LONGEST, List.of(GATEWAY_ASN, 65_030L), picture.vpnA);
        awaitSeen(picture.old, ER_SHORTEST, List.of(65_002L, 65_040L), picture.nva2);
        awaitSeen(picture.er, SAME, List.of(65_001L, 65_040L), picture.nva1);

        picture.server.ctl("preference", "as-path");
        picture.awaitProgrammed(SAME, picture.nva1, picture.er, picture.vpnA, picture.vpnB);
        picture.awaitProgrammed(ER_LONGEST, picture.vpnA, picture.vpnB);
        picture.awaitProgrammed(ER_SHORTEST, picture.er);
        awaitSeen(picture.old, SAME, List.of(65_001L, 65_040L), picture.nva1);
        awaitSeen(picture.old, ER_LONGEST, List.of(GATEWAY_ASN, 65_030L), picture.vpnA);
        awaitSeen(picture.old, ER_SHORTEST, List.of(GATEWAY_ASN, 12_076L), picture.er);
        awaitNone(picture.er, ER_SHORTEST);
    }

    /** ARS-43; what is asked for is looked at in the end, in {@link #messages}. */
    private void peering() {
        picture.awaitProgrammed(IN_SPOKE, picture.nva1);
        awaitSeen(picture.nva3, IN_SPOKE, List.of(65_001L), picture.nva1);
        Map<String, String> before = picture.server.sessions();
        picture.server.ctl("peering", "add", "spoke", SPOKE);
        for (Party.Daemon daemon : picture.daemons()) {
            awaitOwn(daemon, SPOKE);
        }
        picture.awaitProgrammed(IN_SPOKE); // a system route wins over a more specific one (ARS-41)
        awaitNone(picture.nva3, IN_SPOKE);
        Await.until(
                PATIENCE, () -> again(before, "old").equals(List.of("old rs0", "old rs1")), picture.server::sessions);
        assertEquals(List.of("old rs0", "old rs1"), again(before, ""));
        picture.awaitAllEstablished();
        picture.awaitProgrammed("10.104.0.0/24", picture.old);
        List<Json> effective = picture.server.ctl("effective", "frontend");
        assertTrue(
                effective.stream()
                        .anyMatch(row -> row.get("network").text().equals(IN_SPOKE)
                                && row.get("reason").text().equals("inside-system-route")),
                effective::toString);
    }

    /** Returns the sessions of peers with such names that were Established once more than before. */
    private List<String> again(Map<String, String> before, String name) {
        return picture.server.sessions().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(name))
                .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** ARS-2, ARS-4: one instance is drained, stopped and started, and no next hop leaves the sink. */
    private void maintenance() {
        Map<String, List<String>> before = picture.server.sink();
        int mark = picture.server.sinkLines().size();
        picture.server.ctl("drain", "rs0", "--text", "maintenance", "--after", "10m");
        Await.until(
                PATIENCE,
                () -> seen(picture.nva3, 0, SHARED).stream()
                        .anyMatch(route -> route.communities().contains("65535:0")),
                () -> picture.nva3.seen(0));
        assertEquals(List.of(), List.copyOf(seen(picture.nva3, 1, SHARED).get(0).communities()));
        picture.server.ctl("instance", "stop", "rs0", "--text", "maintenance");
        picture.daemons()
                .forEach(daemon -> Await.until(
                        PATIENCE, () -> daemon.seen(0).isEmpty(), () -> daemon.party() + ": " + daemon.seen(0)));
        for (Party.Daemon daemon : picture.daemons()) {
            assertTrue(seen(daemon, 1, NETWORK).size() == 1, () -> daemon.party() + ": " + daemon.seen(1));
        }
        picture.server.ctl("instance", "start", "rs0");
        picture.awaitAllEstablished();
        picture.awaitProgrammed(SHARED, picture.nva1, picture.nva2);
        picture.awaitProgrammed(SAME, picture.nva1, picture.er, picture.vpnA, picture.vpnB);
        awaitSeen(picture.old, SHARED, List.of(65_001L), picture.nva1);
        for (Json line : picture.server
                .sinkLines()
                .subList(mark, picture.server.sinkLines().size())) {
            String prefix = line.get("prefix").text();
            Collection<String> held = before.getOrDefault(prefix, List.of());
            assertTrue(line.get("nextHops").texts().containsAll(held), () -> line + " and not " + held);
        }
        Await.until(
                PATIENCE,
                () -> picture.server.sink().equals(before),
                () -> picture.server.sink() + " and not " + before);
        for (String instance : List.of("rs0", "rs1")) {
            assertEquals(
                    before,
                    picture.server.ctl("programmed", "--instance", instance).stream()
                            .filter(row -> row.get("type").text().equals("route"))
                            .collect(Collectors.toMap(
                                    row -> row.get("network").text(),
                                    row -> row.get("nextHops").texts())),
                    instance);
        }
    }

    /** ARS-32: an NVA is killed; what it alone had goes, of what it shared its next hop. */
    private void loss() {
        picture.nva1.process().kill9();
        picture.awaitProgrammed(SHARED, picture.nva2);
        picture.awaitProgrammed(SAME, picture.er, picture.vpnA, picture.vpnB);
        awaitSeen(picture.nva3, SHARED, List.of(65_002L), picture.nva2);
        awaitSeen(picture.old, SAME, List.of(GATEWAY_ASN, 12_076L, 65_020L), picture.er);
        String gone = picture.nva1.party().address();
        Await.until(
                PATIENCE,
                () -> Stream.of(picture.nva2, picture.nva3, picture.old, picture.er, picture.vpnA, picture.vpnB)
                        .flatMap(daemon -> Stream.of(daemon.seen(0), daemon.seen(1)))
                        .flatMap(List::stream)
                        .noneMatch(route -> route.nextHop().equals(gone)),
                () -> picture.nva2.seen(0));
        assertTrue(
                picture.server.sink().values().stream().noneMatch(hops -> hops.contains(gone)),
                () -> "" + picture.server.sink());
    }

    /** ARS-43, ARS-4: what the instances sent in all that time. */
    private void messages() {
        List<Tshark.Message> sent = picture.tshark.end().stream()
                .filter(message -> INSTANCES.contains(message.from()))
                .toList();
        assertEquals(
                sessions(INSTANCES, picture.nva1, picture.nva2, picture.nva3),
                sent.stream()
                        .filter(message -> message.type() == Tshark.Message.ROUTE_REFRESH)
                        .map(message -> message.from() + " " + message.to())
                        .sorted()
                        .toList(),
                "one ROUTE-REFRESH in each session with an NVA that can be asked");
        assertEquals(
                sessions(INSTANCES, picture.old),
                ceases(sent, "4"),
                "Cease/4 in each session with the one that can't be asked");
        assertEquals(
                sessions(INSTANCES.subList(0, 1), picture.daemons().toArray(Party.Daemon[]::new)),
                ceases(sent, "2"),
                "Cease/2 in each session of the instance that was stopped");
        assertEquals(
                2 + picture.daemons().size(),
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

    private static void awaitSeenIf(
            boolean isThere, Party.Daemon at, String prefix, List<Long> asPath, Party.Daemon from) {
        if (isThere) {
            awaitSeen(at, prefix, asPath, from);
        } else {
            awaitNone(at, prefix);
        }
    }
}
