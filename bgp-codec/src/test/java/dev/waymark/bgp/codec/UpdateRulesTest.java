package dev.waymark.bgp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What prefixes, families and next hops of a sound UPDATE mean, and errors beside each other. */
class UpdateRulesTest {

    private static final AddressFamily IPV4 = CodecFixture.IPV4;
    private static final AddressFamily IPV6 = CodecFixture.IPV6;
    private static final String HOP6 = "20010db8000000000000000000000001";

    private final CodecFixture codec = new CodecFixture();

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
    @DisplayName(
            "RFC 4271 §4.3, ARS-22: a prefix that is announced twice is there twice, so that each counts for the limit")
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
    @DisplayName("RFC 7606 §5.2: attributes without prefixes and without errors have no effect")
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
                .ownAddresses(List.of(IpAddress.parse("192.0.2.1"), IpAddress.parse("2001:db8::1")));
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
}
