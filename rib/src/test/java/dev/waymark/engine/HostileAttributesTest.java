package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ERROR-HANDLING §13 items 5 and 6: attributes absent, doubled, emptied, moved, and with any flags, in any order. */
class HostileAttributesTest {
    /** An attribute that A may send, and a part of an UPDATE in which it does. */
    record Part(int flags, int type, String value) {
        byte[] octets() {
            return RawMessages.attribute(flags, type, value);
        }

        byte[] withFlags(int changed) {
            return RawMessages.attribute(changed, type, value);
        }

        @Override
        public String toString() {
            return "attribute " + type;
        }
    }

    /** The attributes that a peer of a shape may send, all of them good. */
    private static List<Part> parts(Shape shape) {
        List<Part> parts = new ArrayList<>(List.of(
                new Part(0x40, 1, "00"),
                new Part(0x40, 2, shape == Shape.NARROW ? shape.path(65001, 23456) : shape.path(65001, 64512)),
                new Part(0x40, 3, "0a000101"),
                new Part(0x80, 4, "00000007"),
                new Part(0x40, 5, "00000064"),
                new Part(0x40, 6, ""),
                new Part(0xc0, 7, shape.as(shape == Shape.NARROW ? 23456 : 65001) + "c0000201"),
                new Part(0xc0, 8, "fde90001fde90002"),
                new Part(0xc0, 16, "0002fde900000001"),
                new Part(0xc0, 32, "0000fde90000000100000002"),
                new Part(0xc0, 99, "0102")));
        if (shape.isStandard()) {
            parts.add(new Part(0x80, 14, "000201" + "10" + Shape.NEXT_HOP + "00" + "2020010db83020010db80001"));
            parts.add(new Part(0x80, 15, "000201" + "2020010db9"));
            parts.add(new Part(0xc0, 17, "0202" + "0000fde9" + "000f4240"));
            parts.add(new Part(0xc0, 18, "000f4240" + "c0000201"));
        }
        return parts;
    }

    static Stream<Arguments> shapesAndParts() {
        return Stream.of(Shape.values()).flatMap(shape -> parts(shape).stream().map(part -> Arguments.of(shape, part)));
    }

    private static List<byte[]> octets(List<Part> parts) {
        return parts.stream().map(Part::octets).toList();
    }

    private static List<byte[]> without(Shape shape, Part part) {
        return octets(
                parts(shape).stream().filter(other -> other.type != part.type).toList());
    }

    private static byte[] update(List<byte[]> attributes) {
        return RawMessages.update(attributes, RawMessages.prefix(1));
    }

