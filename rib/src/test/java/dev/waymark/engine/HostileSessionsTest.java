package dev.waymark.engine;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.RouteLimit;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.message.RouteRefreshMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ERROR-HANDLING §13 items 11 to 16: what a peer can do within a session, or to it. */
class HostileSessionsTest {
    private static final AddressFamily IPV4 = AddressFamily.IPV4_UNICAST;

    private final HostileWorld world = new HostileWorld();

    private static byte[] announce(int number) {
        return RawMessages.update(HostileWorld.attributes(), RawMessages.prefix(number));
    }

    private static byte[] withdraw(int number) {
        return RawMessages.update(RawMessages.prefix(number), List.of(), new byte[0]);
    }

    private byte[] script() {
        return RawMessages.join(
                world.a.open(),
                Speaker.keepalive(),
                announce(1),
                announce(2),
                withdraw(1),
                Speaker.refresh(IPV4),
                RawMessages.update(List.of(), new byte[0]),
                announce(3),
                RawMessages.message(RawMessages.NOTIFICATION, RawMessages.hex("0602")));
    }

    @Test
    @DisplayName("ERROR-HANDLING 13(13): the session is lost after every octet of every message")
    void lossAtEveryOctet() {
        byte[] script = script();
        world.a.sendsOpen = false;
        world.a.answersOpen = false;
        for (int length = 0; length <= script.length; length++) {
            world.down();
            world.net.accept(world.a);
            world.say(Arrays.copyOf(script, length));
            if (world.a.isConnected) {
                world.net.kill(world.a);
            }
            world.checkNothingOfA();
        }
    }

    @Test
    @DisplayName("ERROR-HANDLING 13(13): octets come one by one, with a turn after each, and mean the same")
    void everyCutMeansTheSame() {
        byte[] script = script();
        world.a.sendsOpen = false;
        world.a.answersOpen = false;
        world.down();
        world.net.accept(world.a);
        int end = script.length - 21;
        for (int i = 0; i < end; i++) {
            world.say(new byte[] {script[i]});
        }
        world.check(Map.of("18140002", HostileWorld.TEXT, "18140003", HostileWorld.TEXT));
        assertTrue(world.a.isConnected);
        world.say(Arrays.copyOfRange(script, end, script.length));
        assertFalse(world.a.isConnected);
        world.checkNothingOfA();
    }

    @Test
    @DisplayName("ERROR-HANDLING 13(13): a peer comes back again and again while its routes of before are being swept")
    void restartDuringRestart() {
        world.net.units = 1;
        Map<String, String> expected = new TreeMap<>();
        for (int round = 0; round < 20; round++) {
            world.net.accept(world.a);
            expected.clear();
            for (int i = 0; i < 60; i++) {
                int number = (round * 7 + i) % 100;
                world.net.say(world.a, announce(number));
                expected.put(RawTable.prefix(RawMessages.prefix(number), 0), HostileWorld.TEXT);
            }
            world.net.feed(new Input.Turn(1 + round % 3));
            if (round < 19) {
                world.net.kill(world.a);
                world.net.feed(new Input.Turn(1 + round % 5));
                world.net.call(new Command.EnablePeer("a", true));
            }
        }
        assertTrue(world.a.isConnected);
        world.check(expected);
    }

    @Test
    @DisplayName("ERROR-HANDLING 13(13): a peer is removed in the middle of a message, and added again")
    void removedInTheMiddle() {
        byte[] update = announce(1);
        for (int length = 1; length < update.length; length += 3) {
            world.up();
            world.say(announce(2), Arrays.copyOf(update, length));
            world.net.call(new Command.RemovePeer("a"));
            assertFalse(world.a.isConnected);
            world.net.feed(new Input.Bytes(world.a.connection, update, length, update.length - length));
            world.checkNothingOfA();
            world.net.call(new Command.AddPeer(PeerConfigs.of(world.a).build()));
        }
        world.up();
    }

