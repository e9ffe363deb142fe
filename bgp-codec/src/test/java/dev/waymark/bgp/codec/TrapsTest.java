package dev.waymark.bgp.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.waymark.api.net.Asn;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What went wrong in other decoders and must not go wrong here. */
class TrapsTest {

    private static final EncodeOptions WIDE = EncodeOptions.builder().build();

    private final CodecFixture codec = new CodecFixture();

    @Test
    @DisplayName("TRAPS 18: decoder state does not leak: after any bad message a good one means what it meant before")
    void stateDoesNotLeak() {
        byte[] good = UpdateBytes.sound()
                .attribute(0xc0, 99, "0102")
                .attribute(0xc0, 8, "0000ffff")
                .bytes();
        CodecOptions options = CodecFixture.external().build();
        codec.decode(good, options);
        String before = CodecFixture.describe(codec.out, codec.table);
        byte[][] bad = {
            UpdateBytes.sound()
                    .attribute(0xc0, 99, "0102")
                    .attribute(0xc0, 98, "")
                    .attribute(0x40, 97, "00")
                    .bytes(),
            UpdateBytes.sound().attribute(0xc0, 8, "0000ff").bytes(),
            UpdateBytes.mandatory().octets("c008").bytes(),
            UpdateBytes.mandatory().nlriOctets("21").bytes(),
            new UpdateBytes().attributesLengthOff(9).bytes(),
            new UpdateBytes().attribute(0x80, 14, "0002011000").bytes(),
        };
        for (byte[] message : bad) {
            for (int times = 0; times < 3; times++) {
                codec.decode(message, options);
                codec.decode(
                        message,
                        CodecFixture.internal().fourOctetAs(true, false).build());
                codec.decode(good, options);
                assertEquals(before, CodecFixture.describe(codec.out, codec.table));
            }
        }
    }

    @Test
    @DisplayName(
            "TRAPS 18: decoder state does not leak: attributes never seen before mean the same after any bad message")
    void stateDoesNotLeakIntoFirstSights() {
        UpdateBytes[] bad = {
            UpdateBytes.sound().attribute(0x40, 6, "00"),
            UpdateBytes.sound().attribute(0xc0, 7, "0000fde9"),
            UpdateBytes.sound().attribute(0xc0, 32, "000000010000000200000003".repeat(2)),
            UpdateBytes.sound().attribute(0xc0, 8, "ffffff02ffffff01"),
            UpdateBytes.sound().attribute(0x80, 4, "00000009").attribute(0xc0, 8, "0000ff"),
            UpdateBytes.sound().attribute(0x80, 98, "00"),
            UpdateBytes.sound().attribute(0x40, 5, "00000064"),
        };
        CodecOptions options = CodecFixture.external().build();
        CodecOptions narrow = CodecFixture.external().fourOctetAs(true, false).build();
        for (int i = 0; i < 4 * bad.length; i++) {
            codec.decode(bad[i % bad.length].bytes(), i % 2 == 0 ? options : narrow);
            String fresh = String.format("fde900%02x", i);
            codec.decode(
                    UpdateBytes.sound()
                            .attribute(0x40, 6, "")
                            .attribute(0xc0, 7, "0000fde9c0000209")
                            .attribute(0xc0, 8, fresh)
                            .attribute(0xc0, 32, "000000010000000200000003")
                            .bytes(),
                    options);
            assertEquals(ErrorAction.NONE, codec.out.action());
            int id = codec.out.attributes(CodecFixture.IPV4);
            assertEquals(
                    "IGP, path [65001], next hop 192.0.2.1, 6/40:, 7/c0:0000fde9c0000209, 8/c0:" + fresh
                            + ", 32/c0:000000010000000200000003",
                    codec.table.view(id).toString());
            assertEquals(0, codec.table.flags(id) & (AttributeFlags.NO_ADVERTISE | AttributeFlags.NO_EXPORT));
        }
    }

    @Test
    @DisplayName("TRAPS 18: two unknown attributes, in any order and twice, stay what they are")
    void unknownAttributesRepeat() {
        for (int round = 0; round < 3; round++) {
            UpdateBytes message = UpdateBytes.sound().attribute(0xc0, 98, "01").attribute(0xe0, 97, "0203");
            int id = codec.decode(message).attributes(CodecFixture.IPV4);
            assertEquals(
                    "IGP, path [65001], next hop 192.0.2.1, 97/e0:0203, 98/e0:01",
                    codec.table.view(id).toString());
        }
    }

