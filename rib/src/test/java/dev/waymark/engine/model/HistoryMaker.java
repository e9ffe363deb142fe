package dev.waymark.engine.model;

import dev.waymark.api.CountingMode;
import dev.waymark.api.DecisionMode;
import dev.waymark.api.LimitAction;
import dev.waymark.api.PeerRole;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.RoutingPreference;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Draws a history: what a server is started with, and steps, so few things that they meet all the time. */
public final class HistoryMaker {
    private static final int STEPS = 45;
    private static final Set<AddressFamily> IPV4 = Set.of(AddressFamily.IPV4_UNICAST);
    private static final Set<AddressFamily> BOTH = EnumSet.allOf(AddressFamily.class);

    private final Random random;
    private final boolean isAzure;
    /** Whether it is about batches that grow old: limits that wait long for quiet, and time that passes all the time. */
    private final boolean isSlow;

    private final RouteMaker routes;
    private Setup setup;
    private int peers;

    /**
     * A history.
     *
     * @param turnUnits how large the engine's turns are
     */
    public record History(long seed, Setup setup, int turnUnits, List<Step> steps) {
        /** Returns this history with another setup. */
        public History with(Setup other) {
            return new History(seed, other, turnUnits, steps);
        }

        /** Returns this history with other steps. */
        public History with(List<Step> other) {
            return new History(seed, setup, turnUnits, List.copyOf(other));
        }

        /** Tells it. */
        @Override
        public String toString() {
            StringBuilder story = new StringBuilder("seed " + seed + ", turns of " + turnUnits + "\n  " + setup);
            steps.forEach(step -> story.append("\n  ").append(step));
            return story.toString();
        }
    }

    private HistoryMaker(long seed) {
        random = new Random(seed * 0x9e37_79b9_7f4a_7c15L);
        isAzure = random.nextBoolean();
        isSlow = random.nextInt(5) == 0;
        routes = new RouteMaker(random, isAzure);
        setup = setup();
    }

    /** Draws the history of a seed. */
    public static History of(long seed) {
        return new HistoryMaker(seed).history(seed);
    }

    private History history(long seed) {
        List<Step> steps = new ArrayList<>();
        add(steps, new Step.Sink(1));
        peers = setup.voices().size();
        for (int i = 1; i <= peers; i++) {
            add(steps, new Step.Add(spec(i)));
            if (random.nextInt(8) > 0) {
                add(steps, new Step.Connect(i));
            }
        }
        if (setup.totalPrefixes() == 0 && random.nextBoolean()) {
            add(steps, new Step.Policy(true, Optional.of(routes.map())));
        }
        if (random.nextInt(3) == 0 || setup.requirePolicy()) {
            add(steps, new Step.Policy(false, Optional.of(routes.map())));
        }
        int disturbances = isSlow ? 40 : 10 + random.nextInt(50);
        for (int i = 0; i < STEPS; i++) {
            int drawn = random.nextInt(40);
            if (drawn < 2) {
                overflow(steps);
            } else if (drawn == 2 && !isAzure && setup.totalPrefixes() == 0) {
                refresh(steps);
            }
            add(steps, random.nextInt(100) < disturbances ? disturbance() : talk());
        }
        return new History(seed, setup, random.nextBoolean() ? 1 + random.nextInt(5) : 1_024, List.copyOf(steps));
    }

    /** Most steps are compared; those in between may meet in one turn. */
    private void add(List<Step> steps, Step step) {
        steps.add(step);
        boolean mayMeet = step instanceof Step.Say
                || step instanceof Step.AddNetwork
                || step instanceof Step.RemoveNetwork
                || step instanceof Step.Branches
                || step instanceof Step.Prefer
                || step instanceof Step.Cut;
        if (!mayMeet || setup.totalPrefixes() > 0 || random.nextInt(3) > 0) {
            steps.add(new Step.Rest());
        }
    }

