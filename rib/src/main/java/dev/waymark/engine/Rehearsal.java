package dev.waymark.engine;

import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.net.IpAddress;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Lives of a server that nobody sees: made-up peers connect to a core, announce routes, replace them, go and come back, and
 * withdraw. Nothing is left of them but what the JVM has compiled meanwhile. Each life is short, so that its tables die young.
 * Confined to one thread.
 */
final class Rehearsal {
    private static final int PEERS = 3;
    private static final int CHANGES = 256;
    private static final int VERSIONS = 2;
    private static final int UNITS = 8_192;
    private static final int PIECE_OCTETS = 65_536;
    private static final int SMALL_PIECE_OCTETS = 1_448; // what a segment on Ethernet carries
    private static final long NONE = -1;
    private static final int FIRST_ADDRESS = 0xc633_6401; // 198.51.100.1 (RFC 5737)
    private static final long STEP_NANOS = 1_000;
    private static final long REST_NANOS = 5_000_000_000L; // longer than a peer must wait after its first error
    private static final InetSocketAddress LISTEN =
            new InetSocketAddress(IpAddress.parse("192.0.2.1").toInetAddress(), 179);

    private final RouteServerConfig config;
    private final ByteBufAllocator allocator;
    private final RehearsalRoutes routes;
    private final MadeUpPeers madeUp;
    private final long[] connectionOf = new long[PEERS];
    private RouteServerCore core;
    private long connections;
    private long nowNanos;
    private long sentOctets;
    private long lives;
    private long slow = NONE;
    private long untaken;

    /** Prepares lives of a server with the session, selection and export settings of another; its policies aren't called. */
    Rehearsal(RouteServerConfig like, ByteBufAllocator allocator) {
        this.allocator = allocator;
        routes = new RehearsalRoutes(like.session().fourOctetAsn());
        madeUp = MadeUpPeers.of(like, LISTEN, FIRST_ADDRESS, PEERS);
        config = madeUp.config(like).build();
        core = new RouteServerCore(config, allocator);
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
        lives++;
        core = new RouteServerCore(config, allocator);
        step(new Input.Called(1, new Command.Start()));
        for (int i = 0; i < PEERS; i++) {
            connect(i);
        }
        long done = 0;
        for (int version = 1; version <= VERSIONS; version++) {
            slow = lives % 2 == 0 ? connectionOf[1] : NONE;
            for (int i = 0; i < PEERS; i++) {
                done += announce(i, version);
                say(i, routes.endOfRib());
            }
            hurry();
            close(0);
            nowNanos += REST_NANOS;
            turns();
            connect(0);
        }
        for (int i = 0; i < CHANGES; i++) {
            say(0, routes.change(madeUp.asn(0), FIRST_ADDRESS, i));
        }
        for (int i = 0; i < PEERS; i++) {
            say(i, routes.withdrawals());
        }
        done += announce(0, 1);
        for (int i = 0; i < PEERS; i++) {
            close(i);
        }
        return done;
    }

    private int announce(int peer, int version) {
        say(peer, routes.announcements(madeUp.asn(peer), FIRST_ADDRESS + peer, version));
        return RehearsalRoutes.COUNT;
    }

    private void close(int peer) {
        step(new Input.Closed(connectionOf[peer], ""));
        turns();
    }

    /** Brings a peer's session up. */
    private void connect(int peer) {
        connections += 2; // even ones were accepted
        connectionOf[peer] = connections;
        InetSocketAddress remote = new InetSocketAddress(madeUp.address(peer).toInetAddress(), 40_000);
        step(new Input.Accepted(connections, LISTEN, remote));
        say(peer, madeUp.hello(peer));
    }

    /** Has a peer say something, in large pieces or, each fourth life, in small ones that cut messages in two. */
    private void say(int peer, byte[] octets) {
        int piece = lives % 4 == 3 ? SMALL_PIECE_OCTETS : PIECE_OCTETS;
        for (int at = 0; at < octets.length; at += piece) {
            step(new Input.Bytes(connectionOf[peer], octets, at, Math.min(piece, octets.length - at)));
            turns();
        }
    }

    /** Has the slow peer take what it hasn't taken, and whatever comes from now on. */
    private void hurry() {
        if (slow != NONE) {
            Input taken = new Input.Taken(slow, untaken);
            slow = NONE;
            untaken = 0;
            step(taken);
            turns();
        }
    }

    private void turns() {
        boolean hasWork = true;
        while (hasWork) {
            step(new Input.Flush());
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
                if (send.connection() == slow) {
                    untaken += octets;
                } else {
                    taken.add(new Input.Taken(send.connection(), octets));
                }
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