    @Test
    @DisplayName("TRAPS 19: AGGREGATOR's layout follows the session's AS width, for both families")
    void aggregatorFollowsSession() {
        String hop6 = "20010db8000000000000000000000001";
        UpdateBytes wide = new UpdateBytes()
                .origin()
                .asPath("65001")
                .nextHop()
                .attribute(0xc0, 7, "0000fde9c0000209")
                .mpReach(hop6, "2001:db8::/32")
                .nlri("10.0.0.0/8");
        UpdateBytes narrow = new UpdateBytes()
                .origin()
                .attribute(0x40, 2, "0201fde9")
                .nextHop()
                .attribute(0xc0, 7, "fde9c0000209")
                .mpReach(hop6, "2001:db8::/32")
                .nlri("10.0.0.0/8");
        CodecOptions.Builder twoOctets = CodecFixture.external().fourOctetAs(true, false);
        for (int sight = 1; sight <= 2; sight++) {
            int ipv4 = codec.decode(wide).attributes(CodecFixture.IPV4);
            int ipv6 = codec.out.attributes(CodecFixture.IPV6);
            assertEquals(
                    "65001 192.0.2.9",
                    codec.table.view(ipv4).aggregator().orElseThrow().toString());
            assertEquals(
                    "65001 192.0.2.9",
                    codec.table.view(ipv6).aggregator().orElseThrow().toString());
            assertEquals(ipv4, codec.decode(narrow, twoOctets).attributes(CodecFixture.IPV4));
            assertEquals(ipv6, codec.out.attributes(CodecFixture.IPV6));
            assertEquals(
                    DecodeCondition.AS_PATH_SYNTAX,
                    codec.decode(narrow).problem().condition());
            assertEquals(
                    DecodeCondition.AS_PATH_SYNTAX,
                    codec.decode(wide, twoOctets).problem().condition());
        }
    }

