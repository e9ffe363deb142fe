package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ServerEvent;
import dev.waymark.api.SessionState;
import dev.waymark.api.net.RouterId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ERROR-HANDLING §13 items 1, 2 and 3: what comes before a session, or instead of one. */
class HostileConnectionsTest {
    private static final int MOST_UNFINISHED = 2;

    private final HostileWorld world = new HostileWorld();

    /** Connects A without a word from its speaker. */
    private void connect() {
        world.a.sendsOpen = false;
        world.a.answersOpen = false;
        world.down();
        world.net.accept(world.a);
    }

    private String told() {
        return world.a.notifications.isEmpty()
                ? ""
                : world.a.notifications.get(0).code() + "/"
                        + world.a.notifications.get(0).subcode();
    }

    private int openLinks() {
        int count = 0;
        for (Link link : world.net.core.tables().links().all()) {
            count += link.peer().name().equals("a") ? 1 : 0;
        }
        return count;
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: example.net\r\n\r\n",
                "SSH-2.0-OpenSSH_9.6\r\nand some more of it",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003 a TLS ClientHello",
                "EHLO mail.example.net\r\nMAIL FROM:<a@example.net>\r\n"
            })
    @DisplayName("ERROR-HANDLING 13(1): another protocol on the port is 1/1")
    void anotherProtocol(String greeting) {
        connect();
        world.say(greeting.getBytes(StandardCharsets.ISO_8859_1));
        assertEquals("1/1", told());
        world.checkNothingOfA();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    @DisplayName("ERROR-HANDLING 13(1): random octets, bare, behind a good marker, header, OPEN and session")
    void randomOctets(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            byte[] octets = new byte[1 + random.nextInt(5_000)];
            random.nextBytes(octets);
            int kind = i % 4;
            if (kind == 3) {
                world.a.sendsOpen = true;
                world.a.answersOpen = true;
                world.up();
            } else {
                connect();
            }
            int type = 1 + random.nextInt(5);
            byte[] body = new byte[random.nextInt(200)];
            random.nextBytes(body);
            world.say(
                    switch (kind) {
                        case 0 -> octets;
                        case 1 -> RawMessages.join(RawMessages.header(random.nextInt(65_536), type), octets);
                        case 2 -> RawMessages.join(world.a.open(), RawMessages.message(type, body), octets);
                        default -> RawMessages.join(RawMessages.message(type, body), octets);
                    });
            if (world.a.isConnected) { // waits for the rest of something
                world.pass(Duration.ofSeconds(200));
            }
            assertFalse(world.a.isConnected);
            assertTrue(world.a.notifications.size() <= i + 1);
            world.checkNothingOfA();
        }
    }

    @Test
    @DisplayName("ERROR-HANDLING 13(1): silence, and a header and then nothing, are 4/0 after 30 s")
    void silence() {
        for (byte[] start : List.of(
                new byte[0], RawMessages.header(37, RawMessages.OPEN), RawMessages.header(4096, RawMessages.OPEN))) {
            connect();
            world.say(start);
            world.pass(Duration.ofSeconds(29));
            assertTrue(world.a.isConnected);
            world.pass(Duration.ofSeconds(2));
            assertEquals("4/0", told());
            world.checkNothingOfA();
        }
    }

    @Test
    @DisplayName("ERROR-HANDLING 13(2): an OPEN of one octet a second is given up after 30 s")
    void slowOpen() {
        connect();
        byte[] open = world.a.open();
        int said = 0;
        while (world.a.isConnected) {
            world.say(new byte[] {open[said++]});
            world.pass(Duration.ofSeconds(1));
        }
        assertEquals(30, said);
        assertEquals("4/0", told());
        world.checkNothingOfA();
    }

    @Test
    @DisplayName(
            "ERROR-HANDLING 13(2): an UPDATE of one octet a second, or of maximum length and no body, is given up after the hold time")
    void slowUpdate() {
        byte[] large = RawMessages.message(RawMessages.UPDATE, new byte[4096 - 19]);
        for (int perSecond = 0; perSecond < 2; perSecond++) {
            world.a.sendsOpen = true;
            world.a.answersOpen = true;
            world.up();
            world.say(RawMessages.header(4096, RawMessages.UPDATE));
            int seconds = 0;
            for (int said = 19; world.a.isConnected; said += perSecond) {
                world.pass(Duration.ofSeconds(1));
                seconds++;
                for (int i = 0; i < perSecond && world.a.isConnected; i++) {
                    world.say(new byte[] {large[said + i]});
                }
            }
            assertEquals(180, seconds, 1);
            assertEquals("4/0", told());
            world.checkNothingOfA();
        }
    }

    @Test
    @DisplayName("ERROR-HANDLING 13(1): 10,000 connects and closes leave nothing behind")
    void connectsAndCloses() {
        connect();
        for (int i = 0; i < 10_000; i++) {
            if (world.a.isConnected) {
                world.net.kill(world.a);
            }
            world.net.accept(world.a);
            world.net.recorded.clear();
        }
        world.net.kill(world.a);
        assertEquals(0, openLinks());
        world.checkNothingOfA();
        assertEquals(2, world.net.connected.size());
        world.pass(Duration.ofSeconds(1));
        world.a.sendsOpen = true;
        world.a.answersOpen = true;
        world.up();
    }

    @Test
    @DisplayName("ERROR-HANDLING 13(3): a flood of OPENs, on one connection and on many, costs its sender the session")
    void openFlood() {
        connect();
        byte[] open = world.a.open();
        byte[] flood = open;
        for (int i = 0; i < 10; i++) {
            flood = RawMessages.join(flood, flood);
        }
        world.say(flood);
        assertEquals("5/2", told());
        world.checkNothingOfA();
        for (int i = 0; i < 200; i++) {
            world.net.accept(world.a);
            world.say(open);
            assertTrue(openLinks() <= MOST_UNFINISHED);
        }
        world.checkNothingOfA();
    }

    @Test
    @DisplayName(
            "ERROR-HANDLING 13(3): half-open pairs aimed at collision: two at most, gone after their time, never up")
    void halfOpenPairs() {
        for (int round = 0; round < 50; round++) {
            connect();
            for (int i = 0; i < 5; i++) {
                Speaker twin = Speaker.of("a", 65001, "10.0.1.1");
                twin.sendsOpen = round % 2 == 0;
                twin.answersOpen = false;
                world.net.accept(twin);
                assertTrue(openLinks() <= MOST_UNFINISHED);
            }
            world.say(round % 3 == 0 ? world.a.open() : Speaker.keepalive());
            assertTrue(world.session(world.a).compareTo(SessionState.ESTABLISHED) < 0);
            world.checkNothingOfA();
            world.pass(Duration.ofSeconds(61));
            assertEquals(0, openLinks());
        }
        world.checkNothingOfA();
        world.a.sendsOpen = true;
        world.a.answersOpen = true;
        world.up();
    }

    @Test
    @DisplayName("ERROR-HANDLING 13(3): while A is up, its new connections get 6/7 and the session goes on")
    void newConnectionsDoNotEndASession() {
        world.up();
        for (int i = 0; i < 100; i++) {
            Speaker twin = Speaker.of("a", 65001, "10.0.1.1");
            world.net.accept(twin);
            assertFalse(twin.isConnected);
            assertEquals(7, twin.notifications.get(0).subcode());
        }
        assertTrue(world.a.isConnected);
        assertEquals(SessionState.ESTABLISHED, world.session(world.a));
        world.checkNothingOfA();
    }

    @Test
    @DisplayName(
            "ERROR-HANDLING 13(3): B's or C's AS is 2/2; their identifier is allowed (RFC 6286), and takes nothing from them")
    void anotherPeersIdentity() {
        for (Speaker other : List.of(world.b, world.c)) {
            connect();
            world.say(Speaker.of("a", (int) other.asn.value(), "10.0.1.1").open());
            assertEquals("2/2", told());
            world.checkNothingOfA();
            world.a.routerId = other.identifier();
            world.a.sendsOpen = true;
            world.a.answersOpen = true;
            world.up();
            world.say(RawMessages.update(HostileWorld.attributes(), RawMessages.prefix(1)));
            world.check(Map.of("18140001", HostileWorld.TEXT));
        }
        connect();
        world.a.routerId = RouterId.ofBits(0);
        world.say(RawMessages.message(RawMessages.OPEN, RawMessages.hex("04 fde9 00b4 00000000 00")));
        assertEquals("2/3", told());
        world.checkNothingOfA();
    }

    @Test
    @DisplayName("ERROR-HANDLING 9: a stranger's connection is closed unread, and counted by an event")
    void stranger() {
        Speaker stranger = Speaker.of("nobody", 65001, "10.0.1.9");
        world.down();
        for (int i = 0; i < 1_000; i++) {
            world.net.accept(stranger);
            assertFalse(stranger.isConnected);
        }
        assertEquals(0, stranger.received.size() + stranger.notifications.size());
        assertEquals(
                1_000, world.net.events(ServerEvent.ConnectionRefused.class).size());
        world.checkNothingOfA();
    }
}
