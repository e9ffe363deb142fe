package dev.waymark.bgp.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.Asn;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Most blocks are accepted without being walked first. What the careful way would have said of them must not differ. */
class UnreadBlockTest {

    private static final int ROUNDS = 60_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {91, 92, 93})
    @DisplayName(
            "a block that is accepted in one pass is canonical, accepted by the careful way, and summed up the same")
    void onePassAgreesWithTheCarefulWay(long seed) {
        Random random = new Random(seed);
        List<byte[]> corpus = WireVector.all().stream()
                .map(WireVector::bytes)
                .filter(message -> message[18] == 2)
                .toList();
        List<CodecOptions> options = List.of(
                CodecFixture.external().build(),
                CodecFixture.internal().fourOctetAs(true, false).build(),
                CodecFixture.external().fourOctetAs(false, false).build());
        AttributeValidator quick = new AttributeValidator(65_000, seed);
        AttributeValidator careful = new AttributeValidator(65_000, seed);
        AttributeWalk walk = new AttributeWalk();
        BlockHash hashing = new BlockHash(seed);
        int accepted = 0;
        int longPaths = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] message = MutationTest.mutate(corpus.get(random.nextInt(corpus.size())), random);
            int from = message.length < 23 ? message.length : 23 + Wire.u16(message, 19);
            if (from > message.length) {
                continue;
            }
            byte[] block = block(message, from, random);
            CodecOptions option = options.get(random.nextInt(options.size()));
            boolean hasLongPath = AttributeKey.hasLongPath(block, 0, block.length);
            if (!quick.acceptsCanonical(block, 0, block.length, hasLongPath, option)) {
                continue;
            }
            accepted++;
            DecodedUpdate out = new DecodedUpdate();
            walk.walk(block, 0, 0, block.length, option.rules(), out);
            AttributeSpans spans = walk.spans();
            assertEquals(DecodeCondition.NONE, out.problem().condition());
            assertEquals(0, out.discardedAttributes());
            assertEquals(-1, walk.mpReachAt());
            assertEquals(-1, walk.mpUnreachAt());
            assertEquals(DecodeCondition.NONE, careful.validate(block, 0, spans, option.decodeClass()));
            assertFalse(careful.isRewritten());
            assertTrue(spans.indexOf(AttributeType.NEXT_HOP) >= 0);
            assertEquals(text(careful.summary()), text(quick.summary()));
            byte[] canonical = new byte[spans.canonicalLength()];
            spans.write(block, 0, canonical, 0);
            AttributeKey key = new AttributeKey();
            longPaths += hasLongPath ? 1 : 0;
            long head = AttributeKey.head(block, 0, hasLongPath);
            int rest = AttributeKey.restOf(0, hasLongPath);
            int left = block.length - rest;
            key.setHashed(AttributeKey.hash(hashing, head, block, rest, left), head, block, rest, left);
            assertTrue(left < 8 || AttributeKey.isEqual(canonical, head, block, rest, left));
            AttributeKey expected = new AttributeKey();
            expected.set(hashing, canonical, 0, canonical.length, canonical, 0, 0);
            assertEquals(expected.hash(), key.hash());
            assertTrue(key.isEqualTo(canonical));
            assertArrayEquals(canonical, key.toOctets());
        }
        assertTrue(accepted > 2000, "accepted: " + accepted);
        assertTrue(longPaths > 500, "with a long path: " + longPaths);
    }

    /** Takes the attributes out of a message; every other time with an AS_PATH as Quagga writes it. */
    private static byte[] block(byte[] message, int from, Random random) {
        byte[] block = Arrays.copyOfRange(message, from, Math.min(message.length, from + Wire.u16(message, from - 2)));
        boolean isShortPath = block.length > 7 && block[4] == 0x40 && block[5] == AttributeType.AS_PATH;
        if (!isShortPath || random.nextBoolean()) {
            return block;
        }
        byte[] longer = new byte[block.length + 1];
        System.arraycopy(block, 0, longer, 0, 6);
        System.arraycopy(block, 6, longer, 7, block.length - 6);
        longer[4] |= (byte) AttributeType.FLAG_EXTENDED;
        return longer;
    }

    @Test
    @DisplayName("a key of any length is equal to its octets, and to none with one octet changed")
    void keysTellOctetsApart() {
        BlockHash hashing = new BlockHash(7);
        Random random = new Random(7);
        for (int length = 0; length < 150; length++) {
            byte[] octets = new byte[length + 6];
            random.nextBytes(octets);
            AttributeKey key = new AttributeKey();
            key.set(hashing, octets, 3, length, octets, 0, 0);
            byte[] same = Arrays.copyOfRange(octets, 3, 3 + length);
            assertTrue(key.isEqualTo(same));
            assertArrayEquals(same, key.toOctets());
            assertTrue(length < 16 || isEqualBehindHead(same, octets, 3, length));
            assertFalse(isEqualBehindHead(Arrays.copyOf(same, length + 1), octets, 3, length));
            for (int i = 0; i < length; i++) {
                byte[] other = same.clone();
                other[i] ^= 0x20;
                assertFalse(key.isEqualTo(other), "octet " + i + " of " + length);
                assertFalse(isEqualBehindHead(other, octets, 3, length), "octet " + i + " of " + length);
                AttributeKey otherKey = new AttributeKey();
                otherKey.set(hashing, other, 0, length, other, 0, 0);
                assertNotEquals(key.hash(), otherKey.hash(), "octet " + i + " of " + length);
            }
            assertFalse(key.isEqualTo(Arrays.copyOf(same, length + 1)));
        }
    }

    /** Compares as the quick way does, which only takes blocks with eight octets or more behind the head. */
    private static boolean isEqualBehindHead(byte[] stored, byte[] octets, int offset, int length) {
        return length >= 16
                && AttributeKey.isEqual(
                        stored, AttributeKey.head(octets, offset, false), octets, offset + 8, length - 8);
    }

    @Test
    @DisplayName(
            "a block that came once with each kind of AS_PATH header is one set, and costs the peer checks each time")
    void longPathsAreTheSameSet() {
        CodecFixture codec = new CodecFixture();
        String rest = "0a 02 02 0000fde9 0000fdea 400304 0a000001";
        CodecOptions.Builder options = CodecFixture.external().peerAsn(Asn.of(65001));
        int first = attributes(codec, "40010100 4002 " + rest, options);
        assertNotEquals(0, first);
        assertEquals(first, attributes(codec, "40010100 500200 " + rest, options));
        assertEquals(first, attributes(codec, "40010100 4002 " + rest, options));
        assertEquals(1, codec.table.size());
        CodecOptions.Builder others = CodecFixture.external().peerAsn(Asn.of(65099));
        assertEquals(0, attributes(codec, "40010100 500200 " + rest, others));
        assertEquals(DecodeCondition.AS_PATH_FIRST_AS, codec.out.problem().condition());
        assertEquals(AttributeType.AS_PATH, codec.out.problem().attributeType());
    }

    private static int attributes(CodecFixture codec, String hex, CodecOptions.Builder options) {
        DecodedUpdate out = codec.decode(new UpdateBytes().octets(hex).nlri("203.0.113.0/24"), options);
        return out.attributes(CodecFixture.IPV4);
    }

    private static String text(AttributeSummary summary) {
        return summary.flags + " " + summary.origin + " " + summary.asPathLength + " " + summary.firstAs + " "
                + summary.med + " " + summary.nextHop + " " + summary.communities;
    }
}
