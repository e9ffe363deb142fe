package dev.waymark.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.waymark.api.DecisionMode;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a route costs in octets, counted from the arrays, and that handling one allocates nothing. */
class MemoryTest {
    private static final int PEERS = 4;

    private final AttributeRefs refs = new AttributeRefs() {
        @Override
        public void retain(int attributes) {}

        @Override
        public void release(int attributes) {}
    };
    private final AdjRibIn paths = new AdjRibIn(refs);
    private final NextHopSets sets = new NextHopSets(1);
    private final LocRib locRib = new LocRib(sets);
    private final GroupRib group = new GroupRib(refs);
    private final GroupChanges changes = new GroupChanges();
    private final List<IpAddress> nextHops = List.of(IpAddress.parse("192.0.2.1"), IpAddress.parse("192.0.2.2"));

    @ParameterizedTest(name = "{0}: {1} routes of one peer cost at most {2} octets each, with Loc-RIB and one group")
    @CsvSource({
        "IPV4_UNICAST,100000,45",
        "IPV4_UNICAST,300000,45",
        "IPV4_UNICAST,1000000,45",
        "IPV4_UNICAST,1400000,45",
        "IPV6_UNICAST,200000,57",
    })
    void octetsPerRoute(AddressFamily family, int routes, int most, TestReporter reporter) {
        PrefixTable prefixes = new PrefixTable(family, 1);
        Random random = new Random(42);
        while (prefixes.size() < routes) {
            int row = addRandom(prefixes, random);
            apply(row, 1, 1 + random.nextInt(160_000));
        }
        long table = prefixes.octets();
        long total = table + paths.octets() + locRib.octets() + group.octets();
        reporter.publishEntry(
                "octets per route",
                String.format(
                        Locale.ROOT,
                        "%s x %d: prefix table %.1f, paths %.1f, Loc-RIB %.1f, group %.1f, together %.1f",
                        family,
                        routes,
                        (double) table / routes,
                        (double) paths.octets() / routes,
                        (double) locRib.octets() / routes,
                        (double) group.octets() / routes,
                        (double) total / routes));
        assertTrue(total <= (long) most * routes, "octets per route: " + (double) total / routes);
    }

    @Test
    void anEmptyServerIsSmallAndASmallOneIsNotLarge() {
        PrefixTable prefixes = new PrefixTable(AddressFamily.IPV4_UNICAST, 1);
        assertTrue(prefixes.octets() + paths.octets() + locRib.octets() + group.octets() < 400);
        Random random = new Random(42);
        while (prefixes.size() < 10) {
            apply(addRandom(prefixes, random), 1, 7);
        }
        assertTrue(prefixes.octets() + paths.octets() + locRib.octets() + group.octets() < 8_000);
    }

    @Test
    void everythingIsGivenBack() {
        PrefixTable prefixes = new PrefixTable(AddressFamily.IPV4_UNICAST, 1);
        Random random = new Random(42);
        while (prefixes.size() < 300_000) {
            apply(addRandom(prefixes, random), 1, 7);
        }
        SlotSweep.ofAll(prefixes, paths, 1).run(Integer.MAX_VALUE, change -> {
            group.set(change.row(), 0, 0, 0, 0, changes);
            changes.clear();
            locRib.setBest(change.row(), 0);
            locRib.setNextHops(change.row(), 0);
            prefixes.remove(change.row());
        });
        assertEquals(0, prefixes.size());
        long left = prefixes.octets() + paths.octets() + locRib.octets() + group.octets();
        assertTrue(left < 250_000, "left " + left);
    }

    @Test
    void handlingARouteAllocatesNothing() {
        PrefixTable prefixes = new PrefixTable(AddressFamily.IPV4_UNICAST, 1);
        Random random = new Random(42);
        while (prefixes.size() < 20_000) {
            apply(addRandom(prefixes, random), 1, 7);
        }
        DecisionProcess process = new DecisionProcess(paths, new SamePath(), new SamePath(), DecisionMode.ECMP);
        Selection selection = new Selection();
        MemberLag lag = new MemberLag(2, group);
        for (int i = 0; i < 3; i++) {
            churn(prefixes, process, selection, lag);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        churn(prefixes, process, selection, lag);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        // 80,000 announcements with all that follows; a few pages come and go.
        assertTrue(allocated < 100_000, "octets allocated: " + allocated);
    }

    private void churn(PrefixTable prefixes, DecisionProcess process, Selection selection, MemberLag lag) {
        for (int slot = 1; slot <= PEERS; slot++) {
            for (int row = 0; row < prefixes.rowLimit(); row++) {
                int found = prefixes.find(prefixes.high(row), prefixes.low(row), prefixes.length(row));
                paths.announce(found, slot, slot, slot + 1, Verdict.ACCEPTED, slot);
                process.decide(found, selection);
                changes.clear();
                if (group.set(found, slot + 1, slot, 0, 0, changes)) {
                    lag.missed(found, changes.before(0, 2), changes.after(0, 2));
                }
                sets.begin(0);
                sets.add(nextHops.get(slot & 1));
                locRib.setBest(found, selection.best());
                locRib.setNextHops(found, sets.intern());
                paths.withdraw(found, slot == 1 ? PEERS : slot - 1);
            }
            for (int row = lag.nextOwed(); row >= 0; row = lag.nextOwed()) {
                lag.take(row);
            }
            sets.sweep();
        }
    }

    private void apply(int row, int slot, int attributes) {
        int path = paths.announce(row, slot, attributes, attributes, Verdict.ACCEPTED, 0)
                .path();
        locRib.setBest(row, path);
        sets.begin(0);
        sets.add(nextHops.get(0));
        locRib.setNextHops(row, sets.intern());
        changes.clear();
        group.set(row, attributes, slot, 0, 0, changes);
    }

    private static int addRandom(PrefixTable prefixes, Random random) {
        boolean ipv4 = prefixes.family() == AddressFamily.IPV4_UNICAST;
        int length = ipv4 ? 16 + random.nextInt(9) : 32 + random.nextInt(17);
        return prefixes.findOrAdd(random.nextLong() & (-1L << (64 - length)), 0, length);
    }

    /** Every path the same but for its source. */
    private static final class SamePath implements PathMetrics, PeerRanks {
        @Override
        public int asPathLength(int attributes) {
            return 3;
        }

        @Override
        public int origin(int attributes) {
            return 0;
        }

        @Override
        public long med(int attributes) {
            return attributes;
        }

        @Override
        public int firstAs(int attributes) {
            return 65001;
        }

        @Override
        public long localPref(int attributes) {
            return 100;
        }

        @Override
        public boolean isEligible(int slot) {
            return true;
        }

        @Override
        public int preferenceRank(int slot) {
            return 0;
        }

        @Override
        public boolean isExternal(int slot) {
            return true;
        }

        @Override
        public int routerId(int slot) {
            return slot;
        }

        @Override
        public int compareAddresses(int oneSlot, int otherSlot) {
            return Integer.compare(oneSlot, otherSlot);
        }
    }
}
