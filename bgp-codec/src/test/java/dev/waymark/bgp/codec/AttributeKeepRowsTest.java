package dev.waymark.bgp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.waymark.bgp.message.NotificationSubcode;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Attributes that are dropped and leave the route, that are kept though peculiar, or that end the session. */
class AttributeKeepRowsTest {

    private static final CodecOptions.Builder EBGP = CodecFixture.external();
    private static final CodecOptions.Builder IBGP = CodecFixture.internal();

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @DisplayName("RFC 7606 §2: attribute discard keeps the route without the attribute")
    void discard(
            String rule, DecodeCondition condition, CodecOptions.Builder options, int type, String hex, int flags) {
        CodecFixture codec = new CodecFixture();
        boolean isNarrow = !options.build().isFourOctetSession();
        UpdateBytes sound = isNarrow ? narrow() : UpdateBytes.sound();
        int plain = codec.decode(sound, options).attributes(CodecFixture.IPV4);
        byte[] message = sound.attribute(flags, type, hex).bytes();
        for (int sight = 1; sight <= 3; sight++) { // counted every time, not only at first sight
            DecodedUpdate out = codec.decode(message, options.build());
            assertEquals(ErrorAction.ATTRIBUTE_DISCARD, out.action(), rule);
            assertEquals(condition, out.problem().condition(), rule);
            assertEquals(1, out.discardedAttributes());
            assertEquals(type, out.discardedType(0));
            assertEquals(condition, out.discardCondition(0));
            assertEquals(plain, out.attributes(CodecFixture.IPV4), "the same route as without the attribute");
        }
    }

