package dev.waymark.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.IpAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextHopSetsTest {
    private final NextHopSets sets = new NextHopSets(7);

    @Test
    @DisplayName("ARS-32: next hops are de-duplicated, the order of arrival doesn't matter")
    void sameSetSameId() {
        int one = intern(0, "192.0.2.9", "192.0.2.1", "192.0.2.9", "2001:db8::1");
        int other = intern(0, "2001:db8::1", "192.0.2.1", "192.0.2.9");
        assertEquals(one, other);
        assertEquals("[192.0.2.1, 192.0.2.9, 2001:db8::1]", sets.nextHops(one).toString());
        assertNotEquals(one, intern(0, "192.0.2.1"));
        assertEquals(0, intern(0));
        assertEquals(List.of(), sets.nextHops(0));
    }

    @Test
    @DisplayName("ARS-32: the maximum counts distinct next hops and keeps those added first")
    void maximumCountsDistinctNextHops() {
        int two = intern(2, "192.0.2.9", "192.0.2.9", "192.0.2.1", "192.0.2.0", "192.0.2.9");
        assertEquals("[192.0.2.1, 192.0.2.9]", sets.nextHops(two).toString());
    }

    @Test
    void setsWithoutReferenceGoAtTheSweep() {
        int one = intern(0, "192.0.2.1");
        int two = intern(0, "192.0.2.2");
        sets.retain(one);
        sets.sweep();
        assertEquals(1, sets.size());
        assertEquals(two, intern(0, "192.0.2.3"));
        List<IpAddress> view = sets.nextHops(one);
        sets.release(one);
        assertEquals(one, intern(0, "192.0.2.1"));
        sets.sweep();
        assertEquals(0, sets.size());
        assertEquals("[192.0.2.1]", view.toString());
        assertThrows(AssertionError.class, () -> sets.release(one));
    }

    @ParameterizedTest(name = "rows of a Loc-RIB hold their sets, seed {0}")
    @ValueSource(longs = {1, 2})
    void rowsHoldTheirSets(long seed) {
        Random random = new Random(seed);
        LocRib rib = new LocRib(sets);
        Map<Integer, TreeSet<IpAddress>> model = new HashMap<>();
        for (int step = 0; step < 50_000; step++) {
            int row = random.nextInt(300);
            TreeSet<IpAddress> hops = new TreeSet<>();
            sets.begin(0);
            for (int i = random.nextInt(4); i > 0; i--) {
                IpAddress hop = IpAddress.ofIpv4Bits(0x0a000000 + random.nextInt(40));
                hops.add(hop);
                sets.add(hop);
            }
            int set = sets.intern();
            boolean differs = !hops.equals(model.getOrDefault(row, new TreeSet<>()));
            assertEquals(differs, rib.setNextHops(row, set));
            rib.setBest(row, hops.isEmpty() ? 0 : 1 + random.nextInt(9));
            model.put(row, hops);
            if (random.nextInt(20) == 0) {
                sets.sweep();
            }
        }
        sets.sweep();
        model.values().removeIf(TreeSet::isEmpty);
        assertEquals(model.size(), rib.size());
        assertEquals(model.values().stream().distinct().count(), sets.size());
        model.forEach((row, hops) -> assertEquals(List.copyOf(hops), sets.nextHops(rib.nextHops(row))));
        model.keySet().forEach(row -> assertTrue(rib.setNextHops(row, 0)));
        assertFalse(rib.setNextHops(0, 0));
        sets.sweep();
        assertEquals(0, sets.size());
    }

    private int intern(int most, String... nextHops) {
        sets.begin(most);
        for (String nextHop : nextHops) {
            sets.add(IpAddress.parse(nextHop));
        }
        return sets.intern();
    }
}