    private Setup setup() {
        List<Setup.Voice> voices = new ArrayList<>();
        for (int i = isSlow ? 2 : 2 + random.nextInt(4); i > 0; i--) {
            Set<AddressFamily> families = isAzure || random.nextInt(4) == 0 ? IPV4 : BOTH;
            long identifier = random.nextInt(4) == 0 ? 0x0a00014dL : 0x0a000100L + voices.size() + 1;
            voices.add(new Setup.Voice(families, random.nextBoolean(), random.nextBoolean(), identifier));
        }
        boolean isUsual = random.nextBoolean();
        return new Setup(
                isAzure,
                isUsual || random.nextBoolean() == isAzure ? profileMode() : oneOf(DecisionMode.values()),
                isUsual ? !isAzure : random.nextBoolean(),
                random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0,
                isUsual
                        ? isAzure ? RoutingPreference.EXPRESS_ROUTE : RoutingPreference.AS_PATH
                        : oneOf(RoutingPreference.values()),
                random.nextInt(3) > 0,
                isUsual ? !isAzure : random.nextBoolean(),
                random.nextInt(5) == 0,
                random.nextInt(5) == 0,
                !isAzure && random.nextInt(4) == 0,
                random.nextInt(6) == 0 ? 3 + random.nextInt(6) : 0,
                isSlow || random.nextInt(3) == 0 ? Optional.of(limit()) : Optional.empty(),
                voices);
    }

    private DecisionMode profileMode() {
        return isAzure ? DecisionMode.ECMP : DecisionMode.RFC_4271;
    }

    private PeerSpec spec(int number) {
        int drawn = random.nextInt(10);
        PeerRole role = drawn < 2 ? PeerRole.VPN_GATEWAY : drawn < 4 ? PeerRole.EXPRESS_ROUTE_GATEWAY : PeerRole.NVA;
        boolean isVpn = role == PeerRole.VPN_GATEWAY;
        boolean mayHaveMaps = setup.totalPrefixes() == 0;
        return new PeerSpec(
                number,
                role,
                role == PeerRole.NVA ? routes.asnOf(number) : Setup.OWN_AS,
                random.nextInt(5) == 0 ? Optional.of(random.nextBoolean()) : Optional.empty(),
                random.nextInt(8) == 0 ? Optional.of(false) : Optional.empty(),
                random.nextInt(3) == 0 ? Optional.of(limit()) : Optional.empty(),
                mayHaveMaps && random.nextInt(5) == 0 ? Optional.of(routes.map()) : Optional.empty(),
                random.nextInt(5) == 0 ? Optional.of(routes.map()) : Optional.empty(),
                isVpn && random.nextBoolean() ? List.of(RouteMaker.POINT_TO_SITE) : List.of());
    }

    private RouteLimit limit() {
        RouteLimit limit = RouteLimit.of((isSlow ? 10 : 3) + random.nextInt(10))
                .withMode(random.nextBoolean() ? CountingMode.CURRENT_PLUS_INCOMING : oneOf(CountingMode.values()))
                .withAction(random.nextBoolean() ? LimitAction.TEAR_DOWN : oneOf(LimitAction.values()));
        if (isSlow || random.nextInt(8) == 0) {
            limit = limit.withQuietTime(Duration.ofSeconds(40)); // so that a batch can become too old
        }
        return limit.withRestartAfter(Duration.ofSeconds(oneOf(0, 20, 60, 60)));
    }

    private Step talk() {
        int peer = 1 + random.nextInt(peers);
        AddressFamily family =
                isAzure || random.nextInt(3) > 0 ? AddressFamily.IPV4_UNICAST : AddressFamily.IPV6_UNICAST;
        int drawn = random.nextInt(100);
        if (drawn < 65) {
            return say(peer, family, random.nextInt(6) == 0);
        } else if (drawn < 80) {
            return new Step.Say(peer, family, routes.some(family, 4), Optional.empty(), List.of(), Step.Flaw.NOTHING);
        } else if (drawn < 86) {
            return new Step.Repeat(peer, family);
        } else if (drawn < 91) {
            return new Step.EndOfRib(peer, family);
        } else if (drawn < 94) {
            return new Step.Ask(peer, family);
        }
        if (setup.totalPrefixes() > 0) {
            return new Step.EndOfRib(peer, family); // who may come in while stale routes leave is not said
        }
        return new Step.Mark(peer, family, random.nextInt(5) > 1);
    }

