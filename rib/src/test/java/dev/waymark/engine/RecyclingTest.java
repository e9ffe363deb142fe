package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.LimitSettings;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is gone leaves nothing behind: rows, attributes, next hops, slots, buffers (ERROR-HANDLING §9). */
class RecyclingTest {
    /** A writer keeps one empty chunk for each family. */
    private static final long KEPT_OCTETS = 2 * 65_536;

    private static final int MANY = 100_000;
    private static final int SHARING = 5;

    static LongStream seeds() {
        long first = Long.getLong("waymark.sim.first", 1);
        return LongStream.range(first, first + Long.getLong("waymark.sim.runs", 60));
    }

    @ParameterizedTest(name = "seed {0}: after all peers and networks are gone every table is empty")
    @MethodSource("seeds")
    void tablesAreEmptyAfterAllIsGone(long seed) {
        checkEmptyAfterAllIsGone(new SimWorld(seed, 6, true));
    }

    @ParameterizedTest(name = "ARS-62, seed {0}: and so it is with aggregates")
    @MethodSource("seeds")
    void tablesAreEmptyAfterAllAggregatesAreGone(long seed) {
        checkEmptyAfterAllIsGone(new SimWorld(seed, 6, true, true));
    }

    private static void checkEmptyAfterAllIsGone(SimWorld world) {
        SimActions actions = new SimActions(world);
        world.net.units = 1 + world.random.nextInt(30);
        actions.connectAll();
        for (int i = 0; i < 250; i++) {
            actions.act();
        }
        if (world.random.nextBoolean()) {
            world.rest();
        }
        for (SimPeer peer : world.upPeers()) {
            if (world.random.nextBoolean()) {
                world.net.kill(peer.speaker);
            } else {
                world.remove(peer);
            }
        }
        for (IpPrefix space : List.copyOf(world.networks.keySet())) {
            world.networks.remove(space);
            world.net.call(new Command.RemoveNetwork(space));
        }
        world.rest();
        assertEmpty(world);
    }

    /** Checks that nothing is left of a world in which all is gone. */
    static void assertEmpty(SimWorld world) {
        RouteServerCore.Tables tables = world.net.core.tables();
        for (FamilyRib rib : tables.ribs()) {
            assertEquals(0, rib.paths().size(), "paths");
            assertEquals(0, rib.loc().size(), "chosen");
            assertEquals(List.of(), rib.groups(), "groups");
            assertEquals(0, rib.prefixes().size(), "rows");
            assertTrue(rib.contributors().isEmpty(), "contributors");
        }
        assertEquals(0, tables.sets().size(), "sets of next hops");
        assertEquals(0, tables.attributes().size(), "sets of attributes");
        for (int slot = 0; slot < tables.slots().limit(); slot++) {
            assertEquals(Optional.empty(), tables.slots().identity(slot), "a slot that was not given back");
        }
        assertEquals(false, tables.links().all().iterator().hasNext(), "connections");
        assertTrue(world.allocator.metric().usedHeapMemory() <= KEPT_OCTETS, "buffers were not released");
        for (int sink : world.sinks) {
            assertEquals(Map.of(), world.net.sinks.getOrDefault(sink, Map.of()), "sink");
        }
    }

    @Test
    @DisplayName("ERROR-HANDLING 9: 1,000 flaps leave the tables where one did")
    void thousandFlapsLeaveTheTablesWhereOneDid() {
        Speaker a = Speaker.of("a", 65001, "10.0.1.1");
        Speaker b = Speaker.of("b", 65002, "10.0.1.2");
        CoreHarness net = new CoreHarness(RouteExchangeTest.azure(a, b)
                .limits(limits -> limits.withAcceptBurst(1_000))
                .build());
        net.call(new Command.AttachSink(1, "table"));
        net.connect(b);
        List<IpPrefix> prefixes = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            prefixes.add(IpPrefix.parse("10." + i + ".0.0/16"));
        }
        long first = 0;
        for (int flap = 0; flap < 1_000; flap++) {
            net.call(new Command.EnablePeer("a", true));
            net.nowNanos += 1_000_000_000L;
            net.connect(a);
            for (int i = 0; i < 250; i += 50) {
                String path = "65001 " + (1_000 + flap * 5 + i / 50);
                net.say(a, a.announce(RouteExchangeTest.path(path, "10.0.1.1"), prefixes.subList(i, i + 50)));
            }
            net.settle();
            net.say(b, Speaker.keepalive());
            assertEquals(250, b.routes.size(), "flap " + flap);
            net.kill(a);
            net.settle();
            long octets = octets(net.core.tables());
            first = flap == 0 ? octets : first;
            assertTrue(octets <= first, first + " octets after the first flap, " + octets + " after " + (flap + 1));
        }
        assertEquals(3, net.core.tables().slots().limit(), "slots: the server, b, and one for all sessions of a");
        assertEquals(0, net.core.tables().ribs().get(0).prefixes().size());
    }

    @Test
    @DisplayName("ARS-4: a table that shrinks gives its memory back, whether a peer withdraws all or goes")
    void tablesThatShrinkGiveMemoryBack() {
        Speaker a = Speaker.of("a", 65001, "10.0.1.1");
        Speaker b = Speaker.of("b", 65002, "10.0.1.2");
        CoreHarness net = new CoreHarness(RouteExchangeTest.azure(a, b)
                .limits(limits -> LimitSettings.standard())
                .build());
        net.units = 16_384;
        net.connect(a);
        net.connect(b);
        net.settle();
        long empty = octets(net.core.tables());
        for (int round = 0; round < 2; round++) {
            announceMany(net, a);
            assertEquals(MANY, b.routes.size());
            long full = octets(net.core.tables());
            if (round == 0) {
                for (int i = 0; i < MANY; i += SHARING) {
                    net.say(a, a.withdraw(prefixes(i)));
                }
            } else {
                net.kill(a);
            }
            net.settle();
            assertEquals(0, b.routes.size());
            long left = octets(net.core.tables()) - empty;
            assertTrue(left < (full - empty) / 20, left + " of " + (full - empty) + " octets are left");
        }
    }

    private static void announceMany(CoreHarness net, Speaker a) {
        for (int i = 0; i < MANY; i += SHARING) {
            net.say(
                    a,
                    a.announce(
                            RouteExchangeTest.path("65001 " + (1 + i / 50_000) + " " + (1 + i % 50_000), "10.0.1.1"),
                            prefixes(i)));
        }
        net.settle();
    }

    private static List<IpPrefix> prefixes(int from) {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (int i = from; i < from + SHARING; i++) {
            prefixes.add(IpPrefix.of(IpAddress.ofIpv4Bits(0x0b00_0000 + (i << 8)), 24));
        }
        return prefixes;
    }

    private static long octets(RouteServerCore.Tables tables) {
        long octets = tables.attributes().octets();
        for (FamilyRib rib : tables.ribs()) {
            octets += rib.prefixes().octets() + rib.paths().octets() + rib.loc().octets();
            for (UpdateGroup group : rib.groups()) {
                octets += group.rib().octets();
                for (Member member : group.members()) {
                    octets += member.lag().octets();
                }
            }
        }
        return octets;
    }
}
