package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.RouteCounts;
import dev.waymark.api.net.AddressFamily;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same inputs at the same times give the same outputs, octet for octet (DESIGN §1): replayed, and on every JDK. */
class DeterminismTest {
    private static final int STEPS = 1_500;

    @ParameterizedTest(
            name = "seed {0}: a recorded run, replayed, puts out the same octets, events, calls and deadlines")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void replayPutsOutTheSame(long seed) {
        OutputDigest recorded = new OutputDigest(false);
        SimWorld world = run(seed, recorded);
        OutputDigest replayed = new OutputDigest(false);
        replay(world, replayed);
        assertEquals(recorded.steps(), replayed.steps());
        assertEquals(recorded.sentOctets, replayed.sentOctets);
        assertEquals(recorded.finish(), replayed.finish());
        assertTrue(recorded.sentOctets > 10_000);
    }

    @Test
    @DisplayName("Runs (seeds 4711 to 4714) put out the same on every JDK: their digests are in golden-run.txt")
    void runsAreTheSameOnEveryJdk() throws IOException {
        StringBuilder found = new StringBuilder();
        for (long seed = 4711; seed < 4715; seed++) {
            OutputDigest digest = new OutputDigest(true);
            run(seed, digest);
            found.append("seed ")
                    .append(seed)
                    .append(": ")
                    .append(digest.outputs)
                    .append(" outputs, ");
            found.append(digest.sentOctets).append(" octets sent, SHA-256 ");
            found.append(digest.finish()).append('\n');
        }
        try (InputStream golden = DeterminismTest.class.getResourceAsStream("golden-run.txt")) {
            String expected = new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(
                    expected,
                    found.toString(),
                    "peers and sinks are told something else than before; if that is meant, this is the new golden-run.txt");
        }
    }

    @ParameterizedTest(name = "seed {0}: turns of one row and turns of thousands lead to the same state")
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void sizeOfTurnsHasNoInfluenceOnTheOutcome(long seed) {
        assertEquals(outcome(seed, 4_096), outcome(seed, 1));
        assertEquals(outcome(seed, 4_096), outcome(seed, 3));
    }

    private static SimWorld run(long seed, OutputDigest digest) {
        SimWorld world = new SimWorld(seed, 6, true);
        CoreHarness.StepObserver audit = world.net.observer;
        world.net.observer = (now, input, outputs) -> {
            audit.stepped(now, input, outputs);
            digest.stepped(now, input, outputs);
        };
        world.firstDigested = world.net.recorded.size();
        SimActions actions = new SimActions(world);
        actions.connectAll();
        for (int i = 0; i < STEPS; i++) {
            actions.act();
        }
        world.rest();
        return world;
    }

    private static void replay(SimWorld world, OutputDigest digest) {
        RouteServerCore core = new RouteServerCore(world.config, new UnpooledByteBufAllocator(false));
        for (int i = 0; i < world.net.recorded.size(); i++) {
            CoreHarness.Recorded step = world.net.recorded.get(i);
            Outbox outputs = core.step(step.nowNanos(), step.input());
            if (i >= world.firstDigested) {
                digest.stepped(step.nowNanos(), step.input(), outputs);
            }
            for (Output output : outputs.outputs()) {
                if (output instanceof Output.Send send) {
                    send.octets().release();
                }
            }
        }
    }

    /** Returns what peers and sinks hold, and the gauges, after a run with turns of a size. */
    private static Map<String, Object> outcome(long seed, int units) {
        SimWorld world = new SimWorld(seed, 6, false);
        SimActions actions = new SimActions(world);
        actions.turnUnits = units;
        world.net.units = units;
        actions.connectAll();
        for (int i = 0; i < 600; i++) {
            actions.act();
        }
        world.rest();
        SimChecks checks = new SimChecks(world);
        checks.checkRoutes();
        Map<String, Object> outcome = new TreeMap<>();
        for (SimPeer peer : world.upPeers()) {
            outcome.put(peer.name(), new TreeMap<>(peer.speaker.routes));
            outcome.put(peer.name() + " gauges", gauges(world, checks, peer));
        }
        outcome.put("sinks", new TreeMap<>(world.net.sinks));
        return outcome;
    }

    private static List<Long> gauges(SimWorld world, SimChecks checks, SimPeer peer) {
        List<Long> gauges = new ArrayList<>();
        for (AddressFamily family : world.familiesOf(peer)) {
            SessionFamily account =
                    Objects.requireNonNull(checks.sessionOf(peer).family(family));
            RouteCounts counts = account.account().snapshot(PeerViews.advertised(account));
            gauges.addAll(
                    List.of(counts.announced(), counts.acceptedNow(), counts.rejectedNow(), counts.advertisedNow()));
        }
        return gauges;
    }
}
