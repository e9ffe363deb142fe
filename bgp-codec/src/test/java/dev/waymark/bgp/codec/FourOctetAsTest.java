package dev.waymark.bgp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.waymark.api.route.AsPath;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AS numbers on sessions of two octets (RFC 6793 §4.2): what is put together on the way in and taken apart on the way out. */
class FourOctetAsTest {

    private static final CodecOptions.Builder NARROW =
            CodecFixture.internal().fourOctetAs(true, false).allowAsSet(true);
    private static final CodecOptions.Builder AZURE = CodecFixture.external().fourOctetAs(false, false);
    private static final EncodeOptions TO_NARROW =
            EncodeOptions.builder().fourOctetAs(true, false).build();
    private static final EncodeOptions TO_WIDE = EncodeOptions.builder().build();
    private static final EncodeOptions FROM_AZURE =
            EncodeOptions.builder().fourOctetAs(false, true).build();

    private final CodecFixture codec = new CodecFixture();

    @ParameterizedTest(name = "{0} + {1} = {2}")
    @MethodSource
    @DisplayName("RFC 6793 §4.2.3: AS_PATH and AS4_PATH together")
    void reconstruction(String narrowPath, String as4Path, String expected) {
        byte[] as4 = AsPath.parse(as4Path).toOctets();
        UpdateBytes message = new UpdateBytes()
                .attribute(0xc0, 17, as4) // the order does not matter
                .origin()
                .nextHop()
                .attribute(0x40, 2, narrow(narrowPath))
                .nlri("10.0.0.0/8");
        for (int sight = 1; sight <= 2; sight++) {
            DecodedUpdate out = codec.decode(message, NARROW);
            int id = out.attributes(CodecFixture.IPV4);
            assertEquals(expected, codec.table.view(id).asPath().toString(), out.toString());
            assertEquals(AsPath.parse(expected).length(), codec.table.asPathLength(id));
            assertEquals(0, out.discardedAttributes());
        }
    }

    @Test
    @DisplayName("RFC 6793 §6: confederation segments of AS4_PATH are left out, the rest is used; no AS number is lost")
    void stripsConfederationSegments() {
        reconstruction("1 23456 3", "(64999 64998) 70000 3", "1 70000 3");
        reconstruction("1 23456", "[64999] 70000", "1 70000");
    }

    static Stream<Arguments> reconstruction() {
        return Stream.of(
                arguments("23456", "70000", "70000"),
                arguments("100 23456 200", "70000 200", "100 70000 200"),
                arguments("100 200 23456", "100 200 70000", "100 200 70000"),
                arguments("100 300", "70000 70001 70002", "100 300"),
                arguments("1 2 3 23456 {4,5}", "70000 {4,70001}", "1 2 3 70000 {4,70001}"),
                arguments("1 {2,3} 23456", "70000", "1 {2,3} 70000"),
                arguments("1 {2,3} 23456", "{2,3} 70000", "1 {2,3} 70000"),
                arguments("(64512 64513) 23456", "70000", "(64512 64513) 70000"),
                arguments("1 (64512) 23456", "70000", "1 (64512) 70000"),
                arguments("(64512) 1 23456", "(64999) 70000", "(64512) 1 70000"),
                arguments("1 23456", "(64999) 70000", "1 70000"));
    }

    @Test
    @DisplayName("RFC 6793 §4.2.3: with both aggregators, AS_TRANS in the old one means that the new one counts")
    void aggregator() {
        UpdateBytes both = withAggregators("5ba0c0000209", "00011170c0000209");
        int id = codec.decode(both, NARROW).attributes(CodecFixture.IPV4);
        assertEquals(
                "70000 192.0.2.9",
                codec.table.view(id).aggregator().orElseThrow().toString());
        assertEquals("70000", codec.table.view(id).asPath().toString());
        UpdateBytes stale = withAggregators("fde9c0000209", "00011170c0000209");
        id = codec.decode(stale, NARROW).attributes(CodecFixture.IPV4);
        assertEquals(
                "65001 192.0.2.9",
                codec.table.view(id).aggregator().orElseThrow().toString());
        assertEquals("23456", codec.table.view(id).asPath().toString(), "AS4_PATH is stale too");
    }

