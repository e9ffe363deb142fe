package dev.waymark.examples.transport;

import dev.waymark.spi.SpiContext;
import dev.waymark.spi.Transport;
import dev.waymark.spi.TransportProvider;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Makes transports over one {@link InMemoryNetwork}: servers that are given the same provider meet. It is not registered for
 * ServiceLoader, so that looking up a transport finds TCP.
 */
public final class InMemoryTransportProvider implements TransportProvider {
    private static final int WINDOW_OCTETS = 1 << 16;

    private final InMemoryNetwork network;

    /** Creates a provider with a network of its own, served by one thread that goes when it has nothing to do. */
    public InMemoryTransportProvider() {
        this(new InMemoryNetwork(oneThread(), WINDOW_OCTETS));
    }

    /** Creates a provider of transports over this network. */
    public InMemoryTransportProvider(InMemoryNetwork network) {
        this.network = network;
    }

    /** Returns the network that the transports are on. */
    public InMemoryNetwork network() {
        return network;
    }

    @Override
    public String name() {
        return "in-memory";
    }

    @Override
    public Transport create(SpiContext context) {
        return network.transport();
    }

    private static Executor oneThread() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "waymark-in-memory");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
