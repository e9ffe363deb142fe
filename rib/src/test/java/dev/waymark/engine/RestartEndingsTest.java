package dev.waymark.engine;

import static dev.waymark.engine.RestartRig.FOUR;
import static dev.waymark.engine.RestartRig.IPV4;
import static dev.waymark.engine.RestartRig.IPV6;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.waymark.api.CountingMode;
import dev.waymark.api.GracefulRestartSettings;
import dev.waymark.api.LimitAction;
import dev.waymark.api.ResetKind;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.bgp.message.GracefulRestartCapability;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which ends of a session keep the peer's routes (RFC 4724 §4.2, RFC 8538 §4), and what limits make of them. */
class RestartEndingsTest {
    private static final GracefulRestartSettings ON = GracefulRestartSettings.on();
    private static final GracefulRestartSettings WITH_N = ON.withAfterNotifications(true);

    private static RestartRig rig(boolean oursN, boolean theirsN) {
        RestartRig rig = new RestartRig(oursN ? WITH_N : ON);
        int flags = theirsN ? GracefulRestartCapability.FOR_NOTIFICATIONS : 0;
        rig.a.extras = List.of(RestartRig.restart(flags, 120, true, IPV4, IPV6));
        rig.a.holdTimeSeconds = 180;
        return rig.filled();
    }

    private static void says(RestartRig rig, NotificationSubcode reason) {
        rig.net.say(rig.a, Speaker.notification(NotificationMessage.of(reason)));
        rig.net.settle();
    }

    static Stream<Arguments> ends() {
        Consumer<RestartRig> lost = rig -> rig.net.kill(rig.a);
        Consumer<RestartRig> told = rig -> says(rig, NotificationSubcode.ADMINISTRATIVE_RESET);
        Consumer<RestartRig> hard = rig -> says(rig, NotificationSubcode.HARD_RESET);
        Consumer<RestartRig> held = rig -> rig.pass(180);
        Consumer<RestartRig> malformed = rig -> rig.net.say(rig.a, new byte[19]);
        Consumer<RestartRig> unreadable = rig -> {
            byte[] octets = Speaker.notification(NotificationMessage.of(NotificationSubcode.ADMINISTRATIVE_RESET));
            octets[17] = 20; // too short for a NOTIFICATION
            rig.net.say(rig.a, octets);
        };
        return Stream.of(
                arguments("a lost connection, N on neither side", false, false, lost, true),
                arguments("a NOTIFICATION, N on neither side", false, false, told, false),
                arguments("a NOTIFICATION, N on our side only", true, false, told, false),
                arguments("a NOTIFICATION, N on the peer's side only", false, true, told, false),
                arguments("a NOTIFICATION, N on both sides", true, true, told, true),
                arguments("a Hard Reset, N on both sides", true, true, hard, false),
                arguments("a Hard Reset, N on neither side", false, false, hard, false),
                arguments("a NOTIFICATION that can't be read, N on neither side", false, false, unreadable, false),
                arguments("an expired hold timer, N on neither side", false, false, held, false),
                arguments("an expired hold timer, N on both sides", true, true, held, true),
                arguments(
                        "a NOTIFICATION of ours for a bad message, N on neither side", false, false, malformed, false),
                arguments("a NOTIFICATION of ours for a bad message, N on both sides", true, true, malformed, true));
    }

    @ParameterizedTest(name = "RFC 8538 §4: {0}: routes are kept: {4}")
    @MethodSource("ends")
    void sessionEnds(String what, boolean oursN, boolean theirsN, Consumer<RestartRig> end, boolean isKept) {
        RestartRig rig = rig(oursN, theirsN);
        end.accept(rig);
        rig.net.settle();

        assertEquals(false, rig.a.isConnected, what);
        assertEquals(isKept ? List.of(20, 10) : List.of(0, 0), List.of(rig.held(IPV4), rig.held(IPV6)), what);
        assertEquals(isKept ? Set.copyOf(FOUR) : Set.of(), rig.seen(IPV4), what);
    }

    static Stream<Arguments> deeds() {
        Consumer<RestartRig> disable = rig -> rig.net.call(new Command.EnablePeer("a", false));
        Consumer<RestartRig> remove = rig -> rig.net.call(new Command.RemovePeer("a"));
        Consumer<RestartRig> reset = rig -> rig.net.call(new Command.ResetPeer("a", ResetKind.HARD, "why"));
        Consumer<RestartRig> down = rig -> rig.net.call(new Command.PeerDown("a", "BFD"));
        Consumer<RestartRig> stop = rig -> rig.net.call(new Command.Stop("bye"));
        return Stream.of(
                arguments("disabled", disable, 2),
                arguments("removed", remove, 3),
                arguments("reset", reset, 4),
                arguments("declared down", down, 10),
                arguments("stopped with the server", stop, 2));
    }

