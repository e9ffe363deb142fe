package dev.waymark.examples.app;

import dev.waymark.api.ServerEvent;
import dev.waymark.spi.ServerEventListener;
import java.io.PrintStream;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Prints events as they come, as text with the time of day or as JSON lines. Thread-safe. */
final class ConsoleOutput implements ServerEventListener {
    private static final DateTimeFormatter TIME_OF_DAY = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private final String server;
    private final PrintStream out;
    private final boolean isJson;
    private final Clock clock;

    ConsoleOutput(String server, PrintStream out, boolean isJson, Clock clock) {
        this.server = server;
        this.out = out;
        this.isJson = isJson;
        this.clock = clock;
    }

    @Override
    public void onEvent(ServerEvent event) {
        line(isJson ? EventJson.of(server, clock.instant().toString(), event) : stamped(EventText.of(event)));
    }

    /** Prints something that is no event; not in JSON. */
    void say(String text) {
        if (!isJson) {
            line(stamped(text));
        }
    }

    private String stamped(String text) {
        return clock.instant().atZone(ZoneId.systemDefault()).format(TIME_OF_DAY) + " " + text;
    }

    private void line(String text) {
        // One call a line: other output comes between lines, not into them.
        out.print(text + System.lineSeparator());
        out.flush();
    }
}
