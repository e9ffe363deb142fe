package dev.waymark.bgp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule for a single attribute: what is malformed, and what follows (RFC 7606 §7 and the RFCs it leaves out). */
class AttributeRowsTest {

    private static final CodecOptions.Builder EBGP = CodecFixture.external();
    private static final CodecOptions.Builder IBGP = CodecFixture.internal();

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @DisplayName("RFC 7606 §2: treat-as-withdraw keeps the session and withdraws the prefixes of the message")
    void treatAsWithdraw(String rule, DecodeCondition condition, CodecOptions.Builder options, UpdateBytes message) {
        CodecFixture codec = new CodecFixture();
        DecodedUpdate out = codec.decode(message.nlri("10.0.0.0/8"), options);
        assertEquals(condition, out.problem().condition(), rule);
        assertEquals(ErrorAction.TREAT_AS_WITHDRAW, out.action(), rule);
        assertEquals(1, out.announced(CodecFixture.IPV4).size(), "the prefix to withdraw");
        assertEquals(0, out.attributes(CodecFixture.IPV4));
        codec.table.sweep();
        assertEquals(0, codec.table.size(), "nothing malformed is kept");
    }

    static Stream<Arguments> treatAsWithdraw() {
        return Stream.of(
                row(
                        "RFC 7606 §7.1: ORIGIN of 2 octets",
                        DecodeCondition.ORIGIN_LENGTH,
                        without(1).attribute(0x40, 1, "0000")),
                row(
                        "RFC 7606 §7.1: ORIGIN of 0 octets",
                        DecodeCondition.ORIGIN_LENGTH,
                        without(1).attribute(0x40, 1, "")),
                row(
                        "RFC 7606 §7.1: ORIGIN 3",
                        DecodeCondition.ORIGIN_VALUE,
                        without(1).attribute(0x40, 1, "03")),
                row(
                        "RFC 7606 §7.1: ORIGIN 255",
                        DecodeCondition.ORIGIN_VALUE,
                        without(1).attribute(0x40, 1, "ff")),
                row("RFC 7606 §3(d): ORIGIN missing", DecodeCondition.MISSING_WELL_KNOWN, without(1)),
                row("RFC 7606 §3(d): AS_PATH missing", DecodeCondition.MISSING_WELL_KNOWN, without(2)),
                row("RFC 7606 §3(d): NEXT_HOP missing", DecodeCondition.MISSING_WELL_KNOWN, without(3)),
                path("RFC 7606 §7.2: segment type 0", DecodeCondition.AS_PATH_SYNTAX, "0001 0000fde9"),
                path("RFC 7606 §7.2: segment type 5", DecodeCondition.AS_PATH_SYNTAX, "0501 0000fde9"),
                path("RFC 7606 §7.2: segment over the attribute", DecodeCondition.AS_PATH_SYNTAX, "0202 0000fde9"),
                path("RFC 7606 §7.2: one octet left", DecodeCondition.AS_PATH_SYNTAX, "0201 0000fde9 02"),
                path("RFC 7606 §7.2: segment without an AS", DecodeCondition.AS_PATH_SYNTAX, "0201 0000fde9 0200"),
                path("RFC 7607 §2: AS 0 in AS_PATH", DecodeCondition.AS_PATH_ZERO, "0202 0000fde9 00000000"),
                path("RFC 9774 §3: AS_SET", DecodeCondition.AS_PATH_SET, "0201 0000fde9 0101 0000fdea"),
                path("RFC 5065 §5: AS_CONFED_SEQUENCE", DecodeCondition.AS_PATH_CONFEDERATION, "0301 0000fde9"),
                path("RFC 5065 §5: AS_CONFED_SET", DecodeCondition.AS_PATH_CONFEDERATION, "0401 0000fde9"),
                path("RFC 7606 §7.2: the first AS is another's", DecodeCondition.AS_PATH_FIRST_AS, "0201 0000fdea"),
                path("RFC 7606 §7.2: an empty path from an external peer", DecodeCondition.AS_PATH_FIRST_AS, ""),
                arguments(
                        "RFC 7606 §7.2: an empty path from an external peer whose first AS is not enforced",
                        DecodeCondition.AS_PATH_FIRST_AS,
                        CodecFixture.external().enforceFirstAs(false),
                        without(2).attribute(0x40, 2, "")),
                arguments(
                        "RFC 7606 §7.2: more hops than the limit",
                        DecodeCondition.AS_PATH_TOO_LONG,
                        CodecFixture.external().maxAsPathHops(3),
                        without(2).asPath("65001 2 3 4")),
                hop("RFC 7606 §7.3: NEXT_HOP of 3 octets", DecodeCondition.NEXT_HOP_LENGTH, "c00002"),
                hop("RFC 7606 §7.3: NEXT_HOP of 16 octets", DecodeCondition.NEXT_HOP_LENGTH, "00".repeat(16)),
                hop("RFC 7606 §3(e): NEXT_HOP in 0/8", DecodeCondition.NEXT_HOP_VALUE, "00000001"),
                hop("RFC 7606 §3(e): NEXT_HOP in 127/8", DecodeCondition.NEXT_HOP_VALUE, "7f000001"),
                hop("RFC 7606 §3(e): NEXT_HOP in 224/4", DecodeCondition.NEXT_HOP_VALUE, "e0000001"),
                hop("RFC 7606 §3(e): NEXT_HOP in 240/4", DecodeCondition.NEXT_HOP_VALUE, "f0000001"),
                added("RFC 7606 §7.4: MULTI_EXIT_DISC of 3 octets", DecodeCondition.MED_LENGTH, 0x80, 4, "000000"),
                arguments(
                        "RFC 7606 §7.5: LOCAL_PREF of 3 octets from an internal peer",
                        DecodeCondition.LOCAL_PREF_LENGTH,
                        IBGP,
                        UpdateBytes.mandatory().attribute(0x40, 5, "000000")),
                added("RFC 7606 §7.8: COMMUNITIES empty", DecodeCondition.COMMUNITIES_LENGTH, 0xc0, 8, ""),
                added(
                        "RFC 7606 §7.8: COMMUNITIES of 5 octets",
                        DecodeCondition.COMMUNITIES_LENGTH,
                        0xc0,
                        8,
                        "0000000000"),
                arguments(
                        "RFC 7606 §7.9: ORIGINATOR_ID of 5 octets from an internal peer",
                        DecodeCondition.ORIGINATOR_ID_LENGTH,
                        IBGP,
                        UpdateBytes.mandatory().attribute(0x80, 9, "0000000000")),
                arguments(
                        "RFC 7606 §7.10: CLUSTER_LIST empty from an internal peer",
                        DecodeCondition.CLUSTER_LIST_LENGTH,
                        IBGP,
                        UpdateBytes.mandatory().attribute(0x80, 10, "")),
                arguments(
                        "RFC 7606 §7.10: CLUSTER_LIST of 6 octets from an internal peer",
                        DecodeCondition.CLUSTER_LIST_LENGTH,
                        IBGP,
                        UpdateBytes.mandatory().attribute(0x80, 10, "000000000000")),
                added(
                        "RFC 7606 §7.14: EXTENDED COMMUNITIES empty",
                        DecodeCondition.EXTENDED_COMMUNITIES_LENGTH,
                        0xc0,
                        16,
                        ""),
                added(
                        "RFC 7606 §7.14: EXTENDED COMMUNITIES of 12 octets",
                        DecodeCondition.EXTENDED_COMMUNITIES_LENGTH,
                        0xc0,
                        16,
                        "00".repeat(12)),
                added(
                        "RFC 7606 §7.15: IPv6 EXTENDED COMMUNITIES of 8 octets",
                        DecodeCondition.IPV6_EXTENDED_COMMUNITIES_LENGTH,
                        0xc0,
                        25,
                        "00".repeat(8)),
                added(
                        "RFC 7606 §7.15: IPv6 EXTENDED COMMUNITIES empty",
                        DecodeCondition.IPV6_EXTENDED_COMMUNITIES_LENGTH,
                        0xc0,
                        25,
                        ""),
                added("RFC 8092 §6: LARGE_COMMUNITY empty", DecodeCondition.LARGE_COMMUNITY_LENGTH, 0xc0, 32, ""),
                added(
                        "RFC 8092 §6: LARGE_COMMUNITY of 16 octets",
                        DecodeCondition.LARGE_COMMUNITY_LENGTH,
                        0xc0,
                        32,
                        "00".repeat(16)),
                added("RFC 9234 §5: OTC of 3 octets", DecodeCondition.OTC_LENGTH, 0xc0, 35, "00fde9"),
                arguments(
                        "RFC 7606 §7.8: more communities of all kinds than the limit",
                        DecodeCondition.TOO_MANY_COMMUNITIES,
                        CodecFixture.external().maxCommunities(3),
                        UpdateBytes.mandatory()
                                .attribute(0xc0, 8, "0000000100000002")
                                .attribute(0xc0, 16, "00".repeat(8))
                                .attribute(0xc0, 32, "00".repeat(12))),
                added("RFC 7606 §3(c): COMMUNITIES not transitive", DecodeCondition.FLAGS, 0x80, 8, "00000001"),
                added("RFC 7606 §3(c): COMMUNITIES well-known", DecodeCondition.FLAGS, 0x40, 8, "00000001"),
                added("RFC 7606 §3(c): MULTI_EXIT_DISC transitive", DecodeCondition.FLAGS, 0xc0, 4, "00000001"),
                added("RFC 7606 §3(c): ATOMIC_AGGREGATE optional", DecodeCondition.FLAGS, 0xc0, 6, ""),
                added("RFC 7606 §3(c): AGGREGATOR not transitive", DecodeCondition.FLAGS, 0x80, 7, "0000fde9c0000201"),
                added("RFC 7606 §3(c): LOCAL_PREF optional", DecodeCondition.FLAGS, 0xc0, 5, "00000064"),
                row(
                        "RFC 7606 §3(c): ORIGIN optional",
                        DecodeCondition.FLAGS,
                        without(1).attribute(0xc0, 1, "00")));
    }

    /** The mandatory attributes but one. */
    private static UpdateBytes without(int type) {
        UpdateBytes message = new UpdateBytes();
        if (type != 1) {
            message.origin();
        }
        if (type != 2) {
            message.asPath("65001");
        }
        return type == 3 ? message : message.nextHop();
    }

    private static Arguments row(String rule, DecodeCondition condition, UpdateBytes message) {
        return arguments(rule, condition, EBGP, message);
    }

    private static Arguments added(String rule, DecodeCondition condition, int flags, int type, String hex) {
        return row(rule, condition, UpdateBytes.mandatory().attribute(flags, type, hex));
    }

    private static Arguments path(String rule, DecodeCondition condition, String hex) {
        return row(rule, condition, without(2).attribute(0x40, 2, hex));
    }

    private static Arguments hop(String rule, DecodeCondition condition, String hex) {
        return row(rule, condition, without(3).attribute(0x40, 3, hex));
    }
}
