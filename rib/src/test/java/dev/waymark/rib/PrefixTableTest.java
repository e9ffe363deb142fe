package dev.waymark.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTableTest {
    @ParameterizedTest(name = "{0} behaves as a map, seed {1}")
    @CsvSource({"IPV4_UNICAST,1", "IPV4_UNICAST,2", "IPV6_UNICAST,3", "IPV6_UNICAST,4"})
    void behavesAsMap(AddressFamily family, long seed) {
        Random random = new Random(seed);
        PrefixTable table = new PrefixTable(family, random.nextLong());
        Map<IpPrefix, Integer> model = new HashMap<>();
        List<IpPrefix> pool = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            pool.add(randomPrefix(family, random));
        }
        for (int step = 0; step < 200_000; step++) {
            IpPrefix prefix = pool.get(random.nextInt(pool.size()));
            boolean growing = (step / 40_000) % 2 == 0;
            if (random.nextInt(4) > (growing ? 0 : 2)) {
                int row = table.findOrAdd(prefix);
                assertEquals(row, (int) model.computeIfAbsent(prefix, ignored -> row));
            } else {
                Integer row = model.remove(prefix);
                assertEquals(row == null ? PrefixTable.NONE : row, table.find(prefix));
                if (row != null) {
                    table.remove(row);
                }
            }
            assertEquals(model.size(), table.size());
        }
        for (IpPrefix prefix : pool) {
            assertEquals(model.getOrDefault(prefix, PrefixTable.NONE), table.find(prefix));
        }
        model.forEach((prefix, row) -> {
            assertTrue(table.contains(row) && row < table.rowLimit());
            assertEquals(prefix, table.prefix(row));
        });
    }

    @ParameterizedTest(name = "{0}: rows don't depend on the hash seed")
    @EnumSource(AddressFamily.class)
    void rowsDoNotDependOnHashSeed(AddressFamily family) {
        PrefixTable one = new PrefixTable(family, 1);
        PrefixTable two = new PrefixTable(family, 0x1234_5678_9abc_def0L);
        Random random = new Random(5);
        for (int step = 0; step < 50_000; step++) {
            IpPrefix prefix = randomPrefix(family, random);
            assertEquals(one.findOrAdd(prefix), two.findOrAdd(prefix));
            int row = random.nextInt(one.rowLimit());
            assertEquals(one.contains(row), two.contains(row));
            if (random.nextInt(3) == 0 && one.contains(row)) {
                assertEquals(one.prefix(row), two.prefix(row));
                one.remove(row);
                two.remove(row);
            }
        }
        assertEquals(one.rowLimit(), two.rowLimit());
    }

    @Test
    void samePrefixBitsOfAnotherLengthAreAnotherRow() {
        PrefixTable table = new PrefixTable(AddressFamily.IPV4_UNICAST, 0);
        int zero = table.findOrAdd(IpPrefix.parse("0.0.0.0/0"));
        int eight = table.findOrAdd(IpPrefix.parse("0.0.0.0/8"));
        int host = table.findOrAdd(IpPrefix.parse("255.255.255.255/32"));
        assertEquals(List.of(0, 1, 2), List.of(zero, eight, host));
        assertEquals("255.255.255.255/32", table.prefix(host).toString());
        assertEquals(zero, table.find(0, 0, 0));
    }

    @Test
    void theLowestFreeRowIsUsedFirst() {
        PrefixTable table = new PrefixTable(AddressFamily.IPV4_UNICAST, 0);
        for (int i = 0; i < 100; i++) {
            table.findOrAdd((long) i << 40, 0, 24);
        }
        table.remove(70);
        table.remove(30);
        table.remove(50);
        assertEquals(30, table.findOrAdd(1L << 63, 0, 1));
        assertEquals(50, table.findOrAdd(1L << 62, 0, 2));
        assertEquals(70, table.findOrAdd(1L << 61, 0, 3));
        assertEquals(100, table.findOrAdd(1L << 60, 0, 4));
    }

    @Test
    void aTableThatShrinksGivesMemoryBack() {
        PrefixTable table = new PrefixTable(AddressFamily.IPV4_UNICAST, 9);
        int count = 300_000;
        for (int i = 0; i < count; i++) {
            table.findOrAdd((long) i << 40, 0, 24);
        }
        long full = table.octets();
        for (int i = count - 1; i >= 1_000; i--) {
            table.remove(i);
        }
        assertEquals(1_000, table.size());
        assertEquals(1_000, table.rowLimit());
        assertTrue(table.octets() < full / 20, full + " octets before, " + table.octets() + " after");
        for (int i = 0; i < 1_000; i++) {
            table.remove(table.find((long) i << 40, 0, 24));
        }
        assertEquals(0, table.rowLimit());
        assertTrue(table.octets() < 50_000, "octets " + table.octets());
    }

    @ParameterizedTest(name = "prefixes that come and go at a steady size take no more memory, seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void comingAndGoingTakesNoMoreMemory(long seed) {
        Random random = new Random(seed);
        PrefixTable table = new PrefixTable(AddressFamily.IPV4_UNICAST, random.nextLong());
        List<IpPrefix> present = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            IpPrefix prefix = IpPrefix.of(IpAddress.ofIpv4Bits(i), 32);
            table.findOrAdd(prefix);
            present.add(prefix);
        }
        long full = table.octets();
        for (int step = 20_000; step < 400_000; step++) {
            int gone = random.nextInt(present.size());
            table.remove(table.find(present.get(gone)));
            IpPrefix prefix = IpPrefix.of(IpAddress.ofIpv4Bits(step), 32);
            table.findOrAdd(prefix);
            present.set(gone, prefix);
        }
        for (IpPrefix prefix : present) {
            assertEquals(prefix, table.prefix(table.find(prefix)));
        }
        assertTrue(table.octets() <= full * 5 / 4, full + " octets before, " + table.octets() + " after");
    }

    @Test
    void oneStepMovesAtMostOneSegment() {
        // Growth by splitting: no step may add much more than one segment and one page of each column.
        PrefixTable table = new PrefixTable(AddressFamily.IPV4_UNICAST, 9);
        long before = table.octets();
        for (int i = 0; i < 400_000; i++) {
            table.findOrAdd((long) i << 40, 0, 24);
            long after = table.octets();
            assertTrue(after - before < 80_000, "row " + i + " added " + (after - before) + " octets");
            before = after;
        }
    }

    @Test
    void removingWhatIsNotThereIsOurError() {
        PrefixTable table = new PrefixTable(AddressFamily.IPV4_UNICAST, 0);
        assertThrows(AssertionError.class, () -> table.remove(0));
        assertFalse(table.contains(0));
    }

    @Test
    void prefixesOfAnotherFamilyAreRefused() {
        PrefixTable table = new PrefixTable(AddressFamily.IPV4_UNICAST, 0);
        IpPrefix six = IpPrefix.parse("::/0");
        assertEquals(PrefixTable.NONE, table.find(six));
        assertThrows(IllegalArgumentException.class, () -> table.findOrAdd(six));
    }

    static IpPrefix randomPrefix(AddressFamily family, Random random) {
        if (family == AddressFamily.IPV4_UNICAST) {
            return IpPrefix.ofMasked(IpAddress.ofIpv4Bits(random.nextInt()), random.nextInt(33));
        }
        return IpPrefix.ofMasked(IpAddress.ofIpv6Bits(random.nextLong(), random.nextLong()), random.nextInt(129));
    }
}
