package dev.waymark.examples.sink;

import dev.waymark.spi.RouteSink;
import dev.waymark.spi.RouteSinkProvider;
import dev.waymark.spi.SpiContext;

/** Makes a {@link ConsoleSink} on standard output, under the name {@code console}. */
public final class ConsoleSinkProvider implements RouteSinkProvider {
    private static final int LINES_AT_ONCE = 50;

    /** Creates the provider; ServiceLoader does. */
    public ConsoleSinkProvider() {}

    @Override
    public String name() {
        return "console";
    }

    @Override
    public RouteSink create(SpiContext context) {
        String label = context.routeTable().map(table -> table + ": ").orElse("");
        return new ConsoleSink(System.out, LINES_AT_ONCE, label);
    }
}
