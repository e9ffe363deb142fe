package dev.waymark.examples.sink;

import dev.waymark.spi.RouteSink;
import dev.waymark.spi.RouteSinkProvider;
import dev.waymark.spi.SpiContext;

/** Makes a {@link JsonLinesSink} on standard output, under the name {@code json-lines}. */
public final class JsonLinesSinkProvider implements RouteSinkProvider {
    /** Creates the provider; ServiceLoader does. */
    public JsonLinesSinkProvider() {}

    @Override
    public String name() {
        return "json-lines";
    }

    @Override
    public RouteSink create(SpiContext context) {
        return new JsonLinesSink(context.serverName(), context.routeTable(), System.out);
    }
}
