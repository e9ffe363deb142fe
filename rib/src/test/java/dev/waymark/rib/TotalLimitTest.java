package dev.waymark.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.AddressFamily;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TotalLimitTest {
    private static final AddressFamily IPV4 = AddressFamily.IPV4_UNICAST;
    private static final AddressFamily IPV6 = AddressFamily.IPV6_UNICAST;

    @Test
    @DisplayName("ARS-27: 10,000 prefixes, those beyond wait and are tried oldest first when room appears")
    void thoseBeyondWaitOldestFirst() {
        TotalLimit limit = new TotalLimit(10_000);
        limit.countOwn(IPV4, 20_000);
        for (int row = 0; row < 9_999; row++) {
            assertTrue(limit.tryCount(IPV4, row));
        }
        assertEquals(10_000, limit.size());
        assertTrue(limit.tryCount(IPV4, 5), "a second route for a counted prefix");
        assertFalse(limit.tryCount(IPV4, 15_000));
        assertFalse(limit.tryCount(IPV6, 3));
        assertFalse(limit.tryCount(IPV4, 12_000));
        assertFalse(limit.tryCount(IPV4, 15_000));
        assertFalse(limit.hasRoom());
        limit.uncount(IPV4, 7);
        assertTrue(limit.hasRoom());
        assertFalse(limit.tryCount(IPV4, 17_000), "it must not overtake");
        assertFalse(limit.tryCount(IPV4, 12_000), "it came second");
        assertEquals(15_000, limit.next());
        assertTrue(limit.tryCount(IPV4, limit.next()));
        assertFalse(limit.hasRoom());
        limit.uncountOwn(IPV4, 20_000);
        assertEquals(3, limit.next());
        assertEquals(IPV6, limit.nextFamily());
        limit.forget(IPV6, 3);
        assertEquals(12_000, limit.next());
        assertTrue(limit.tryCount(limit.nextFamily(), 12_000));
        assertTrue(limit.isWaiting(IPV4, 17_000));
        assertEquals(1, limit.waiting());
    }

    @Test
    @DisplayName("ARS-27: a route for an own network's prefix is one prefix with it")
    void ownNetworksAreCountedOnce() {
        TotalLimit limit = new TotalLimit(1);
        limit.countOwn(IPV4, 1);
        assertTrue(limit.tryCount(IPV4, 1));
        assertEquals(1, limit.size());
        limit.uncountOwn(IPV4, 1);
        assertEquals(1, limit.size());
        limit.countOwn(IPV4, 1);
        limit.uncount(IPV4, 1);
        assertEquals(1, limit.size());
        limit.uncountOwn(IPV4, 1);
        assertEquals(0, limit.size());
    }

    @ParameterizedTest(name = "behaves as a set and a list, seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void behavesAsSetAndList(long seed) {
        Random random = new Random(seed);
        TotalLimit limit = new TotalLimit(20);
        Set<Integer> counted = new HashSet<>();
        Set<Integer> waiting = new LinkedHashSet<>();
        for (int step = 0; step < 50_000; step++) {
            Integer row = random.nextInt(50);
            switch (random.nextInt(5)) {
                case 0 -> {
                    limit.uncount(IPV4, row);
                    counted.remove(row);
                }
                case 1 -> {
                    limit.forget(IPV4, row);
                    waiting.remove(row);
                }
                case 2 -> {
                    while (limit.hasRoom()) {
                        assertEquals(first(waiting), limit.next());
                        assertTrue(limit.tryCount(limit.nextFamily(), limit.next()));
                        counted.add(first(waiting));
                        waiting.remove(first(waiting));
                    }
                }
                default -> {
                    if (limit.tryCount(IPV4, row)) {
                        counted.add(row);
                        waiting.remove(row);
                    } else {
                        waiting.add(row);
                    }
                }
            }
            assertTrue(limit.size() <= 20);
            assertEquals(counted.size(), limit.size());
            assertEquals(waiting.size(), limit.waiting());
            assertTrue(waiting.isEmpty() || first(waiting) == limit.next());
        }
    }

    private static int first(Set<Integer> keys) {
        return keys.iterator().next();
    }
}
