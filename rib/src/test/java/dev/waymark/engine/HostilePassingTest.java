package dev.waymark.engine;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ERROR-HANDLING §13 items 7, 8 and 10: large and strange things that must go through, or not, to the other peers. */
class HostilePassingTest {
    /** The attributes whose content the server looks at, or that it drops from an external peer, in two-octet sessions. */
    private static final Set<Integer> KNOWN = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 14, 15, 16, 25, 26, 29, 32, 35, 40);

    private final HostileWorld world = world(Shape.AZURE);

    private static HostileWorld world(Shape shape) {
        return new HostileWorld(
                shape,
                config -> config.limits(
                        limits -> limits.withRouteLimit(Optional.empty()).withAcceptBurst(1_000)));
    }

    private static Stream<Arguments> inEveryShape(int... numbers) {
        return Stream.of(Shape.values())
                .flatMap(shape -> IntStream.of(numbers).mapToObj(number -> Arguments.of(shape, number)));
    }

    static Stream<Arguments> lengths() {
        return inEveryShape(0, 1, 127, 128, 255, 256, 3_900);
    }

    @ParameterizedTest(name = "{0}, {1} octets")
    @MethodSource("lengths")
    @DisplayName(
            "ARS-50, ERROR-HANDLING 13(7): an unknown attribute of every type gets through, unchanged apart from Partial")
    void unknownAttributes(Shape shape, int length) {
        HostileWorld shaped = world(shape);
        shaped.up();
        byte[] value = new byte[length];
        new Random(length).nextBytes(value);
        Map<String, String> expected = new TreeMap<>();
        List<Integer> types = IntStream.range(0, 256)
                .filter(type -> !KNOWN.contains(type))
                .filter(type -> !shape.isStandard() || (type != 17 && type != 18))
                .boxed()
                .toList();
        for (int type : types) {
            int flags = (length > 255 ? 0xd0 : 0xc0) | (type % 16);
            byte[] prefix = RawMessages.prefix(type);
            List<byte[]> attributes = new ArrayList<>(shape.attributes());
            attributes.add(type % 4, RawMessages.attribute(flags, type, value));
            shaped.net.say(shaped.a, RawMessages.update(attributes, prefix));
            String text = String.format("e0/%02x:", type) + HexFormat.of().formatHex(value);
            expected.put(RawTable.prefix(prefix, 0), type == 0 ? text + " " + shape.text() : shape.text() + " " + text);
        }
        shaped.check(expected);
        assertTrue(shaped.a.isConnected);
        shaped.down();
        shaped.checkNothingOfA();
    }

    private static byte[] path(Shape shape, int hops, int perSegment) {
        List<byte[]> segments = new ArrayList<>();
        for (int left = hops; left > 0; left -= perSegment) {
            int count = Math.min(left, perSegment);
            segments.add(RawMessages.hex(
                    String.format("02%02x", count) + shape.as(65001).repeat(count)));
        }
        return RawMessages.join(segments.toArray(byte[][]::new));
    }

    private static List<byte[]> attributes(byte[] path) {
        int flags = path.length > 255 ? 0x50 : 0x40;
        return List.of(
                RawMessages.attribute(0x40, 1, "00"),
                RawMessages.attribute(flags, 2, path),
                RawMessages.attribute(0x40, 3, "0a000101"));
    }

    static Stream<Arguments> hops() {
        return inEveryShape(0, 1, 2, 127, 128, 254, 255, 256, 510, 511, 1_000, 1_001, 2_000);
    }

    @ParameterizedTest(name = "{0}, {1} hops")
    @MethodSource("hops")
    @DisplayName("ERROR-HANDLING 13(8): an AS_PATH of up to 1,000 hops gets through, a longer one is withdrawn")
    void longPaths(Shape shape, int hops) {
        byte[] update = RawMessages.update(attributes(path(shape, hops, 255)), RawMessages.prefix(1));
        world(shape).sayAndCheck(update);
        assertEquals(
                hops > 0 && hops <= 1_000 ? 1 : 0,
                UpdateOracle.of(update, shape).routes.size());
    }

    static Stream<Arguments> segments() {
        return inEveryShape(1, 2, 255, 256, 600);
    }

    @ParameterizedTest(name = "{0}, {1} segments")
    @MethodSource("segments")
    @DisplayName("ERROR-HANDLING 13(8): a path of many one-entry segments keeps its hops")
    void oneEntrySegments(Shape shape, int hops) {
        HostileWorld shaped = world(shape);
        byte[] octets = RawMessages.update(attributes(path(shape, hops, 1)), RawMessages.prefix(hops));
        shaped.up();
        shaped.say(octets);
        assertTrue(shaped.a.isConnected);
        String held = requireNonNull(shaped.table(shaped.c).routes.get(RawTable.prefix(RawMessages.prefix(hops), 0)));
        String path = held.substring(held.indexOf("40/02:") + 6, held.indexOf(" 40/03:"));
        assertEquals(hops, hopsOf(RawMessages.hex(path), shape.isStandard() ? 4 : 2), held);
        shaped.down();
        shaped.checkNothingOfA();
    }

    private static int hopsOf(byte[] path, int width) {
        int hops = 0;
        for (int at = 0; at < path.length; at += 2 + width * (path[at + 1] & 0xff)) {
            assertEquals(2, path[at]);
            hops += path[at + 1] & 0xff;
        }
        return hops;
    }

    @Test
    @DisplayName("ERROR-HANDLING 13(9): all-different maximal communities cost their sender's messages only")
    void maximalCommunities() {
        world.up();
        Map<String, String> expected = new TreeMap<>();
        for (int i = 0; i < 500; i++) {
            byte[] communities = new byte[4_000];
            Arrays.fill(communities, (byte) 0x77);
            System.arraycopy(RawMessages.u16(i), 0, communities, 0, 2);
            List<byte[]> attributes = new ArrayList<>(HostileWorld.attributes());
            attributes.add(RawMessages.attribute(0xd0, 8, communities));
            byte[] prefix = RawMessages.prefix(i);
            world.net.say(world.a, RawMessages.update(attributes, prefix));
            expected.put(
                    RawTable.prefix(prefix, 0),
                    HostileWorld.TEXT + " c0/08:" + HexFormat.of().formatHex(communities));
        }
        world.check(expected);
        world.down();
        world.checkNothingOfA();
    }

    @Test
    @DisplayName("ERROR-HANDLING 13(10): one prefix announced and withdrawn 20,000 times, in and between turns")
    void flappingPrefix() {
        world.up();
        byte[] announce = RawMessages.update(HostileWorld.attributes(), RawMessages.prefix(1));
        byte[] withdraw = RawMessages.update(RawMessages.prefix(1), List.of(), new byte[0]);
        int before = world.table(world.c).updates;
        for (int i = 0; i < 10_000; i++) {
            world.net.say(world.a, RawMessages.join(announce, withdraw));
        }
        world.checkNothingOfA();
        assertEquals(before, world.table(world.c).updates, "what came and went within a turn is no news");
        for (int i = 0; i < 500; i++) {
            world.say(announce);
            world.say(withdraw);
        }
        world.say(announce);
        world.check(Map.of("18140001", HostileWorld.TEXT));
        assertTrue(world.a.isConnected);
        assertEquals(before + 1_001, world.table(world.c).updates);
    }
}
