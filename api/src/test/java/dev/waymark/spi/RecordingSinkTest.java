package dev.waymark.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.RouteBatch;
import dev.waymark.api.route.RouteChange;
import dev.waymark.spi.contract.RecordingSink;
import dev.waymark.spi.contract.RouteSinkContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordingSinkTest extends RouteSinkContract {
    private static final RouteChange ROUTE =
            new RouteChange(IpPrefix.parse("192.0.2.0/24"), List.of(IpAddress.parse("10.0.0.1")));
    private static final RouteChange GONE = new RouteChange(ROUTE.prefix(), List.of());

    @Override
    protected RouteSink create() {
        return new RecordingSink();
    }

    @Override
    protected Map<IpPrefix, List<IpAddress>> held(RouteSink created) {
        RecordingSink sink = (RecordingSink) created;
        return sink.routes();
    }

    /** Calls that break one rule of the server's side. */
    static Stream<Named<Consumer<RecordingSink>>> wrongCalls() {
        return Stream.of(
                wrong("changes without a snapshot", sink -> sink.onChanges(batch(1, ROUTE))),
                wrong("a page outside a snapshot", sink -> {
                    snapshot(sink, 1);
                    sink.snapshotPage(batch(1, ROUTE));
                }),
                wrong("a snapshot in a snapshot", sink -> {
                    sink.snapshotBegin(1);
                    sink.snapshotBegin(1);
                }),
                wrong("a page of another revision", sink -> {
                    sink.snapshotBegin(1);
                    sink.snapshotPage(batch(2, ROUTE));
                }),
                wrong("an end of another revision", sink -> {
                    sink.snapshotBegin(1);
                    sink.snapshotEnd(2);
                }),
                wrong("a withdrawal in a snapshot", sink -> {
                    sink.snapshotBegin(1);
                    sink.snapshotPage(batch(1, GONE));
                }),
                wrong("a prefix twice in a snapshot", sink -> {
                    sink.snapshotBegin(1);
                    sink.snapshotPage(batch(1, ROUTE));
                    sink.snapshotPage(batch(1, ROUTE));
                }),
                wrong("a prefix twice in a batch", sink -> {
                    snapshot(sink, 1);
                    sink.onChanges(batch(2, ROUTE, GONE));
                }),
                wrong("a revision twice", sink -> {
                    snapshot(sink, 2);
                    sink.onChanges(batch(3, ROUTE));
                    sink.onChanges(batch(3, GONE));
                }),
                wrong("changes inside a snapshot", sink -> {
                    snapshot(sink, 1);
                    sink.snapshotBegin(2);
                    sink.onChanges(batch(3, ROUTE));
                }));
    }

    private static Named<Consumer<RecordingSink>> wrong(String name, Consumer<RecordingSink> calls) {
        return Named.of(name, calls);
    }

    @ParameterizedTest
    @MethodSource("wrongCalls")
    @DisplayName("a server that breaks a rule is found out")
    void findsOut(Consumer<RecordingSink> wrong) {
        RecordingSink sink = new RecordingSink();
        wrong.accept(sink);
        assertEquals(1, sink.violations().size(), () -> sink.violations().toString());
    }

    @Test
    @DisplayName("calls that overlap are found out")
    void findsOutOverlap() {
        AtomicBoolean first = new AtomicBoolean(true);
        List<RouteSink> self = new ArrayList<>();
        RecordingSink sink = new RecordingSink(() -> {
            if (first.getAndSet(false)) {
                self.get(0).snapshotBegin(1);
            }
        });
        self.add(sink);
        sink.onChanges(batch(2, ROUTE));
        assertTrue(sink.violations().contains("snapshotBegin overlaps another call"), sink::toString);
    }

    @Test
    @DisplayName("K5: after a throw a new snapshot is right, and anything else is not")
    void throwWantsSnapshot() {
        AtomicBoolean fail = new AtomicBoolean();
        RecordingSink sink = new RecordingSink(() -> {
            if (fail.getAndSet(false)) {
                throw new IllegalStateException("as asked");
            }
        });
        sink.snapshotBegin(1);
        fail.set(true);
        assertThrows(IllegalStateException.class, () -> sink.snapshotPage(batch(1, ROUTE)));
        snapshot(sink, 2);
        assertEquals(List.of(), sink.violations());
        fail.set(true);
        assertThrows(IllegalStateException.class, () -> sink.onChanges(batch(3, ROUTE)));
        sink.onChanges(batch(4, ROUTE));
        assertEquals(1, sink.violations().size());
    }

    private static void snapshot(RouteSink sink, long revision) {
        sink.snapshotBegin(revision);
        sink.snapshotEnd(revision);
    }

    private static RouteBatch batch(long revision, RouteChange... changes) {
        return new RouteBatch(revision, List.of(changes));
    }
}
