package dev.waymark.engine;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerPairConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * A few threads that run many route servers. Each server stays on one thread and shares nothing with the others but that
 * thread, its buffers, and the executor that calls sinks and listeners unless the server has one of its own. A server that has
 * nothing to do costs no processor time but its keepalives. A turn takes about ten milliseconds at most, so that a server waits that
 * long for each busy one of its thread; a {@link dev.waymark.spi.RoutePolicy} that is slow holds up all servers of its thread.
 *
 * <p>Thread-safe. Servers are made with {@link RouteServerEngine#create(RouteServerConfig, EngineLoopGroup)} and {@link
 * RouteServerEngine#createPair(RouteServerPairConfig, EngineLoopGroup)}.
 */
public final class EngineLoopGroup implements AutoCloseable {
    private static final int MOST_THREADS = 1_024;

    private final List<LoopThread> threads = new ArrayList<>();
    private final Executor executor;

    private EngineLoopGroup(String name, int count) {
        for (int i = 0; i < count; i++) {
            threads.add(new LoopThread("waymark-" + name + "-" + i));
        }
        executor = RouteServerEngine.threads(name);
    }

    /**
     * Makes a group. Its threads are daemons and start when they are needed.
     *
     * @param name for the names of threads
     * @param threads how many, 1 to 1,024; more than there are processors bring nothing
     */
    public static EngineLoopGroup of(String name, int threads) {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new ConfigurationException("threads", threads + " is not in 1 to 1,024", "");
        }
        return new EngineLoopGroup(name, threads);
    }

    /** Returns how many servers it runs; the instances of a pair are two. */
    public int servers() {
        return threads.stream().mapToInt(LoopThread::loops).sum();
    }

    /** Takes no more servers. Those that it runs go on; its threads end with the last of them. Idempotent. */
    @Override
    public void close() {
        threads.forEach(LoopThread::close);
    }

    /** Returns the thread with the fewest servers. */
    LoopThread next() {
        LoopThread least = threads.get(0);
        for (LoopThread thread : threads) {
            if (thread.loops() < least.loops()) {
                least = thread;
            }
        }
        return least;
    }

    Executor executor() {
        return executor;
    }
}
