package dev.waymark.examples.app;

import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** Prints events as they come, a line each with the time of day. Used by one thread. */
final class EventLines implements CtlOutput {
    private static final DateTimeFormatter TIME_OF_DAY = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private final PrintStream out;

    EventLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public boolean row(Map<String, Object> row) {
        Instant time = Instant.parse(Cells.text(row, "time"));
        out.println(
                time.atZone(ZoneId.systemDefault()).format(TIME_OF_DAY) + " " + Cells.shown(Cells.text(row, "text")));
        return !out.checkError();
    }

    @Override
    public void end(Map<String, Object> last) {
        // the server has stopped, which its last event said
    }
}