    @Test
    @DisplayName(
            "ERROR-HANDLING 13(16): a NOTIFICATION with any code, subcode and text ends its sender's session without an answer")
    void anyNotification() {
        Random random = new Random(16);
        for (int code = 0; code < 256; code++) {
            byte[] data = new byte[new int[] {0, 1, 2, 128, 129, 255, 256, 4_075}[code % 8]];
            random.nextBytes(data);
            world.up();
            world.say(announce(1));
            world.say(RawMessages.message(
                    RawMessages.NOTIFICATION,
                    RawMessages.join(new byte[] {(byte) code, (byte) random.nextInt(256)}, data)));
            assertFalse(world.a.isConnected);
            assertEquals(List.of(), world.a.notifications);
            world.checkNothingOfA();
        }
    }

    @Test
    @DisplayName(
            "ERROR-HANDLING 13(16), RFC 9003: a shutdown text of any length field is taken at most as far as it goes")
    void shutdownTexts() {
        for (int subcode : List.of(2, 4)) {
            for (int length = 0; length < 256; length++) {
                world.up();
                world.say(RawMessages.message(
                        RawMessages.NOTIFICATION,
                        new byte[] {6, (byte) subcode, (byte) length, 'a', 10, 27, (byte) 0xff}));
                assertFalse(world.a.isConnected);
                assertEquals(List.of(), world.a.notifications);
            }
        }
        world.checkNothingOfA();
    }

    @Test
    @DisplayName("ERROR-HANDLING 13(16): what comes after our own NOTIFICATION is nothing to us")
    void afterOurOwn() {
        for (byte[] late : List.of(
                RawMessages.message(RawMessages.NOTIFICATION, RawMessages.hex("0602")), announce(1), new byte[50])) {
            world.up();
            long connection = world.a.connection;
            world.say(new byte[19]);
            assertFalse(world.a.isConnected);
            world.net.feed(new Input.Bytes(connection, late, 0, late.length));
            world.net.feed(new Input.Closed(connection, ""));
            assertEquals(1, world.a.notifications.size());
            world.checkNothingOfA();
        }
    }

    @Test
    @DisplayName(
            "ERROR-HANDLING 13(12): refresh requests in a loop cost their sender's own window, and nobody a keepalive")
    void refreshLoop() {
        world.up();
        world.a.mayRepeat = true;
        int before = world.table(world.c).updates;
        for (int i = 0; i < 5_000; i++) {
            world.net.say(world.a, Speaker.refresh(IPV4));
        }
        world.say(Speaker.refresh(AddressFamily.IPV6_UNICAST), Speaker.keepalive());
        world.pass(Duration.ofMinutes(2));
        assertTrue(world.a.isConnected);
        world.checkNothingOfA();
        assertEquals(before, world.table(world.c).updates);
    }

    @ParameterizedTest(name = "enhanced: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName(
            "ERROR-HANDLING 13(12): beginnings of refresh without ends, and ends without beginnings, take nothing away")
    void beginningsWithoutEnds(boolean isEnhanced) {
        HostileWorld enhanced =
                new HostileWorld(config -> config.session(session -> session.withEnhancedRouteRefresh(true)));
        enhanced.a.isEnhanced = isEnhanced;
        enhanced.a.mayRepeat = true;
        enhanced.up();
        enhanced.say(announce(1));
        for (int i = 0; i < 1_000; i++) {
            enhanced.net.say(enhanced.a, Speaker.refresh(IPV4, RouteRefreshMessage.BEGIN));
            enhanced.net.say(enhanced.a, announce(1));
        }
        enhanced.check(Map.of("18140001", HostileWorld.TEXT));
        for (int i = 0; i < 1_000; i++) {
            enhanced.net.say(enhanced.a, Speaker.refresh(IPV4, RouteRefreshMessage.END));
        }
        enhanced.check(Map.of("18140001", HostileWorld.TEXT));
        for (int subtype = 3; subtype < 256; subtype++) {
            enhanced.net.say(enhanced.a, Speaker.refresh(IPV4, subtype));
        }
        enhanced.check(Map.of("18140001", HostileWorld.TEXT));
        assertTrue(enhanced.a.isConnected);
    }