    @Test
    @DisplayName("RFC 6793 §4.2.3: an old aggregator alone does not make AS4_PATH stale")
    void lonelyAggregator() {
        UpdateBytes message = new UpdateBytes()
                .origin()
                .attribute(0x40, 2, "02015ba0")
                .nextHop()
                .attribute(0xc0, 7, "fde9c0000209")
                .attribute(0xc0, 17, "020100011170")
                .nlri("10.0.0.0/8");
        int id = codec.decode(message, NARROW).attributes(CodecFixture.IPV4);
        assertEquals("70000", codec.table.view(id).asPath().toString());
        assertEquals(
                "65001 192.0.2.9",
                codec.table.view(id).aggregator().orElseThrow().toString());
    }

    @Test
    @DisplayName("RFC 9774 §3: an AS_SET in an AS4_PATH that would be used")
    void setInAs4Path() {
        UpdateBytes message = new UpdateBytes()
                .origin()
                .attribute(0x40, 2, "0202fde95ba0")
                .nextHop()
                .attribute(0xc0, 17, "010100011170")
                .nlri("10.0.0.0/8");
        CodecOptions.Builder strict = CodecFixture.external().fourOctetAs(true, false);
        assertEquals(
                DecodeCondition.AS_PATH_SET,
                codec.decode(message, strict).problem().condition());
    }

    @Test
    @DisplayName("RFC 7606 §7.2: the first AS and our own are looked for in the path that results")
    void checksRunOnTheResult() {
        UpdateBytes message = new UpdateBytes()
                .origin()
                .attribute(0x40, 2, "02025ba0ffeb")
                .nextHop()
                .attribute(0xc0, 17, "0202 00011170 0000ffeb")
                .nlri("10.0.0.0/8");
        CodecOptions.Builder peer70000 =
                CodecFixture.external().fourOctetAs(true, false).peerAsn(dev.waymark.api.net.Asn.of(70000));
        int id = codec.decode(message, peer70000).attributes(CodecFixture.IPV4);
        assertEquals(70000, codec.table.firstAs(id));
        assertEquals(AttributeFlags.OWN_AS_IN_PATH, codec.table.flags(id) & AttributeFlags.OWN_AS_IN_PATH);
        CodecOptions.Builder peer23456 =
                CodecFixture.external().fourOctetAs(true, false).peerAsn(dev.waymark.api.net.Asn.AS_TRANS);
        assertEquals(
                DecodeCondition.AS_PATH_FIRST_AS,
                codec.decode(message, peer23456).problem().condition());
    }

    @Test
    @DisplayName(
            "RFC 6793 §4.2.2: to a two-octet peer, AS_TRANS with AS4_PATH and AS4_AGGREGATOR; nothing more if all fits")
    void narrowing() {
        codec.decode(new UpdateBytes()
                .origin()
                .asPath("65001 70000")
                .nextHop()
                .attribute(0xc0, 7, "00011170c0000209")
                .attribute(0xc0, 8, "00000001")
                .attribute(0xc0, 32, "00".repeat(12))
                .nlri("10.0.0.0/8"));
        assertEquals(
                "400101004002060202fde95ba0400304c0000201c007065ba0c0000209c00804" + "00000001"
                        + "c0110a02020000fde900011170c0120800011170c0000209c0200c" + "00".repeat(12),
                attributes(codec.encode(TO_NARROW)));
        codec.decode(UpdateBytes.sound().attribute(0xc0, 7, "0000fde9c0000209"));
        assertEquals("400101004002040201fde9400304c0000201c00706fde9c0000209", attributes(codec.encode(TO_NARROW)));
        codec.decode(new UpdateBytes().origin().asPath("65001 70000").nextHop().nlri("10.0.0.0/8"));
        assertEquals("400101004002060202fde95ba0400304c0000201", attributes(codec.encode(FROM_AZURE)));
    }

