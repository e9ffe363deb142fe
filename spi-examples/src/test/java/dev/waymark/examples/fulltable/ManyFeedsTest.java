package dev.waymark.examples.fulltable;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.api.DecisionMode;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.spi.contract.RecordingSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Several full feeds of one collector at once, each from a peer of its own over TCP: what is chosen is what the naive
 * reference chooses, whatever the order in which it came.
 */
@Timeout(240)
class ManyFeedsTest {

    @ParameterizedTest(name = "RFC 4271 §9.1.2.2: {0}, {1}")
    @CsvSource({
        "ris-rrc00-20000111, RFC_4271, IPV4_UNICAST, 7",
        "ris-rrc00-20000111, ECMP, IPV4_UNICAST, 7",
        "rv6-20150922, RFC_4271, IPV6_UNICAST, 27"
    })
    void bestRoutesAreThoseOfTheReference(String folder, DecisionMode mode, AddressFamily family, int count)
            throws IOException {
        List<RecordedStream> streams =
                RecordedStream.all(folder, "order").stream().limit(count).toList();
        assertEquals(count, streams.size());
        List<Asn> peers =
                new ArrayList<>(streams.stream().map(RecordedStream::asn).toList());
        peers.add(Asn.of(64512));
        peers.add(Asn.of(64513));
        RecordingSink sink = new RecordingSink();
        try (TableServer tables = new TableServer(
                family, peers, sink, config -> config.selection(selection -> selection.withMode(mode)))) {
            TcpSpeaker early = tables.connect(count);
            List<TcpSpeaker> sources = new ArrayList<>();
            List<RouteTable> announced = new ArrayList<>();
            List<CompletableFuture<Void>> sending = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                byte[] messages = streams.get(i).messages();
                announced.add(tables.expected(messages));
                TcpSpeaker source = tables.connect(i);
                sources.add(source);
                sending.add(CompletableFuture.runAsync(
                        () -> source.sendAll(messages), task -> new Thread(task, "source").start()));
            }
            sending.forEach(CompletableFuture::join);
            for (int i = 0; i < count; i++) {
                tables.awaitAnnounced(i, announced.get(i).size());
            }
            TcpSpeaker late = tables.connect(count + 1);
            Feeds feeds = new Feeds(announced);
            for (int i = 0; i < count; i++) {
                sources.get(i).awaitRoutes(feeds.sentTo(i, 0));
            }
            check(feeds, 0, early, late, sink, mode);

            sources.get(0).close();
            check(feeds, 1, early, late, sink, mode);

            for (TcpSpeaker source : sources) {
                source.close();
            }
            early.awaitRoutes(tables.table());
            late.awaitRoutes(tables.table());
            sink.await(Map::isEmpty);
            assertEquals(List.of(), sink.violations());
        }
    }

    /** Checks what others are sent, and what is programmed, while the feeds from a first one on are up. */
    private static void check(
            Feeds feeds, int first, TcpSpeaker early, TcpSpeaker late, RecordingSink sink, DecisionMode mode) {
        RouteTable sent = feeds.sentTo(-1, first);
        early.awaitRoutes(sent);
        late.awaitRoutes(sent);
        Map<IpPrefix, List<IpAddress>> programmed = feeds.programmed(
                first, mode == DecisionMode.ECMP ? NaiveBest::shortest : all -> List.of(NaiveBest.of(all)));
        sink.await(routes -> routes.equals(programmed));
    }
}
