package dev.waymark.engine;

import dev.waymark.api.ServerEvent;
import dev.waymark.spi.MonotonicClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes events to the log, at the level that an operator wants them at: a bounded number of lines of one kind and
 * peer (or sink), see {@link LineBudget}. Texts of peers are escaped where they arise. Confined to the engine loop.
 */
final class EventLog {
    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    private final MonotonicClock clock;
    private final LineBudget<Key> budget = new LineBudget<>();

    private record Key(ServerEvent.Kind kind, String subject) {}

    EventLog(MonotonicClock clock) {
        this.clock = clock;
    }

    void log(ServerEvent event) {
        Level level = levelOf(event);
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        Key key = new Key(event.kind(), subjectOf(event));
        long leftOut = budget.admit(key, clock.nanoTime());
        if (leftOut > 0) {
            LOG.atLevel(level)
                    .addKeyValue("kind", key.kind())
                    .addKeyValue("subject", key.subject())
                    .addKeyValue("count", leftOut)
                    .log("server events left out of the log");
        }
        if (leftOut != LineBudget.LEFT_OUT) {
            LOG.atLevel(level).addKeyValue("event", event).log("server event");
        }
    }

    private static Level levelOf(ServerEvent event) {
        return switch (event.kind()) {
            case PEER_STATE_CHANGED,
                    SESSION_ENDED,
                    SEND_LIMIT_CLEARED,
                    STALE_ROUTES_KEPT,
                    STALE_ROUTES_REMOVED,
                    POLICY_APPLIED,
                    SINK_SYNCHRONIZED,
                    DRAIN,
                    SERVER_STOPPED -> Level.INFO;
            case ROUTE_LIMIT_WARNING,
                    SAFE_MAXIMUM_PASSED,
                    ROUTE_LIMIT_EXCEEDED,
                    SEND_LIMIT_WARNING,
                    SEND_LIMIT_EXCEEDED,
                    MEMORY_LIMIT_EXCEEDED,
                    UPDATE_MALFORMED,
                    SINK_FAILED,
                    CALLBACK_SLOW,
                    EVENTS_LOST -> Level.WARN;
            case CONNECTION_REFUSED, ROUTES_REJECTED, REFRESH_SENT, REFRESH_RECEIVED -> Level.DEBUG;
            case OF_INSTANCE -> levelOf(((ServerEvent.OfInstance) event).event());
        };
    }

    /** Returns whom an event is about: a peer, a sink, a callback, or nobody in particular. */
    private static String subjectOf(ServerEvent event) {
        return switch (event.kind()) {
            case PEER_STATE_CHANGED ->
                ((ServerEvent.PeerStateChanged) event).peer().name();
            case SESSION_ENDED -> ((ServerEvent.SessionEnded) event).peer().name();
            case ROUTE_LIMIT_WARNING ->
                ((ServerEvent.RouteLimitWarning) event).peer().name();
            case SAFE_MAXIMUM_PASSED ->
                ((ServerEvent.SafeMaximumPassed) event).peer().name();
            case ROUTE_LIMIT_EXCEEDED ->
                ((ServerEvent.RouteLimitExceeded) event).peer().name();
            case SEND_LIMIT_WARNING ->
                ((ServerEvent.SendLimitWarning) event).peer().name();
            case SEND_LIMIT_EXCEEDED ->
                ((ServerEvent.SendLimitExceeded) event).peer().name();
            case SEND_LIMIT_CLEARED ->
                ((ServerEvent.SendLimitCleared) event).peer().name();
            case MEMORY_LIMIT_EXCEEDED ->
                ((ServerEvent.MemoryLimitExceeded) event).peer().name();
            case ROUTES_REJECTED -> ((ServerEvent.RoutesRejected) event).peer().name();
            case UPDATE_MALFORMED ->
                ((ServerEvent.UpdateMalformed) event).peer().name();
            case REFRESH_SENT -> ((ServerEvent.RefreshSent) event).peer().name();
            case REFRESH_RECEIVED ->
                ((ServerEvent.RefreshReceived) event).peer().name();
            case STALE_ROUTES_KEPT ->
                ((ServerEvent.StaleRoutesKept) event).peer().name();
            case STALE_ROUTES_REMOVED ->
                ((ServerEvent.StaleRoutesRemoved) event).peer().name();
            case SINK_FAILED -> ((ServerEvent.SinkFailed) event).sink();
            case SINK_SYNCHRONIZED -> ((ServerEvent.SinkSynchronized) event).sink();
            case CALLBACK_SLOW -> ((ServerEvent.CallbackSlow) event).callback();
            case OF_INSTANCE -> ((ServerEvent.OfInstance) event).instance();
            case CONNECTION_REFUSED, POLICY_APPLIED, EVENTS_LOST, DRAIN, SERVER_STOPPED -> "";
        };
    }
}
