package dev.waymark.examples.app;

import dev.waymark.api.RouteServerConfig;
import dev.waymark.spi.RouteSinkProvider;
import dev.waymark.spi.ServerMetricsProvider;
import java.util.List;
import java.util.Optional;

/**
 * What {@code waymark serve} runs. Immutable.
 *
 * @param server the route server, without its sinks
 * @param sinks what makes its sinks; empty: whatever fits the output
 * @param metrics what makes its metrics binding
 */
record ServeConfig(
        RouteServerConfig server, Optional<List<RouteSinkProvider>> sinks, Optional<ServerMetricsProvider> metrics) {}
