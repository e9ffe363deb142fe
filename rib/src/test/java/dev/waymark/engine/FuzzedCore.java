package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.AddPathSettings;
import dev.waymark.api.ExtensionSettings;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A server with a hostile peer A that follows a script of octets. */
final class FuzzedCore {
    private static final int MOST = 64;
    private static final int MOST_OCTETS = 8192;

    /** A comes up as a good peer would. */
    static final byte[] UP = {0};
    /** A says a message: its type, the length of its body in two octets, and the body. */
    static final byte[] SAY = {1};
    /** A says octets: how many, in one octet, and the octets. */
    static final byte[] OCTETS = {2};
    /** The server has a turn. */
    static final byte[] TURN = {3};
    /** Time passes, as many seconds as the next octet says. */
    static final byte[] PASS = {4, 90};
    /** A connects and says nothing. */
    static final byte[] ACCEPT = {5};
    /** A comes up with every capability there is. */
    static final byte[] UP_WITH_ALL = {6};
    /** A's connection is lost. */
    static final byte[] KILL = {7};
    /** A reads nothing any more. */
    static final byte[] DEAF = {8};
    /** A reads again. */
    static final byte[] LISTEN = {9};

    /** Both families, (enhanced) route refresh, extended next hop and messages, a role, four-octet AS numbers, ADD-PATH. */
    static final byte[] OPEN_WITH_ALL = RawMessages.message(
            RawMessages.OPEN,
            RawMessages.hex("04fde900b40a0001012b" + "0229" + "010400010001" + "010400020001" + "0200" + "4600"
                    + "0506000100010002" + "0600" + "090102" + "41040000fde9" + "450400010103"));

    private static final int KINDS = 10;

    private final HostileWorld world;
    private final int piece;
    private final int attributes;
    private final int sets;
    private final Set<Long> closed = new HashSet<>();
    private final StringBuilder log = new StringBuilder();
    private byte[] script = {};
    private int at;

    /**
     * Makes a server with B and C.
     *
     * @param server chooses it
     * @param piece how many octets of A's arrive at once, at most
     */
    FuzzedCore(int server, int piece) {
        this.piece = piece;
        world = (server & 1) == 0 ? azure((server & 2) != 0) : standard((server & 2) != 0);
        world.net.settle();
        attributes = world.net.core.tables().attributes().size();
        sets = world.net.core.tables().sets().size();
        CoreHarness.StepObserver before = world.net.observer;
        world.net.observer = (now, input, outputs) -> {
            before.stepped(now, input, outputs);
            outputs.outputs().forEach(this::see);
        };
    }

    private static HostileWorld azure(boolean isLimited) {
        return new HostileWorld(config -> config.limits(limits -> limits.withAcceptBurst(1_000)
                .withRouteLimit(isLimited ? Optional.of(RouteLimit.of(3)) : limits.routeLimit())));
    }

    private static HostileWorld standard(boolean isLenient) {
        Set<AddressFamily> both = Set.of(AddressFamily.values());
        Speaker a = new Speaker("a", 65001, "10.0.1.1", true, both);
        a.isEnhanced = true;
        Speaker b = new Speaker("b", 65002, "10.0.1.2", false, both);
        return new HostileWorld(
                a,
                b,
                unused -> RouteServerConfig.standard()
                        .localAsn(Asn.of(65515))
                        .localAddress(IpAddress.parse("10.0.0.4"))
                        .localAddress(IpAddress.parse("2001:db8::4"))
                        .requirePolicy(false)
                        .session(session -> session.withAllowAsSet(isLenient)
                                .withEnforceFirstAs(!isLenient)
                                .withExtensions(ExtensionSettings.none()
                                        .withExtendedMessages(isLenient)
                                        .withExtendedNextHop(isLenient)))
                        .limits(limits -> limits.withAcceptBurst(1_000))
                        .peer(PeerConfigs.of(a)
                                .addPath(isLenient ? AddPathRig.BOTH : AddPathSettings.off())
                                .build())
                        .peer(PeerConfigs.of(b).build())
                        .peer(PeerConfigs.of(Speaker.of("c", 65003, "10.0.1.3")).build()));
    }

    /** Runs a script; returns what A and B were told. */
    String run(byte[] octets) {
        script = octets;
        for (int i = 0; i < MOST && at < script.length; i++) {
            act(u8() % KINDS);
        }
        world.net.settle();
        log.append(world.session(world.a)).append(world.a.notifications);
        log.append(world.table(world.b).routes);
        world.down();
        world.checkNothingOfA();
        assertEquals(attributes, world.net.core.tables().attributes().size(), "sets of attributes");
        assertEquals(sets, world.net.core.tables().sets().size(), "sets of next hops");
        return log.toString();
    }

    private void act(int kind) {
        switch (kind) {
            case 0 -> {
                world.a.sendsOpen = true;
                world.a.answersOpen = true;
                world.a.ignoresUpdates = false;
                world.up();
            }
            case 1 -> {
                int type = u8();
                int length = u8() << 8 | u8();
                say(RawMessages.message(type, octets(Math.min(length, MOST_OCTETS - RawMessages.HEADER))));
            }
            case 2 -> say(octets(u8()));
            case 3 -> world.net.settle();
            case 4 -> world.pass(Duration.ofSeconds(u8()));
            case 5 -> accept();
            case 6 -> {
                accept();
                say(OPEN_WITH_ALL);
                say(Speaker.keepalive());
            }
            case 7 -> {
                if (world.a.isConnected) {
                    world.net.kill(world.a);
                }
            }
            case 8 -> world.net.deaf.add(world.a.connection);
            case 9 -> world.net.listen(world.a);
            default -> throw new AssertionError("no kind " + kind);
        }
    }

    private void accept() {
        world.down();
        world.a.sendsOpen = false;
        world.a.answersOpen = false;
        world.a.ignoresUpdates = true;
        world.net.accept(world.a);
    }

    private void say(byte[] octets) {
        for (int from = 0; from < octets.length && world.a.isConnected; from += Math.min(piece, octets.length - from)) {
            world.net.say(world.a, Arrays.copyOfRange(octets, from, from + Math.min(piece, octets.length - from)));
        }
    }

    private void see(Output output) {
        if (output instanceof Output.Close close && close.connection() == world.a.connection) {
            assertTrue(closed.add(close.connection()), "closed twice");
        } else if (output instanceof Output.Publish publish) {
            assertFalse(publish.event().toString().contains("DECODER_FAULT"), publish::toString);
        }
    }

    private int u8() {
        return at < script.length ? script[at++] & 0xff : 0;
    }

    private byte[] octets(int length) {
        int from = at;
        at = Math.min(script.length, at + length);
        return Arrays.copyOfRange(script, from, at);
    }
}
