package dev.waymark.engine;

import static dev.waymark.engine.RestartRig.FOUR;
import static dev.waymark.engine.RestartRig.IPV4;
import static dev.waymark.engine.RestartRig.IPV6;
import static dev.waymark.engine.RestartRig.SIX;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.api.CountingMode;
import dev.waymark.api.GracefulRestartSettings;
import dev.waymark.api.LimitAction;
import dev.waymark.api.ResetKind;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import dev.waymark.bgp.message.RouteRefreshMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Restarts of all kinds at random: accounts balance after every step, and at rest everybody holds what he should. */
class RestartAccountsTest {
    private static final int STEPS = 150;

    static Stream<Long> seeds() {
        return LongStream.range(0, 60).boxed();
    }

    @ParameterizedTest(name = "ARS-71, RFC 4724 §4.2: accounts balance over restarts at random, seed {0}")
    @MethodSource("seeds")
    void balances(long seed) {
        Random random = new Random(seed);
        GracefulRestartSettings settings = GracefulRestartSettings.on()
                .withAfterNotifications(random.nextBoolean())
                .withLongLived(random.nextBoolean())
                .withLongLivedAtMost(Duration.ofSeconds(200));
        boolean isLimited = random.nextInt(3) == 0;
        RestartRig rig = new RestartRig(config(settings, isLimited, random));
        rig.net.units = 1 + random.nextInt(9);
        rig.a.isEnhanced = true;
        for (int step = 0; step < STEPS; step++) {
            act(rig, random);
        }
        beginAfresh(rig);
        if (!isLimited) {
            assertEquals(List.of(20, 10), List.of(rig.held(IPV4), rig.held(IPV6)));
            FOUR.forEach(prefix -> assertEquals(rig.path, rig.heard(prefix)));
            SIX.forEach(prefix -> assertEquals(rig.pathSix, rig.heard(prefix)));
        }
        leave(rig);
    }

    private static RouteServerConfigBuilder config(GracefulRestartSettings settings, boolean isLimited, Random random) {
        RouteServerConfigBuilder config = RestartRig.config(settings);
        CountingMode[] modes = CountingMode.values();
        LimitAction[] actions = LimitAction.values();
        RouteLimit limit = RouteLimit.of(25)
                .withMode(modes[random.nextInt(modes.length)])
                .withAction(actions[random.nextInt(actions.length)]);
        boolean isCapped = isLimited && random.nextBoolean();
        return config.limits(limits -> limits.withRouteLimit(isLimited ? Optional.of(limit) : Optional.empty())
                .withTotalPrefixes(isCapped ? 24 : 0));
    }

    private static void act(RestartRig rig, Random random) {
        if (!rig.a.isConnected) {
            whileAway(rig, random);
            return;
        }
        AddressFamily family = random.nextBoolean() ? IPV4 : IPV6;
        List<IpPrefix> some = some(family, random);
        switch (random.nextInt(18)) {
            case 0, 1 -> rig.net.kill(rig.a);
            case 2 ->
                rig.net.say(
                        rig.a,
                        Speaker.notification(NotificationMessage.of(
                                random.nextBoolean()
                                        ? NotificationSubcode.HARD_RESET
                                        : NotificationSubcode.ADMINISTRATIVE_RESET)));
            case 3 -> reconnect(rig, random);
            case 4, 5 -> rig.net.say(rig.a, Speaker.endOfRib(family));
            case 6 -> rig.net.say(rig.a, rig.a.withdraw(some));
            case 7 ->
                rig.net.say(
                        rig.a,
                        Speaker.refresh(
                                family, random.nextBoolean() ? RouteRefreshMessage.BEGIN : RouteRefreshMessage.END));
            case 8 -> {
                byte[] malformed = rig.a.announce(rig.path, some(IPV4, random));
                malformed[26] = 9; // an ORIGIN that there is not: treat-as-withdraw
                rig.net.say(rig.a, malformed);
            }
            case 9 ->
                rig.net.call(new Command.SetPolicy(
                        true, random.nextBoolean() ? Optional.of(SimPolicy.REJECT_SOME) : Optional.empty()));
            case 10 -> hostActs(rig, random);
            case 11 -> rig.net.advance(Duration.ofSeconds(random.nextInt(100)));
            case 12 -> rig.net.feed(new Input.Turn(1 + random.nextInt(5)));
            default -> rig.net.say(rig.a, rig.a.announce(attributes(family, random), some));
        }
    }

