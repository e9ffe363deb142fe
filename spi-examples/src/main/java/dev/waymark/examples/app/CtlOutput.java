package dev.waymark.examples.app;

import java.io.PrintStream;
import java.util.Map;

/** Shows the lines of an answer. Used by one thread. */
interface CtlOutput {
    /** Shows a line that is not the last; returns whether anybody still reads the output. */
    boolean row(Map<String, Object> row);

    /** Shows the last line. */
    void end(Map<String, Object> last);

    /** Shows what an answer without rows says. */
    static CtlOutput message(PrintStream out) {
        return new CtlOutput() {
            @Override
            public boolean row(Map<String, Object> row) {
                return true;
            }

            @Override
            public void end(Map<String, Object> last) {
                String message = Cells.text(last, "message");
                if (!message.isEmpty()) {
                    out.println(Cells.shown(message));
                }
            }
        };
    }

    /** Shows rows as a table, and below it how many there are. */
    static CtlOutput table(PrintStream out, StreamTable table, String what) {
        return new CtlOutput() {
            @Override
            public boolean row(Map<String, Object> row) {
                return table.row(row);
            }

            @Override
            public void end(Map<String, Object> last) {
                table.end();
                out.println(Cells.count(Cells.longOf(last, "count"), what)
                        + (Cells.flag(last, "more") ? "; there are more, --limit leaves them out" : ""));
            }
        };
    }
}
