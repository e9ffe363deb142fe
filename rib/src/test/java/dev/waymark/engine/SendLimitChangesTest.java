package dev.waymark.engine;

import static dev.waymark.engine.AggregateRig.OTHER;
import static dev.waymark.engine.AggregateRig.P1;
import static dev.waymark.engine.AggregateRig.P2;
import static dev.waymark.engine.AggregateRig.P3;
import static dev.waymark.engine.AggregateRig.WIDE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.api.LimitAction;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.RouteView;
import dev.waymark.api.SendLimit;
import dev.waymark.api.ServerEvent;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of a send limit that changes, and what is listed of aggregates that it holds back (ARS-55). */
class SendLimitChangesTest {
    private static PeerConfig.Builder limited(AggregateRig rig, LimitAction action, int routes) {
        return PeerConfigs.of(rig.c).sendLimit(SendLimit.of(routes).withAction(action));
    }

    private static List<String> cleared(AggregateRig rig) {
        return rig.net.events(ServerEvent.SendLimitCleared.class).stream()
                .map(event -> event.peer().name() + " " + event.sent() + " of " + event.limit())
                .toList();
    }

    private static int exceeded(AggregateRig rig) {
        return rig.net.events(ServerEvent.SendLimitExceeded.class).size();
    }

    /** Returns a server whose peer c may be sent two routes of four. */
    private static AggregateRig overLimit(LimitAction action) {
        AggregateRig rig = AggregateRig.outbound(AggregateRig.widens(), "");
        rig.update(limited(rig, action, 2));
        rig.announce(rig.a, P1, P2, P3, OTHER);
        assertEquals(1, exceeded(rig));
        assertEquals(List.of(), cleared(rig));
        return rig;
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = LimitAction.class,
            names = {"DISCARD_NEW", "WARN"})
    @DisplayName(
            "ARS-55, ARS-72: a send limit that is raised so that all is sent again: SendLimitCleared with the new limit, once")
    void raised(LimitAction action) {
        AggregateRig rig = overLimit(action);
        rig.update(limited(rig, action, 4));
        assertEquals(4, rig.c.routes.size());
        assertEquals(List.of("c 4 of 4"), cleared(rig));
        rig.update(limited(rig, action, 5));
        assertEquals(List.of("c 4 of 4"), cleared(rig));
        assertEquals(1, exceeded(rig));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = LimitAction.class,
            names = {"DISCARD_NEW", "WARN"})
    @DisplayName(
            "ARS-55, ARS-72: a send limit that is raised, but not enough, is exceeded still, which is not told as cleared")
    void raisedTooLittle(LimitAction action) {
        AggregateRig rig = overLimit(action);
        rig.update(limited(rig, action, 3));
        assertEquals(List.of(), cleared(rig));
        assertEquals(2, exceeded(rig), "the numbers are new");
        rig.update(limited(rig, action, 9));
        assertEquals(List.of("c 4 of 9"), cleared(rig));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = LimitAction.class,
            names = {"DISCARD_NEW", "WARN"})
    @DisplayName(
            "ARS-55, ARS-72: a send limit that is exceeded and removed: SendLimitCleared with the limit that there was, once")
    void removed(LimitAction action) {
        AggregateRig rig = overLimit(action);
        long sent = rig.c.routes.size();
        rig.update(PeerConfigs.of(rig.c));
        assertEquals(4, rig.c.routes.size());
        assertEquals(List.of("c " + sent + " of 2"), cleared(rig));
        rig.update(limited(rig, action, 9));
        rig.update(PeerConfigs.of(rig.c));
        assertEquals(1, cleared(rig).size(), "one that was not exceeded is not told of");
    }

    @Test
    @DisplayName(
            "ARS-55, ARS-70: an aggregate that export policy makes and a send limit holds back is listed, without a route of its"
                    + " prefix, and no more once it is sent")
    void heldBackAggregate() {
        AggregateRig rig = AggregateRig.outbound(AggregateRig.widens(), "c");
        PeerConfig.Builder one = limited(rig, LimitAction.DISCARD_NEW, 1).exportPolicy(AggregateRig.widens());
        rig.update(one);
        rig.announce(rig.a, OTHER);
        rig.announce(rig.a, P1);
        rig.announce(rig.b, P2);
        assertEquals(List.of(OTHER), List.copyOf(rig.c.routes.keySet()));
        List<RouteEntry> held = rig.view(RouteView.HELD_BACK, rig.c);
        assertEquals(List.of(WIDE), held.stream().map(RouteEntry::prefix).toList());
        assertEquals(Optional.of(WIDE), held.get(0).aggregate());
        assertEquals("a", held.get(0).sourcePeer().orElseThrow().name());
        assertEquals(rig.a.address, held.get(0).attributes().nextHop());
        rig.withdraw(rig.a, OTHER);
        assertEquals(List.of(WIDE), List.copyOf(rig.c.routes.keySet()));
        assertEquals(List.of(), rig.view(RouteView.HELD_BACK, rig.c));
    }

    @Test
    @DisplayName("ARS-55: in standard, too, a limit of the peer's own that goes is told of")
    void standard() {
        AggregateRig rig =
                new AggregateRig(AggregateRig.standard(), AggregateRig.widens(), AggregateRig.widens(), "", "");
        rig.update(limited(rig, LimitAction.DISCARD_NEW, 1));
        rig.announce(rig.a, P1, P2);
        rig.update(PeerConfigs.of(rig.c));
        assertEquals(List.of("c 1 of 1"), cleared(rig));
        assertEquals(2, rig.c.routes.size());
    }
}