    static Stream<Arguments> discard() {
        CodecOptions.Builder narrow =
                CodecFixture.external().fourOctetAs(true, false).enforceFirstAs(false);
        return Stream.of(
                drop(
                        "RFC 7606 §7.5: LOCAL_PREF from an external peer",
                        DecodeCondition.LOCAL_PREF_EXTERNAL,
                        EBGP,
                        5,
                        "00000064",
                        0x40),
                drop("RFC 7606 §7.5: whatever it holds", DecodeCondition.LOCAL_PREF_EXTERNAL, EBGP, 5, "0000", 0x40),
                drop(
                        "RFC 7606 §7.6: ATOMIC_AGGREGATE of 1 octet",
                        DecodeCondition.ATOMIC_AGGREGATE_LENGTH,
                        EBGP,
                        6,
                        "00",
                        0x40),
                drop(
                        "RFC 7606 §7.7: AGGREGATOR of 6 octets",
                        DecodeCondition.AGGREGATOR_LENGTH,
                        EBGP,
                        7,
                        "fde9c0000201",
                        0xc0),
                drop("RFC 7606 §7.7: AGGREGATOR empty", DecodeCondition.AGGREGATOR_LENGTH, EBGP, 7, "", 0xc0),
                drop(
                        "RFC 7607 §2: AGGREGATOR of AS 0",
                        DecodeCondition.AGGREGATOR_ZERO,
                        EBGP,
                        7,
                        "00000000c0000201",
                        0xc0),
                drop(
                        "RFC 7606 §7.9: ORIGINATOR_ID from an external peer",
                        DecodeCondition.ORIGINATOR_ID_EXTERNAL,
                        EBGP,
                        9,
                        "c0000201",
                        0x80),
                drop(
                        "RFC 7606 §7.10: CLUSTER_LIST from an external peer",
                        DecodeCondition.CLUSTER_LIST_EXTERNAL,
                        EBGP,
                        10,
                        "c0",
                        0x80),
                drop(
                        "RFC 6793 §4.1: AS4_PATH on a four-octet session",
                        DecodeCondition.AS4_PATH_UNEXPECTED,
                        EBGP,
                        17,
                        "ff",
                        0x40),
                drop(
                        "RFC 6793 §4.1: AS4_AGGREGATOR on a four-octet session",
                        DecodeCondition.AS4_AGGREGATOR_UNEXPECTED,
                        EBGP,
                        18,
                        "",
                        0xc0),
                drop(
                        "RFC 6793 §6: AS4_PATH of 4 octets",
                        DecodeCondition.AS4_PATH_SYNTAX,
                        narrow,
                        17,
                        "02010000",
                        0xc0),
                drop("RFC 6793 §6: AS4_PATH empty", DecodeCondition.AS4_PATH_SYNTAX, narrow, 17, "", 0xc0),
                drop(
                        "RFC 6793 §6: AS4_PATH with an unknown segment",
                        DecodeCondition.AS4_PATH_SYNTAX,
                        narrow,
                        17,
                        "0701 00010000",
                        0xc0),
                drop(
                        "RFC 7607 §2: AS4_PATH with AS 0",
                        DecodeCondition.AS4_PATH_SYNTAX,
                        narrow,
                        17,
                        "0201 00000000",
                        0xc0),
                drop(
                        "RFC 6793 §6: AS4_AGGREGATOR of 6 octets",
                        DecodeCondition.AS4_AGGREGATOR_SYNTAX,
                        narrow,
                        18,
                        "fde9c0000201",
                        0xc0),
                drop(
                        "RFC 7607 §2: AS4_AGGREGATOR of AS 0",
                        DecodeCondition.AS4_AGGREGATOR_SYNTAX,
                        narrow,
                        18,
                        "00000000c0000201",
                        0xc0),
                drop(
                        "RFC 7311 §3: AIGP unless enabled",
                        DecodeCondition.AIGP_DISABLED,
                        EBGP,
                        26,
                        "01000b0000000000000001",
                        0x80),
                drop("RFC 9552: BGP-LS on another family", DecodeCondition.BGP_LS, EBGP, 29, "0102", 0x80),
                drop(
                        "RFC 8669 §4: PREFIX-SID from an external peer",
                        DecodeCondition.PREFIX_SID_EXTERNAL,
                        EBGP,
                        40,
                        "0102",
                        0xc0),
                drop(
                        "RFC 4271 §5: unknown and not transitive",
                        DecodeCondition.UNKNOWN_NON_TRANSITIVE,
                        EBGP,
                        99,
                        "0102",
                        0x80),
                drop(
                        "RFC 4271 §5: of a type that is not wanted",
                        DecodeCondition.UNWANTED_TYPE,
                        CodecFixture.external().unwantedTypes(java.util.List.of(99, 8)),
                        99,
                        "0102",
                        0xc0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @DisplayName("RFC 4271 §5: what is peculiar but sound: the route is used, and goes out as it should")
    void accept(String rule, CodecOptions.Builder options, UpdateBytes message, String attributes) {
        CodecFixture codec = new CodecFixture();
        DecodedUpdate out = codec.decode(message.nlri("10.0.0.0/8"), options);
        assertEquals(ErrorAction.NONE, out.action(), () -> rule + ": " + out);
        assertEquals(
                attributes, codec.table.view(out.attributes(CodecFixture.IPV4)).toString());
    }

    static Stream<Arguments> accept() {
        String plain = "IGP, path [65001], next hop 192.0.2.1";
        CodecOptions.Builder sets = CodecFixture.external().allowAsSet(true);
        return Stream.of(
                arguments(
                        "RFC 9774 §3: AS_SET, allowed",
                        sets,
                        without(2).asPath("65001 {2,3}"),
                        "IGP, path [65001 {2,3}], next hop 192.0.2.1"),
                arguments(
                        "RFC 4271 §9.1.2: our own AS in AS_PATH",
                        EBGP,
                        without(2).asPath("65001 65515"),
                        "IGP, path [65001 65515], next hop 192.0.2.1"),
                arguments(
                        "RFC 4271 §5.1.2: an empty path from an internal peer",
                        IBGP,
                        without(2).attribute(0x40, 2, ""),
                        "IGP, path [], next hop 192.0.2.1"),
                arguments(
                        "RFC 4271 §5.1.5: LOCAL_PREF from an internal peer",
                        IBGP,
                        UpdateBytes.mandatory().attribute(0x40, 5, "000000c8"),
                        plain + ", 5/40:000000c8"),
                arguments(
                        "RFC 4271 §4.3: Extended Length on a short attribute",
                        EBGP,
                        without(1).attribute(0x50, 1, "00"),
                        plain),
                arguments(
                        "RFC 4271 §4.3: the low four flag bits",
                        EBGP,
                        without(1).attribute(0x4f, 1, "00"),
                        plain),
                arguments(
                        "RFC 4271 §4.3: Partial on a well-known attribute",
                        EBGP,
                        without(1).attribute(0x60, 1, "00"),
                        plain),
                arguments(
                        "RFC 4271 §4.3: Partial on an optional non-transitive one",
                        EBGP,
                        UpdateBytes.mandatory().attribute(0xa0, 4, "00000001"),
                        plain + ", 4/80:00000001"),
                arguments(
                        "RFC 4271 §5: Partial on COMMUNITIES stays",
                        EBGP,
                        UpdateBytes.mandatory().attribute(0xe0, 8, "00000001"),
                        plain + ", 8/e0:00000001"),
                arguments(
                        "RFC 7606 §3(g): a second copy is dropped unread",
                        EBGP,
                        UpdateBytes.mandatory().attribute(0x40, 1, "77"),
                        plain),
                arguments(
                        "RFC 8092 §3: repeated large communities",
                        EBGP,
                        UpdateBytes.mandatory()
                                .attribute(0xc0, 32, ("00000001".repeat(3) + "00000002".repeat(3)).repeat(2)),
                        plain + ", 32/c0:" + "00000001".repeat(3) + "00000002".repeat(3)),
                arguments(
                        "RFC 4271 §5: unknown, optional, transitive: Partial set",
                        EBGP,
                        UpdateBytes.mandatory().attribute(0xc0, 99, "0102"),
                        plain + ", 99/e0:0102"),
                arguments(
                        "RFC 9234 §5: OTC, kept",
                        EBGP,
                        UpdateBytes.mandatory().attribute(0xc0, 35, "0000fde9"),
                        plain + ", 35/c0:0000fde9"),
                arguments(
                        "RFC 7311 §3: AIGP, enabled",
                        CodecFixture.external().aigp(true),
                        UpdateBytes.mandatory().attribute(0x80, 26, "01000b0000000000000001"),
                        plain + ", 26/80:01000b0000000000000001"),
                arguments(
                        "RFC 8669 §4: PREFIX-SID from an internal peer",
                        IBGP,
                        UpdateBytes.mandatory().attribute(0xc0, 40, "0102"),
                        plain + ", 40/c0:0102"),
                arguments(
                        "RFC 5065 §5: confederation segments from an internal peer",
                        IBGP,
                        without(2).asPath("(1 2) 3"),
                        "IGP, path [(1 2) 3], next hop 192.0.2.1"),
                arguments(
                        "RFC 4271 §5: attributes in another order",
                        EBGP,
                        new UpdateBytes().nextHop().asPath("65001").origin(),
                        plain));
    }

    @ParameterizedTest(name = "type {0}")
    @MethodSource
    @DisplayName(
            "RFC 4271 §6.3: an unknown attribute that claims to be well-known resets the session with 3/2 and the attribute")
    void unknownWellKnown(int type) {
        DecodedUpdate out = new CodecFixture().decode(UpdateBytes.sound().attribute(0x40, type, "0102"));
        assertEquals(ErrorAction.SESSION_RESET, out.action());
        assertEquals(
                NotificationSubcode.UNRECOGNIZED_WELL_KNOWN_ATTRIBUTE,
                out.problem().condition().reason());
        assertEquals(String.format("40%02x020102", type), out.problem().data().toString());
        assertEquals(0, out.announced(CodecFixture.IPV4).size());
    }

    static Stream<Integer> unknownWellKnown() {
        return Stream.of(0, 11, 12, 13, 22, 23, 28, 99, 128, 255);
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

    /** The same as {@link UpdateBytes#sound()} with two-octet AS numbers. */
    private static UpdateBytes narrow() {
        return new UpdateBytes()
                .origin()
                .attribute(0x40, 2, "0201fde9")
                .nextHop()
                .nlri("10.0.0.0/8");
    }

    private static Arguments drop(
            String rule, DecodeCondition condition, CodecOptions.Builder options, int type, String hex, int flags) {
        return arguments(rule, condition, options, type, hex.replace(" ", ""), flags);
    }
}
