package dev.waymark.examples.app;

import dev.waymark.api.PeerIdentity;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.ServerEvent.CallbackSlow;
import dev.waymark.api.ServerEvent.ConnectionRefused;
import dev.waymark.api.ServerEvent.Drain;
import dev.waymark.api.ServerEvent.EventsLost;
import dev.waymark.api.ServerEvent.MemoryLimitExceeded;
import dev.waymark.api.ServerEvent.OfInstance;
import dev.waymark.api.ServerEvent.PeerStateChanged;
import dev.waymark.api.ServerEvent.PolicyApplied;
import dev.waymark.api.ServerEvent.RefreshReceived;
import dev.waymark.api.ServerEvent.RefreshSent;
import dev.waymark.api.ServerEvent.RouteLimitExceeded;
import dev.waymark.api.ServerEvent.RouteLimitWarning;
import dev.waymark.api.ServerEvent.RoutesRejected;
import dev.waymark.api.ServerEvent.SafeMaximumPassed;
import dev.waymark.api.ServerEvent.SendLimitCleared;
import dev.waymark.api.ServerEvent.SendLimitExceeded;
import dev.waymark.api.ServerEvent.SendLimitWarning;
import dev.waymark.api.ServerEvent.ServerStopped;
import dev.waymark.api.ServerEvent.SessionEnded;
import dev.waymark.api.ServerEvent.SinkFailed;
import dev.waymark.api.ServerEvent.SinkSynchronized;
import dev.waymark.api.ServerEvent.StaleRoutesKept;
import dev.waymark.api.ServerEvent.StaleRoutesRemoved;
import dev.waymark.api.ServerEvent.UpdateMalformed;

/** Says an event in a line. Stateless. */
final class EventText {
    private EventText() {}

    static String of(ServerEvent event) {
        return switch (event.kind()) {
            case PEER_STATE_CHANGED -> of((PeerStateChanged) event);
            case SESSION_ENDED -> of((SessionEnded) event);
            case CONNECTION_REFUSED -> of((ConnectionRefused) event);
            case ROUTE_LIMIT_WARNING -> of((RouteLimitWarning) event);
            case SAFE_MAXIMUM_PASSED -> of((SafeMaximumPassed) event);
            case ROUTE_LIMIT_EXCEEDED -> of((RouteLimitExceeded) event);
            case SEND_LIMIT_WARNING -> of((SendLimitWarning) event);
            case SEND_LIMIT_EXCEEDED -> of((SendLimitExceeded) event);
            case SEND_LIMIT_CLEARED -> of((SendLimitCleared) event);
            case MEMORY_LIMIT_EXCEEDED -> of((MemoryLimitExceeded) event);
            case ROUTES_REJECTED -> of((RoutesRejected) event);
            case UPDATE_MALFORMED -> of((UpdateMalformed) event);
            case REFRESH_SENT -> of((RefreshSent) event);
            case REFRESH_RECEIVED -> of((RefreshReceived) event);
            case STALE_ROUTES_KEPT -> of((StaleRoutesKept) event);
            case STALE_ROUTES_REMOVED -> of((StaleRoutesRemoved) event);
            case POLICY_APPLIED -> "policy version " + ((PolicyApplied) event).version() + " applied to all routes";
            case SINK_FAILED -> of((SinkFailed) event);
            case SINK_SYNCHRONIZED -> of((SinkSynchronized) event);
            case CALLBACK_SLOW -> of((CallbackSlow) event);
            case EVENTS_LOST -> ((EventsLost) event).count() + " events lost; the output is too slow";
            case DRAIN -> of((Drain) event);
            case OF_INSTANCE -> ((OfInstance) event).instance() + ": " + of(((OfInstance) event).event());
            case SERVER_STOPPED -> of((ServerStopped) event);
        };
    }

    private static String of(PeerStateChanged event) {
        return name(event.peer()) + ": " + event.from() + " -> " + event.to() + ", " + event.cause();
    }

    private static String of(SessionEnded event) {
        String who = event.byPeer() ? "by the peer" : "by us";
        String what = event.notificationCode() == 0
                ? "without a NOTIFICATION"
                : "NOTIFICATION " + event.notificationCode() + "/" + event.notificationSubcode();
        return name(event.peer()) + ": " + (event.wasEstablished() ? "session" : "connection") + " ended " + who + ", "
                + what + ": " + event.text();
    }

