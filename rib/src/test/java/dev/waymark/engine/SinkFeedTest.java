package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A sink may block, throw or lag: sessions stay, nothing queues, and in the end it holds exactly the Loc-RIB. */
class SinkFeedTest {
    private final Speaker a = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker b = Speaker.of("b", 65002, "10.0.1.2");
    private final CoreHarness net =
            new CoreHarness(RouteExchangeTest.azure(a, b).build());

    private static IpPrefix prefix(int number) {
        return IpPrefix.ofIpv4Bits((20 << 24) + (number << 8), 24);
    }

    private static List<IpPrefix> prefixes(int from, int count) {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            prefixes.add(prefix(i));
        }
        return prefixes;
    }

    private void announce(Speaker speaker, int from, int count) {
        net.say(
                speaker,
                speaker.announce(
                        RouteExchangeTest.path(speaker.asn.toString(), speaker.address.toString()),
                        prefixes(from, count)));
        net.settle();
    }

    private Map<IpPrefix, List<IpAddress>> sink() {
        return net.sinks.getOrDefault(1, Map.of());
    }

    @Test
    @DisplayName("K1: a snapshot in pages comes first, then changes")
    void snapshotComesInPagesThenChanges() {
        net.connect(a);
        announce(a, 0, 1_500);
        announce(a, 1_500, 1_500);
        net.autoSink = false;
        net.call(new Command.AttachSink(1, "table"));
        List<Output.SinkMethod> methods = new ArrayList<>();
        net.settle();
        while (!net.sinkCalls.isEmpty()) {
            methods.add(net.sinkCalls.peek().call().method());
            net.runSink();
            net.settle();
        }
        assertEquals(Output.SinkMethod.SNAPSHOT_BEGIN, methods.get(0));
        assertEquals(Output.SinkMethod.SNAPSHOT_END, methods.get(methods.size() - 1));
        assertEquals(3_000, sink().size());
        assertEquals(
                3_000, net.events(ServerEvent.SinkSynchronized.class).get(0).prefixes());
        net.say(a, a.withdraw(prefixes(0, 1)));
        net.settle();
        assertEquals(Output.SinkMethod.CHANGES, net.sinkCalls.peek().call().method());
        net.runSink();
        assertEquals(2_999, sink().size());
    }

    @Test
    @DisplayName("TRAPS 13: a sink that blocks for ten minutes costs no session, and then gets the latest state only")
    void blockingSinkHoldsUpNobody() {
        net.call(new Command.AttachSink(1, "table"));
        net.connect(a);
        net.connect(b);
        announce(a, 0, 10);
        assertEquals(10, sink().size());
        net.autoSink = false;
        announce(a, 10, 1);
        assertEquals(1, net.sinkCalls.size(), "the call that blocks");
        for (int second = 0; second < 600; second += 10) {
            net.advance(Duration.ofSeconds(10));
            net.say(a, Speaker.keepalive());
            net.say(b, Speaker.keepalive());
            for (int i = 0; i < 20; i++) {
                net.say(a, a.withdraw(prefixes(i, 1)));
                announce(a, i, 1);
            }
        }
        net.say(a, a.withdraw(prefixes(0, 5)));
        net.settle();
        assertEquals(1, net.sinkCalls.size(), "nothing queues behind it");
        assertTrue(a.isConnected && b.isConnected);
        int calls = 0;
        while (!net.sinkCalls.isEmpty()) {
            net.runSink();
            net.settle();
            calls++;
        }
        assertEquals(2, calls, "the one that blocked, and one with all that changed meanwhile");
        assertEquals(b.routes.keySet(), sink().keySet());
    }

    @Test
    @DisplayName("K5: a sink that throws is tried again later with a snapshot, ever more rarely")
    void throwingSinkGetsASnapshotLater() {
        net.connect(a);
        announce(a, 0, 10);
        net.autoSink = false;
        net.call(new Command.AttachSink(1, "table"));
        net.settle();
        int tries = 0;
        for (int second = 0; second < 60; second++) {
            while (!net.sinkCalls.isEmpty()) {
                assertEquals(
                        Output.SinkMethod.SNAPSHOT_BEGIN,
                        net.sinkCalls.remove().call().method());
                net.feed(new Input.SinkReady(1, "broken"));
                net.settle();
                tries++;
            }
            net.advance(Duration.ofSeconds(1));
        }
        assertTrue(tries > 5 && tries < 20, "tries in a minute: " + tries);
        assertEquals(tries, net.events(ServerEvent.SinkFailed.class).size());
        net.advance(Duration.ofSeconds(31));
        while (!net.sinkCalls.isEmpty()) {
            net.runSink();
            net.settle();
        }
        assertEquals(10, sink().size());
    }

    @Test
    @DisplayName("K4: a sink slower than the churn gets every prefix's latest state, and all rows are freed in the end")
    void slowSinkGetsTheLatestState() {
        net.call(new Command.AttachSink(1, "table"));
        net.connect(a);
        net.autoSink = false;
        for (int round = 0; round < 200; round++) {
            announce(a, round * 3, 3);
            net.say(a, a.withdraw(prefixes(round * 3, 2)));
            net.settle();
            if (round % 20 == 0 && !net.sinkCalls.isEmpty()) {
                net.runSink();
                net.settle();
            }
        }
        while (!net.sinkCalls.isEmpty()) {
            net.runSink();
            net.settle();
        }
        assertEquals(200, sink().size());
    }
}