    @Test
    @DisplayName(
            "RFC 6793 §6: large numbers in confederation segments alone make no AS4_PATH, which could not be empty")
    void noEmptyAs4Path() {
        codec.decode(
                new UpdateBytes()
                        .origin()
                        .attribute(0x40, 2, AsPath.parse("(70000)").toOctets())
                        .nextHop()
                        .nlri("10.0.0.0/8"),
                CodecFixture.internal());
        byte[] message = codec.encode(TO_NARROW);
        codec.decode(message, NARROW.build());
        assertEquals(ErrorAction.NONE, codec.out.action(), codec.out.toString());
        String path = codec.table
                .view(codec.out.attributes(CodecFixture.IPV4))
                .asPath()
                .toString();
        assertEquals("(23456)", path);
    }

    @Test
    @DisplayName("ARS-13: without the capability on our side 17 and 18 are opaque and AS_TRANS stays in the path")
    void opaqueInAzure() {
        UpdateBytes message = new UpdateBytes()
                .origin()
                .attribute(0x40, 2, "0202fde95ba0")
                .nextHop()
                .attribute(0xc0, 17, "0201 00011170")
                .attribute(0xc0, 18, "77")
                .nlri("10.0.0.0/8");
        int id = codec.decode(message, AZURE).attributes(CodecFixture.IPV4);
        assertEquals(
                "IGP, path [65001 23456], next hop 192.0.2.1, 17/e0:020100011170, 18/e0:77",
                codec.table.view(id).toString());
        assertEquals(
                "400101004002060202fde95ba0400304c0000201e01106020100011170e0120177",
                attributes(codec.encode(FROM_AZURE)));
        assertEquals(
                "4001010040020a02020000fde900005ba0400304c0000201",
                attributes(codec.encode(TO_WIDE)),
                "RFC 6793 §4.1: never to one that knows four octets");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    @DisplayName("RFC 6793 §4.2: what a two-octet peer prepends to and sends back means the same path with the prefix")
    void pathsSurviveNarrowing(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            String path = randomPath(random);
            UpdateBytes message =
                    new UpdateBytes().origin().asPath(path).nextHop().nlri("10.0.0.0/8");
            codec.decode(message, CodecFixture.internal().allowAsSet(true));
            int id = codec.out.attributes(CodecFixture.IPV4);
            byte[] narrow = codec.encode(TO_NARROW);
            assertEquals(id, codec.decode(narrow, NARROW.build()).attributes(CodecFixture.IPV4), path);
            codec.table.sweep();
        }
    }

    private static String randomPath(Random random) {
        StringBuilder path = new StringBuilder();
        int hops = 1 + random.nextInt(300);
        for (int i = 0; i < hops; i++) {
            path.append(' ').append(random.nextBoolean() ? 1 + random.nextInt(65535) : 65536 + random.nextInt(1000));
            if (random.nextInt(60) == 0) {
                path.append(" {7,70007}");
            }
        }
        return path.substring(1);
    }

    private static UpdateBytes withAggregators(String old, String as4) {
        return new UpdateBytes()
                .origin()
                .attribute(0x40, 2, "02015ba0")
                .nextHop()
                .attribute(0xc0, 7, old)
                .attribute(0xc0, 17, "020100011170")
                .attribute(0xc0, 18, as4)
                .nlri("10.0.0.0/8");
    }

    /** Returns a path with two octets for each AS, which all fit. */
    private static byte[] narrow(String text) {
        byte[] wide = AsPath.parse(text).toOctets();
        ByteArrayOutputStream narrow = new ByteArrayOutputStream();
        for (int at = 0; at < wide.length; ) {
            int count = wide[at + 1] & 0xff;
            narrow.write(wide, at, 2);
            at += 2;
            for (int i = 0; i < count; i++, at += 4) {
                narrow.write(wide, at + 2, 2);
            }
        }
        return narrow.toByteArray();
    }

    private static String attributes(byte[] update) {
        return HexFormat.of().formatHex(update, 23, 23 + Wire.u16(update, 21));
    }
}
