package dev.waymark.examples.app;

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

/** A running route server, from its start to its end, whoever ends it. Thread-safe. */
final class Daemon {
    private final RouteServer server;
    private final ConsoleOutput output;
    private final End end;

    private Daemon(RouteServer server, ConsoleOutput output, End end) {
        this.server = server;
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
                config.server().name(),
                config.server().localAsn(),
                config.server().routerId());
        End end = new End();
        RouteServerConfigBuilder builder =
                config.server().toBuilder().listener(output).listener(end);
        for (RouteSinkProvider sink : config.sinks().orElse(defaultSinks)) {
            builder.sink(sink.name(), sink.create(context));
        }
        config.metrics().ifPresent(metrics -> builder.metrics(metrics.create(context)));
        RouteServer server = RouteServerEngine.create(builder.build());
        try {
            server.start();
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        Daemon daemon = new Daemon(server, output, end);
        daemon.greet();
        return daemon;
    }

    RouteServer server() {
        return server;
    }

    /** Tells all peers, Cease/2 with this text, and stops. Idempotent. */
    void stop(String text) {
        server.stop(text);
    }

    /** Waits for the end, and returns what it was if nobody asked for it. */
    Optional<String> awaitStop() throws InterruptedException {
        end.stopped.await();
        return end.error;
    }

    private void greet() {
        String where = server.listening().stream().map(Daemon::text).collect(Collectors.joining(", "));
        output.say(server.config().name() + ": AS " + server.config().localAsn() + ", router id "
                + server.config().routerId() + ", listening on " + (where.isEmpty() ? "nothing" : where) + ", "
                + server.config().peers().size() + " peers");
    }

    private static String text(InetSocketAddress address) {
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
