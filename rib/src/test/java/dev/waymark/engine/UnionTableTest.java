package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.RouteBatch;
import dev.waymark.api.route.RouteChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The union of two instances, alone: against a model that is a pair of maps. */
class UnionTableTest {
    private static final IpPrefix TEN = IpPrefix.parse("10.1.0.0/16");
    private static final IpAddress ONE = IpAddress.parse("10.0.1.1");
    private static final IpAddress TWO = IpAddress.parse("10.0.1.2");
    private static final IpAddress THREE = IpAddress.parse("10.0.1.3");

    private final UnionRig rig = new UnionRig();

    private static RouteBatch batch(IpPrefix prefix, IpAddress... nextHops) {
        return new RouteBatch(0, List.of(new RouteChange(prefix, List.of(nextHops))));
    }

    private void put(UnionRig at, int instance, IpAddress... nextHops) {
        at.tell(instance, Output.SinkMethod.CHANGES, batch(TEN, nextHops));
    }

    @Test
    @DisplayName("ARS-2: next hops are the union of both instances', each once, ascending")
    void unites() {
        put(rig, 0, TWO, THREE);
        put(rig, 1, ONE, TWO);
        rig.expect(Map.of(TEN, List.of(ONE, TWO, THREE)), "both");
        put(rig, 0);
        rig.expect(Map.of(TEN, List.of(ONE, TWO)), "withdrawn from one");
        put(rig, 1);
        rig.expect(Map.of(), "withdrawn from both");
    }

    @Test
    @DisplayName("ARS-2: what changes nothing in the union is no call of the sink")
    void sameUnionIsNotTold() {
        put(rig, 0, ONE);
        rig.settle();
        long changes = rig.sink.changes();
        put(rig, 1, ONE);
        put(rig, 0);
        put(rig, 0, ONE);
        rig.stop(1);
        rig.expect(Map.of(TEN, List.of(ONE)), "the other stopped");
        assertEquals(changes, rig.sink.changes());
    }

    @Test
    @DisplayName("ARS-2: an instance's new snapshot takes nothing away until it ends, then what it no longer has")
    void snapshotReplacesAtItsEnd() {
        IpPrefix other = IpPrefix.parse("2001:db8::/32");
        IpAddress next = IpAddress.parse("2001:db8::1");
        put(rig, 0, ONE);
        rig.tell(0, Output.SinkMethod.CHANGES, batch(other, next));
        rig.tell(0, Output.SinkMethod.SNAPSHOT_BEGIN, new RouteBatch(1, List.of()));
        rig.expect(Map.of(TEN, List.of(ONE), other, List.of(next)), "begun");
        rig.tell(0, Output.SinkMethod.SNAPSHOT_PAGE, batch(other, next));
        rig.expect(Map.of(TEN, List.of(ONE), other, List.of(next)), "a page");
        rig.tell(0, Output.SinkMethod.SNAPSHOT_END, new RouteBatch(1, List.of()));
        rig.expect(Map.of(other, List.of(next)), "ended");
    }

    @Test
    @DisplayName("ARS-32: the union has no more next hops than a set may have")
    void unionIsCapped() {
        UnionRig capped = new UnionRig(2);
        put(capped, 0, TWO, THREE);
        put(capped, 1, ONE, TWO);
        capped.expect(Map.of(TEN, List.of(TWO, THREE)), "both");
        put(capped, 0);
        capped.expect(Map.of(TEN, List.of(ONE, TWO)), "one");
    }

    @Test
    @DisplayName("ARS-2: a sink that blocks while a million prefixes come and go costs no more rows than it holds")
    void blockedSinkKeepsNothing() {
        put(rig, 0, ONE);
        rig.settle();
        put(rig, 1, TWO);
        assertEquals(1, rig.calls.size(), "the call that blocks");
        for (int i = 0; i < 1_000; i++) {
            List<RouteChange> come = new ArrayList<>();
            List<RouteChange> go = new ArrayList<>();
            for (int j = 0; j < 1_000; j++) {
                IpPrefix prefix = IpPrefix.ofIpv4Bits((20 << 24) + ((i * 1_000 + j) << 4), 28);
                come.add(new RouteChange(prefix, List.of(ONE)));
                go.add(new RouteChange(prefix, List.of()));
            }
            rig.tell(i % 2, Output.SinkMethod.CHANGES, new RouteBatch(0, come));
            rig.tell(i % 2, Output.SinkMethod.CHANGES, new RouteBatch(0, go));
        }
        assertEquals(1, rig.table.size());
        assertEquals(1, rig.calls.size(), "nothing queues behind it");
        rig.expect(Map.of(TEN, List.of(ONE, TWO)), "at rest");
    }

    @ParameterizedTest(name = "ARS-2: the union against a model, seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void unionEqualsTheModel(long seed) {
        new Run(seed).run();
    }

