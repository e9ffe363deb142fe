package dev.waymark.examples.sink;

import dev.waymark.spi.RouteSink;
import dev.waymark.spi.RouteSinkProvider;
import dev.waymark.spi.SpiContext;

/**
 * Makes a {@link TableSink} that repaints a terminal from its top left corner, under the name {@code table}. For a terminal
 * that shows nothing else.
 */
public final class TableSinkProvider implements RouteSinkProvider {
    private static final int ROWS_SHOWN = 40;
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    /** Creates the provider; ServiceLoader does. */
    public TableSinkProvider() {}

    @Override
    public String name() {
        return "table";
    }

    @Override
    public RouteSink create(SpiContext context) {
        return new TableSink(ROWS_SHOWN, text -> {
            System.out.print(HOME + text.replace("\n", CLEAR_LINE + "\n") + CLEAR_BELOW);
            System.out.flush();
        });
    }
}
