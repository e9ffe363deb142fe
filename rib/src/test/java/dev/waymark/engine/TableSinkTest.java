package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.NetworkPeering;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.NextHopKind;
import dev.waymark.api.RouteTable;
import dev.waymark.api.UserDefinedRoute;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.RouteChange;
import dev.waymark.spi.contract.RecordingSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Sinks of single route tables beside those of everything (ARS-42). */
class TableSinkTest {
    private static final IpPrefix SPOKE = IpPrefix.parse("10.1.0.0/16");
    private static final IpPrefix ROUTE = IpPrefix.parse("172.16.0.0/16");
    private static final IpPrefix ANOTHER = IpPrefix.parse("172.17.0.0/16");
    private static final Map<IpPrefix, List<IpAddress>> NOTHING = Map.of();
    private static final Map<IpPrefix, List<IpAddress>> ONE =
            Map.of(ROUTE, List.of(IpAddress.parse("10.0.1.1"), IpAddress.parse("10.0.1.2")));
    private static final NetworkPeering PEERING = NetworkPeering.of("spoke", SPOKE);
    private static final RouteTable HUB_TABLE = RouteTable.of("hub-table");
    private static final RouteTable SPOKE_TABLE = RouteTable.ofPeering("spoke-table", "spoke");
    private static final int ALL = 1;
    private static final int HUB = 2;
    private static final int PEERED = 3;

    private final Speaker a = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker b = Speaker.of("b", 65002, "10.0.1.2");
    private final CoreHarness net = new CoreHarness(RouteExchangeTest.azure(a, b)
            .network(NetworkSpace.of(IpPrefix.parse("10.0.0.0/16")))
            .peering(PEERING)
            .routeTable(HUB_TABLE)
            .routeTable(SPOKE_TABLE)
            .build());