    @ParameterizedTest(name = "four-octet session: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("TRAPS 19: an AGGREGATOR of the other width is discarded, and the route is used without it")
    void aggregatorOfTheOtherWidth(boolean isWide) {
        UpdateBytes message = new UpdateBytes()
                .origin()
                .attribute(0x40, 2, isWide ? "02010000fde9" : "0201fde9")
                .nextHop()
                .attribute(0xc0, 7, isWide ? "fde9c0000209" : "0000fde9c0000209")
                .nlri("10.0.0.0/8");
        DecodedUpdate out = codec.decode(message, CodecFixture.external().fourOctetAs(true, isWide));
        assertEquals(DecodeCondition.AGGREGATOR_LENGTH, out.problem().condition());
        assertEquals(ErrorAction.ATTRIBUTE_DISCARD, out.action());
        assertEquals(
                "IGP, path [65001], next hop 192.0.2.1",
                codec.table.view(out.attributes(CodecFixture.IPV4)).toString());
    }

    @Test
    @DisplayName("TRAPS 19: octets that are a path in both widths are read in the width of the session")
    void widthIsNeverGuessed() {
        String octets = "0202 0001 0002 0201 0003".replace(" ", ""); // 1 2 3, or 65538 33619971
        CodecOptions.Builder wide = CodecFixture.external().enforceFirstAs(false);
        CodecOptions.Builder narrow =
                CodecFixture.external().enforceFirstAs(false).fourOctetAs(true, false);
        UpdateBytes message =
                new UpdateBytes().origin().attribute(0x40, 2, octets).nextHop().nlri("10.0.0.0/8");
        for (int sight = 1; sight <= 3; sight++) {
            assertEquals("65538 33619971", path(message, wide));
            assertEquals("1 2 3", path(message, narrow));
        }
    }

    private String path(UpdateBytes message, CodecOptions.Builder options) {
        return codec.table
                .view(codec.decode(message, options).attributes(CodecFixture.IPV4))
                .asPath()
                .toString();
    }

    @ParameterizedTest(name = "{0} octets")
    @ValueSource(ints = {0, 1, 127, 128, 200, 254, 255, 256, 257, 4000})
    @DisplayName("TRAPS 20: lengths are unsigned: an unknown attribute of any length comes back whole")
    void lengthsAreUnsigned(int length) {
        byte[] value = new byte[length];
        Arrays.fill(value, (byte) 0x99);
        DecodedUpdate out = codec.decode(UpdateBytes.sound().attribute(0xc0, 99, value));
        byte[] kept = codec.table
                .view(out.attributes(CodecFixture.IPV4))
                .attribute(99)
                .orElseThrow()
                .octets();
        assertArrayEquals(value, kept);
        byte[] again = codec.encode(WIDE);
        int id = out.attributes(CodecFixture.IPV4);
        assertEquals(id, codec.decode(again, CodecFixture.external().build()).attributes(CodecFixture.IPV4));
    }

    @ParameterizedTest(name = "{0} ASes")
    @ValueSource(ints = {31, 32, 63, 64, 65, 127, 128, 254, 255, 256, 510, 1000})
    @DisplayName("TRAPS 20: an AS_PATH of any number of hops comes back whole, in segments of at most 255")
    void longPaths(int hops) {
        String path =
                String.join(" ", IntStream.range(0, hops).mapToObj(i -> "65001").toList());
        DecodedUpdate out =
                codec.decode(new UpdateBytes().origin().asPath(path).nextHop().nlri("10.0.0.0/8"));
        int id = out.attributes(CodecFixture.IPV4);
        assertEquals(hops, codec.table.asPathLength(id));
        assertEquals(path, codec.table.view(id).asPath().toString());
        byte[] again = codec.encode(WIDE);
        assertEquals(id, codec.decode(again, CodecFixture.external().build()).attributes(CodecFixture.IPV4));
    }

    @ParameterizedTest(name = "flags {0}")
    @MethodSource
    @DisplayName("TRAPS 21: flags and length field of an unknown attribute are written anew together")
    void flagsAndLengthTogether(String flags) {
        int received = Integer.parseInt(flags, 16);
        for (int length : new int[] {0, 1, 255, 256, 1000}) {
            byte[] value = new byte[length];
            DecodedUpdate out = codec.decode(UpdateBytes.sound().attribute(received, 99, value));
            assertNotEquals(0, out.attributes(CodecFixture.IPV4));
            String expected = length > 255 ? String.format("f063%04x", length) : String.format("e063%02x", length);
            String sent = HexFormat.of().formatHex(codec.encode(WIDE));
            assertEquals(1, sent.split(expected + "00".repeat(length), -1).length - 1, sent);
        }
    }

    static Stream<String> flagsAndLengthTogether() {
        return Stream.of("c0", "d0", "e0", "f0", "cf", "df");
    }

    @Test
    @DisplayName("TRAPS 24: NLRI without attributes is treated as withdrawn")
    void nlriWithoutAttributes() {
        DecodedUpdate out = codec.decode(new UpdateBytes().nlri("10.0.0.0/8", "10.1.0.0/16"));
        assertEquals(DecodeCondition.MISSING_WELL_KNOWN, out.problem().condition());
        assertEquals(ErrorAction.TREAT_AS_WITHDRAW, out.action());
        assertEquals(2, out.announced(CodecFixture.IPV4).size());
        String hop6 = "20010db8000000000000000000000001";
        out = codec.decode(new UpdateBytes().mpReach(hop6, "2001:db8::/32"));
        assertEquals(DecodeCondition.MISSING_WELL_KNOWN, out.problem().condition());
        assertEquals(1, out.announced(CodecFixture.IPV6).size());
    }

    @Test
    @DisplayName(
            "ERROR-HANDLING §1(6): what goes into a NOTIFICATION is copied by actual bounds, never by a claimed length")
    void notificationDataIsBounded() {
        DecodedUpdate out = codec.decode(new UpdateBytes().octets("d008ffff 01"));
        assertEquals("d008ffff01", out.problem().notification().data().toString());
        CodecOptions.Builder large =
                CodecFixture.external().maxMessageOctets(65535).peerAsn(Asn.of(65001));
        out = codec.decode(UpdateBytes.sound().attribute(0x40, 99, new byte[60000]), large);
        assertEquals(4096 - 21, out.problem().notification().data().size());
    }

    @Test
    @DisplayName(
            "ERROR-HANDLING §1(4): a failure of the decoder itself is a result too: 3/0, or withdrawals once prefixes are read")
    void failureIsAResult() {
        byte[] message = UpdateBytes.sound().bytes();
        codec.decoder.decode(
                message, 0, message.length + 10, CodecFixture.external().build(), codec.out);
        assertEquals(DecodeCondition.DECODER_FAULT, codec.out.problem().condition());
        assertEquals(
                "3/0 UPDATE Message Error, Unspecific",
                codec.out.problem().notification().toString());
        assertNotNull(codec.out.fault());
        assertEquals(0, codec.out.announced(CodecFixture.IPV4).size());
        codec.decode(message, CodecFixture.external().build());
        assertNull(codec.out.fault());
        assertEquals(ErrorAction.NONE, codec.out.action());
    }
}
