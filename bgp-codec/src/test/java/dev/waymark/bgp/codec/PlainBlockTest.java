package dev.waymark.bgp.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** There are two ways over the attributes, and they must not disagree. */
class PlainBlockTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {81, 82, 83})
    @DisplayName("what the quick way takes, the careful way takes for the same, with nothing to report")
    void agreesWithTheCarefulWay(long seed) {
        Random random = new Random(seed);
        List<byte[]> corpus = WireVector.all().stream()
                .map(WireVector::bytes)
                .filter(message -> message[18] == 2)
                .toList();
        List<AttributeRules> rules = List.of(
                CodecFixture.external().build().rules(),
                CodecFixture.internal().fourOctetAs(true, false).build().rules(),
                CodecFixture.external().fourOctetAs(false, false).build().rules());
        PlainBlock plain = new PlainBlock();
        AttributeWalk walk = new AttributeWalk();
        int plains = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] message = MutationTest.mutate(corpus.get(random.nextInt(corpus.size())), random);
            int from = message.length < 23 ? message.length : 23 + Wire.u16(message, 19);
            if (from > message.length) {
                continue;
            }
            int to = Math.min(message.length, from + Wire.u16(message, from - 2));
            AttributeRules rule = rules.get(random.nextInt(rules.size()));
            if (!plain.read(message, from, to, rule)) {
                continue;
            }
            plains++;
            DecodedUpdate out = new DecodedUpdate();
            walk.walk(message, 0, from, to, rule, out);
            assertEquals(DecodeCondition.NONE, out.problem().condition());
            assertEquals(0, out.discardedAttributes());
            byte[] expected = new byte[walk.spans().canonicalLength()];
            walk.spans().write(message, 0, expected, 0);
            byte[] block = plain.octets(message);
            assertArrayEquals(expected, Arrays.copyOfRange(block, plain.from(), plain.from() + plain.length()));
            assertEquals(walk.mpReachAt(), plain.mpReachAt());
            assertEquals(walk.mpUnreachAt(), plain.mpUnreachAt());
            assertEquals(walk.spans().indexOf(AttributeType.NEXT_HOP) >= 0, plain.hasNextHop());
            int last = -1;
            for (int index = 0; index < walk.spans().size(); index++) {
                assertTrue(walk.spans().type(index) > last);
                last = walk.spans().type(index);
            }
        }
        assertTrue(plains > 5000, "plain ones: " + plains);
    }
}
