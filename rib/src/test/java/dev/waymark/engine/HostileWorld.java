package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.SessionState;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A server with peer A, which may do anything, and peers B and C, which are not to notice more of it than routes that come
 * and go. What is checked all the time: the accounts balance after every step (ARS-71), B and C get keepalives on time by the
 * manual clock, and nothing is thrown. What B and C hold is read from octets, not with the product's decoder.
 */
final class HostileWorld {
    private static final long KEEPALIVE_NANOS = Duration.ofSeconds(60).toNanos();
    /** How {@link RawTable} writes {@link #attributes()}. */
    static final String TEXT = "40/01:00 40/02:0201fde9 40/03:0a000101";

    private static final byte[] OF_B = RawMessages.prefix(0xb000);
    private static final byte[] OF_C = RawMessages.prefix(0xc000);

    final Speaker a;
    final Speaker b;
    final Speaker c;
    final Shape shape;
    final CoreHarness net;
    private final AccountAudit audit;
    private final Map<Long, Watch> watches = new TreeMap<>();
    private final Map<String, String> ofB;
    private final Map<String, String> ofC;

    /** What one of the peers that behave hears. */
    private static final class Watch {
        final RawTable table = new RawTable();
        int keepalives;
        long sinceNanos;
    }

    HostileWorld() {
        this(Shape.AZURE);
    }

    /** Makes a world in which A's sessions have a shape. */
    HostileWorld(Shape shape) {
        this(shape, config -> config.limits(limits -> limits.withAcceptBurst(1_000)));
    }

    HostileWorld(UnaryOperator<RouteServerConfigBuilder> change) {
        this(Shape.AZURE, change);
    }

    /** Makes a world in which A's sessions have a shape, with another server. */
    HostileWorld(Shape shape, UnaryOperator<RouteServerConfigBuilder> change) {
        this(
                shape,
                shape.speaker("a", 65001, "10.0.1.1"),
                shape.speaker("b", 65002, "10.0.1.2"),
                shape.speaker("c", 65003, "10.0.1.3"),
                change);
    }

    /** Makes a world with peers A and B of another kind; both have two-octet AS numbers, and B writes them so. */
    HostileWorld(Speaker a, Speaker b, UnaryOperator<RouteServerConfigBuilder> change) {
        this(Shape.AZURE, a, b, Speaker.of("c", 65003, "10.0.1.3"), change);
    }

    private HostileWorld(Shape shape, Speaker a, Speaker b, Speaker c, UnaryOperator<RouteServerConfigBuilder> change) {
        this.shape = shape;
        this.a = a;
        this.b = b;
        this.c = c;
        net = new CoreHarness(change.apply(shape.server(a, b, c)).build());
        audit = new AccountAudit(net.core.tables());
        net.observer = this::stepped;
        ofB = join(b, shape.read(65002), "0a000102", OF_B);
        ofC = join(c, shape.read(65003), "0a000103", OF_C);
        net.settle();
    }

    private Map<String, String> join(Speaker speaker, String path, String nextHop, byte[] prefix) {
        net.accept(speaker);
        Watch watch = new Watch();
        watch.sinceNanos = net.nowNanos;
        watches.put(speaker.connection, watch);
        net.settle();
        net.say(speaker, RawMessages.update(attributes(path, nextHop), prefix));
        return Map.of(RawTable.prefix(prefix, 0), "40/01:00 40/02:" + path + " 40/03:" + nextHop);
    }

    /** Returns ORIGIN, an AS_PATH and NEXT_HOP. */
    static List<byte[]> attributes(String path, String nextHop) {
        return List.of(
                RawMessages.attribute(0x40, 1, "00"),
                RawMessages.attribute(0x40, 2, path),
                RawMessages.attribute(0x40, 3, nextHop));
    }

    /** Returns attributes that A may announce with where AS numbers have two octets. */
    static List<byte[]> attributes() {
        return Shape.AZURE.attributes();
    }