    private static String of(ConnectionRefused event) {
        return "connection from " + event.remote().getAddress().getHostAddress() + " refused: " + event.reason();
    }

    private static String of(RouteLimitWarning event) {
        return name(event.peer()) + ": " + event.counted() + " of " + event.limit() + " " + event.family()
                + " routes allowed";
    }

    private static String of(SafeMaximumPassed event) {
        return name(event.peer()) + ": has " + event.held() + " " + event.family() + " routes; with more than "
                + event.safeMaximum() + " it passes its limit of " + event.limit()
                + " when it has to send them again, after a peering was added";
    }

    private static String of(RouteLimitExceeded event) {
        return name(event.peer()) + ": route limit " + event.limit() + " passed: " + event.snapshot() + " "
                + event.family() + " routes held and " + event.incoming() + " coming in; first over it "
                + event.firstOver() + "; " + Values.dashed(event.action());
    }

    private static String of(SendLimitWarning event) {
        return name(event.peer()) + ": is sent " + event.sent() + " of " + event.limit() + " " + event.family()
                + " routes allowed";
    }

    private static String of(SendLimitExceeded event) {
        return name(event.peer()) + ": send limit " + event.limit() + " passed: " + event.wanted() + " "
                + event.family() + " routes"
                + event.firstOver().map(prefix -> "; first over it " + prefix).orElse("") + "; "
                + Values.dashed(event.action());
    }

    private static String of(SendLimitCleared event) {
        return name(event.peer()) + ": is sent all " + event.sent() + " " + event.family() + " routes again, limit "
                + event.limit();
    }

    private static String of(MemoryLimitExceeded event) {
        String who = switch (event.budget()) {
            case ONE_PEER -> "its routes keep " + event.kept() + " octets";
            case ALL_PEERS -> "keeps most while all routes keep " + event.kept() + " octets";
            case ATTRIBUTE_SETS -> "its routes keep " + event.kept() + " attribute sets";
        };
        return name(event.peer()) + ": " + who + ", allowed " + event.limit();
    }

    private static String of(RoutesRejected event) {
        return name(event.peer()) + ": " + event.count() + " routes rejected, " + event.reason() + " ["
                + event.reason().rule() + "]"
                + event.detail().map(detail -> " (" + detail + ")").orElse("") + ", such as " + event.sample();
    }

    private static String of(UpdateMalformed event) {
        return name(event.peer()) + ": malformed UPDATE, " + event.action() + ": " + event.condition() + " ["
                + event.rfc() + "], attribute " + event.attributeType() + ", " + event.prefixCount() + " prefixes "
                + event.prefixes();
    }

    private static String of(RefreshSent event) {
        return name(event.peer()) + ": asked for its " + event.family() + " routes again, " + event.cause();
    }

    private static String of(RefreshReceived event) {
        return name(event.peer()) + ": asks for our " + event.family() + " routes again";
    }

    private static String of(StaleRoutesKept event) {
        return name(event.peer()) + ": " + event.routes() + " " + event.family() + " routes kept "
                + (event.longLived() ? "as the least preferred " : "") + "for "
                + event.atMost().toSeconds() + " s";
    }

    private static String of(StaleRoutesRemoved event) {
        return name(event.peer()) + ": " + event.routes() + " " + event.family() + " routes no longer kept, "
                + event.cause();
    }

    private static String of(SinkFailed event) {
        return "sink " + event.sink() + " failed, " + event.failures() + " times in a row: " + event.error();
    }

    private static String of(SinkSynchronized event) {
        return "sink " + event.sink() + " holds all " + event.prefixes() + " prefixes";
    }

    private static String of(CallbackSlow event) {
        return event.callback() + " has been running for " + event.millis() + " ms";
    }

    private static String of(Drain event) {
        return switch (event.phase()) {
            case STARTED ->
                "draining: all routes carry GRACEFUL_SHUTDOWN, sessions end in "
                        + event.after().toSeconds() + " s: " + event.text();
            case SESSIONS_ENDED -> "drained: all sessions ended, " + event.text();
            case RESUMED -> "resumed: no longer draining";
        };
    }

    private static String of(ServerStopped event) {
        return event.error().map(error -> "stopped by an error: " + error).orElse("stopped");
    }

    private static String name(PeerIdentity peer) {
        return peer.name() + " (" + peer.address() + ", AS " + peer.asn() + ")";
    }
}
