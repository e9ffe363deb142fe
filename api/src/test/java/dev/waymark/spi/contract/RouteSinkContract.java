package dev.waymark.spi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.RouteBatch;
import dev.waymark.api.route.RouteChange;
import dev.waymark.spi.RouteSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RouteSink} must do: its side of rules K1 to K6. (The server's side is checked by {@link RecordingSink}.)
 * The calls come in one thread.
 */
public abstract class RouteSinkContract {
    private RouteSink sink;
    private final Map<IpPrefix, List<IpAddress>> expected = new TreeMap<>();

    /** Returns a new sink that has not been called. */
    protected abstract RouteSink create();

    /** Returns what a sink made by {@link #create()} holds: the routes that it has programmed, written or shown. */
    protected abstract Map<IpPrefix, List<IpAddress>> held(RouteSink created);

    @BeforeEach
    void newSink() {
        sink = create();
        expected.clear();
    }

    @Test
    @DisplayName("K1: a snapshot of many pages is held after its end")
    void takesSnapshot() {
        sink.snapshotBegin(7);
        for (int page = 0; page < 3; page++) {
            List<RouteChange> changes = new ArrayList<>();
            for (int i = 0; i < 4_096; i++) {
                changes.add(route(page * 4_096 + i, 1 + i % 3));
            }
            page(7, changes);
        }
        sink.snapshotEnd(7);
        check();
    }

    @Test
    @DisplayName("K1: an empty snapshot is held too: nothing")
    void takesEmptySnapshot() {
        snapshot(0);
        check();
    }

    @Test
    @DisplayName("K2: what is not in a later snapshot is gone at its end")
    void laterSnapshotReplaces() {
        snapshot(1, route(1, 1), route(2, 2), route(3, 1));
        change(2, route(4, 1));
        expected.clear();
        snapshot(5, route(2, 1), route(9, 1));
        check();
        expected.clear();
        snapshot(6);
        check();
    }

    @Test
    @DisplayName("K3: a later change replaces an earlier one, a withdrawal removes, also what was never there")
    void laterChangeReplaces() {
        snapshot(1, route(1, 1), route(2, 2));
        change(2, route(1, 2), route(3, 1), withdrawal(77));
        check();
        change(3, withdrawal(2), route(3, 3));
        check();
        change(4, withdrawal(3), route(2, 1), withdrawal(2_000));
        check();
        change(5, withdrawal(1), withdrawal(2));
        check();
    }

    @Test
    @DisplayName("K3: IPv6 prefixes and 0.0.0.0/0 are prefixes like others")
    void takesAllFamilies() {
        snapshot(
                1,
                new RouteChange(IpPrefix.parse("0.0.0.0/0"), List.of(IpAddress.parse("10.0.0.1"))),
                new RouteChange(
                        IpPrefix.parse("::/0"),
                        List.of(IpAddress.parse("2001:db8::1"), IpAddress.parse("2001:db8::2"))),
                new RouteChange(IpPrefix.parse("2001:db8:7::/48"), List.of(IpAddress.parse("2001:db8::1"))));
        change(2, new RouteChange(IpPrefix.parse("::/0"), List.of()));
        check();
    }

    @Test
    @DisplayName("K4: revisions and states may be left out")
    void revisionsMayJump() {
        snapshot(10, route(1, 1));
        change(1_000_000_000_000L, route(1, 3));
        change(Long.MAX_VALUE, withdrawal(1), route(2, 1));
        check();
    }

    @Test
    @DisplayName("K5: a snapshot that breaks off is forgotten when the next begins")
    void brokenSnapshotIsForgotten() {
        snapshot(1, route(1, 1), route(2, 1));
        sink.snapshotBegin(2);
        sink.snapshotPage(new RouteBatch(2, List.of(route(50, 1), route(1, 2))));
        expected.clear();
        snapshot(3, route(2, 2));
        check();
        change(4, route(60, 1));
        check();
    }

    @Test
    @DisplayName("K6: a batch is immutable, whatever becomes of the list it was made from")
    void batchesAreImmutable() {
        List<RouteChange> changes = new ArrayList<>(List.of(route(1, 1)));
        RouteBatch batch = new RouteBatch(1, changes);
        sink.snapshotBegin(1);
        sink.snapshotPage(batch);
        changes.clear();
        sink.snapshotEnd(1);
        expected.put(prefix(1), route(1, 1).nextHops());
        check();
        assertThrows(UnsupportedOperationException.class, () -> batch.changes().clear());
    }

    private void snapshot(long revision, RouteChange... changes) {
        sink.snapshotBegin(revision);
        if (changes.length > 0) {
            page(revision, List.of(changes));
        }
        sink.snapshotEnd(revision);
    }

    private void page(long revision, List<RouteChange> changes) {
        sink.snapshotPage(new RouteBatch(revision, changes));
        changes.forEach(this::expect);
    }

    private void change(long revision, RouteChange... changes) {
        sink.onChanges(new RouteBatch(revision, List.of(changes)));
        Stream.of(changes).forEach(this::expect);
    }

    private void expect(RouteChange change) {
        if (change.isWithdrawal()) {
            expected.remove(change.prefix());
        } else {
            expected.put(change.prefix(), change.nextHops());
        }
    }

    private void check() {
        assertEquals(expected, new TreeMap<>(held(sink)));
    }

    private static RouteChange route(int number, int nextHops) {
        List<IpAddress> addresses = new ArrayList<>();
        for (int i = 1; i <= nextHops; i++) {
            addresses.add(IpAddress.ofIpv4Bits(0x0a00_0000 + i));
        }
        return new RouteChange(prefix(number), addresses);
    }

    private static RouteChange withdrawal(int number) {
        return new RouteChange(prefix(number), List.of());
    }

    private static IpPrefix prefix(int number) {
        return IpPrefix.ofIpv4Bits(0x6400_0000 + (number << 8), 24);
    }
}
