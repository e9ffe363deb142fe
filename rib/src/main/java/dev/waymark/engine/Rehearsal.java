package dev.waymark.engine;

import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.RouterId;
import dev.waymark.bgp.codec.MessageEncoder;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.OpenMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Lives of a server that nobody sees: made-up peers connect to a core, announce routes, replace them, go and come back, and
 * withdraw. Nothing is left of them but what the JVM has compiled meanwhile. Each life is short, so that its tables die young.
 * Confined to one thread.
 */
final class Rehearsal {
    private static final int PEERS = 3;
    private static final int VERSIONS = 2;
    private static final int UNITS = 8_192;
    private static final int PIECE_OCTETS = 65_536;
    private static final int FIRST_ASN = 65_001;
    private static final int FIRST_ADDRESS = 0xc633_6401; // 198.51.100.1 (RFC 5737)
    private static final int HOLD_SECONDS = 180;
    private static final int MANY = 16_000;
    private static final long STEP_NANOS = 1_000;
    private static final long REST_NANOS = 5_000_000_000L; // longer than a peer must wait after its first error
    private static final IpAddress OWN = IpAddress.parse("192.0.2.1");
    private static final InetSocketAddress LISTEN = new InetSocketAddress(OWN.toInetAddress(), 179);

    private final RouteServerConfig config;
    private final ByteBufAllocator allocator;
    private final RehearsalRoutes routes;
    private final int firstAsn;
    private RouteServerCore core;
    private long connections;
    private long nowNanos;
    private long sentOctets;

    /** Prepares lives of a server with the session, selection and export settings of another; its policies aren't called. */
    Rehearsal(RouteServerConfig like, ByteBufAllocator allocator) {
        this.allocator = allocator;
        routes = new RehearsalRoutes(like.session().fourOctetAsn());
        int own = like.localAsn().bits();
        firstAsn = own >= FIRST_ASN && own < FIRST_ASN + PEERS ? FIRST_ASN + PEERS : FIRST_ASN;
        config = configLike(like);
        core = new RouteServerCore(config, allocator);
    }

    private RouteServerConfig configLike(RouteServerConfig like) {
        RouteServerConfigBuilder builder = RouteServerConfig.standard()
                .name("rehearsal")
                .localAsn(like.localAsn())
                .localAddress(OWN)
                .listen(LISTEN)
                .session(any -> like.session()
                        .withFamilies(Set.of(AddressFamily.IPV4_UNICAST))
                        .withMaxAsPathHops(MANY)
                        .withMaxCommunities(MANY))
                .selection(any -> like.selection())
                .export(any -> like.export())
                .reservedAsns(List.of())
                .requirePolicy(false);
        for (int i = 0; i < PEERS; i++) {
            builder.peer(PeerConfig.builder("peer-" + i, address(i), asn(i))
                    .passive(true)
                    .build());
        }
        return builder.build();
    }

    private Asn asn(int peer) {
        return Asn.of(firstAsn + peer);
    }

    private static IpAddress address(int peer) {
        return IpAddress.ofIpv4Bits(FIRST_ADDRESS + peer);
    }

    /** Lives lives until so many routes have been announced; returns how many were. */
    long run(long announcements) {
        long done = 0;
        while (done < announcements) {
            done += live();
        }
        return done;
    }

    /** Returns how many octets the peers have been sent. */
    long sentOctets() {
        return sentOctets;
    }

    private long live() {
        long done = 0;
        core = new RouteServerCore(config, allocator);
        step(new Input.Called(1, new Command.Start()));
        long[] peers = new long[PEERS];
        for (int i = 0; i < PEERS; i++) {
            peers[i] = connect(i);
        }
        for (int version = 1; version <= VERSIONS; version++) {
            for (int i = 0; i < PEERS; i++) {
                say(peers[i], routes.announcements(firstAsn + i, FIRST_ADDRESS + i, version));
                done += RehearsalRoutes.COUNT;
            }
            close(peers[0]);
            nowNanos += REST_NANOS;
            turns();
            peers[0] = connect(0);
        }
        say(peers[1], routes.withdrawals());
        close(peers[2]);
        return done;
    }

    private void close(long connection) {
        step(new Input.Closed(connection, ""));
        turns();
    }

    /** Brings a peer's session up; returns its connection. */
    private long connect(int peer) {
        connections += 2; // even ones were accepted
        InetSocketAddress remote = new InetSocketAddress(address(peer).toInetAddress(), 40_000);
        step(new Input.Accepted(connections, LISTEN, remote));
        List<Capability> capabilities =
                List.of(Capability.Multiprotocol.of(AddressFamily.IPV4_UNICAST), new Capability.FourOctetAs(asn(peer)));
        ByteBuf hello = Unpooled.buffer();
        MessageEncoder.write(
                hello, OpenMessage.of(asn(peer), HOLD_SECONDS, RouterId.ofBits(FIRST_ADDRESS + peer), capabilities));
        MessageEncoder.writeKeepalive(hello);
        say(connections, ByteBufUtil.getBytes(hello));
        return connections;
    }

    private void say(long connection, byte[] octets) {
        for (int at = 0; at < octets.length; at += PIECE_OCTETS) {
            step(new Input.Bytes(connection, octets, at, Math.min(PIECE_OCTETS, octets.length - at)));
            turns();
        }
    }

    private void turns() {
        boolean hasWork = true;
        while (hasWork) {
            hasWork = step(new Input.Turn(UNITS));
        }
    }

    /** Returns whether there is more to do. */
    private boolean step(Input input) {
        nowNanos += STEP_NANOS;
        Outbox out = core.step(nowNanos, input);
        boolean hasWork = out.hasWork();
        List<Input> taken = new ArrayList<>();
        for (Output output : out.outputs()) {
            if (output instanceof Output.Send send) {
                int octets = send.octets().readableBytes();
                send.octets().release();
                sentOctets += octets;
                taken.add(new Input.Taken(send.connection(), octets));
            } else if (output instanceof Output.Close || output instanceof Output.Abort) {
                throw new IllegalStateException("a made-up peer was refused: " + output);
            }
        }
        for (Input each : taken) {
            core.step(nowNanos, each);
        }
        return hasWork || !taken.isEmpty();
    }
}