    private static List<byte[]> placed(List<byte[]> others, int at, byte[]... inserted) {
        List<byte[]> all = new ArrayList<>(others);
        all.addAll(at, List.of(inserted));
        return all;
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("shapesAndParts")
    @DisplayName("ERROR-HANDLING 13(5): an attribute absent, doubled, emptied, moved first and last")
    void presence(Shape shape, Part part) {
        HostileWorld world = new HostileWorld(shape);
        List<byte[]> others = without(shape, part);
        byte[] empty = RawMessages.attribute(part.flags, part.type, "");
        byte[] bad = RawMessages.attribute(part.flags, part.type, "ff".repeat(3));
        int last = others.size();
        List<List<byte[]>> all = new ArrayList<>();
        all.add(octets(parts(shape)));
        all.add(others);
        all.add(placed(others, 0, part.octets()));
        all.add(placed(others, last, part.octets()));
        all.add(placed(others, 0, part.octets(), part.octets()));
        for (byte[] other : List.of(empty, bad)) {
            all.add(placed(others, 0, other));
            all.add(placed(others, 3, other));
            all.add(placed(others, last, other));
            all.add(placed(placed(others, last, part.octets()), 0, other));
            all.add(placed(placed(others, last, other), 0, part.octets()));
        }
        for (List<byte[]> attributes : all) {
            world.sayAndCheck(update(attributes));
            world.sayAndCheck(RawMessages.update(attributes, new byte[0]));
            world.sayAndCheck(RawMessages.update(RawMessages.prefix(1), attributes, RawMessages.prefix(2)));
        }
        world.pass(Duration.ofSeconds(60));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("shapesAndParts")
    @DisplayName(
            "ERROR-HANDLING 13(5): an attribute with each flag octet, its length field as wide as they say, or not")
    void flags(Shape shape, Part part) {
        HostileWorld world = new HostileWorld(shape);
        List<byte[]> others = without(shape, part);
        for (int flags = 0; flags < 256; flags++) {
            world.sayAndCheck(update(placed(others, 3, part.withFlags(flags))));
            byte[] lying = part.octets();
            lying[0] = (byte) flags;
            world.sayAndCheck(update(placed(others, others.size(), lying)));
        }
        world.pass(Duration.ofSeconds(60));
        world.down();
        world.checkNothingOfA();
    }

    @Test
    @DisplayName(
            "ERROR-HANDLING 13(5): MP_REACH_NLRI and MP_UNREACH_NLRI twice are 3/1; alone, for a family not negotiated, nothing")
    void multiprotocol() {
        HostileWorld world = new HostileWorld();
        byte[] reach = Shape.reach("2020010db8");
        byte[] unreach = RawMessages.attribute(0x80, 15, "0002012020010db8");
        for (byte[] one : List.of(reach, unreach)) {
            List<byte[]> sound = HostileWorld.attributes();
            world.sayAndCheck(update(placed(sound, 0, one, one)));
            world.up();
            world.say(update(placed(sound, 1, one)));
            world.check(Map.of("18140001", HostileWorld.TEXT));
            assertTrue(world.a.isConnected);
        }
    }

    private static List<List<Part>> orders(List<Part> parts) {
        if (parts.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Part>> all = new ArrayList<>();
        for (Part first : parts) {
            List<Part> rest = new ArrayList<>(parts);
            rest.remove(first);
            for (List<Part> order : orders(rest)) {
                List<Part> longer = new ArrayList<>(List.of(first));
                longer.addAll(order);
                all.add(longer);
            }
        }
        return all;
    }

    private static List<Part> some(Shape shape, int... types) {
        return IntStream.of(types)
                .mapToObj(type -> parts(shape).stream()
                        .filter(part -> part.type == type)
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    static Stream<Arguments> sixAttributes() {
        return Stream.of(
                Arguments.of(Shape.AZURE, new int[] {1, 2, 3, 4, 8, 99}),
                Arguments.of(Shape.WIDE, new int[] {1, 2, 3, 14, 15, 99}),
                Arguments.of(Shape.NARROW, new int[] {2, 7, 14, 17, 18, 1}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sixAttributes")
    @DisplayName("ERROR-HANDLING 13(6): six attributes in all 720 orders are one and the same")
    void allOrders(Shape shape, int[] types) {
        HostileWorld world = new HostileWorld(shape);
        boolean hasField = IntStream.of(types).anyMatch(type -> type == 3);
        world.up();
        List<List<Part>> orders = orders(some(shape, types));
        assertEquals(720, orders.size());
        Map<String, String> expected = new TreeMap<>();
        for (int i = 0; i < orders.size(); i++) {
            byte[] update = RawMessages.update(octets(orders.get(i)), hasField ? RawMessages.prefix(i) : new byte[0]);
            expected.putAll(UpdateOracle.of(update, shape).routes);
            world.net.say(world.a, update);
        }
        assertEquals((hasField ? 720 : 0) + (shape.isStandard() ? 2 : 0), expected.size());
        assertEquals(shape.isStandard() && hasField ? 2 : 1, new HashSet<>(expected.values()).size());
        world.check(expected);
        int updates = world.table(world.c).updates;
        for (List<Part> order : orders) {
            world.net.say(world.a, RawMessages.update(octets(order), hasField ? RawMessages.prefix(7) : new byte[0]));
        }
        world.check(expected);
        assertEquals(updates, world.table(world.c).updates, "another order is no news");
    }

    static Stream<Arguments> bad() {
        List<Part> everywhere = List.of(
                new Part(0x40, 1, "03"),
                new Part(0x40, 2, "0202fde9"),
                new Part(0x40, 3, "7f000001"),
                new Part(0x80, 4, "0007"),
                new Part(0x40, 6, "00"),
                new Part(0xc0, 7, "0000c0000201"),
                new Part(0xc0, 8, "fde900"),
                new Part(0xc0, 32, "0000fde9"),
                new Part(0x80, 99, "01"),
                new Part(0x40, 99, "01"));
        List<Part> multiprotocol = List.of(
                new Part(0x80, 14, "000201" + "0f" + Shape.NEXT_HOP + "00" + "2020010db8"),
                new Part(0x80, 14, "000201" + "10" + "00".repeat(16) + "00" + "2020010db8"),
                new Part(0x80, 14, "000201" + "10" + Shape.NEXT_HOP + "00" + "8120010db8"),
                new Part(0x80, 15, "0002"),
                new Part(0x80, 15, "000201" + "40" + "20010db8"),
                new Part(0xc0, 17, "0201" + "00000000"),
                new Part(0xc0, 17, "0102" + "0000fde9" + "000f4240"),
                new Part(0xc0, 18, "000f4240"));
        return Stream.of(Shape.values())
                .flatMap(shape -> Stream.concat(
                                everywhere.stream(), shape.isStandard() ? multiprotocol.stream() : Stream.of())
                        .map(part -> Arguments.of(shape, part)));
    }

    @ParameterizedTest(name = "{0}, {1}: {index}")
    @MethodSource("bad")
    @DisplayName("ERROR-HANDLING 13(6): a bad attribute before, between and after good ones costs the same")
    void badAmongGood(Shape shape, Part bad) {
        HostileWorld world = new HostileWorld(shape);
        List<Part> good = some(shape, 1, 2, 3, shape.isStandard() ? 14 : 16).stream()
                .filter(part -> part.type != bad.type)
                .toList();
        List<String> outcomes = new ArrayList<>();
        for (List<Part> order : orders(good)) {
            for (int at = 0; at <= order.size(); at++) {
                world.sayAndCheck(update(placed(octets(order), at, bad.octets())));
                outcomes.add(world.a.isConnected + " " + world.table(world.c).routes);
            }
        }
        assertEquals(1, List.copyOf(new HashSet<>(outcomes)).size(), outcomes::toString);
        assertEquals(Collections.nCopies(outcomes.size(), outcomes.get(0)), outcomes);
    }
}