    /**
     * Arbitrary changes, snapshots whole and broken off, stops; a sink that lags and throws. One instance, the steady one,
     * never stops and always has some prefixes: those are never absent once the sink has been told of them.
     */
    private final class Run {
        private final Random random;
        private final int steady;
        private final List<Map<IpPrefix, List<IpAddress>>> parts = List.of(new TreeMap<>(), new TreeMap<>());
        private final Set<IpPrefix> kept = new TreeSet<>();
        private int absences;
        private boolean mustHold;

        Run(long seed) {
            random = new Random(seed);
            steady = random.nextInt(2);
        }

        void run() {
            rig.afterCall = this::look;
            for (int i = 0; i < 40; i += 4) {
                kept.add(prefix(i));
                set(steady, prefix(i), nextHops());
            }
            rig.expect(union(), "in the beginning");
            mustHold = true;
            for (int step = 0; step < 2_000; step++) {
                step();
                if (step % 100 == 99) {
                    rig.expect(union(), "step " + step);
                }
            }
            assertEquals(0, absences, "a prefix that one instance held throughout was absent");
            assertTrue(rig.events.stream().anyMatch(ServerEvent.SinkFailed.class::isInstance), "the sink threw");
        }

        private void look() {
            if (mustHold && !rig.sink.routes().keySet().containsAll(kept)) {
                absences++;
            }
        }

        private void step() {
            int instance = random.nextInt(2);
            int kind = random.nextInt(100);
            if (kind < 50) {
                set(instance, prefix(random.nextInt(40)), random.nextInt(3) == 0 ? List.of() : nextHops());
            } else if (kind < 90) {
                for (int i = random.nextInt(4); i > 0 && !rig.calls.isEmpty(); i--) {
                    rig.throwsNext = random.nextInt(20) == 0;
                    rig.runSink();
                }
            } else if (kind < 96) {
                snapshot(instance);
            } else if (instance != steady) {
                rig.stop(instance);
                parts.get(instance).clear();
                snapshot(instance);
            } else {
                rig.nowNanos += random.nextInt(1_000_000_000);
            }
        }

        /** The instance tells all that it has, which has changed meanwhile; maybe it breaks off and begins again. */
        private void snapshot(int instance) {
            Map<IpPrefix, List<IpAddress>> part = parts.get(instance);
            rig.tell(instance, Output.SinkMethod.SNAPSHOT_BEGIN, new RouteBatch(1, List.of()));
            part.keySet().removeIf(prefix -> !isKept(instance, prefix) && random.nextInt(3) == 0);
            for (int i = random.nextInt(5); i > 0; i--) {
                part.put(prefix(random.nextInt(40)), nextHops());
            }
            int pages = 0;
            for (Map.Entry<IpPrefix, List<IpAddress>> row : part.entrySet()) {
                RouteChange change = new RouteChange(row.getKey(), row.getValue());
                rig.tell(instance, Output.SinkMethod.SNAPSHOT_PAGE, new RouteBatch(1, List.of(change)));
                if (++pages == 3 && random.nextInt(4) == 0) {
                    snapshot(instance);
                    return;
                }
                if (random.nextInt(10) == 0 && !rig.calls.isEmpty()) {
                    rig.runSink();
                }
            }
            rig.tell(instance, Output.SinkMethod.SNAPSHOT_END, new RouteBatch(1, List.of()));
        }

        private boolean isKept(int instance, IpPrefix prefix) {
            return instance == steady && kept.contains(prefix);
        }

        private void set(int instance, IpPrefix prefix, List<IpAddress> nextHops) {
            if (nextHops.isEmpty() && isKept(instance, prefix)) {
                return;
            }
            if (nextHops.isEmpty()) {
                parts.get(instance).remove(prefix);
            } else {
                parts.get(instance).put(prefix, nextHops);
            }
            RouteBatch batch = new RouteBatch(0, List.of(new RouteChange(prefix, nextHops)));
            rig.tell(instance, Output.SinkMethod.CHANGES, batch);
        }

        private Map<IpPrefix, List<IpAddress>> union() {
            Map<IpPrefix, Set<IpAddress>> sets = new TreeMap<>();
            for (Map<IpPrefix, List<IpAddress>> part : parts) {
                part.forEach((prefix, nextHops) ->
                        sets.computeIfAbsent(prefix, unused -> new TreeSet<>()).addAll(nextHops));
            }
            Map<IpPrefix, List<IpAddress>> union = new TreeMap<>();
            sets.forEach((prefix, nextHops) -> union.put(prefix, List.copyOf(nextHops)));
            return union;
        }

        private IpPrefix prefix(int number) {
            return number % 5 == 0
                    ? IpPrefix.parse("2001:db8:" + number + "::/48")
                    : IpPrefix.ofIpv4Bits((20 << 24) + (number << 8), 24);
        }

        private List<IpAddress> nextHops() {
            Set<IpAddress> some = new TreeSet<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                some.add(List.of(ONE, TWO, THREE).get(random.nextInt(3)));
            }
            return List.copyOf(some);
        }
    }
}
