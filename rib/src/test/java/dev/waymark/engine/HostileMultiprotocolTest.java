package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** MP_REACH_NLRI and MP_UNREACH_NLRI with every next hop, family and place (ERROR-HANDLING 5, §13 items 4 to 6). */
class HostileMultiprotocolTest {
    private static final String PREFIX = "2020010db8";

    private static List<byte[]> others(Shape shape) {
        List<byte[]> attributes = new ArrayList<>(shape.attributes());
        attributes.remove(2); // NEXT_HOP
        return attributes;
    }

    private static byte[] update(Shape shape, byte[] multiprotocol, int at) {
        List<byte[]> attributes = others(shape);
        attributes.add(at, multiprotocol);
        return RawMessages.update(attributes, new byte[0]);
    }

    private static byte[] reach(String family, String nextHop, String nlri) {
        String value = family + String.format("%02x", nextHop.length() / 2) + nextHop + "00" + nlri;
        return RawMessages.attribute(0x90, 14, value);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Shape.class)
    @DisplayName(
            "RFC 7606 §7.11: a next hop of 0 to 64 octets, and of 128 and 255, in MP_REACH_NLRI of IPv6 and of IPv4")
    void nextHopLengths(Shape shape) {
        HostileWorld world = new HostileWorld(shape);
        int good = 0;
        List<Integer> lengths = new ArrayList<>(List.of(128, 255));
        for (int octets = 0; octets <= 64; octets++) {
            lengths.add(octets);
        }
        for (int octets : lengths) {
            for (String family : List.of("000201", "000101")) {
                String nlri = family.equals("000201") ? PREFIX : "181e0101";
                byte[] update = update(shape, reach(family, "20".repeat(octets), nlri), octets % 3);
                good += UpdateOracle.of(update, shape).routes.size();
                world.sayAndCheck(update);
            }
        }
        assertEquals(shape.isStandard() ? 3 : 1, good, "4 octets for IPv4, 16 and 32 for IPv6");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Shape.class)
    @DisplayName("RFC 7606 §3(e): next hops that are no unicast address, or the server's own, in MP_REACH_NLRI")
    void nextHopValues(Shape shape) {
        HostileWorld world = new HostileWorld(shape);
        List<String> ipv6 = List.of(
                "00".repeat(16),
                "00".repeat(15) + "01",
                "00".repeat(15) + "02",
                "ff02" + "00".repeat(13) + "01",
                "fe80" + "00".repeat(13) + "01",
                "20010db8" + "00".repeat(11) + "04",
                Shape.NEXT_HOP + "ff02" + "00".repeat(13) + "01",
                Shape.NEXT_HOP + "00".repeat(16),
                "00".repeat(16) + Shape.NEXT_HOP,
                Shape.NEXT_HOP);
        for (String nextHop : ipv6) {
            world.sayAndCheck(update(shape, reach("000201", nextHop, PREFIX), 0));
        }
        for (String nextHop : List.of("00000001", "7f000001", "e0000001", "f0000001", "0a000004", "0a000101")) {
            world.sayAndCheck(update(shape, reach("000101", nextHop, "181e0101"), 2));
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Shape.class)
    @DisplayName(
            "RFC 4760 §8: every family that was not negotiated is ignored, whatever its attribute holds; the rest counts")
    void families(Shape shape) {
        HostileWorld world = new HostileWorld(shape);
        for (int afi : List.of(0, 1, 2, 3, 25, 256, 16_388, 65_535)) {
            for (int safi : List.of(0, 1, 2, 4, 64, 128, 133, 255)) {
                String family = String.format("%04x%02x", afi, safi);
                List<byte[]> all = List.of(
                        reach(family, Shape.NEXT_HOP, PREFIX),
                        reach(family, "0a000101", "181e0101"),
                        reach(family, "", ""),
                        RawMessages.attribute(0x80, 14, family + "ffff"),
                        RawMessages.attribute(0x80, 15, family),
                        RawMessages.attribute(0x80, 15, family + PREFIX),
                        RawMessages.attribute(0x80, 15, family + "ff"));
                for (byte[] each : all) {
                    List<byte[]> attributes = new ArrayList<>(shape.attributes());
                    attributes.add(afi % 4, each);
                    world.sayAndCheck(RawMessages.update(attributes, RawMessages.prefix(1)));
                    world.sayAndCheck(RawMessages.update(attributes, new byte[0]));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Shape.class)
    @DisplayName("RFC 7606 §5.3: prefixes of 0 to 255 bits in MP_REACH_NLRI and MP_UNREACH_NLRI, whole and cut")
    void prefixLengths(Shape shape) {
        HostileWorld world = new HostileWorld(shape);
        for (int bits = 0; bits < 256; bits++) {
            if (bits % 64 == 0) {
                world = new HostileWorld(shape); // an address may not connect a thousand times at once
            }
            for (int missing = 0; missing < 2; missing++) {
                int octets = Math.max(0, (bits + 7) / 8 - missing);
                String prefix = String.format("%02x", bits) + "20".repeat(octets);
                for (String family : List.of("000201", "000101")) {
                    String nextHop = family.equals("000201") ? Shape.NEXT_HOP : "0a000101";
                    world.sayAndCheck(update(shape, reach(family, nextHop, prefix), bits % 3));
                    world.sayAndCheck(
                            RawMessages.update(List.of(RawMessages.attribute(0x90, 15, family + prefix)), new byte[0]));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Shape.class)
    @DisplayName("RFC 4760 §3: IPv4 in MP_REACH_NLRI and in the NLRI field, with one next hop and with two")
    void ipv4InBoth(Shape shape) {
        HostileWorld world = new HostileWorld(shape);
        for (String nextHop : List.of("0a000101", "0a000109")) {
            for (int at = 0; at < 4; at++) {
                List<byte[]> attributes = new ArrayList<>(shape.attributes());
                attributes.add(at, reach("000101", nextHop, "181e0101"));
                world.sayAndCheck(RawMessages.update(attributes, RawMessages.prefix(1)));
                world.sayAndCheck(RawMessages.update(attributes, new byte[0]));
                world.sayAndCheck(RawMessages.update(RawMessages.hex("181e0101"), attributes, RawMessages.prefix(1)));
            }
        }
    }

    @Test
    @DisplayName("RFC 4271 §4.3: an IPv6 prefix both withdrawn and announced is announced, wherever both stand")
    void withdrawnAndAnnounced() {
        HostileWorld world = new HostileWorld(Shape.WIDE);
        byte[] unreach = RawMessages.attribute(0x80, 15, "000201" + PREFIX + "3020010db80001");
        for (int reachAt = 0; reachAt < 3; reachAt++) {
            for (int unreachAt = 0; unreachAt < 4; unreachAt++) {
                List<byte[]> attributes = others(Shape.WIDE);
                attributes.add(reachAt, Shape.reach(PREFIX));
                attributes.add(unreachAt, unreach);
                byte[] first = update(Shape.WIDE, Shape.reach(PREFIX + "3020010db80001"), 0);
                world.sayAndCheck(RawMessages.join(first, RawMessages.update(attributes, new byte[0])));
                world.check(Map.of("v6:" + PREFIX, Shape.WIDE.ipv6Text()));
            }
        }
    }
}
