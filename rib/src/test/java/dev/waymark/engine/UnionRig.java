package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.RouteBatch;
import dev.waymark.spi.contract.RecordingSink;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A union with one sink, in one thread and with a manual clock; the sink's calls wait until the test lets them happen. */
final class UnionRig {
    private static final int UNITS = 7;

    final UnionTable table;
    final RecordingSink sink = new RecordingSink(this::gate);
    final List<ServerEvent> events = new ArrayList<>();
    final Deque<Output.CallSink> calls = new ArrayDeque<>();
    boolean throwsNext;
    long nowNanos = 1_000_000_000L;
    Runnable afterCall = () -> {};

    UnionRig() {
        this(0);
    }

    UnionRig(int maxNextHops) {
        table = new UnionTable(Set.of(AddressFamily.IPV4_UNICAST, AddressFamily.IPV6_UNICAST), maxNextHops, 5);
        table.attach(1, "table");
        feed();
    }

    private void gate() {
        if (throwsNext) {
            throwsNext = false;
            throw new IllegalStateException("the test's sink throws");
        }
    }

    private void feed() {
        for (Output output : table.feed(nowNanos)) {
            if (output instanceof Output.CallSink call) {
                calls.add(call);
            } else if (output instanceof Output.Publish publish) {
                events.add(publish.event());
            }
        }
    }

    /** Does with the union what an instance's call of its sink does. */
    void tell(int instance, Output.SinkCall call) {
        switch (call.method()) {
            case SNAPSHOT_BEGIN -> table.snapshotBegin(instance);
            case SNAPSHOT_PAGE, CHANGES -> table.put(instance, call.batch());
            case SNAPSHOT_END -> {
                UnionTable.Walk walk = new UnionTable.Walk();
                while (table.removeUnconfirmed(instance, walk, UNITS)) {
                    feed();
                }
            }
        }
        feed();
    }

    void tell(int instance, Output.SinkMethod method, RouteBatch batch) {
        tell(instance, new Output.SinkCall(method, batch));
    }

    /** An instance is gone. */
    void stop(int instance) {
        UnionTable.Walk walk = new UnionTable.Walk();
        while (table.removeAll(instance, walk, UNITS)) {
            feed();
        }
        feed();
    }

    /** Lets the oldest call that waits happen; the sink may throw. */
    void runSink() {
        Output.SinkCall call = calls.remove().call();
        String error = null;
        try {
            switch (call.method()) {
                case SNAPSHOT_BEGIN -> sink.snapshotBegin(call.batch().revision());
                case SNAPSHOT_PAGE -> sink.snapshotPage(call.batch());
                case SNAPSHOT_END -> sink.snapshotEnd(call.batch().revision());
                case CHANGES -> sink.onChanges(call.batch());
            }
        } catch (IllegalStateException thrown) {
            error = thrown.toString();
        }
        afterCall.run();
        table.ready(1, nowNanos, error);
        feed();
    }

    /** Lets all calls happen, retries included. */
    void settle() {
        while (table.isPending()) {
            if (calls.isEmpty()) {
                nowNanos += Duration.ofSeconds(31).toNanos();
                feed();
            } else {
                runSink();
            }
        }
    }

    /** Checks that the sink holds this, was called as its contract says, and that no row is kept for anything else. */
    void expect(Map<IpPrefix, List<IpAddress>> wanted, String when) {
        settle();
        assertEquals(wanted, sink.routes(), when);
        assertEquals(List.of(), sink.violations(), when);
        assertEquals(wanted.size(), table.size(), "rows, " + when);
    }
}
