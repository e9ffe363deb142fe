package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two whole cores and the union of what they program, in one thread, against a model that knows what each NVA announced. */
class PairCoresTest {
    private static final int NVAS = 3;
    private static final int PREFIXES = 24;
    private static final Duration AFTER = Duration.ofSeconds(10);

    @ParameterizedTest(name = "ARS-2, ARS-4: two cores, stops, drains and restarts against a model, seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void sinkIsTheUnion(long seed) {
        new Run(seed).run();
    }

    /** One instance, with the NVAs' sessions to it and what they announced there: prefix to AS path length. */
    private static final class Instance {
        final List<Speaker> speakers = new ArrayList<>();
        final List<Map<IpPrefix, Integer>> announced = new ArrayList<>();
        final CoreHarness net;

        Instance() {
            for (int i = 0; i < NVAS; i++) {
                speakers.add(Speaker.of("nva" + i, 65001 + i, "10.0.1." + (1 + i)));
                announced.add(new TreeMap<>());
            }
            net = new CoreHarness(
                    RouteExchangeTest.azure(speakers.toArray(Speaker[]::new)).build());
            net.autoSink = false;
            net.call(new Command.AttachSink(1, "pair"));
            connect();
        }

        void connect() {
            speakers.forEach(net::connect);
        }

        void announce(int nva, IpPrefix prefix, int length) {
            Speaker speaker = speakers.get(nva);
            if (speaker.isConnected) {
                String path = (speaker.asn + " 64999 64999").substring(0, 5 + 6 * (length - 1));
                net.say(speaker, speaker.announce(RouteExchangeTest.path(path, speaker.address.toString()), prefix));
                net.settle();
                announced.get(nva).put(prefix, length);
            }
        }

        void withdraw(int nva, IpPrefix prefix) {
            if (announced.get(nva).remove(prefix) != null) {
                net.say(speakers.get(nva), speakers.get(nva).withdraw(List.of(prefix)));
                net.settle();
            }
        }

        void kill(int nva) {
            if (speakers.get(nva).isConnected) {
                net.kill(speakers.get(nva));
                net.settle();
                announced.get(nva).clear();
            }
        }

        /** Returns the next hops of the shortest paths (ARS-32). */
        Set<IpAddress> nextHops(IpPrefix prefix) {
            int shortest = announced.stream()
                    .mapToInt(routes -> routes.getOrDefault(prefix, Integer.MAX_VALUE))
                    .min()
                    .orElseThrow();
            Set<IpAddress> nextHops = new TreeSet<>();
            for (int i = 0; i < NVAS; i++) {
                if (announced.get(i).getOrDefault(prefix, 0) == shortest) {
                    nextHops.add(speakers.get(i).address);
                }
            }
            return nextHops;
        }
    }

    private static final class Run {
        private final Random random;
        private final int steady;
        private final UnionRig rig = new UnionRig();
        private final Instance[] instances = {new Instance(), new Instance()};
        private final Set<IpPrefix> kept = new TreeSet<>();
        private final Map<String, Integer> done = new HashMap<>();
        private boolean mustHold;
        private int absences;

        Run(long seed) {
            random = new Random(seed);
            steady = random.nextInt(2);
        }

        void run() {
            rig.afterCall = () -> {
                if (mustHold && !rig.sink.routes().keySet().containsAll(kept)) {
                    absences++;
                }
            };
            for (int i = 0; i < PREFIXES; i += 3) {
                kept.add(prefix(i));
                instances[steady].announce(0, prefix(i), 1 + random.nextInt(3));
            }
            rest("in the beginning");
            mustHold = true;
            for (int step = 0; step < 600; step++) {
                step();
                if (step % 60 == 59) {
                    rest("step " + step);
                }
            }
            assertEquals(0, absences, "a prefix that one instance held throughout was absent");
            assertTrue(done.keySet().containsAll(Set.of("stop", "drain", "kill")), done::toString);
        }

        private void step() {
            int kind = random.nextInt(100);
            int at = random.nextInt(2);
            int nva = random.nextInt(NVAS);
            IpPrefix prefix = prefix(random.nextInt(PREFIXES));
            boolean isKept = at == steady && nva == 0;
            if (kind < 40) {
                instances[at].announce(nva, prefix, 1 + random.nextInt(3));
            } else if (kind < 60 && !(isKept && kept.contains(prefix))) {
                instances[at].withdraw(nva, prefix);
            } else if (kind < 75) {
                pump(at, random.nextInt(3));
            } else if (kind < 92) {
                for (int i = random.nextInt(3); i > 0 && !rig.calls.isEmpty(); i--) {
                    rig.throwsNext = random.nextInt(25) == 0;
                    rig.runSink();
                }
            } else if (at != steady) {
                disturb(at, nva, kind);
            }
        }

        private void disturb(int at, int nva, int kind) {
            Instance instance = instances[at];
            if (kind < 94) {
                instance.kill(nva);
                done("kill");
            } else if (kind < 97) {
                instance.net.call(new Command.Stop("maintenance"));
                instance.net.settle();
                pump(at, random.nextInt(3)); // a part of its withdrawals, or none
                rig.stop(at);
                instances[at] = new Instance();
                done("stop");
            } else {
                instance.net.call(new Command.Drain("maintenance", AFTER));
                instance.net.settle();
                rig.settle();
                instance.net.advance(AFTER);
                instance.announced.forEach(Map::clear);
                pump(at, random.nextInt(3));
                instance.net.call(new Command.Resume());
                instance.connect();
                done("drain");
            }
        }

        private void done(String what) {
            done.merge(what, 1, Integer::sum);
        }

        /** Lets calls of an instance's sink reach the union. */
        private void pump(int at, int calls) {
            CoreHarness net = instances[at].net;
            for (int i = 0; i < calls && !net.sinkCalls.isEmpty(); i++) {
                rig.tell(at, net.sinkCalls.remove().call());
                net.feed(new Input.SinkReady(1, null));
                net.settle();
            }
        }

        private void rest(String when) {
            for (int i = 0; i < 2; i++) {
                pump(i, Integer.MAX_VALUE);
            }
            Map<IpPrefix, List<IpAddress>> union = new TreeMap<>();
            for (int i = 0; i < PREFIXES; i++) {
                Set<IpAddress> nextHops = new TreeSet<>(instances[0].nextHops(prefix(i)));
                nextHops.addAll(instances[1].nextHops(prefix(i)));
                if (!nextHops.isEmpty()) {
                    union.put(prefix(i), List.copyOf(nextHops));
                }
            }
            rig.expect(union, when);
        }

        private static IpPrefix prefix(int number) {
            return IpPrefix.ofIpv4Bits((20 << 24) + (number << 8), 24);
        }
    }
}