    private void stepped(long nowNanos, Input input, Outbox outputs) {
        audit.stepped(nowNanos, input, outputs);
        for (Output output : outputs.outputs()) {
            if (output instanceof Output.Send send && watches.containsKey(send.connection())) {
                ByteBuf sent = send.octets();
                byte[] octets = new byte[sent.readableBytes()];
                sent.getBytes(sent.readerIndex(), octets);
                watches.get(send.connection()).table.hear(octets);
            }
        }
        for (Watch watch : watches.values()) {
            if (watch.table.keepalives != watch.keepalives) {
                watch.keepalives = watch.table.keepalives;
                watch.sinceNanos = nowNanos;
            }
            assertTrue(nowNanos - watch.sinceNanos <= KEEPALIVE_NANOS, "a keepalive is late");
        }
    }

    /** Has A come to Established, as a new session; what a session of before left is gone. */
    void up() {
        down();
        net.connect(a);
        assertTrue(a.isConnected && session(a) == SessionState.ESTABLISHED, "A came up");
    }

    /** Ends whatever A has, and the rest that follows errors. */
    void down() {
        if (a.isConnected) {
            net.kill(a);
        }
        net.call(new Command.EnablePeer("a", true));
        net.settle();
        a.notifications.clear();
        net.events.clear();
        net.measured.clear();
    }

    /** Lets A say something; the rest is lost once A is cut off. */
    void say(byte[]... parts) {
        for (byte[] part : parts) {
            net.say(a, part);
        }
        net.settle();
    }

    SessionState session(Speaker speaker) {
        Peer peer = Objects.requireNonNull(net.core.tables().peers().byName(speaker.name));
        return peer.connections().state();
    }

    /** Lets time pass while B and C behave. */
    void pass(Duration duration) {
        for (long left = duration.toMillis(); left > 0; left -= 50_000) {
            net.advance(Duration.ofMillis(Math.min(left, 50_000)));
            net.say(b, Speaker.keepalive());
            net.say(c, Speaker.keepalive());
        }
    }

    /** Checks that B and C are untouched, and that they hold what they announced to each other and A's routes. */
    void check(Map<String, String> ofA) {
        net.settle();
        for (Speaker speaker : List.of(b, c)) {
            assertTrue(speaker.isConnected, speaker.name + " is connected");
            assertEquals(SessionState.ESTABLISHED, session(speaker), speaker.name);
            assertTrue(watches.containsKey(speaker.connection), speaker.name + " has the session of before");
            assertEquals(List.of(), speaker.notifications);
            assertEquals(0, speaker.idleWithdrawals, speaker.name + " was told to forget what it did not have");
            assertEquals(0, speaker.sameAnnouncements, speaker.name + " was told the same again");
            Map<String, String> expected = new TreeMap<>(ofA);
            expected.putAll(speaker == b ? ofC : ofB);
            assertEquals(expected, table(speaker).routes, "what " + speaker.name + " holds");
        }
        for (ServerEvent.UpdateMalformed event : net.events(ServerEvent.UpdateMalformed.class)) {
            assertFalse(event.toString().contains("DECODER_FAULT"), event::toString);
        }
        for (ServerEvent.SessionEnded event : net.events(ServerEvent.SessionEnded.class)) {
            assertEquals("a", event.peer().name());
            assertFalse(event.text().contains("DECODER_FAULT"), event::text);
        }
    }

    /** Checks that nothing of A is left. */
    void checkNothingOfA() {
        check(Map.of());
    }

    RawTable table(Speaker speaker) {
        return Objects.requireNonNull(watches.get(speaker.connection)).table;
    }

    /** Lets A say something and checks that all happens that an oracle says, now and after two minutes. */
    void sayAndCheck(byte[] octets) {
        up();
        say(octets);
        UpdateOracle oracle = UpdateOracle.of(octets, shape);
        check(oracle.routes);
        if (oracle.resets.isEmpty()) {
            assertTrue(a.isConnected, "A was cut off with " + a.notifications);
        } else {
            assertFalse(a.isConnected, "A should have been reset with one of " + oracle.resets);
            String told =
                    a.notifications.get(0).code() + "/" + a.notifications.get(0).subcode();
            boolean isAny = oracle.resets.contains("3/x") && told.startsWith("3/");
            assertTrue(isAny || oracle.resets.contains(told), told + " is not one of " + oracle.resets);
            assertEquals(1, a.notifications.size(), "one NOTIFICATION");
        }
    }
}
