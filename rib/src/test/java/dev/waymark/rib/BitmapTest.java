package dev.waymark.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitmapTest {
    @ParameterizedTest(name = "behaves as a BitSet, seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void behavesAsBitSet(long seed) {
        Random random = new Random(seed);
        Bitmap bitmap = new Bitmap();
        BitSet model = new BitSet();
        int bound = seed % 2 == 0 ? 1_000_000 : 500;
        for (int step = 0; step < 50_000; step++) {
            int row = random.nextInt(bound);
            if (random.nextInt(3) > 0) {
                assertEquals(!model.get(row), bitmap.set(row));
                model.set(row);
            } else {
                assertEquals(model.get(row), bitmap.clear(row));
                model.clear(row);
            }
            int from = random.nextInt(bound + 100);
            assertEquals(model.nextSetBit(from), bitmap.nextSet(from));
            assertEquals(model.get(from), bitmap.get(from));
            assertEquals(model.cardinality() == 0, bitmap.isEmpty());
        }
        assertEquals(model.cardinality(), bitmap.count());
    }

    @Test
    void clearedBitsFreeTheirPages() {
        Bitmap bitmap = new Bitmap();
        for (int row = 0; row < 2_000_000; row++) {
            bitmap.set(row);
        }
        assertTrue(bitmap.octets() >= 250_000);
        for (int row = 0; row < 2_000_000; row++) {
            bitmap.clear(row);
        }
        assertTrue(bitmap.octets() < 17_000, "octets " + bitmap.octets());
        bitmap.set(77);
        bitmap.clearAll();
        assertEquals(0, bitmap.octets());
        assertEquals(-1, bitmap.nextSet(0));
        assertFalse(bitmap.get(77));
    }
}