    private static void whileAway(RestartRig rig, Random random) {
        switch (random.nextInt(6)) {
            case 0 -> rig.net.advance(Duration.ofSeconds(random.nextInt(150)));
            case 1 -> rig.net.feed(new Input.Turn(1 + random.nextInt(5)));
            case 2 ->
                rig.net.call(new Command.SetPolicy(
                        true, random.nextBoolean() ? Optional.of(SimPolicy.REJECT_SOME) : Optional.empty()));
            case 3 -> hostActs(rig, random);
            default -> {
                rig.net.advance(Duration.ofSeconds(2));
                rig.net.call(new Command.EnablePeer("a", true)); // ends the rest
                reconnect(rig, random);
            }
        }
    }

    private static void hostActs(RestartRig rig, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> rig.net.call(new Command.EnablePeer("a", false));
            case 1 -> rig.net.call(new Command.ResetPeer("a", ResetKind.HARD, "at random"));
            case 2 -> rig.net.call(new Command.PeerDown("a", "at random"));
            default -> {}
        }
        rig.net.call(new Command.EnablePeer("a", true));
    }

    /** Connects anew, whether the old connection lives or not, with capabilities at random. */
    private static void reconnect(RestartRig rig, Random random) {
        List<AddressFamily> families = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) {
            if (random.nextInt(5) > 0) {
                families.add(family);
            }
        }
        AddressFamily[] named = families.toArray(AddressFamily[]::new);
        List<Capability> capabilities = new ArrayList<>();
        if (random.nextInt(8) > 0) {
            int flags = random.nextBoolean() ? 4 : 0;
            capabilities.add(RestartRig.restart(flags, random.nextInt(100), random.nextInt(6) > 0, named));
            if (random.nextBoolean()) {
                capabilities.add(RestartRig.longLived(random.nextInt(300), random.nextInt(6) > 0, named));
            }
        }
        Speaker old = rig.a;
        long before = old.connection;
        boolean wasConnected = old.isConnected;
        if (wasConnected) {
            rig.net.connected.remove(before); // what is closed there, nobody hears
        }
        old.extras = capabilities;
        rig.net.accept(old);
        if (wasConnected && !old.isConnected && !rig.net.closed.contains(before)) {
            rig.net.feed(new Input.Closed(before, "given up"));
        }
    }

    private static List<IpPrefix> some(AddressFamily family, Random random) {
        List<IpPrefix> all = family == IPV4 ? FOUR : SIX;
        int from = random.nextInt(all.size());
        return all.subList(from, from + 1 + random.nextInt(all.size() - from));
    }

    private static PathAttributes attributes(AddressFamily family, Random random) {
        String asPath = "65001 " + (65010 + random.nextInt(3));
        PathAttributes plain = RouteExchangeTest.path(asPath, family == IPV4 ? "10.0.1.1" : "2001:db8::1");
        return switch (random.nextInt(6)) {
            case 0 -> RestartRig.with(plain, Community.NO_LLGR);
            case 1 -> RestartRig.with(plain, Community.LLGR_STALE);
            default -> plain;
        };
    }

    /** A new session right after the one before, all routes, End-of-RIB: nothing of the past is left, and nothing is missing. */
    private static void beginAfresh(RestartRig rig) {
        rig.net.call(new Command.SetPolicy(true, Optional.empty()));
        if (rig.a.isConnected) {
            rig.net.kill(rig.a);
        }
        rig.net.call(new Command.EnablePeer("a", true));
        rig.a.extras = RestartRig.restart(120, true, IPV4, IPV6);
        rig.net.accept(rig.a);
        rig.net.say(rig.a, rig.a.announce(rig.path, FOUR));
        rig.net.say(rig.a, rig.a.announce(rig.pathSix, SIX));
        rig.endOfRibs();
    }

    /** The peer leaves for good: at the end of all times nothing is left. */
    private static void leave(RestartRig rig) {
        if (rig.a.isConnected) {
            rig.net.kill(rig.a);
        }
        rig.pass(4 * 3600);
        assertEquals(0, rig.held(IPV4) + rig.held(IPV6), "what is left when all times are over");
        assertEquals(new TreeMap<>(), rig.b.routes);
        assertEquals(0, rig.net.core.tables().attributes().size(), "attribute sets that nobody needs");
    }
}
