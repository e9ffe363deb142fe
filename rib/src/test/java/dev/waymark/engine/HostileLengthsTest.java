package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.SessionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ERROR-HANDLING §13 item 4: every length field of a good message in turn, while two other peers go on untouched. */
class HostileLengthsTest {
    private static final byte[] GOOD = RawMessages.update(
            RawMessages.prefix(1),
            List.of(
                    RawMessages.attribute(0x40, 1, "00"),
                    RawMessages.attribute(0x40, 2, "0202fde9fc00"),
                    RawMessages.attribute(0x40, 3, "0a000101"),
                    RawMessages.attribute(0x80, 4, "00000007"),
                    RawMessages.attribute(0xc0, 7, "fde9c0000201"),
                    RawMessages.attribute(0xc0, 8, "fde90001"),
                    RawMessages.attribute(0xd0, 16, "0002fde900000001"),
                    RawMessages.attribute(0xc0, 99, "0102")),
            RawMessages.prefix(2));

    /** Two families, refresh, four-octet AS 65001 and enhanced refresh, in two optional parameters. */
    private static final byte[] OPEN = RawMessages.message(
            RawMessages.OPEN,
            RawMessages.hex(
                    "04 fde9 00b4 0a000101 1c 020e 010400010001 010400020001 0200 020a 0200 4104 0000fde9 4600"));

    private static final byte[] REFRESH = RawMessages.message(RawMessages.ROUTE_REFRESH, RawMessages.hex("00010001"));
    private static final byte[] NOTICE = RawMessages.message(RawMessages.NOTIFICATION, RawMessages.hex("060203616263"));

    /** A length field: where it is and how many octets it has. */
    record Field(String name, int at, int width) {
        @Override
        public String toString() {
            return name;
        }

        int value(byte[] message) {
            return width == 1 ? message[at] & 0xff : RawMessages.u16(message, at);
        }

        /** Returns the message with each of the values that the field holds and does not have. */
        List<byte[]> variants(byte[] message) {
            int is = value(message);
            List<byte[]> all = new ArrayList<>();
            for (int value : new TreeSet<>(List.of(0, 1, is - 1, is + 1, 127, 128, 255, 256, 65_535))) {
                if (value >= 0 && value < (1 << (8 * width)) && value != is) {
                    byte[] copy = message.clone();
                    System.arraycopy(
                            width == 1 ? new byte[] {(byte) value} : RawMessages.u16(value), 0, copy, at, width);
                    all.add(copy);
                }
            }
            return all;
        }
    }

    static Stream<Field> updateFields() {
        return Stream.of(
                new Field("message", 16, 2),
                new Field("withdrawn routes", 19, 2),
                new Field("prefix withdrawn", 21, 1),
                new Field("attributes", 25, 2),
                new Field("ORIGIN", 29, 1),
                new Field("AS_PATH", 33, 1),
                new Field("hops of a segment", 35, 1),
                new Field("NEXT_HOP", 42, 1),
                new Field("MED", 49, 1),
                new Field("AGGREGATOR", 56, 1),
                new Field("COMMUNITIES", 65, 1),
                new Field("EXTENDED COMMUNITIES", 72, 2),
                new Field("unknown attribute", 84, 1),
                new Field("prefix announced", 87, 1));
    }

    @ParameterizedTest(name = "UPDATE, {0}")
    @MethodSource("updateFields")
    @DisplayName(
            "ERROR-HANDLING 13(4): a length that lies in an UPDATE costs what the tables say and touches nobody else")
    void lengthsOfUpdate(Field field) {
        byte[] more = new byte[0];
        for (int i = 0; i < 20; i++) {
            more = RawMessages.join(more, Speaker.keepalive());
        }
        HostileWorld world = new HostileWorld();
        world.sayAndCheck(GOOD);
        assertEquals(1, UpdateOracle.of(GOOD).routes.size(), "the message is a good one");
        for (byte[] variant : field.variants(GOOD)) {
            world.sayAndCheck(RawMessages.join(variant, more));
        }
        byte[] withoutNlri = Arrays.copyOf(GOOD, GOOD.length - 4);
        System.arraycopy(RawMessages.u16(withoutNlri.length), 0, withoutNlri, 16, 2);
        for (byte[] variant : field.at < withoutNlri.length ? field.variants(withoutNlri) : List.<byte[]>of()) {
            world.sayAndCheck(RawMessages.join(variant, more));
        }
        world.pass(Duration.ofMinutes(2));
        world.down();
        world.checkNothingOfA();
    }

    static Stream<Arguments> openFields() {
        return Stream.of(
                Arguments.of(new Field("message", 16, 2), List.of("1/2", "2/0")),
                Arguments.of(new Field("optional parameters", 28, 1), List.of("2/0")),
                Arguments.of(new Field("first parameter", 30, 1), List.of("2/0", "2/4")),
                Arguments.of(new Field("families", 32, 1), List.of("2/0")),
                Arguments.of(new Field("refresh", 44, 1), List.of("2/0")),
                Arguments.of(new Field("second parameter", 46, 1), List.of("2/0", "2/4")),
                Arguments.of(new Field("refresh again", 48, 1), List.of("2/0")),
                Arguments.of(new Field("enhanced refresh", 56, 1), List.of("2/0")));
    }

    @ParameterizedTest(name = "OPEN, {0}")
    @MethodSource("openFields")
    @DisplayName("ERROR-HANDLING 13(4): a length that lies in an OPEN is refused")
    void lengthsOfOpen(Field field, List<String> told) {
        HostileWorld world = new HostileWorld();
        world.a.sendsOpen = false;
        world.a.answersOpen = false;
        for (byte[] variant : field.variants(OPEN)) {
            world.down();
            world.net.accept(world.a);
            world.say(variant);
            for (int i = 0; i < 20 && world.a.isConnected; i++) {
                world.say(Speaker.keepalive());
            }
            int length = RawMessages.u16(variant, 16);
            world.checkNothingOfA();
            assertFalse(world.a.isConnected, "a message of " + length);
            String notified = world.a.notifications.get(0).code() + "/"
                    + world.a.notifications.get(0).subcode();
            assertTrue(told.contains(notified), notified + " for " + Arrays.toString(variant));
        }
        world.down();
        world.net.accept(world.a);
        world.say(OPEN, Speaker.keepalive());
        assertEquals(SessionState.ESTABLISHED, world.session(world.a), "the message is a good one");
    }

    static Stream<Arguments> others() {
        Field length = new Field("message", 16, 2);
        return Stream.of(Arguments.of("ROUTE-REFRESH", REFRESH, length), Arguments.of("NOTIFICATION", NOTICE, length));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    @DisplayName("ERROR-HANDLING 13(4): a length that lies in another message is 1/2, or silence after a NOTIFICATION")
    void lengthsOfOthers(String name, byte[] message, Field field) {
        HostileWorld world = new HostileWorld();
        for (byte[] variant : field.variants(message)) {
            world.up();
            world.say(RawMessages.update(HostileWorld.attributes(), RawMessages.prefix(1)));
            world.check(Map.of("18140001", HostileWorld.TEXT));
            world.say(variant);
            for (int i = 0; i < 250 && world.a.isConnected; i++) {
                world.say(Speaker.keepalive());
            }
            world.checkNothingOfA();
            assertFalse(world.a.isConnected);
            List<String> told = world.a.notifications.stream()
                    .map(one -> one.code() + "/" + one.subcode())
                    .toList();
            assertEquals(name.equals("NOTIFICATION") ? List.of() : List.of("1/2"), told);
        }
    }
}
