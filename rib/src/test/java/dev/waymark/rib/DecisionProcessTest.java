package dev.waymark.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.DecisionMode;
import dev.waymark.rib.TestRoutes.Attributes;
import dev.waymark.rib.TestRoutes.Peer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionProcessTest {
    private final TestRoutes routes = new TestRoutes();
    private final AdjRibIn paths = new AdjRibIn(new CountingRefs());
    private final Selection selection = new Selection();

    @ParameterizedTest(name = "{0}: every order of arrival gives what the naive decision gives, seed {1}")
    @CsvSource({"ECMP,1", "ECMP,2", "RFC_4271,3", "RFC_4271,4"})
    void everyOrderGivesTheSame(DecisionMode mode, long seed) {
        Random random = new Random(seed);
        DecisionProcess process = new DecisionProcess(paths, routes, routes, mode);
        for (int round = 0; round < 300; round++) {
            List<NaiveDecision.Candidate> candidates = randomCandidates(random, 1 + random.nextInt(5));
            List<Integer> expected = NaiveDecision.choose(candidates, mode);
            for (List<NaiveDecision.Candidate> order : permutations(candidates)) {
                announce(round, order);
                process.decide(round, selection);
                assertEquals(expected, chosenSlots(), () -> order.toString());
                withdraw(round, order);
            }
        }
    }

    @ParameterizedTest(name = "{0}: the runner-up without a source is the best of the rest, seed {1}")
    @CsvSource({"ECMP,5", "RFC_4271,6"})
    void runnerUpIsBestOfTheRest(DecisionMode mode, long seed) {
        Random random = new Random(seed);
        DecisionProcess process = new DecisionProcess(paths, routes, routes, mode);
        for (int round = 0; round < 2_000; round++) {
            List<NaiveDecision.Candidate> left = new ArrayList<>(randomCandidates(random, 6));
            announce(round, left);
            process.load(round);
            while (true) {
                int pick = process.pick();
                List<Integer> expected = NaiveDecision.choose(left, mode);
                assertEquals(expected.isEmpty(), pick == 0);
                if (pick == 0) {
                    break;
                }
                int slot = paths.slot(pick);
                assertEquals(expected.get(0), slot);
                left.removeIf(candidate -> candidate.slot() == slot);
                if (random.nextBoolean()) {
                    process.exclude(pick);
                } else {
                    process.excludeSlot(slot);
                }
            }
            assertEquals(0, process.candidates());
        }
    }

    @Test
    @DisplayName("ARS-30, ARS-32: equal AS_PATH length programs every path; ORIGIN and MED don't shrink the set")
    void equalLengthIsProgrammedTogether() {
        path(1, Attributes.of(2).withOrigin(2), Peer.of(1, 1));
        path(2, Attributes.of(2).withMed(65001, 50), Peer.of(2, 2));
        path(3, Attributes.of(2).withMed(65001, 10), Peer.of(3, 3));
        path(4, Attributes.of(3), Peer.of(0, 0));
        decide(DecisionMode.ECMP);
        assertEquals(List.of(3, 1, 2), chosenSlots());
    }

    @Test
    @DisplayName("ARS-32: one more prepend, one next hop; the longer path lost at AS_PATH_LENGTH")
    void aShorterPathStandsAlone() {
        int shorter = path(1, Attributes.of(2), Peer.of(9, 9));
        int longer = path(2, Attributes.of(3), Peer.of(1, 1));
        DecisionProcess process = decide(DecisionMode.ECMP);
        assertEquals(List.of(1), chosenSlots());
        assertEquals(DecisionStep.AS_PATH_LENGTH, process.lostAt(longer));
        assertNull(process.lostAt(shorter));
    }

    @Test
    @DisplayName("ARS-31: the source class comes before AS_PATH length")
    void preferenceComesFirst() {
        path(1, Attributes.of(1), new Peer(true, 1, true, 1, 1));
        path(2, Attributes.of(5), new Peer(true, 0, true, 2, 2));
        decide(DecisionMode.ECMP);
        assertEquals(List.of(2), chosenSlots());
    }

    @Test
    @DisplayName("RFC 4271 §9.1.2.2(c): MED is compared within a neighbouring AS only")
    void medIsNotTransitive() {
        // The classic: pairwise, 1 beats 2 (MED), 2 beats 3 (identifier), 3 beats 1 (identifier).
        path(1, Attributes.of(2).withMed(65001, 10), Peer.of(30, 1));
        path(2, Attributes.of(2).withMed(65001, 20), Peer.of(10, 2));
        path(3, Attributes.of(2).withMed(65002, 99), Peer.of(20, 3));
        decide(DecisionMode.RFC_4271);
        assertEquals(List.of(3), chosenSlots());
    }

    @ParameterizedTest(name = "{0}: identifiers and addresses are unsigned")
    @EnumSource(DecisionMode.class)
    void identifiersAreUnsigned(DecisionMode mode) {
        path(1, Attributes.of(2), Peer.of(0xc0000001, 1));
        path(2, Attributes.of(2), Peer.of(0x7f000001, 0xffff0000));
        path(3, Attributes.of(2), Peer.of(0x7f000001, 5));
        decide(mode);
        assertEquals(3, paths.slot(selection.best()));
    }

    @Test
    void rejectedPathsDeadSlotsAndUnreachableNextHopsAreNoCandidates() {
        routes.attributes.put(1, Attributes.of(1));
        routes.peers.put(1, Peer.of(1, 1));
        paths.announce(0, 1, 1, 1, (byte) 1, 0);
        path(2, Attributes.of(1), new Peer(false, 0, true, 2, 2));
        path(3, Attributes.of(1).withReachable(false), Peer.of(3, 3));
        DecisionProcess process = decide(DecisionMode.ECMP);
        assertTrue(selection.isEmpty());
        assertEquals(0, selection.best());
        assertEquals(0, process.candidates());
    }

    private int path(int slot, Attributes attributes, Peer peer) {
        routes.attributes.put(slot, attributes);
        routes.peers.put(slot, peer);
        return paths.announce(0, slot, slot, slot, Verdict.ACCEPTED, 0).path();
    }

    private DecisionProcess decide(DecisionMode mode) {
        DecisionProcess process = new DecisionProcess(paths, routes, routes, mode);
        process.decide(0, selection);
        return process;
    }

    private List<Integer> chosenSlots() {
        List<Integer> slots = new ArrayList<>();
        for (int i = 0; i < selection.size(); i++) {
            slots.add(paths.slot(selection.path(i)));
        }
        return slots;
    }

    private void announce(int row, List<NaiveDecision.Candidate> candidates) {
        for (NaiveDecision.Candidate candidate : candidates) {
            int slot = candidate.slot();
            routes.peers.put(slot, candidate.peer());
            routes.attributes.put(slot, candidate.attributes());
            paths.announce(row, slot, slot, slot, (byte) (candidate.accepted() ? 0 : 1), 0);
        }
    }

    private void withdraw(int row, List<NaiveDecision.Candidate> candidates) {
        candidates.forEach(candidate -> paths.withdraw(row, candidate.slot()));
    }

    /** Few values of each kind, so that ties are common at every step. */
    private static List<NaiveDecision.Candidate> randomCandidates(Random random, int count) {
        List<NaiveDecision.Candidate> candidates = new ArrayList<>();
        for (int slot = 1; slot <= count; slot++) {
            Attributes attributes = new Attributes(
                    random.nextInt(4) == 0 ? 4_294_967_295L : 100,
                    1 + random.nextInt(4) / 3,
                    random.nextInt(5) / 4,
                    random.nextInt(3) * 2_000_000_000L,
                    65000 + random.nextInt(2),
                    random.nextInt(6) / 5,
                    random.nextInt(5) == 0 ? 0x80000001 : 0,
                    random.nextInt(2),
                    random.nextInt(10) > 0);
            Peer peer = new Peer(
                    random.nextInt(10) > 0,
                    random.nextInt(5) / 4,
                    random.nextInt(4) > 0,
                    random.nextInt(3) * 0x50000000,
                    random.nextInt(4) == 0 ? 7 : slot * 0x30000000);
            candidates.add(new NaiveDecision.Candidate(slot, peer, attributes, random.nextInt(10) > 0));
        }
        return candidates;
    }

    private static <T> List<List<T>> permutations(List<T> of) {
        if (of.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> all = new ArrayList<>();
        for (int i = 0; i < of.size(); i++) {
            List<T> rest = new ArrayList<>(of);
            T first = rest.remove(i);
            for (List<T> tail : permutations(rest)) {
                List<T> order = new ArrayList<>(Collections.singletonList(first));
                order.addAll(tail);
                all.add(order);
            }
        }
        return all;
    }
}
