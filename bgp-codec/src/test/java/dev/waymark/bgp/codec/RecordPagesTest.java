package dev.waymark.bgp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordPagesTest {

    private static final int PAGE_OCTETS = 512 * (4 * RecordPages.STRIDE + 4);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {51, 52, 53})
    @DisplayName("records keep what they were given through any mixture of taking and giving back")
    void behavesLikeAMap(long seed) {
        RecordPages records = new RecordPages();
        Random random = new Random(seed);
        Map<Integer, byte[]> expected = new HashMap<>();
        int[] numbers = new int[20_000];
        int count = 0;
        for (int i = 0; i < 17_000; i++) { // ends while there are more than a thousand
            boolean isGrowing = i / 5_000 % 2 == 0;
            if (count == 0 || random.nextInt(10) < (isGrowing ? 7 : 3)) {
                byte[] content = {1};
                int number = records.allocate(content);
                for (int field = 0; field < RecordPages.STRIDE; field++) {
                    assertEquals(0, records.get(number, field), "a new record is empty");
                    records.set(number, field, number + field);
                }
                assertFalse(expected.containsKey(number), "number given out twice");
                expected.put(number, content);
                numbers[count++] = number;
            } else {
                int index = random.nextInt(count);
                int number = numbers[index];
                numbers[index] = numbers[--count];
                expected.remove(number);
                records.free(number);
                assertFalse(records.isUsed(number));
            }
        }
        assertTrue(count > 500, "records left: " + count);
        assertEquals(count, records.size());
        expected.forEach((number, content) -> {
            assertTrue(number > 0 && number < records.limit() && records.isUsed(number));
            assertSame(content, records.octets(number));
            for (int field = 0; field < RecordPages.STRIDE; field++) {
                assertEquals(number + field, records.get(number, field));
                assertEquals(number + field, records.page(number)[RecordPages.placeInPage(number) + field]);
            }
        });
    }

    @Test
    @DisplayName("the first page is an eighth of a page until that is full, and counts as what it is")
    void theFirstPageGrows() {
        RecordPages records = new RecordPages();
        assertEquals(0, records.pageOctets());
        int[] sizes = {63, 255, 511, 1023};
        long[] octets = {PAGE_OCTETS / 8, PAGE_OCTETS / 2, PAGE_OCTETS, 2 * PAGE_OCTETS};
        for (int i = 0; i < sizes.length; i++) {
            while (records.size() < sizes[i]) {
                assertEquals(records.size() + 1, records.allocate(new byte[1]));
            }
            assertEquals(octets[i], records.pageOctets(), sizes[i] + " records");
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {61, 62})
    @DisplayName("a stack gives back what was put on it, last first, over the growth of its first page and more pages")
    void stackKeepsOrder(long seed) {
        IntStack stack = new IntStack();
        Deque<Integer> expected = new ArrayDeque<>();
        Random random = new Random(seed);
        for (int i = 0; i < 60_000; i++) {
            boolean isGrowing = i / 20_000 % 2 == 0;
            if (expected.isEmpty() || random.nextInt(10) < (isGrowing ? 8 : 2)) {
                stack.push(i);
                expected.push(i);
            } else {
                assertEquals(expected.pop(), stack.pop());
            }
            assertEquals(expected.size(), stack.size());
        }
    }
}
