package dev.waymark.examples.app;

import dev.waymark.api.InstanceConfig;
import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.ServerEvent;
import dev.waymark.engine.RouteServerEngine;
import dev.waymark.spi.RouteSinkProvider;
import dev.waymark.spi.ServerEventListener;
import dev.waymark.spi.SpiContext;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** A running route server, or a pair, from its start to its end, whoever ends it. Thread-safe. */
final class Daemon {
    private final Served served;
    private final ConsoleOutput output;
    private final End end;

    private Daemon(Served served, ConsoleOutput output, End end) {
        this.served = served;
        this.output = output;
        this.end = end;
    }

    /**
     * Starts a server.
     *
     * @param config what it is; its transport stays the caller's
     * @param defaultSinks its sinks, if the configuration names none
     * @throws java.io.UncheckedIOException if an address can't be bound
     */
    static Daemon start(ServeConfig config, List<RouteSinkProvider> defaultSinks, ConsoleOutput output) {
        SpiContext context = new SpiContext(
                config.name(), config.server().localAsn(), config.server().routerId());
        End end = new End();
        RouteServerConfigBuilder builder =
                config.server().toBuilder().listener(output).listener(end);
        for (RouteSinkProvider sink : config.sinks().orElse(defaultSinks)) {
            builder.sink(sink.name(), sink.create(context));
        }
        config.tableSinks().forEach((table, sinks) -> {
            for (RouteSinkProvider sink : sinks) {
                builder.sink(sink.name() + ":" + table, table, sink.create(context.withRouteTable(table)));
            }
        });
        config.metrics().ifPresent(metrics -> builder.metrics(metrics.create(context)));
        Served served = config.pair()
                .map(pair -> Served.of(RouteServerEngine.createPair(pair.withShared(builder.build())), config.name()))
                .orElseGet(() -> Served.of(RouteServerEngine.create(builder.build())));
        try {
            served.start();
        } catch (RuntimeException e) {
            served.stop("");
            throw e;
        }
        Daemon daemon = new Daemon(served, output, end);
        daemon.greet();
        return daemon;
    }

    Served served() {
        return served;
    }

    /** Returns the first instance. */
    RouteServer server() {
        return served.instance(served.instances().get(0).name());
    }

    /** Tells all peers, Cease/2 with this text, and stops. Idempotent. */
    void stop(String text) {
        served.stop(text);
    }

    /** Waits for the end, and returns what it was if nobody asked for it. */
    Optional<String> awaitStop() throws InterruptedException {
        end.stopped.await();
        return end.error;
    }

    private void greet() {
        boolean isPair = served.pair().isPresent();
        for (InstanceConfig instance : served.instances()) {
            RouteServer server = served.instance(instance.name());
            String where = server.listening().stream().map(Daemon::text).collect(Collectors.joining(", "));
            String zone = instance.zone().map(label -> ", zone " + label).orElse("");
            output.say(instance.name() + (isPair ? " of " + served.name() : "") + zone + ": AS "
                    + server.config().localAsn() + ", router id "
                    + server.config().routerId()
                    + ", listening on " + (where.isEmpty() ? "nothing" : where) + ", "
                    + server.config().peers().size() + " peers");
        }
    }

    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Waits for the last event. */
    private static final class End implements ServerEventListener {
        private final CountDownLatch stopped = new CountDownLatch(1);
        private volatile Optional<String> error = Optional.empty();

        @Override
        public void onEvent(ServerEvent event) {
            if (event instanceof ServerEvent.ServerStopped last) {
                error = last.error();
                stopped.countDown();
            }
        }
    }
}
