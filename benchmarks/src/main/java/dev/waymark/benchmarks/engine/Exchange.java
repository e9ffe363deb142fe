package dev.waymark.benchmarks.engine;

import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.benchmarks.CorpusPeer;
import dev.waymark.engine.RouteServerEngine;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A route server with peers that are all established, in one process and without a network. */
final class Exchange implements Ring {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress("10.99.0.1", 179);

    private static final int NO_HOLD_TIME = 0;
    private static final int QUIET_MILLIS = 3_000;

    private final DirectTransport transport = new DirectTransport();
    private final RouteServer server;
    private final List<DirectPeer> peers = new ArrayList<>();

    Exchange(int peerCount) throws InterruptedException {
        this(peerCount, UnaryOperator.identity());
    }

    /** Starts a server with what the change makes of its configuration. */
    Exchange(int peerCount, UnaryOperator<RouteServerConfigBuilder> change) throws InterruptedException {
        this(peerCount, NO_HOLD_TIME, change, RouteServerEngine::create);
    }

    /** Starts a server that an engine makes; the peers ask for a hold time, in seconds. */
    Exchange(
            int peerCount,
            int holdSeconds,
            UnaryOperator<RouteServerConfigBuilder> change,
            Function<RouteServerConfig, RouteServer> engine)
            throws InterruptedException {
        RouteServerConfigBuilder builder = RouteServerConfig.standard()
                .localAsn(Asn.of(65_000))
                .localAddress(IpAddress.of(ADDRESS.getAddress()))
                .listen(ADDRESS)
                .requirePolicy(false)
                .transport(transport);
        for (int i = 0; i < peerCount; i++) {
            builder.peer(passive(i, CorpusPeer.of(i)).build());
        }
        server = engine.apply(change.apply(builder).build());
        server.start();
        for (int i = 0; i < peerCount; i++) {
            establish(CorpusPeer.of(i), holdSeconds, AddressFamily.IPV4_UNICAST);
        }
    }

    /** Adds a peer, of a number that is not taken, to the running server, with what the change makes of its configuration. */
    DirectPeer join(int number, int holdSeconds, AddressFamily family, UnaryOperator<PeerConfig.Builder> change)
            throws InterruptedException {
        CorpusPeer peer = CorpusPeer.of(number);
        server.addPeer(change.apply(passive(number, peer)).build());
        return establish(peer, holdSeconds, family);
    }

    private static PeerConfig.Builder passive(int number, CorpusPeer peer) {
        return PeerConfig.builder("peer-" + number, IpAddress.ofIpv4Bits(peer.address()), Asn.ofBits(peer.asn()))
                .passive(true);
    }

    private DirectPeer establish(CorpusPeer corpusPeer, int holdSeconds, AddressFamily family)
            throws InterruptedException {
        DirectPeer peer = new DirectPeer(corpusPeer, ADDRESS, holdSeconds, family);
        peer.establish(transport.acceptor());
        peers.add(peer);
        return peer;
    }

    /** Returns the server. */
    RouteServer server() {
        return server;
    }

    @Override
    public List<DirectPeer> peers() {
        return peers;
    }

    /** Waits until what was said so far has been taken in and passed on: until nobody has been told anything for a while. */
    void settle() throws InterruptedException {
        long before = -1;
        for (long now = peersTold(); now != before; now = peersTold()) {
            before = now;
            Thread.sleep(QUIET_MILLIS);
        }
    }

    private long peersTold() {
        server.peers();
        return peers.stream().mapToLong(peer -> peer.hearing().told()).sum();
    }

    @Override
    public void close() {
        server.close();
    }
}