    @BeforeEach
    void connect() {
        net.call(new Command.AttachSink(ALL, "all"));
        net.call(new Command.AttachTableSink(HUB, "hub", "hub-table"));
        net.call(new Command.AttachTableSink(PEERED, "peered", "spoke-table"));
        net.connect(a);
        net.connect(b);
        net.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), ROUTE));
        net.say(b, b.announce(RouteExchangeTest.path("65002", "10.0.1.2"), ROUTE));
        net.settle();
    }

    private void change(NetworkChange change) {
        net.call(new Command.ChangeNetwork(change));
        net.settle();
    }

    private void assertSinks(
            Map<IpPrefix, List<IpAddress>> all,
            Map<IpPrefix, List<IpAddress>> hub,
            Map<IpPrefix, List<IpAddress>> peered) {
        assertEquals(all, net.sinks.get(ALL), "everything");
        assertEquals(hub, net.sinks.get(HUB), "table of the own network");
        assertEquals(peered, net.sinks.get(PEERED), "table of the peered network");
    }

    @Test
    @DisplayName("ARS-42: NVA routes are programmed in the tables of the own network and of a peered one with the flag")
    void programsTables() {
        assertSinks(ONE, ONE, ONE);
        net.say(b, b.withdraw(List.of(ROUTE)));
        net.settle();
        Map<IpPrefix, List<IpAddress>> left = Map.of(ROUTE, List.of(IpAddress.parse("10.0.1.1")));
        assertSinks(left, left, left);
    }

    @Test
    @DisplayName(
            "ARS-42: a table with propagation off gets none; off and on at run time withdraws, then gives a snapshot")
    void propagation() {
        for (int round = 0; round < 2; round++) {
            change(new NetworkChange.UpdateTable(HUB_TABLE.withPropagates(false)));
            assertSinks(ONE, NOTHING, ONE);
            net.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), ANOTHER));
            net.say(a, a.withdraw(List.of(ANOTHER)));
            net.settle();
            assertSinks(ONE, NOTHING, ONE);
            change(new NetworkChange.UpdateTable(HUB_TABLE));
            assertSinks(ONE, ONE, ONE);
        }
    }

    @Test
    @DisplayName(
            "ARS-42: the table of a peering without the flag gets none; the flag at run time withdraws and brings back")
    void flag() {
        change(new NetworkChange.UpdatePeering(PEERING.withUsesRemoteGateway(false)));
        assertSinks(ONE, ONE, NOTHING);
        change(new NetworkChange.UpdatePeering(PEERING));
        assertSinks(ONE, ONE, ONE);
        change(new NetworkChange.UpdateTable(SPOKE_TABLE.withPropagates(false)));
        change(new NetworkChange.UpdatePeering(PEERING.withUsesRemoteGateway(false)));
        change(new NetworkChange.UpdatePeering(PEERING));
        assertSinks(ONE, ONE, NOTHING);
    }

    @Test
    @DisplayName(
            "ARS-42: turning propagation off sends withdrawals of what the sink holds and nothing else, on a snapshot")
    void sendsTheDifference() {
        net.autoSink = false;
        change(new NetworkChange.UpdateTable(HUB_TABLE.withPropagates(false)));
        assertEquals(1, net.sinkCalls.size());
        Output.CallSink off = net.sinkCalls.element();
        assertEquals(Output.SinkMethod.CHANGES, off.call().method());
        assertEquals(
                List.of(new RouteChange(ROUTE, List.of())), off.call().batch().changes());
        net.runSink();
        net.settle();
        change(new NetworkChange.UpdateTable(HUB_TABLE));
        List<Output.SinkMethod> methods = new ArrayList<>();
        while (!net.sinkCalls.isEmpty()) {
            methods.add(net.sinkCalls.element().call().method());
            net.runSink();
            net.settle();
        }
        assertEquals(
                List.of(
                        Output.SinkMethod.SNAPSHOT_BEGIN,
                        Output.SinkMethod.SNAPSHOT_PAGE,
                        Output.SinkMethod.SNAPSHOT_END),
                methods);
        assertSinks(ONE, ONE, ONE);
    }

    @Test
    @DisplayName("ARS-42: a change of propagation at any step of a snapshot leaves a sink with what its table has")
    void changesWithinSnapshots() {
        for (int offAfter = 0; offAfter < 5; offAfter++) {
            for (int onAfter = 0; onAfter < 5; onAfter++) {
                int id = 10 + offAfter * 5 + onAfter;
                net.autoSink = false;
                net.call(new Command.AttachTableSink(id, "sink" + id, "hub-table"));
                RecordingSink sink = new RecordingSink();
                run(sink, id, offAfter);
                change(new NetworkChange.UpdateTable(HUB_TABLE.withPropagates(false)));
                run(sink, id, onAfter);
                change(new NetworkChange.UpdateTable(HUB_TABLE));
                run(sink, id, 100);
                assertEquals(ONE, sink.routes(), "off after " + offAfter + " calls, on after " + onAfter);
                change(new NetworkChange.UpdateTable(HUB_TABLE.withPropagates(false)));
                run(sink, id, 100);
                assertEquals(NOTHING, sink.routes());
                assertEquals(List.of(), sink.violations());
                change(new NetworkChange.UpdateTable(HUB_TABLE));
                net.call(new Command.DetachSink(id));
                net.sinkCalls.removeIf(call -> call.sink() == id);
            }
        }
    }

    @Test
    @DisplayName("ARS-42: rows that a snapshot went over while the table was closed come in a second snapshot after it")
    void opensWithinALongSnapshot() {
        CoreHarness large = new CoreHarness(RouteExchangeTest.azure(a)
                .limits(limits -> limits.withRouteLimit(Optional.empty()).withTotalPrefixes(0))
                .routeTable(HUB_TABLE.withPropagates(false))
                .build());
        large.connect(a);
        List<IpPrefix> prefixes = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            prefixes.add(IpPrefix.ofIpv4Bits((20 << 24) + (i << 8), 24));
        }
        large.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), prefixes));
        large.settle();
        large.autoSink = false;
        RecordingSink sink = new RecordingSink();
        large.call(new Command.AttachTableSink(1, "hub", "hub-table"));
        large.feed(new Input.Turn(CoreHarness.UNITS));
        perform(sink, large.sinkCalls.element().call());
        large.runSink();
        large.feed(new Input.Turn(CoreHarness.UNITS)); // goes over the first rows, and can't do all at once
        assertEquals(0, large.sinkCalls.size());
        large.call(new Command.ChangeNetwork(new NetworkChange.UpdateTable(HUB_TABLE)));
        large.settle();
        while (!large.sinkCalls.isEmpty()) {
            perform(sink, large.sinkCalls.element().call());
            large.runSink();
            large.settle();
        }
        assertEquals(20_000, sink.routes().size());
        assertEquals(List.of(), sink.violations());
    }

    /** Performs as many calls of one sink, and all of the others. */
    private void run(RecordingSink sink, int id, int calls) {
        net.settle();
        int left = calls;
        while (!net.sinkCalls.isEmpty()) {
            Output.CallSink call = net.sinkCalls.element();
            if (call.sink() != id) {
                net.runSink();
            } else if (left-- > 0) {
                perform(sink, call.call());
                net.runSink();
            } else if (net.sinkCalls.stream().allMatch(waiting -> waiting.sink() == id)) {
                return;
            } else {
                net.sinkCalls.add(net.sinkCalls.remove());
            }
            net.settle();
        }
    }

    private static void perform(RecordingSink sink, Output.SinkCall call) {
        switch (call.method()) {
            case SNAPSHOT_BEGIN -> sink.snapshotBegin(call.batch().revision());
            case SNAPSHOT_PAGE -> sink.snapshotPage(call.batch());
            case SNAPSHOT_END -> sink.snapshotEnd(call.batch().revision());
            case CHANGES -> sink.onChanges(call.batch());
        }
    }

    @Test
    @DisplayName("ARS-42: a removed table's sinks lose all they hold, and get all again when the table comes again")
    void removedTable() {
        change(new NetworkChange.RemoveTable("hub-table"));
        assertSinks(ONE, NOTHING, ONE);
        change(new NetworkChange.AddTable(HUB_TABLE));
        assertSinks(ONE, ONE, ONE);
    }

    @Test
    @DisplayName("ARS-42: user-defined routes are the host's: no sink is told of them")
    void userDefinedRoutes() {
        UserDefinedRoute none = UserDefinedRoute.to(ROUTE, NextHopKind.NONE);
        change(new NetworkChange.UpdateTable(HUB_TABLE.withRoutes(List.of(none))));
        assertSinks(ONE, ONE, ONE);
    }

    @Test
    @DisplayName("ARS-42: rows are given to other prefixes while a sink of a closed table is attached")
    void rowsAreRecycled() {
        change(new NetworkChange.UpdateTable(HUB_TABLE.withPropagates(false)));
        int before = net.core.tables().ribs().get(0).prefixes().rowLimit();
        for (int i = 0; i < 50; i++) {
            IpPrefix prefix = IpPrefix.ofIpv4Bits((20 << 24) + (i << 8), 24);
            net.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), prefix));
            net.settle();
            net.say(a, a.withdraw(List.of(prefix)));
            net.settle();
        }
        assertTrue(net.core.tables().ribs().get(0).prefixes().rowLimit() <= before + 2);
    }

    @Test
    @DisplayName("ARS-42: a sink of a table that there is not is refused")
    void unknownTable() {
        Command attach = new Command.AttachTableSink(9, "x", "nowhere");
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> net.call(attach));
        assertEquals("sink.x: there is no route table 'nowhere' [ARS-42]", refused.getMessage());
    }
}
