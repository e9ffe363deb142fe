package dev.waymark.examples.fulltable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.RouteQuery;
import dev.waymark.api.RouteView;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.spi.contract.RecordingSink;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Internet's IPv4 table of 2014 through a route server over TCP, compared route by route with its source. */
@Timeout(240)
class FullTableTest {
    private static final String FOLDER = "rv-jinx-20140530";
    private static final int FULL_FEED = 30844;
    private static final int PREFIXES = 497_321;
    private static final int PREFIXES_WITH_AS_SET = 124;
    private static final int AS_SET = 1;
    private static final List<Asn> PEERS = List.of(Asn.of(FULL_FEED), Asn.of(64512), Asn.of(64513));

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"packed", "order"})
    void everyRouteArrivesAsItWasSentAndIsWithdrawnWithItsSession(String packing) throws IOException {
        byte[] stream = RecordedStream.of(FOLDER, packing, FULL_FEED).messages();
        RecordingSink sink = new RecordingSink();
        try (TableServer tables = new TableServer(AddressFamily.IPV4_UNICAST, PEERS, sink, config -> config)) {
            RouteTable sent = tables.expected(stream);
            assertEquals(PREFIXES, sent.size());
            TcpSpeaker source = tables.connect(0);
            TcpSpeaker early = tables.connect(1);
            int half = boundaryAfter(stream, stream.length / 2);
            source.send(stream, 0, half);
            early.await("some routes", table -> table.size() > 0);
            TcpSpeaker late = tables.connect(2);
            source.send(stream, half, stream.length);

            for (TcpSpeaker receiver : List.of(early, late)) {
                receiver.awaitRoutes(PREFIXES);
                receiver.awaitEndOfRib();
                assertEquals(List.of(), receiver.routes().differencesFrom(sent));
                assertEquals(0, receiver.routes().idleWithdrawals());
            }
            assertEquals(0, source.routes().size());
            sink.await(routes -> routes.size() == PREFIXES);
            assertTrue(tables.counts(0).isBalanced(), () -> tables.counts(0).toString());
            assertEquals(PREFIXES, tables.counts(0).acceptedNow());

            source.close();
            early.awaitRoutes(0);
            late.awaitRoutes(0);
            sink.await(routes -> routes.isEmpty());
            assertEquals(List.of(), sink.violations());
            assertEquals(
                    0, tables.server().routes(RouteQuery.of(RouteView.SELECTED)).count());
        }
    }

    @Test
    void onlyTheRoutesWithAnAsSetAreLostWhereItIsNotAllowed() throws IOException {
        byte[] stream = RecordedStream.of(FOLDER, "packed", FULL_FEED).messages();
        try (TableServer tables = new TableServer(
                AddressFamily.IPV4_UNICAST,
                PEERS,
                new RecordingSink(),
                config -> config.session(session -> session.withAllowAsSet(false)))) {
            RouteTable expected = tables.table();
            tables.expected(stream).forEach((high, low, length, set) -> {
                if (!hasAsSet(set)) {
                    expected.add(high, low, length, set);
                }
            });
            assertEquals(PREFIXES - PREFIXES_WITH_AS_SET, expected.size());
            TcpSpeaker source = tables.connect(0);
            TcpSpeaker receiver = tables.connect(1);
            source.sendAll(stream);
            tables.awaitAnnounced(0, PREFIXES);
            receiver.awaitRoutes(expected.size());
            assertEquals(List.of(), receiver.routes().differencesFrom(expected));
            assertEquals(PREFIXES_WITH_AS_SET, tables.counts(0).treatedAsWithdraw());
        }
    }

    private static boolean hasAsSet(byte[] set) {
        int path = AttributePool.find(set, AttributePool.AS_PATH);
        int end = path + AttributePool.length(set, path);
        for (int at = path; at < end; at += 2 + 4 * (set[at + 1] & 0xff)) {
            if (set[at] == AS_SET) {
                return true;
            }
        }
        return false;
    }

    /** Where the message that stands at an index ends. */
    private static int boundaryAfter(byte[] stream, int index) {
        int at = 0;
        while (at < index) {
            at += AttributePool.u16(stream, at + 16);
        }
        return at;
    }
}
