package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.api.CountingMode;
import dev.waymark.api.LimitAction;
import dev.waymark.api.ResetKind;
import dev.waymark.api.RouteCounts;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.SessionState;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every counting mode with every action, through the whole core, with a policy that rejects some (ARS-23). */
class RouteLimitMatrixTest {
    private static final int LIMIT = 10;
    private static final int FIRST_REJECTED = 100;
    /** Rejects 10.100.0.0/16 and above. */
    private static final RoutePolicy REJECTING = (context, route) ->
            (route.prefix().high() >>> 48 & 0xff) < FIRST_REJECTED ? PolicyVerdict.accept() : PolicyVerdict.reject("");

    private final Speaker nva = Speaker.of("nva", 65001, "10.0.1.1");

    /** What comes in: prefixes that policy accepts and that it rejects, in so many batches of the same. */
    enum Arrival {
        EIGHT_AND_FOUR_REJECTED(8, 4, 1),
        EIGHT_TWICE(8, 0, 2),
        TEN(10, 0, 1),
        ELEVEN(11, 0, 1);

        private final int accepted;
        private final int rejected;
        private final int batches;

        Arrival(int accepted, int rejected, int batches) {
            this.accepted = accepted;
            this.rejected = rejected;
            this.batches = batches;
        }
    }

    /** Whether the limit of 10 is passed, and how many routes DISCARD_NEW then keeps and refuses: by hand, from ARS-20 to 23. */
    static Stream<Arguments> cases() {
        return Stream.of(
                        // 0 held + 12 coming; the first ten of them fit
                        row(Arrival.EIGHT_AND_FOUR_REJECTED, CountingMode.CURRENT_PLUS_INCOMING, true, 10, 2),
                        // twelve prefixes, before policy
                        row(Arrival.EIGHT_AND_FOUR_REJECTED, CountingMode.DISTINCT_PREFIXES, true, 10, 2),
                        // eight after policy
                        row(Arrival.EIGHT_AND_FOUR_REJECTED, CountingMode.DISTINCT_ACCEPTED_PREFIXES, false, 12, 0),
                        // 8 held + 8 coming; what is held is replaced
                        row(Arrival.EIGHT_TWICE, CountingMode.CURRENT_PLUS_INCOMING, true, 8, 0),
                        row(Arrival.EIGHT_TWICE, CountingMode.DISTINCT_PREFIXES, false, 8, 0),
                        row(Arrival.EIGHT_TWICE, CountingMode.DISTINCT_ACCEPTED_PREFIXES, false, 8, 0),
                        // exactly the limit
                        row(Arrival.TEN, CountingMode.CURRENT_PLUS_INCOMING, false, 10, 0),
                        row(Arrival.TEN, CountingMode.DISTINCT_PREFIXES, false, 10, 0),
                        row(Arrival.TEN, CountingMode.DISTINCT_ACCEPTED_PREFIXES, false, 10, 0),
                        row(Arrival.ELEVEN, CountingMode.CURRENT_PLUS_INCOMING, true, 10, 1),
                        row(Arrival.ELEVEN, CountingMode.DISTINCT_PREFIXES, true, 10, 1),
                        row(Arrival.ELEVEN, CountingMode.DISTINCT_ACCEPTED_PREFIXES, true, 10, 1))
                .flatMap(row -> Stream.of(LimitAction.values()).map(action -> {
                    List<Object> values = new ArrayList<>(row);
                    values.add(action);
                    return Arguments.of(values.toArray());
                }));
    }

    private static List<Object> row(Arrival arrival, CountingMode mode, boolean isPassed, int kept, int refused) {
        return List.of(arrival, mode, isPassed, kept, refused);
    }

    private CoreHarness start(RouteLimit limit) {
        CoreHarness net = new CoreHarness(RouteExchangeTest.azure(nva)
                .importPolicy(REJECTING)
                .limits(limits -> limits.withRouteLimit(Optional.of(limit)))
                .build());
        net.connect(nva);
        return net;
    }

    private void announce(CoreHarness net, int accepted, int rejected) {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (int i = 0; i < accepted + rejected; i++) {
            int second = i < accepted ? i : FIRST_REJECTED + i;
            prefixes.add(IpPrefix.ofIpv4Bits((10 << 24) + (second << 16), 16));
        }
        net.say(nva, nva.announce(RouteExchangeTest.path("65001", "10.0.1.1"), prefixes));
        net.settle();
    }

    @ParameterizedTest(name = "ARS-23: {0}, {1}, {5}: passed {2}")
    @MethodSource("cases")
    @DisplayName("ARS-23: every counting mode, before and after policy, with every action")
    void modesAndActions(
            Arrival arrival, CountingMode mode, boolean isPassed, int kept, int refused, LimitAction action) {
        CoreHarness net = start(RouteLimit.of(LIMIT).withMode(mode).withAction(action));
        for (int i = 0; i < arrival.batches; i++) {
            announce(net, arrival.accepted, arrival.rejected);
            net.advance(Duration.ofSeconds(5));
        }
        int distinct = arrival.accepted + arrival.rejected;
        assertEquals(
                isPassed ? 1 : 0,
                net.events(ServerEvent.RouteLimitExceeded.class).size());
        boolean isTornDown = isPassed && action == LimitAction.TEAR_DOWN;
        assertEquals(!isTornDown, nva.isConnected);
        if (isTornDown) {
            assertEquals(1, nva.notifications.get(0).subcode(), "Cease/1");
            return;
        }
        RouteCounts counts = Optional.ofNullable(net.peer("nva").routes().get(AddressFamily.IPV4_UNICAST))
                .orElseThrow();
        boolean isDiscarding = action == LimitAction.DISCARD_NEW;
        assertEquals(isDiscarding ? kept : distinct, counts.storedNow());
        assertEquals(isDiscarding ? refused : 0, counts.refusedByLimit());
        assertEquals((long) arrival.batches * distinct, counts.announced());
    }

    @ParameterizedTest(name = "ARS-23: {0}")
    @EnumSource
    @DisplayName("ARS-23: the warning comes at 75 % in every mode, once")
    void warning(CountingMode mode) {
        CoreHarness net = start(RouteLimit.of(LIMIT).withMode(mode));
        announce(net, 7, 0);
        assertEquals(0, net.events(ServerEvent.RouteLimitWarning.class).size());
        net.advance(Duration.ofSeconds(70));
        announce(net, mode == CountingMode.CURRENT_PLUS_INCOMING ? 1 : 8, 0);
        announce(net, 1, 0);
        assertEquals(1, net.events(ServerEvent.RouteLimitWarning.class).size());
    }

    @Test
    @DisplayName("ARS-24: with restartAfter zero a torn-down session restarts by hand only")
    void restartByHand() {
        CoreHarness net = start(RouteLimit.of(LIMIT).withRestartAfter(Duration.ZERO));
        announce(net, 11, 0);
        net.advance(Duration.ofDays(2));
        assertEquals(SessionState.IDLE, net.peer("nva").state());
        net.call(new Command.ResetPeer("nva", ResetKind.HARD, ""));
        net.settle();
        assertEquals(SessionState.ACTIVE, net.peer("nva").state());
        net.connect(nva);
        announce(net, 10, 0);
        assertEquals(SessionState.ESTABLISHED, net.peer("nva").state());
    }
}
