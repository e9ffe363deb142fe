package dev.waymark.engine;

import dev.waymark.api.ServerEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes events to the log, at the level that an operator wants them at. Texts of peers are escaped where they arise. */
final class EventLog {
    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

    private EventLog() {}

    static void log(ServerEvent event) {
        Level level = levelOf(event.kind());
        if (LOG.isEnabledForLevel(level)) {
            LOG.atLevel(level).addKeyValue("event", event).log("server event");
        }
    }

    private static Level levelOf(ServerEvent.Kind kind) {
        return switch (kind) {
            case PEER_STATE_CHANGED, SESSION_ENDED, POLICY_APPLIED, SINK_SYNCHRONIZED, SERVER_STOPPED -> Level.INFO;
            case ROUTE_LIMIT_WARNING,
                    ROUTE_LIMIT_EXCEEDED,
                    MEMORY_LIMIT_EXCEEDED,
                    UPDATE_MALFORMED,
                    SINK_FAILED,
                    CALLBACK_SLOW,
                    EVENTS_LOST -> Level.WARN;
            case CONNECTION_REFUSED, ROUTES_REJECTED, REFRESH_SENT, REFRESH_RECEIVED -> Level.DEBUG;
        };
    }
}
