package dev.waymark.examples.app;

import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerPairConfig;
import dev.waymark.spi.RoutePolicy;
import dev.waymark.spi.RouteSinkProvider;
import dev.waymark.spi.ServerMetricsProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code waymark serve} runs. Immutable.
 *
 * @param name what it is called as a whole
 * @param server the route server, without its sinks; of a pair, what both instances share
 * @param pair the instances, if there are two
 * @param sinks what makes its sinks; empty: whatever fits the output
 * @param tableSinks what makes the sinks of route tables, by their names
 * @param metrics what makes its metrics binding
 * @param control where the control socket is, as the file says; empty: beside the file
 * @param policies what finds a policy by its name
 */
record ServeConfig(
        String name,
        RouteServerConfig server,
        Optional<RouteServerPairConfig> pair,
        Optional<List<RouteSinkProvider>> sinks,
        Map<String, List<RouteSinkProvider>> tableSinks,
        Optional<ServerMetricsProvider> metrics,
        Optional<String> control,
        ValueParser<RoutePolicy> policies) {}
