package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.PeerSnapshot;
import dev.waymark.api.RouteCounts;
import dev.waymark.api.RoutePage;
import dev.waymark.api.RouteQuery;
import dev.waymark.api.RouteView;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.message.MessageType;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What went wrong in other route servers and must not go wrong here. */
class TrapsTest {
    private static final IpPrefix TEN = IpPrefix.parse("10.1.0.0/16");
    private static final Community OLD = Community.of(65515, 1);
    private static final Community NEW = Community.of(65515, 2);
    private static final int MANY = 2_000;

    private final Speaker a = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker b = Speaker.of("b", 65002, "10.0.1.2");
    private final CoreHarness net =
            new CoreHarness(RouteExchangeTest.azure(a, b).build());

    private static List<IpPrefix> prefixes(int count) {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            prefixes.add(IpPrefix.ofIpv4Bits((20 << 24) + (i << 8), 24));
        }
        return prefixes;
    }

    private void announceMany() {
        for (IpPrefix prefix : prefixes(MANY)) {
            String hop = Long.toString(1_000 + (prefix.high() >>> 40 & 0xfff));
            net.say(a, a.announce(RouteExchangeTest.path("65001 " + hop, "10.0.1.1"), prefix));
        }
        net.settle();
    }

    @Test
    @DisplayName(
            "TRAPS 7: NO_ADVERTISE counts before export policy can remove it, and when it has added it (rustbgpd 909)")
    void noAdvertiseCountsBeforeAndAfterPolicy() {
        net.connect(a);
        net.connect(b);
        PathAttributes path = RouteExchangeTest.path("65001", "10.0.1.1");
        net.say(a, a.announce(path.edit().addCommunity(Community.NO_ADVERTISE).build(), TEN));
        net.say(a, a.announce(path, prefixes(1)));
        net.settle();
        assertEquals(Set.copyOf(prefixes(1)), b.routes.keySet());
        net.call(new Command.SetPolicy(false, Optional.of(SimPolicy.UNHIDE)));
        net.settle();
        assertEquals(Set.copyOf(prefixes(1)), b.routes.keySet(), "policy can't talk its way out");
        net.call(new Command.SetPolicy(false, Optional.of(tag(Community.NO_ADVERTISE))));
        net.settle();
        assertEquals(Set.of(), b.routes.keySet(), "policy can add it");
    }

    @Test
    @DisplayName(
            "TRAPS 9: what a joiner was sent before its connection broke in the middle of the dump is not held to be sent")
    void brokenDumpIsNotSent() {
        CoreHarness small = new CoreHarness(RouteExchangeTest.azure(a, b)
                .limits(limits -> limits.withUnsentOctets(65_536).withAcceptBurst(100))
                .build());
        small.connect(a);
        for (IpPrefix prefix : prefixes(MANY)) {
            String hop = Long.toString(1_000 + (prefix.high() >>> 40 & 0xfff));
            small.say(a, a.announce(RouteExchangeTest.path("65001 " + hop, "10.0.1.1"), prefix));
        }
        small.settle();
        for (int heard = 0; heard < 5; heard++) {
            small.call(new Command.EnablePeer("b", true)); // ends the rest after the loss
            small.accept(b);
            small.feed(new Input.Turn(64));
            small.deaf.add(b.connection);
            small.settle();
            small.hear(b, heard);
            assertTrue(b.isConnected && b.routes.size() < MANY, "in the middle: " + b.routes.size());
            assertTrue(counts(small, "b").advertisedNow() > 0);
            small.kill(b);
            small.settle();
            assertEquals(Map.of(), snapshot(small, "b").routes());
            small.call(new Command.EnablePeer("b", true));
            small.connect(b);
            assertEquals(MANY, b.routes.size());
            assertEquals(MANY, counts(small, "b").advertisedNow());
            assertEquals(0, b.sameAnnouncements);
            small.kill(b);
        }
    }

    private static PeerSnapshot snapshot(CoreHarness core, String name) {
        return ((List<?>) core.call(new Command.Peers()))
                .stream()
                        .map(PeerSnapshot.class::cast)
                        .filter(peer -> peer.config().name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    private static RouteCounts counts(CoreHarness core, String name) {
        return Objects.requireNonNull(snapshot(core, name).routes().get(AddressFamily.IPV4_UNICAST));
    }

    @Test
    @DisplayName(
            "TRAPS 11: counters don't count for the dead: a peer that comes back begins with none, also while its old routes leave")
    void nothingIsCountedForTheDead() {
        net.connect(a);
        announceMany();
        assertEquals(MANY, counts(net, "a").announced());
        net.kill(a);
        assertEquals(Map.of(), snapshot(net, "a").routes());
        net.call(new Command.EnablePeer("a", true)); // ends the rest after the loss
        net.accept(a);
        net.feed(new Input.Turn(1));
        net.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), TEN));
        net.say(a, a.withdraw(prefixes(3)));
        net.say(a, a.withdraw(prefixes(3)));
        RouteCounts fresh = counts(net, "a");
        assertTrue(fresh.isBalanced(), fresh::toString);
        assertEquals(
                List.of(1L, 1L, 1L, 0L, 0L),
                List.of(
                        fresh.announced(),
                        fresh.accepted(),
                        fresh.acceptedNow(),
                        fresh.rejectedNow(),
                        fresh.removed()));
        net.settle();
        assertEquals(fresh, counts(net, "a"), "the end of the sweep of the old session");
    }

    @Test
    @DisplayName("TRAPS 13: a list of everything, read in pages with time going by, costs no keepalive and no session")
    void bigListQuery() {
        net.connect(a);
        net.connect(b);
        announceMany();
        b.received.clear();
        int listed = 0;
        int cursor = 0;
        for (int page = 0; cursor >= 0; page++) {
            RoutePage entries = (RoutePage) net.call(new Command.Page(RouteQuery.of(RouteView.SELECTED), cursor, 10));
            assertTrue(entries.entries().size() <= 10);
            listed += entries.entries().size();
            cursor = entries.next().orElse(-1);
            net.nowNanos += Duration.ofSeconds(3).toNanos();
            net.settle();
            if (page % 20 == 0) {
                net.say(a, Speaker.keepalive());
                net.say(b, Speaker.keepalive());
            }
        }
        assertEquals(MANY, listed);
        assertTrue(a.isConnected && b.isConnected);
        long keepalives =
                b.received.stream().filter(MessageType.KEEPALIVE::equals).count();
        assertTrue(keepalives >= 10, keepalives + " keepalives in ten minutes");
    }

    private static RoutePolicy tag(Community community) {
        return (context, route) -> PolicyVerdict.accept(
                route.attributes().edit().addCommunity(community).build());
    }

    @ParameterizedTest(name = "import: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName(
            "TRAPS 15: a policy change is atomic: at every moment each route is what one of the two policies makes of it")
    void policyChangeIsAtomic(boolean isImport) {
        net.call(new Command.SetPolicy(isImport, Optional.of(tag(OLD))));
        net.connect(a);
        net.connect(b);
        announceMany();
        b.received.clear();
        net.call(new Command.SetPolicy(isImport, Optional.of(tag(NEW))));
        net.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), TEN));
        int mixed = 0;
        long sentAt = net.nowNanos;
        for (int turns = 0; turns < 60_000 && marked(NEW) <= MANY; turns++) {
            net.feed(new Input.Turn(1));
            net.nowNanos += Duration.ofMillis(100).toNanos();
            if (turns % 300 == 0) {
                net.say(a, Speaker.keepalive());
                net.say(b, Speaker.keepalive());
            }
            if (turns % 16 == 0) {
                assertEquals(0, b.idleWithdrawals);
                assertTrue(b.routes.size() >= MANY, "a route went away: " + b.routes.size());
                assertEquals(b.routes.size(), marked(OLD) + marked(NEW), "each route has one of the marks");
                mixed += marked(OLD) > 100 && marked(NEW) > 100 ? 1 : 0;
            }
            if (b.received.remove(MessageType.KEEPALIVE)) {
                sentAt = net.nowNanos;
            }
            assertTrue(net.nowNanos - sentAt <= Duration.ofSeconds(61).toNanos(), "keepalives go on");
            assertFalse(turns == 59_999, "the change never ends: " + marked(NEW));
        }
        assertEquals(0, marked(OLD));
        assertTrue(a.isConnected && b.isConnected);
        assertTrue(mixed > 10, "the change goes on in small steps: " + mixed);
    }

    private int marked(Community community) {
        int count = 0;
        for (PathAttributes attributes : b.routes.values()) {
            count += attributes.communities().equals(List.of(community)) ? 1 : 0;
        }
        return count;
    }
}