    /** A peer gets another limit and passes it, now and then twice, and comes again. */
    private void overflow(List<Step> steps) {
        int peer = 1 + random.nextInt(peers);
        add(steps, new Step.Update(spec(peer)));
        add(steps, new Step.Connect(peer));
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            add(steps, say(peer, AddressFamily.IPV4_UNICAST, false));
            add(steps, new Step.Repeat(peer, AddressFamily.IPV4_UNICAST));
            add(steps, new Step.Pass(oneOf(500L, 20_000L, 60_000L, 120_000L)));
            add(steps, new Step.Connect(peer));
        }
    }

    /** A peer says some of its routes again between the marks of a refresh (RFC 7313 §4), or lets it end by time. */
    private void refresh(List<Step> steps) {
        int peer = 1 + random.nextInt(peers);
        add(steps, new Step.Connect(peer));
        add(steps, say(peer, AddressFamily.IPV4_UNICAST, false));
        add(steps, new Step.Mark(peer, AddressFamily.IPV4_UNICAST, true));
        add(steps, say(peer, AddressFamily.IPV4_UNICAST, false));
        add(
                steps,
                random.nextInt(4) == 0
                        ? new Step.Pass(120_000)
                        : new Step.Mark(peer, AddressFamily.IPV4_UNICAST, false));
    }

    private Step say(int peer, AddressFamily family, boolean isMixed) {
        Step.Flaw flaw = random.nextInt(8) == 0 ? oneOf(Step.Flaw.values()) : Step.Flaw.NOTHING;
        List<IpPrefix> withdrawn = isMixed ? routes.some(family, 3) : List.of();
        List<IpPrefix> announced = routes.some(family, 6);
        return new Step.Say(peer, family, withdrawn, Optional.of(routes.attrs(peer, family)), announced, flaw);
    }

    private Step disturbance() {
        int peer = 1 + random.nextInt(peers);
        if (isSlow && random.nextInt(3) > 0) {
            return new Step.Pass(oneOf(20_000L, 30_000L));
        }
        return switch (random.nextInt(20)) {
            case 0, 1 -> new Step.Pass(oneOf(300L, 999L, 1_000L, 30_000L));
            case 2 -> new Step.Pass(oneOf(30_000L, 39_999L, 60_000L, 120_000L, 700_000L));
            case 3, 4, 5, 6 -> new Step.Connect(peer);
            case 7 -> new Step.Cut(peer, oneOf(Step.End.values()));
            case 8, 9 -> network();
            case 10 -> new Step.Prefer(oneOf(RoutingPreference.values()));
            case 11 -> new Step.Branches(random.nextBoolean());
            case 12, 13 ->
                setup.totalPrefixes() > 0
                        ? new Step.Branches(random.nextBoolean())
                        : new Step.Policy(
                                random.nextBoolean(),
                                random.nextInt(4) == 0 ? Optional.empty() : Optional.of(routes.map()));
            case 14, 15, 16 -> new Step.Update(spec(peer));
            case 17 -> random.nextBoolean() ? new Step.Remove(peer) : new Step.Add(spec(peer));
            case 18 -> new Step.Soft(peer, random.nextBoolean());
            default ->
                random.nextBoolean()
                        ? new Step.Enable(peer, random.nextBoolean())
                        : new Step.Sink(1 + random.nextInt(2));
        };
    }

    private Step network() {
        AddressFamily family =
                isAzure || random.nextInt(3) > 0 ? AddressFamily.IPV4_UNICAST : AddressFamily.IPV6_UNICAST;
        IpPrefix space = routes.space(family);
        return random.nextBoolean()
                ? new Step.AddNetwork(
                        space,
                        random.nextInt(3) == 0 ? Optional.of(RouteMaker.usableNextHop(9, family)) : Optional.empty())
                : new Step.RemoveNetwork(space);
    }

    @SafeVarargs
    private <T> T oneOf(T... all) {
        return all[random.nextInt(all.length)];
    }
}
