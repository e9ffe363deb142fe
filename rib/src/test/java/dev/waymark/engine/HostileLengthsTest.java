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
    /** A message in which every length that there can be stands once. */
    private static byte[] good(Shape shape) {
        List<byte[]> attributes = new ArrayList<>(List.of(
                RawMessages.attribute(0x40, 1, "00"),
                RawMessages.attribute(0x40, 2, shape.path(65001, shape == Shape.NARROW ? 23456 : 64512)),
                RawMessages.attribute(0x40, 3, "0a000101"),
                RawMessages.attribute(0x80, 4, "00000007"),
                RawMessages.attribute(0xc0, 7, shape.as(shape == Shape.NARROW ? 23456 : 65001) + "c0000201"),
                RawMessages.attribute(0xc0, 8, "fde90001"),
                RawMessages.attribute(0xd0, 16, "0002fde900000001"),
                RawMessages.attribute(0xc0, 99, "0102")));
        if (shape.isStandard()) {
            attributes.add(RawMessages.attribute(0xc0, 17, "0202" + "0000fde9" + "000f4240"));
            attributes.add(RawMessages.attribute(0xc0, 18, "000f4240" + "c0000201"));
            attributes.add(RawMessages.attribute(0x80, 15, "000201" + "2020010db9"));
            attributes.add(RawMessages.attribute(0x90, 14, "000201" + "10" + Shape.NEXT_HOP + "00" + "2020010db8"));
        }
        return RawMessages.update(RawMessages.prefix(1), attributes, RawMessages.prefix(2));
    }

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

    /** Returns the length fields of an UPDATE, as they stand in {@link #good}. */
    private static List<Field> fields(byte[] message, Shape shape) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("message", 16, 2));
        fields.add(new Field("withdrawn routes", 19, 2));
        fields.add(new Field("prefix withdrawn", 21, 1));
        int attributesAt = 21 + RawMessages.u16(message, 19);
        fields.add(new Field("attributes", attributesAt, 2));
        int end = attributesAt + 2 + RawMessages.u16(message, attributesAt);
        int at = attributesAt + 2;
        while (at < end) {
            int type = message[at + 1] & 0xff;
            int width = (message[at] & 0x10) != 0 ? 2 : 1;
            Field length = new Field("attribute " + type, at + 2, width);
            fields.add(length);
            int value = at + 2 + width;
            if (type == 2 || type == 17) {
                fields.add(new Field("hops of a segment of attribute " + type, value + 1, 1));
            } else if (type == 14) {
                fields.add(new Field("next hop of MP_REACH_NLRI", value + 3, 1));
                fields.add(new Field("prefix of MP_REACH_NLRI", value + 21, 1));
            } else if (type == 15) {
                fields.add(new Field("prefix of MP_UNREACH_NLRI", value + 3, 1));
            }
            at = value + length.value(message);
        }
        fields.add(new Field("prefix announced", end, 1));
        assertEquals(shape.isStandard() ? 22 : 14, fields.size(), "length fields");
        return fields;
    }

    static Stream<Arguments> updateFields() {
        return Stream.of(Shape.values())
                .flatMap(shape -> fields(good(shape), shape).stream().map(field -> Arguments.of(shape, field)));
    }

    @ParameterizedTest(name = "{0}, UPDATE, {1}")
    @MethodSource("updateFields")
    @DisplayName(
            "ERROR-HANDLING 13(4): a length that lies in an UPDATE costs what the tables say and touches nobody else")
    void lengthsOfUpdate(Shape shape, Field field) {
        byte[] more = new byte[0];
        for (int i = 0; i < 20; i++) {
            more = RawMessages.join(more, Speaker.keepalive());
        }
        HostileWorld world = new HostileWorld(shape);
        byte[] good = good(shape);
        world.sayAndCheck(good);
        int routes = shape.isStandard() ? 2 : 1;
        assertEquals(routes, UpdateOracle.of(good, shape).routes.size(), "the message is a good one");
        for (byte[] variant : field.variants(good)) {
            world.sayAndCheck(RawMessages.join(variant, more));
        }
        byte[] withoutNlri = Arrays.copyOf(good, good.length - 4);
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
