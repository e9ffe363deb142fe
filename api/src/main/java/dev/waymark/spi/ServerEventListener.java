package dev.waymark.spi;

import dev.waymark.api.ServerEvent;

/** Hears of events, in order, one call at a time, on an executor; a listener that throws is logged once and goes on. */
@FunctionalInterface
public interface ServerEventListener {
    /** Something happened. May call the server, may unsubscribe itself. */
    void onEvent(ServerEvent event);
}
