package dev.waymark.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTest {
    private static final int PAGE_OCTETS = 16 * 1024;

    /** One interface over the four column types, for the tests that hold for all of them. */
    private interface Column {
        long get(int index);

        void set(int index, long value);

        long octets();
    }

    @ParameterizedTest(name = "ints behave as a map with a default, seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void intsBehaveAsMap(long seed) {
        for (int absent : new int[] {0, -1, 7}) {
            IntColumn column = new IntColumn(absent);
            behavesAsMap(column(column), absent, seed);
        }
    }

    @ParameterizedTest(name = "shorts behave as a map with a default, seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shortsBehaveAsMap(long seed) {
        for (short absent : new short[] {0, -1, 7}) {
            behavesAsMap(column(new ShortColumn(absent)), absent, seed);
        }
    }

    @ParameterizedTest(name = "bytes behave as a map with a default, seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void bytesBehaveAsMap(long seed) {
        for (byte absent : new byte[] {0, -1, 7}) {
            behavesAsMap(column(new ByteColumn(absent)), absent, seed);
        }
    }

    @ParameterizedTest(name = "longs behave as a map with a default, seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void longsBehaveAsMap(long seed) {
        for (long absent : new long[] {0, -1, 7}) {
            behavesAsMap(column(new LongColumn(absent)), absent, seed);
        }
    }

    @Test
    void rareValuesHoldOnePageEach() {
        IntColumn column = new IntColumn(0);
        column.set(10_000_000, 5);
        assertEquals(5, column.get(10_000_000));
        assertTrue(column.octets() < 3 * PAGE_OCTETS, "octets " + column.octets());
    }

    @Test
    void smallColumnsAreSmall() {
        IntColumn column = new IntColumn(0);
        column.set(0, 1);
        assertTrue(column.octets() <= 64 * 4 + 8, "octets " + column.octets());
    }

    @Test
    void pagesOfDefaultsAreGivenBack() {
        IntColumn column = new IntColumn(-1);
        for (int i = 0; i < 1_000_000; i++) {
            column.set(i, i);
        }
        assertTrue(column.octets() > 4_000_000);
        for (int i = 0; i < 1_000_000; i++) {
            column.set(i, -1);
        }
        assertTrue(column.octets() <= PAGE_OCTETS + 8 * 400, "octets " + column.octets());
    }

    @Test
    void negativeIndexIsRefused() {
        IntColumn column = new IntColumn(0);
        assertThrows(IndexOutOfBoundsException.class, () -> column.set(-1, 5));
    }

    private static void behavesAsMap(Column column, long absent, long seed) {
        Random random = new Random(seed);
        Map<Integer, Long> model = new HashMap<>();
        int bound = random.nextBoolean() ? 100_000 : 3_000;
        for (int step = 0; step < 100_000; step++) {
            // Runs of one kind, so that pages empty and fill.
            int index = random.nextInt(bound);
            long value = (step / 20_000) % 2 == 0 ? random.nextInt(100) : absent;
            column.set(index, value);
            model.put(index, value);
            int other = random.nextInt(bound + 10);
            assertEquals(model.getOrDefault(other, absent), column.get(other));
        }
        for (int index = 0; index < bound + 10; index++) {
            assertEquals(model.getOrDefault(index, absent), column.get(index));
            column.set(index, absent);
        }
        assertTrue(column.octets() <= PAGE_OCTETS + 8 * 120, "octets " + column.octets());
    }

    private static Column column(IntColumn ints) {
        return new Column() {
            @Override
            public long get(int index) {
                return ints.get(index);
            }

            @Override
            public void set(int index, long value) {
                ints.set(index, (int) value);
            }

            @Override
            public long octets() {
                return ints.octets();
            }
        };
    }

    private static Column column(ShortColumn shorts) {
        return new Column() {
            @Override
            public long get(int index) {
                return shorts.get(index);
            }

            @Override
            public void set(int index, long value) {
                shorts.set(index, (short) value);
            }

            @Override
            public long octets() {
                return shorts.octets();
            }
        };
    }

    private static Column column(ByteColumn bytes) {
        return new Column() {
            @Override
            public long get(int index) {
                return bytes.get(index);
            }

            @Override
            public void set(int index, long value) {
                bytes.set(index, (byte) value);
            }

            @Override
            public long octets() {
                return bytes.octets();
            }
        };
    }

    private static Column column(LongColumn longs) {
        return new Column() {
            @Override
            public long get(int index) {
                return longs.get(index);
            }

            @Override
            public void set(int index, long value) {
                longs.set(index, value);
            }

            @Override
            public long octets() {
                return longs.octets();
            }
        };
    }
}
