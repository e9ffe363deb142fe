package dev.waymark.bgp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.message.NotificationMessage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
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
                        "one attribute malformed, prefixes of both families",
                        DecodeCondition.MED_LENGTH,
                        UpdateBytes.sound().attribute(0x80, 4, "01").mpReach(HOP6, "2001:db8::/32"),
                        "ipv4-unicast 10.0.0.0/8 ipv6-unicast 2001:db8::/32"),
                arguments(
                        "RFC 4760 §3: one family with two next hops",
                        DecodeCondition.MP_REACH_TWO_NEXT_HOPS,
                        UpdateBytes.sound().mpReach(0x80, CodecFixture.IPV4, "c0000202", "10.1.0.0/16"),
                        "ipv4-unicast 10.0.0.0/8 10.1.0.0/16 ipv6-unicast"));
    }

    @Test
    @DisplayName("RFC 7606 §3(h): of several errors the strongest action is taken")
    void strongestActionWins() {
        UpdateBytes message = UpdateBytes.sound()
                .attribute(0x40, 5, "00000064") // discard
                .attribute(0x80, 4, "01") // treat-as-withdraw
                .attribute(0x40, 99, "01"); // reset
        DecodedUpdate out = codec.decode(message);
        assertEquals(DecodeCondition.UNKNOWN_WELL_KNOWN, out.problem().condition());
        assertEquals(ErrorAction.SESSION_RESET, out.action());
    }

    @Test
    @DisplayName("RFC 7606 §2: explicit withdrawals still apply under treat-as-withdraw")
    void withdrawalsApplyBesideTreatAsWithdraw() {
        DecodedUpdate out =
                codec.decode(UpdateBytes.sound().attribute(0x80, 4, "01").withdraw("10.1.0.0/16"));
        assertEquals(ErrorAction.TREAT_AS_WITHDRAW, out.action());
        assertEquals("ipv4-unicast 10.1.0.0/16", out.withdrawn(IPV4).toString());
    }

    @Test
    @DisplayName("RFC 4271 §4.3: bits behind the prefix length have no meaning")
    void masksHostBits() {
        DecodedUpdate out = codec.decode(
                UpdateBytes.mandatory().nlriOctets("09 0aff 00 1c c0a80fff").mpReach(HOP6, "2001:db8::/32"));
        assertEquals(
                "ipv4-unicast 10.128.0.0/9 0.0.0.0/0 192.168.15.240/28",
                out.announced(IPV4).toString());
        out = codec.decode(UpdateBytes.mandatory()
                .attribute(0x80, 14, "0002 01 10" + HOP6 + "00 21 20010db8ff 00 49 20010db80000000000ff"));
        assertEquals(
                "ipv6-unicast 2001:db8:8000::/33 ::/0 2001:db8:0:0:80::/73",
                out.announced(IPV6).toString());
    }

    @Test
    @DisplayName("RFC 4271 §6.3: a prefix that isn't unicast is ignored and counted")
    void ignoresMulticastPrefixes() {
        DecodedUpdate out = codec.decode(UpdateBytes.sound()
                .nlri("224.0.0.0/4", "239.1.0.0/16", "240.0.0.0/4", "255.255.255.255/32", "192.0.0.0/2")
                .mpReach(HOP6, "ff00::/8", "fe00::/7"));
        assertEquals("ipv4-unicast 10.0.0.0/8 192.0.0.0/2", out.announced(IPV4).toString());
        assertEquals("ipv6-unicast fe00::/7", out.announced(IPV6).toString());
        assertEquals(5, out.ignoredPrefixes());
        assertEquals(ErrorAction.NONE, out.action());
    }

    @Test
    @DisplayName("RFC 4271 §4.3: a prefix that is withdrawn and announced is announced")
    void announcementBeatsWithdrawal() {
        DecodedUpdate out = codec.decode(UpdateBytes.sound()
                .withdraw("10.0.0.0/8", "10.0.0.0/9", "10.0.0.0/8")
                .mpUnreach(IPV6, "2001:db8::/32", "2001:db8::/33")
                .mpReach(HOP6, "2001:db8::/33"));
        assertEquals("ipv4-unicast 10.0.0.0/9", out.withdrawn(IPV4).toString());
        assertEquals("ipv4-unicast 10.0.0.0/8", out.announced(IPV4).toString());
        assertEquals("ipv6-unicast 2001:db8::/32", out.withdrawn(IPV6).toString());
        assertEquals("ipv6-unicast 2001:db8::/33", out.announced(IPV6).toString());
    }

    @Test
    @DisplayName("ARS-22: a prefix that is announced twice is there twice, so that each counts for the limit")
    void keepsRepeatedPrefixes() {
        assertEquals(
                2,
                codec.decode(UpdateBytes.sound().nlri("10.0.0.0/8"))
                        .announced(IPV4)
                        .size());
    }

    @Test
    @DisplayName("RFC 4724 §2: an empty UPDATE, or an MP_UNREACH_NLRI without prefixes, ends the initial routes")
    void endOfRib() {
        assertEquals(IPV4, codec.decode(new UpdateBytes()).endOfRib());
        assertEquals(IPV6, codec.decode(new UpdateBytes().mpUnreach(IPV6)).endOfRib());
        assertEquals(ErrorAction.NONE, codec.out.action());
        assertEquals(IPV4, codec.decode(new UpdateBytes().mpUnreach(IPV4)).endOfRib());
        assertNull(codec.decode(new UpdateBytes().withdraw("10.0.0.0/8")).endOfRib());
        assertNull(
                codec.decode(new UpdateBytes().mpUnreach(IPV6, "2001:db8::/32")).endOfRib());
        assertNull(codec.decode(new UpdateBytes().mpUnreach(IPV6).withdraw("10.0.0.0/8"))
                .endOfRib());
        assertNull(codec.decode(new UpdateBytes().mpUnreach(IPV6).origin()).endOfRib());
        CodecOptions.Builder ipv4Only = CodecFixture.external().families(List.of(IPV4));
        assertNull(codec.decode(new UpdateBytes().mpUnreach(IPV6), ipv4Only).endOfRib());
        CodecOptions.Builder ipv6Only = CodecFixture.external().families(List.of(IPV6));
        assertNull(codec.decode(new UpdateBytes(), ipv6Only).endOfRib());
    }

    @Test
    @DisplayName("attributes without prefixes and without errors have no effect")
    void attributesAloneHaveNoEffect() {
        DecodedUpdate out = codec.decode(UpdateBytes.mandatory());
        assertEquals(ErrorAction.NONE, out.action());
        assertNull(out.endOfRib());
        assertEquals(0, codec.table.size());
        assertEquals(
                ErrorAction.NONE,
                codec.decode(new UpdateBytes().origin()).action(),
                "nothing is missing without prefixes");
    }

    @Test
    @DisplayName("RFC 4760 §8: what is about a family that was not negotiated is not read; the rest counts")
    void ignoresForeignFamilies() {
        CodecOptions.Builder ipv4Only = CodecFixture.external().families(List.of(IPV4));
        UpdateBytes message = UpdateBytes.sound().mpReach(HOP6, "2001:db8::/32").attribute(0x80, 15, "0002 01 ff");
        DecodedUpdate out = codec.decode(message, ipv4Only);
        assertEquals(ErrorAction.IGNORE, out.action());
        assertEquals(2, out.ignoredFamilies());
        assertNotEquals(0, out.attributes(IPV4));
        assertEquals(0, out.announced(IPV6).size());
        out = codec.decode(
                UpdateBytes.mandatory()
                        .attribute(0x80, 14, "4004 47 00 00 ffff")
                        .withdraw("10.0.0.0/8"),
                ipv4Only);
        assertEquals(ErrorAction.IGNORE, out.action());
        assertEquals(1, out.withdrawn(IPV4).size());
        CodecOptions.Builder ipv6Only = CodecFixture.external().families(List.of(IPV6));
        out = codec.decode(UpdateBytes.sound().withdraw("10.1.0.0/16"), ipv6Only);
        assertEquals(ErrorAction.IGNORE, out.action());
        assertEquals(0, out.announced(IPV4).size() + out.withdrawn(IPV4).size());
    }

    @Test
    @DisplayName("RFC 4760 §3: NEXT_HOP beside MP_REACH_NLRI only is ignored, whatever sound address it holds")
    void ignoresNextHopBesideMpReach() {
        int without = codec.decode(new UpdateBytes().origin().asPath("65001").mpReach(HOP6, "2001:db8::/32"))
                .attributes(IPV6);
        UpdateBytes with = new UpdateBytes()
                .origin()
                .asPath("65001")
                .attribute(0x40, 3, "00000000")
                .mpReach(HOP6, "2001:db8::/32");
        assertEquals(without, codec.decode(with).attributes(IPV6));
        assertEquals(ErrorAction.NONE, codec.out.action());
    }

    @Test
    @DisplayName("one UPDATE may announce both families, each with its own next hop")
    void bothFamiliesInOneMessage() {
        DecodedUpdate out = codec.decode(UpdateBytes.sound().mpReach(HOP6, "2001:db8::/32"));
        assertEquals("192.0.2.1", codec.table.nextHop(out.attributes(IPV4)).toString());
        assertEquals("2001:db8::1", codec.table.nextHop(out.attributes(IPV6)).toString());
        assertEquals(ErrorAction.NONE, out.action());
    }

    @Test
    @DisplayName("IPv4 prefixes in MP_REACH_NLRI have the attributes they would have in the NLRI field")
    void ipv4InMpReach() {
        int field = codec.decode(UpdateBytes.sound()).attributes(IPV4);
        UpdateBytes message = new UpdateBytes()
                .mpReach(0x80, IPV4, "c0000201", "10.0.0.0/8")
                .origin()
                .asPath("65001");
        assertEquals(field, codec.decode(message).attributes(IPV4));
        assertEquals(1, codec.out.announced(IPV4).size());
        message = UpdateBytes.sound().mpReach(0x80, IPV4, "c0000201", "10.1.0.0/16");
        assertEquals(field, codec.decode(message).attributes(IPV4));
        assertEquals(2, codec.out.announced(IPV4).size());
    }

    @Test
    @DisplayName("RFC 4271 §5.1.3: a next hop that is the server's own address")
    void ownNextHop() {
        CodecOptions.Builder options = CodecFixture.external()
                .ownAddresses(List.of(
                        dev.waymark.api.net.IpAddress.parse("192.0.2.1"),
                        dev.waymark.api.net.IpAddress.parse("2001:db8::1")));
        for (int sight = 1; sight <= 2; sight++) {
            assertEquals(
                    DecodeCondition.NEXT_HOP_OWN,
                    codec.decode(UpdateBytes.sound(), options).problem().condition());
            UpdateBytes ipv6 = new UpdateBytes().origin().asPath("65001").mpReach(HOP6, "2001:db8::/32");
            assertEquals(
                    DecodeCondition.NEXT_HOP_OWN,
                    codec.decode(ipv6, options).problem().condition());
            assertEquals(ErrorAction.TREAT_AS_WITHDRAW, codec.out.action());
        }
    }

    @Test
    @DisplayName("RFC 7911 §3: with ADD-PATH each prefix has an identifier; a cut one resets the session")
    void addPath() {
        CodecOptions.Builder options = CodecFixture.external().addPathReceive(CodecFixture.BOTH);
        DecodedUpdate out = codec.decode(
                UpdateBytes.mandatory()
                        .nlriOctets("00000001 08 0a ffffffff 08 0a")
                        .withdrawOctets("00000007 10 0a01"),
                options);
        assertEquals(
                "ipv4-unicast 10.0.0.0/8#1 10.0.0.0/8#4294967295",
                out.announced(IPV4).toString());
        assertEquals("ipv4-unicast 10.1.0.0/16#7", out.withdrawn(IPV4).toString());
        out = codec.decode(
                UpdateBytes.mandatory().attribute(0x80, 14, "0002 01 10" + HOP6 + "00 00000009 20 20010db8"), options);
        assertEquals("ipv6-unicast 2001:db8::/32#9", out.announced(IPV6).toString());
        assertEquals(
                DecodeCondition.NLRI,
                codec.decode(UpdateBytes.mandatory().nlriOctets("000000"), options)
                        .problem()
                        .condition());
        assertEquals(
                DecodeCondition.NLRI,
                codec.decode(UpdateBytes.mandatory().nlriOctets("00000001"), options)
                        .problem()
                        .condition());
        assertEquals(
                DecodeCondition.MP_NLRI,
                codec.decode(new UpdateBytes().attribute(0x80, 15, "0002 01 000000"), options)
                        .problem()
                        .condition());
        UpdateBytes both =
                UpdateBytes.mandatory().nlriOctets("00000001 08 0a").withdrawOctets("00000002 08 0a 00000001 08 0a");
        assertEquals(
                "ipv4-unicast 10.0.0.0/8#2",
                codec.decode(both, options).withdrawn(IPV4).toString());
    }

    private static UpdateBytes reach(String hex) {
        return UpdateBytes.mandatory().attribute(0x80, 14, hex);
    }

    private static Arguments row(String rule, DecodeCondition condition, int subcode, UpdateBytes message) {
        return arguments(rule, condition, subcode, message);
    }
}