    @ParameterizedTest(
            name =
                    "RFC 8538 §3.1, ARS-74: a peer that is {0} is told a Hard Reset around 6/{2} under the N bit, nothing is kept")
    @MethodSource("deeds")
    void ourOwnDeeds(String what, Consumer<RestartRig> deed, int subcode) {
        RestartRig rig = rig(true, true);
        deed.accept(rig);
        rig.net.settle();

        NotificationMessage heard = rig.a.notifications.get(0);
        assertEquals(NotificationSubcode.HARD_RESET, heard.reason(), what);
        assertEquals(
                List.of(6, subcode), List.of(heard.data().get(0), heard.data().get(1)), what);
        assertEquals(List.of(0, 0), List.of(rig.held(IPV4), rig.held(IPV6)), what);
        RestartRig without = rig(false, true);
        deed.accept(without);
        without.net.settle();
        assertEquals(subcode, without.a.notifications.get(0).subcode(), what);
        assertEquals(0, without.held(IPV4), what);
    }

    @ParameterizedTest(name = "RFC 4724 §4.2, ARS-74: a peer that is {0} while it is away loses what is kept, at once")
    @MethodSource("deeds")
    void ourOwnDeedsWhileAway(String what, Consumer<RestartRig> deed, int subcode) {
        RestartRig rig = rig(false, false);
        rig.lose();
        assertEquals(20, rig.held(IPV4));
        deed.accept(rig);
        rig.net.settle();

        assertEquals(List.of(0, 0), List.of(rig.held(IPV4), rig.held(IPV6)), what + " " + subcode);
        assertTrue(!rig.b.isConnected || rig.seen(IPV4).isEmpty(), what);
        assertEquals(Set.of(), rig.programmed(), what);
        assertEquals(2, rig.net.events(ServerEvent.StaleRoutesRemoved.class).size(), what);
    }

    private static RestartRig limited(CountingMode mode, LimitAction action) {
        RouteServerConfigBuilder config = RestartRig.config(WITH_N)
                .limits(limits -> limits.withRouteLimit(
                        Optional.of(RouteLimit.of(30).withMode(mode).withAction(action))));
        return new RestartRig(config);
    }

    static Stream<Arguments> limits() {
        return Stream.of(CountingMode.values())
                .flatMap(mode -> Stream.of(LimitAction.values()).map(action -> arguments(mode, action)));
    }

    @ParameterizedTest(name = "ARS-24: a new session counts from 0, kept routes don''t count: {0}, {1}")
    @MethodSource("limits")
    void limitCountsFromZero(CountingMode mode, LimitAction action) {
        RestartRig rig = limited(mode, action).filled();
        rig.lose();
        rig.back();
        rig.announceAll(); // 20 are kept, 20 come, 30 are allowed
        List<IpPrefix> more = RestartRig.prefixes("172.16.%d.0/24", 11);
        rig.announce(rig.path, more.subList(0, 10));

        assertTrue(rig.a.isConnected);
        assertEquals(30, rig.counts(IPV4).acceptedNow());
        assertEquals(List.of(), rig.net.events(ServerEvent.RouteLimitExceeded.class));
        rig.announce(rig.path, more.subList(10, 11));
        assertEquals(1, rig.net.events(ServerEvent.RouteLimitExceeded.class).size());
        switch (action) {
            case TEAR_DOWN -> assertEquals(0, rig.held(IPV4), "a limit keeps nothing");
            case DISCARD_NEW -> assertEquals(30, rig.counts(IPV4).acceptedNow());
            case WARN -> assertEquals(31, rig.counts(IPV4).acceptedNow());
        }
    }

    @Test
    @DisplayName("ARS-23, ARS-24: where new prefixes are discarded a stale one is new, not held")
    void staleIsNotHeld() {
        RestartRig rig =
                limited(CountingMode.DISTINCT_PREFIXES, LimitAction.DISCARD_NEW).filled();
        rig.lose();
        rig.back();
        rig.announce(rig.path, RestartRig.prefixes("172.16.%d.0/24", 30));
        rig.announce(rig.path, FOUR);
        rig.endOfRibs();

        assertEquals(30, rig.held(IPV4));
        assertEquals(20, rig.counts(IPV4).refusedByLimit());
        rig.net.say(rig.a, rig.a.withdraw(RestartRig.prefixes("172.16.%d.0/24", 30)));
        rig.announce(rig.path, FOUR);
        assertEquals(20, rig.held(IPV4));
    }

    @Test
    @DisplayName("ARS-21, ARS-22: what is stale and goes makes no room in a batch that never counted it")
    void staleMakesNoRoom() {
        RestartRig rig = limited(CountingMode.CURRENT_PLUS_INCOMING, LimitAction.TEAR_DOWN)
                .filled();
        rig.lose();
        rig.back();
        List<IpPrefix> more = RestartRig.prefixes("172.16.%d.0/24", 31);
        rig.announce(rig.path, more.subList(0, 30));
        rig.net.say(rig.a, rig.a.withdraw(FOUR));
        rig.announce(rig.path, more.subList(30, 31));

        assertTrue(rig.a.notifications.get(0).toString().contains("Cease"));
        assertEquals(0, rig.held(IPV4));
    }
}
