package dev.waymark.engine;

import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.SessionState;
import dev.waymark.api.net.IpAddress;
import dev.waymark.spi.ConnectTarget;
import dev.waymark.spi.Connection;
import dev.waymark.spi.ConnectionListener;
import dev.waymark.spi.Protection;
import dev.waymark.spi.Transport;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that nobody sees, with all its threads, on the loopback addresses of a real transport: one made-up peer announces
 * changes, each once all others have the one before. So the way of a single change is compiled, from the transport's read to
 * its writes. Confined to one thread.
 */
final class LiveRehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRehearsal.class);
    private static final int PEERS = 4;
    private static final int OWN_ADDRESS = 0x7f00_0001; // 127.0.0.1; the peers have those that follow
    private static final int NEXT_HOP = 0xc633_6401; // 198.51.100.1 (RFC 5737)
    private static final long PATIENCE_MILLIS = 2_000;

    private final MadeUpPeers peers;
    private final RehearsalRoutes routes;
    private final RouteServerConfig config;
    private final Transport transport;
    private final Semaphore established = new Semaphore(0);
    private final Semaphore arrived = new Semaphore(0);
    private final Semaphore closed = new Semaphore(0);
    private final List<MadeUpPeer> speakers = new ArrayList<>();
    private volatile boolean isBroken;

    LiveRehearsal(RouteServerConfig like, Transport transport) {
        this.transport = transport;
        InetSocketAddress any =
                new InetSocketAddress(IpAddress.ofIpv4Bits(OWN_ADDRESS).toInetAddress(), 0);
        peers = MadeUpPeers.of(like, any, OWN_ADDRESS + 1, PEERS);
        routes = new RehearsalRoutes(like.session().fourOctetAsn());
        config = peers.config(like).transport(transport).listener(this::hear).build();
    }

    /**
     * Announces changes; returns how many of them all others have received: fewer if the system doesn't lend these addresses.
     *
     * @throws InterruptedException if the thread is interrupted; nothing is left running
     */
    long run(long changes) throws InterruptedException {
        try (RouteServer server = RouteServerEngine.create(config)) {
            server.start();
            return announce(server.listening().get(0), changes);
        } catch (UncheckedIOException notLent) {
            LOG.atInfo().setCause(notLent).log("no rehearsal on the loopback addresses");
            return 0;
        }
    }

    private long announce(InetSocketAddress server, long changes) throws InterruptedException {
        try {
            for (int i = 0; i < PEERS; i++) {
                connect(i, server);
            }
            long done = 0;
            if (await(established, PEERS)) {
                while (done < changes && change(done)) {
                    done++;
                }
            }
            return done;
        } finally {
            speakers.forEach(MadeUpPeer::end);
            if (!closed.tryAcquire(speakers.size(), PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.atWarn().log("the transport takes long to close connections");
            }
        }
    }

    private void connect(int peer, InetSocketAddress server) {
        MadeUpPeer speaker = new MadeUpPeer(peers.hello(peer));
        speakers.add(speaker);
        InetSocketAddress local = new InetSocketAddress(peers.address(peer).toInetAddress(), 0);
        transport.connect(new ConnectTarget("rehearsal", Optional.of(local), server, Protection.NONE), speaker);
    }

    private boolean change(long number) throws InterruptedException {
        speakers.forEach(MadeUpPeer::expect);
        speakers.get(0).say(routes.change(peers.asn(0), NEXT_HOP, number));
        return await(arrived, PEERS - 1);
    }

    private boolean await(Semaphore signal, int count) throws InterruptedException {
        return signal.tryAcquire(count, PATIENCE_MILLIS, TimeUnit.MILLISECONDS) && !isBroken;
    }

    private void hear(ServerEvent event) {
        if (event instanceof ServerEvent.PeerStateChanged changed && changed.to() == SessionState.ESTABLISHED) {
            established.release();
        }
    }

    /** One end of a session that says what it is told to, and only notices that something comes. Thread-safe. */
    private final class MadeUpPeer implements ConnectionListener {
        private final byte[] hello;
        private volatile boolean isExpecting;
        private volatile boolean isEnded;
        private volatile @Nullable Connection connection;

        MadeUpPeer(byte[] hello) {
            this.hello = hello;
        }

        void expect() {
            isExpecting = true;
        }

        void say(byte[] octets) {
            Connection open = connection;
            if (open != null) {
                open.write(new ByteBuffer[] {ByteBuffer.wrap(octets)}, 0, 1);
            }
        }

        /** Ends the connection; one that isn't up yet, as soon as it is. */
        void end() {
            isEnded = true;
            Connection open = connection;
            if (open != null) {
                open.abort();
            }
        }

        @Override
        public void onOpened(Connection opened) {
            connection = opened;
            if (isEnded) {
                opened.abort();
            } else {
                say(hello);
            }
        }

        @Override
        public void onBytes(Connection from, ByteBuffer octets) {
            if (isExpecting) {
                isExpecting = false;
                arrived.release();
            }
        }

        @Override
        public void onWritable(Connection open) {}

        @Override
        public void onPolled(Connection open) {}

        @Override
        public void onClosed(@Nullable Connection gone, @Nullable Exception cause) {
            connection = null;
            isBroken = true; // when all is over, nobody looks
            established.release(PEERS);
            arrived.release(PEERS);
            closed.release();
        }
    }
}
