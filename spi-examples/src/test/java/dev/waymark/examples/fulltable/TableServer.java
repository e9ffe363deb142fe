package dev.waymark.examples.fulltable;

import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteCounts;
import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.engine.RouteServerEngine;
import dev.waymark.examples.interop.Await;
import dev.waymark.examples.interop.Loopback;
import dev.waymark.examples.transport.NioTransport;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;
import dev.waymark.spi.RouteSink;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A route server of profile {@code standard} on a loopback address, with speakers as its peers. */
final class TableServer implements AutoCloseable {
    static final int FIRST_PEER = 11;
    private static final Duration AT_MOST = Duration.ofMinutes(2);
    private static final RoutePolicy ACCEPT_ALL = (context, route) -> PolicyVerdict.accept();

    private final AddressFamily family;
    private final AttributePool pool = new AttributePool();
    private final NioTransport transport = new NioTransport("tables");
    private final RouteServer server;
    private final List<TcpSpeaker> speakers = new ArrayList<>();

    TableServer(AddressFamily family, List<Asn> peers, RouteSink sink, UnaryOperator<RouteServerConfigBuilder> change) {
        this.family = family;
        RouteServerConfigBuilder builder = RouteServerConfig.standard()
                .localAddress(Loopback.address(1))
                .listen(new InetSocketAddress(Loopback.address(1).toInetAddress(), 0))
                .transport(transport)
                .session(session -> session.withAllowAsSet(true))
                .importPolicy(ACCEPT_ALL)
                .exportPolicy(ACCEPT_ALL)
                .sink("table", sink);
        for (int i = 0; i < peers.size(); i++) {
            builder.peer(PeerConfig.builder("peer" + i, address(i), peers.get(i))
                    .passive(true)
                    .build());
        }
        server = RouteServerEngine.create(change.apply(builder).build());
        server.start();
    }

    private static IpAddress address(int peer) {
        return Loopback.address(FIRST_PEER + peer);
    }

    RouteServer server() {
        return server;
    }

    /** Returns an empty table whose attributes can be compared with the speakers'. */
    RouteTable table() {
        return new RouteTable(family, pool);
    }

    /** Returns the routes of a stream as they are to arrive: an AGGREGATOR of AS 0 is discarded (RFC 7607 §2). */
    RouteTable expected(byte[] stream) {
        RouteTable expected = table();
        table().applyAll(stream).forEach((high, low, length, set) -> {
            int aggregator = AttributePool.find(set, AttributePool.AGGREGATOR);
            boolean isZero = aggregator >= 0 && AttributePool.u32(set, aggregator) == 0;
            expected.add(high, low, length, isZero ? pool.without(set, AttributePool.AGGREGATOR) : set);
        });
        return expected;
    }

    /** Connects one of the peers. */
    TcpSpeaker connect(int peer) throws IOException {
        Asn asn = server.config().peers().get(peer).asn();
        TcpSpeaker speaker = TcpSpeaker.connect(
                address(peer), asn, family, pool, server.listening().get(0));
        speakers.add(speaker);
        return speaker;
    }

    /** Returns a peer's numbers. */
    RouteCounts counts(int peer) {
        return Optional.ofNullable(
                        server.peer("peer" + peer).orElseThrow().routes().get(family))
                .orElseThrow();
    }

    /** Waits until all of so many announcements of a peer have been judged. */
    void awaitAnnounced(int peer, long routes) {
        Await.until(AT_MOST, () -> counts(peer).announced() == routes, () -> counts(peer));
    }

    @Override
    public void close() throws IOException {
        for (TcpSpeaker speaker : speakers) {
            speaker.close();
        }
        server.close();
        transport.close();
    }
}
