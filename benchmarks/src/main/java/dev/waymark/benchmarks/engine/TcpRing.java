package dev.waymark.benchmarks.engine;

import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.benchmarks.CorpusPeer;
import dev.waymark.engine.EngineLoopGroup;
import dev.waymark.engine.RouteServerEngine;
import dev.waymark.examples.transport.NioTransport;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A route server and its peers in one process, with TCP between them: each server has a loopback address of its own,
 * 127.1.0.1 and so on, and the peers come from 127.2.0.1 and so on. On Linux all of 127.0.0.0/8 is there without being asked
 * for.
 */
final class TcpRing implements Ring {
    private static final int PER_NET = 250;

    private final RouteServer server;
    private final List<TcpPeer> peers = new ArrayList<>();

    /** The transports of many rings: one thread for all servers, one for all peers. */
    static final class Transports implements AutoCloseable {
        private final NioTransport servers = new NioTransport("servers");
        private final NioTransport peers = new NioTransport("peers");

        @Override
        public void close() {
            peers.close();
            servers.close();
        }
    }

    /** Starts a server of a number, 0 to 60,000, and connects its peers. */
    TcpRing(int number, int peerCount, int holdSeconds, EngineLoopGroup group, Transports transports)
            throws InterruptedException {
        IpAddress address = IpAddress.parse("127.1." + number / PER_NET + "." + (number % PER_NET + 1));
        RouteServerConfigBuilder builder = RouteServerConfig.standard()
                .name("server-" + number)
                .localAsn(Asn.of(65_000))
                .localAddress(address)
                .listen(new InetSocketAddress(address.toInetAddress(), 0))
                .requirePolicy(false)
                .transport(transports.servers);
        for (int i = 0; i < peerCount; i++) {
            builder.peer(PeerConfig.builder(
                            "peer-" + i,
                            peerAddress(i),
                            Asn.ofBits(CorpusPeer.of(i).asn()))
                    .passive(true)
                    .build());
        }
        server = RouteServerEngine.create(builder.build(), group);
        server.start();
        for (int i = 0; i < peerCount; i++) {
            peers.add(TcpPeer.connect(
                    transports.peers,
                    CorpusPeer.of(i),
                    holdSeconds,
                    new InetSocketAddress(peerAddress(i).toInetAddress(), 0),
                    server.listening().get(0)));
        }
    }

    private static IpAddress peerAddress(int peer) {
        return IpAddress.parse("127.2.0." + (peer + 1));
    }

    @Override
    public List<TcpPeer> peers() {
        return peers;
    }

    @Override
    public void close() {
        server.close();
    }
}
