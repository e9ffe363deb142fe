package dev.waymark.bgp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.message.NotificationMessage;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules for an UPDATE as a whole: its fields, its prefixes, its multiprotocol attributes. */
class UpdateFramingRowsTest {

    private static final AddressFamily IPV4 = CodecFixture.IPV4;
    private static final AddressFamily IPV6 = CodecFixture.IPV6;
    private static final String HOP6 = "20010db8000000000000000000000001";

    private final CodecFixture codec = new CodecFixture();

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @DisplayName(
            "RFC 7606 §5.3: where fields or prefixes can't be trusted, the session is reset and nothing is applied")
    void reset(String rule, DecodeCondition condition, int subcode, UpdateBytes message) {
        DecodedUpdate out = codec.decode(message);
        assertEquals(condition, out.problem().condition(), rule);
        assertEquals(ErrorAction.SESSION_RESET, out.action());
        NotificationMessage notification = out.problem().notification();
        assertEquals("3/" + subcode, notification.code() + "/" + notification.subcode());
        for (AddressFamily family : AddressFamily.values()) {
            assertEquals(0, out.announced(family).size() + out.withdrawn(family).size() + out.attributes(family));
        }
    }

    static Stream<Arguments> reset() {
        UpdateBytes withdrawing = UpdateBytes.sound().withdraw("10.1.0.0/16");
        return Stream.of(
                row(
                        "RFC 7606 §3(b): withdrawn routes over the message",
                        DecodeCondition.WITHDRAWN_LENGTH,
                        1,
                        withdrawing.withdrawnLengthOff(500)),
                row(
                        "RFC 7606 §3(b): attributes over the message",
                        DecodeCondition.ATTRIBUTES_LENGTH,
                        1,
                        UpdateBytes.sound().attributesLengthOff(3)),
                row(
                        "RFC 7606 §5.2: an attribute overrun and no prefix",
                        DecodeCondition.ATTRIBUTE_OVERRUN,
                        1,
                        UpdateBytes.mandatory().octets("c00809 00000001")),
                row(
                        "RFC 7606 §5.2: one octet where an attribute should start, and no prefix",
                        DecodeCondition.ATTRIBUTE_OVERRUN,
                        1,
                        new UpdateBytes().octets("40")),
                row(
                        "RFC 7606 §5.2: a malformed attribute and no prefix",
                        DecodeCondition.ORIGIN_VALUE,
                        6,
                        new UpdateBytes().attribute(0x40, 1, "07")),
                row(
                        "RFC 7606 §5.2: a malformed attribute beside withdrawals",
                        DecodeCondition.MED_LENGTH,
                        5,
                        UpdateBytes.mandatory().attribute(0x80, 4, "01").withdraw("10.0.0.0/8")),
                row(
                        "RFC 7606 §5.2: wrong flags and no prefix",
                        DecodeCondition.FLAGS,
                        4,
                        new UpdateBytes().attribute(0xc0, 1, "00")),
                row(
                        "RFC 7606 §5.3: prefix of 33 bits in the NLRI",
                        DecodeCondition.NLRI,
                        10,
                        UpdateBytes.mandatory().nlriOctets("21 0a00000000")),
                row(
                        "RFC 7606 §5.3: prefix cut short in the NLRI",
                        DecodeCondition.NLRI,
                        10,
                        UpdateBytes.mandatory().nlriOctets("18 0a00")),
                row(
                        "RFC 7606 §3(i): prefix of 33 bits withdrawn",
                        DecodeCondition.NLRI,
                        10,
                        new UpdateBytes().withdrawOctets("21 0a00000000")),
                row(
                        "RFC 7606 §3(i): prefix cut short, withdrawn",
                        DecodeCondition.NLRI,
                        10,
                        new UpdateBytes().withdrawOctets("18 0a00")),
                row(
                        "RFC 7606 §5.3: prefix of 129 bits in MP_REACH_NLRI",
                        DecodeCondition.MP_NLRI,
                        9,
                        reach("0002 01 10" + HOP6 + "00 81" + "00".repeat(17))),
                row(
                        "RFC 7606 §5.3: prefix cut short in MP_REACH_NLRI",
                        DecodeCondition.MP_NLRI,
                        9,
                        reach("0002 01 10" + HOP6 + "00 40 2001")),
                row(
                        "RFC 7606 §5.3: prefix of 33 bits in MP_UNREACH_NLRI for IPv4",
                        DecodeCondition.MP_NLRI,
                        9,
                        new UpdateBytes().attribute(0x80, 15, "0001 01 21 0a00000000")),
                row(
                        "RFC 7606 §5.3: prefix cut short in MP_UNREACH_NLRI",
                        DecodeCondition.MP_NLRI,
                        9,
                        new UpdateBytes().attribute(0x80, 15, "0002 01 40 2001")),
                row(
                        "RFC 7606 §7.11: MP_REACH_NLRI of 4 octets",
                        DecodeCondition.MP_REACH_LENGTH,
                        9,
                        reach("0002 01 00")),
                row(
                        "RFC 7606 §7.11: next hop over MP_REACH_NLRI",
                        DecodeCondition.MP_REACH_LENGTH,
                        9,
                        reach("0002 01 20" + HOP6 + "00")),
                row(
                        "RFC 7606 §7.11: no octet left for the reserved one",
                        DecodeCondition.MP_REACH_LENGTH,
                        9,
                        reach("0002 01 10" + HOP6)),
                row(
                        "RFC 7606 §7.11: IPv6 next hop of 4 octets",
                        DecodeCondition.MP_REACH_NEXT_HOP_LENGTH,
                        9,
                        reach("0002 01 04 c0000201 00 20 20010db8")),
                row(
                        "RFC 7606 §7.11: IPv6 next hop of 24 octets",
                        DecodeCondition.MP_REACH_NEXT_HOP_LENGTH,
                        9,
                        reach("0002 01 18" + "20".repeat(24) + "00")),
                row(
                        "RFC 8950 §4: IPv6 next hop for IPv4, not negotiated",
                        DecodeCondition.MP_REACH_NEXT_HOP_LENGTH,
                        9,
                        reach("0001 01 10" + HOP6 + "00 08 0a")),
                row(
                        "RFC 7606 §7.12: MP_UNREACH_NLRI of 2 octets",
                        DecodeCondition.MP_UNREACH_LENGTH,
                        9,
                        new UpdateBytes().attribute(0x80, 15, "0002")),
                row(
                        "RFC 7606 §3(g): MP_REACH_NLRI twice",
                        DecodeCondition.MP_REPEATED,
                        1,
                        UpdateBytes.mandatory().mpReach(HOP6, "2001:db8::/32").mpReach(HOP6, "2001:db8::/32")),
                row(
                        "RFC 7606 §3(g): MP_UNREACH_NLRI twice",
                        DecodeCondition.MP_REPEATED,
                        1,
                        new UpdateBytes().mpUnreach(IPV6).mpUnreach(IPV6)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @DisplayName("RFC 7606 §3(j): with the prefixes parsed, they are withdrawn and the session stays")
    void treatAsWithdraw(String rule, DecodeCondition condition, UpdateBytes message, String announced) {
        DecodedUpdate out = codec.decode(message);
        assertEquals(condition, out.problem().condition(), rule);
        assertEquals(ErrorAction.TREAT_AS_WITHDRAW, out.action());
        assertEquals(announced, out.announced(IPV4) + " " + out.announced(IPV6));
        assertEquals(0, out.attributes(IPV4) + out.attributes(IPV6));
    }

    static Stream<Arguments> treatAsWithdraw() {
        return Stream.of(
                arguments(
                        "RFC 7606 §4: an attribute runs over the total length",
                        DecodeCondition.ATTRIBUTE_OVERRUN,
                        UpdateBytes.sound().octets("c00809 00000001"),
                        "ipv4-unicast 10.0.0.0/8 ipv6-unicast"),
                arguments(
                        "RFC 7606 §4: two octets are left",
                        DecodeCondition.ATTRIBUTE_OVERRUN,
                        UpdateBytes.sound().octets("c008"),
                        "ipv4-unicast 10.0.0.0/8 ipv6-unicast"),
                arguments(
                        "RFC 7606 §4: three octets are left with Extended Length",
                        DecodeCondition.ATTRIBUTE_OVERRUN,
                        UpdateBytes.sound().octets("d00800"),
                        "ipv4-unicast 10.0.0.0/8 ipv6-unicast"),
                arguments(
                        "RFC 7606 §4: prefixes of MP_REACH_NLRI before the overrun count",
                        DecodeCondition.ATTRIBUTE_OVERRUN,
                        UpdateBytes.mandatory().mpReach(HOP6, "2001:db8::/32").octets("c00809"),
                        "ipv4-unicast ipv6-unicast 2001:db8::/32"),
                arguments(
                        "RFC 7606 §3(e): next hop ::",
                        DecodeCondition.MP_REACH_NEXT_HOP,
                        UpdateBytes.mandatory().mpReach("00".repeat(16), "2001:db8::/32"),
                        "ipv4-unicast ipv6-unicast 2001:db8::/32"),
                arguments(
                        "RFC 7606 §3(e): next hop ::1",
                        DecodeCondition.MP_REACH_NEXT_HOP,
                        UpdateBytes.mandatory().mpReach("00".repeat(15) + "01", "2001:db8::/32"),
                        "ipv4-unicast ipv6-unicast 2001:db8::/32"),
                arguments(
                        "RFC 7606 §3(e): next hop ff02::1",
                        DecodeCondition.MP_REACH_NEXT_HOP,
                        UpdateBytes.mandatory().mpReach("ff02" + "00".repeat(13) + "01", "2001:db8::/32"),
                        "ipv4-unicast ipv6-unicast 2001:db8::/32"),
                arguments(
                        "RFC 7606 §3(c): flags of MP_REACH_NLRI wrong",
                        DecodeCondition.FLAGS,
                        UpdateBytes.mandatory().mpReach(0xc0, CodecFixture.IPV6, HOP6, "2001:db8::/32"),
                        "ipv4-unicast ipv6-unicast 2001:db8::/32"),
                arguments(
                        "RFC 7606 §7.3: NEXT_HOP of 5 octets beside MP_REACH_NLRI only",
                        DecodeCondition.NEXT_HOP_LENGTH,
                        new UpdateBytes()
                                .origin()
                                .asPath("65001")
                                .attribute(0x40, 3, "c000020101")
                                .mpReach(HOP6, "2001:db8::/32"),
                        "ipv4-unicast ipv6-unicast 2001:db8::/32"),
                arguments(
                        "RFC 7606 §2: one attribute malformed, prefixes of both families",
                        DecodeCondition.MED_LENGTH,
                        UpdateBytes.sound().attribute(0x80, 4, "01").mpReach(HOP6, "2001:db8::/32"),
                        "ipv4-unicast 10.0.0.0/8 ipv6-unicast 2001:db8::/32"),
                arguments(
                        "RFC 4760 §3: one family with two next hops",
                        DecodeCondition.MP_REACH_TWO_NEXT_HOPS,
                        UpdateBytes.sound().mpReach(0x80, CodecFixture.IPV4, "c0000202", "10.1.0.0/16"),
                        "ipv4-unicast 10.0.0.0/8 10.1.0.0/16 ipv6-unicast"));
    }

    private static UpdateBytes reach(String hex) {
        return UpdateBytes.mandatory().attribute(0x80, 14, hex);
    }

    private static Arguments row(String rule, DecodeCondition condition, int subcode, UpdateBytes message) {
        return arguments(rule, condition, subcode, message);
    }
}
