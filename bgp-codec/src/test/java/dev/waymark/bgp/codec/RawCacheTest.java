package dev.waymark.bgp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.route.AsPath;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered about blocks that are not canonical: bounded, forgotten with what it meant, and never wrong. */
class RawCacheTest {

    private static final long SMALL = 20_000;
    private static final CodecOptions NARROW =
            CodecFixture.external().fourOctetAs(false, true).build();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32})
    @DisplayName("a cache that is too small changes nothing but the speed, and stays within its bound")
    void boundedAndRight(long seed) {
        AttributeTable table = new AttributeTable(CodecFixture.OWN_AS, seed, SMALL);
        UpdateDecoder decoder = new UpdateDecoder(table);
        DecodedUpdate out = new DecodedUpdate();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            int number = 1 + random.nextInt(1000);
            byte[] message = message(number);
            decoder.decode(message, 0, message.length, NARROW, out);
            int id = out.attributes(CodecFixture.IPV4);
            assertEquals(AsPath.parse("65001 " + number), table.view(id).asPath());
            assertEquals(number % 2, out.discardedAttributes());
            if (random.nextInt(200) == 0) {
                table.sweep();
                assertEquals(0, table.rawCache().size(), "forgotten with the sets they meant");
            }
        }
        assertTrue(table.rawCache().size() > 50);
        assertTrue(
                table.rawCache().size() <= SMALL / 80,
                "entries: " + table.rawCache().size());
    }

    @Test
    @DisplayName("a block that was remembered under a freed id is validated anew")
    void forgetsFreedIds() {
        CodecFixture codec = new CodecFixture();
        for (int round = 0; round < 3; round++) {
            for (int number = 1; number < 300; number++) {
                codec.decode(message(number), NARROW);
            }
            assertEquals(299, codec.table.rawCache().size());
            codec.table.sweep();
            assertEquals(0, codec.table.rawCache().size());
            assertEquals(0, codec.table.size());
        }
    }

    /** Every odd one has an AGGREGATOR that is dropped. */
    private static byte[] message(int number) {
        UpdateBytes message = new UpdateBytes()
                .origin()
                .attribute(0x40, 2, String.format("0202fde9%04x", number))
                .nextHop()
                .nlri("10.0.0.0/8");
        return (number % 2 == 1 ? message.attribute(0xc0, 7, "0000c0000201") : message).bytes();
    }
}
