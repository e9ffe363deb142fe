package dev.waymark.benchmarks.engine;

import dev.waymark.api.ExtensionSettings;
import dev.waymark.api.GracefulRestartSettings;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.SendLimit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a feature cost that is on and has nothing to do? An operation is a whole table through a server, from one peer to
 * four others, as in {@link ExportBenchmark}; divide the rows by the first one, where all are off.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar FeatureBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FeatureBenchmark {
    private static final int RECEIVERS = 4;
    private static final int ROOM = Integer.MAX_VALUE; // a route limit counts what is announced again, too

    /** What is on. */
    public enum Feature {
        /** Nothing. */
        NONE,
        /** A route limit for every peer, which none reaches. */
        ROUTE_LIMIT,
        /** A limit on what every peer is sent, which none reaches. */
        SEND_LIMIT,
        /** Graceful restart, with peers that ask for it, and are never away. */
        GRACEFUL_RESTART,
        /** Roles: every route gets ONLY_TO_CUSTOMER on its way out. */
        ROLE
    }

    /** The feature. */
    @Param
    public Feature feature;

    /** How many routes there are. */
    @Param("100000")
    public int routes;

    private AlternatingTable table;
    private Exchange exchange;

    /** Starts a server, with one peer that announces and others that listen. */
    @Setup
    public void setUp() throws InterruptedException {
        table = new AlternatingTable(routes);
        exchange = new Exchange(1 + RECEIVERS, this::configure);
        if (feature == Feature.SEND_LIMIT) {
            for (PeerConfig peer : exchange.server().config().peers()) {
                exchange.server()
                        .updatePeer(
                                peer.toBuilder().sendLimit(SendLimit.of(ROOM)).build());
            }
        }
    }

    private RouteServerConfigBuilder configure(RouteServerConfigBuilder config) {
        ExtensionSettings none = ExtensionSettings.none();
        return switch (feature) {
            case NONE, SEND_LIMIT -> config;
            case ROUTE_LIMIT -> config.limits(limits -> limits.withRouteLimit(Optional.of(RouteLimit.of(ROOM))));
            case GRACEFUL_RESTART ->
                config.session(
                        session -> session.withExtensions(none.withGracefulRestart(GracefulRestartSettings.on())));
            case ROLE -> config.session(session -> session.withExtensions(none.withRouteServerRole(true)));
        };
    }

    /** Ends the server. */
    @TearDown
    public void tearDown() {
        exchange.close();
    }

    /** Announces the table in another version, and waits until all others have it. */
    @Benchmark
    public long replace() throws InterruptedException {
        return table.replace(exchange);
    }
}
