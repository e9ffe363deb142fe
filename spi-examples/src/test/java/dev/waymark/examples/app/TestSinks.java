package dev.waymark.examples.app;

import dev.waymark.examples.sink.ConsoleSink;
import dev.waymark.examples.sink.JsonLinesSink;
import dev.waymark.spi.RouteSink;
import dev.waymark.spi.RouteSinkProvider;
import dev.waymark.spi.SpiContext;
import java.io.PrintStream;

/** The sinks of the program, on another stream than standard output. */
record TestSinks(PrintStream out, boolean isJson) implements RouteSinkProvider {
    @Override
    public String name() {
        return "test";
    }

    @Override
    public RouteSink create(SpiContext context) {
        String label = context.routeTable().map(table -> table + ": ").orElse("");
        return isJson
                ? new JsonLinesSink(context.serverName(), context.routeTable(), out)
                : new ConsoleSink(out, 50, label);
    }
}
