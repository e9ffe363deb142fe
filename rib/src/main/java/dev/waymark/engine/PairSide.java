package dev.waymark.engine;

import dev.waymark.api.InstanceConfig;
import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerPairConfig;
import dev.waymark.api.ServerEvent;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One instance of a pair, through its restarts. {@link #server()} and {@link #isAlive()} are thread-safe; the rest is for one
 * thread at a time, {@link EnginePair}'s.
 */
final class PairSide {
    private static final String SINK = "pair";

    private final int index;
    private final InstanceConfig own;
    private final PairUnion union;
    private final Function<RouteServerConfig, RouteServer> instances;
    private volatile Life life;
    private boolean isStarted;

    /** What there is between a creation and a stop. */
    private record Life(RouteServer server, PairUnion.Inlet inlet, AtomicBoolean hasEnded) {}

    /** Makes an instance that is not started. */
    PairSide(
            int index,
            RouteServerPairConfig config,
            PairUnion union,
            Function<RouteServerConfig, RouteServer> instances,
            Consumer<RouteServer> prepare) {
        this.instances = instances;
        this.index = index;
        this.own = config.instances().get(index);
        this.union = union;
        this.life = create(config, prepare);
    }

    private Life create(RouteServerPairConfig config, Consumer<RouteServer> prepare) {
        PairUnion.Inlet inlet = union.inlet(index);
        AtomicBoolean hasEnded = new AtomicBoolean();
        RouteServer server;
        try {
            server = instances.apply(config.instance(index).toBuilder()
                    .sink(SINK, inlet)
                    .listener(event -> heard(event, inlet, hasEnded))
                    .build());
        } catch (RuntimeException refused) {
            inlet.end();
            throw refused;
        }
        prepare.accept(server);
        return new Life(server, inlet, hasEnded);
    }

    private void heard(ServerEvent event, PairUnion.Inlet inlet, AtomicBoolean hasEnded) {
        if (event.kind() == ServerEvent.Kind.SERVER_STOPPED) {
            hasEnded.set(true);
            inlet.end(); // whatever stopped it: what only this instance had is gone
        }
        union.tell(new ServerEvent.OfInstance(own.name(), event));
    }

    InstanceConfig own() {
        return own;
    }

    /** Returns the server, which may have stopped. */
    RouteServer server() {
        return life.server();
    }

    /** Returns whether the server has not stopped, by itself or by the host. */
    boolean isAlive() {
        return !life.hasEnded().get();
    }

    /**
     * Starts the instance, with a new server if the last one has stopped. Nothing if it runs.
     *
     * @param prepare told of a new server before it starts
     */
    void start(RouteServerPairConfig config, Consumer<RouteServer> prepare) {
        if (!isAlive()) {
            renew(config, prepare);
        }
        if (!isStarted) {
            server().start();
            isStarted = true;
        }
    }

    /** Makes a new server, not started, in place of the last one, which is stopped. */
    void renew(RouteServerPairConfig config, Consumer<RouteServer> prepare) {
        stop("");
        life = create(config, prepare);
        isStarted = false;
    }

    /** Stops the instance; what only it had is gone from the union when this returns. */
    void stop(String text) {
        Life stopped = life;
        stopped.server().stop(text);
        stopped.hasEnded().set(true);
        stopped.inlet().end();
    }
}