    @Test
    @DisplayName(
            "ERROR-HANDLING 13(11): a peer that stops reading while the table flaps costs a bounded window, and goes after the send hold time")
    void stopsReading() {
        world.up();
        world.net.deaf.add(world.a.connection);
        for (int round = 0; round < 60; round++) {
            for (int i = 0; i < 100; i++) {
                byte[] prefix = RawMessages.prefix(0x4000 + i);
                List<byte[]> path = List.of(
                        RawMessages.attribute(0x40, 1, "00"),
                        RawMessages.attribute(0x40, 2, "0202fdea" + String.format("%04x", 1_000 + round)),
                        RawMessages.attribute(0x40, 3, "0a000102"));
                world.net.say(world.b, RawMessages.update(path, prefix));
            }
            world.net.settle();
            world.net.say(world.b, RawMessages.update(manyPrefixes(), List.of(), new byte[0]));
            world.net.settle();
            world.pass(Duration.ofSeconds(10));
            if (world.a.isConnected) {
                world.say(Speaker.keepalive());
                Link link = requireNonNull(world.net.core.tables().links().find(world.a.connection));
                assertTrue(link.window().unsentOctets() <= 1 << 20);
            }
        }
        assertFalse(world.a.isConnected, "RFC 9687: nothing was taken for 480 s");
        world.checkNothingOfA();
        world.up();
    }

    private static byte[] manyPrefixes() {
        byte[] all = new byte[400];
        for (int i = 0; i < 100; i++) {
            System.arraycopy(RawMessages.prefix(0x4000 + i), 0, all, 4 * i, 4);
        }
        return all;
    }

    @Test
    @DisplayName("ERROR-HANDLING 13(14): a limit met exactly, passed by one, within one message, and by repeats")
    void limits() {
        HostileWorld limited = new HostileWorld(config ->
                config.limits(limits -> limits.withAcceptBurst(1_000).withRouteLimit(Optional.of(RouteLimit.of(100)))));
        limited.up();
        limited.say(RawMessages.update(HostileWorld.attributes(), manyPrefixes()));
        assertTrue(limited.a.isConnected, "100 of 100");
        limited.say(announce(1));
        checkLimited(limited);
        limited.up();
        limited.say(
                RawMessages.update(HostileWorld.attributes(), RawMessages.join(manyPrefixes(), RawMessages.prefix(1))));
        checkLimited(limited);
        limited.up();
        for (int i = 0; i < 101; i++) {
            limited.say(announce(1));
        }
        checkLimited(limited);
    }

    private static void checkLimited(HostileWorld limited) {
        assertFalse(limited.a.isConnected);
        assertEquals(
                "6/1",
                limited.a.notifications.get(0).code() + "/"
                        + limited.a.notifications.get(0).subcode());
        limited.checkNothingOfA();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"THROW_SOME", "NULL_SOME", "BREAK_SOME", "REJECT_ALL"})
    @DisplayName(
            "ERROR-HANDLING 13(15): an import policy that throws, returns null or nonsense for A rejects A's routes only")
    void badPolicies(String policy) {
        SimPolicy bad = SimPolicy.valueOf(policy);
        world.down();
        world.net.call(
                new Command.UpdatePeer(PeerConfigs.of(world.a).importPolicy(bad).build()));
        world.up();
        for (int i = 0; i < 200; i++) {
            world.net.say(world.a, announce(i));
        }
        world.net.settle();
        assertTrue(world.a.isConnected);
        int held = world.table(world.c).routes.size();
        assertTrue(held < 201, "some are rejected: " + held);
        world.down();
        world.checkNothingOfA();
    }
}
