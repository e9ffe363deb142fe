package dev.waymark.rib;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;

/** Reference counts that a test can compare; a count below zero fails at once. */
final class CountingRefs implements AttributeRefs {
    private final Map<Integer, Integer> counts = new HashMap<>();

    @Override
    public void retain(int attributes) {
        assertTrue(attributes > 0, "id " + attributes);
        counts.merge(attributes, 1, Integer::sum);
    }

    @Override
    public void release(int attributes) {
        assertTrue(counts.getOrDefault(attributes, 0) > 0, "released without a reference: " + attributes);
        counts.merge(attributes, -1, Integer::sum);
    }

    /** Returns the counts above zero. */
    Map<Integer, Integer> held() {
        Map<Integer, Integer> held = new HashMap<>(counts);
        held.values().removeIf(count -> count == 0);
        return held;
    }
}
