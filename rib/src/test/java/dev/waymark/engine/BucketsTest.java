package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketsTest {
    private final Buckets buckets = new Buckets();
    private final Map<Integer, Map<Integer, List<Integer>>> model = new LinkedHashMap<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    @DisplayName(
            "Sources, attributes and items come back in the order they were first seen, round after round, many or few")
    void ordered(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            buckets.clear();
            model.clear();
            int items = 1 << random.nextInt(13);
            int sources = 1 + random.nextInt(100);
            int attributes = 1 + random.nextInt(items);
            for (int item = 0; item < items; item++) {
                add(random.nextInt(sources), random.nextInt(attributes), item);
            }
            assertEquals(model.toString(), shown(), "round " + round);
        }
    }

    private void add(int source, int attribute, int item) {
        buckets.add(source, attribute, item);
        model.computeIfAbsent(source, none -> new LinkedHashMap<>())
                .computeIfAbsent(attribute, none -> new ArrayList<>())
                .add(item);
    }

    private String shown() {
        Map<Integer, Map<Integer, List<Integer>>> shown = new LinkedHashMap<>();
        for (int s = 0; s < buckets.sourceCount(); s++) {
            int source = buckets.source(s);
            Map<Integer, List<Integer>> ofSource = new LinkedHashMap<>();
            for (int bucket = buckets.firstBucket(source); bucket >= 0; bucket = buckets.nextBucket(bucket)) {
                List<Integer> items = new ArrayList<>();
                for (int place = buckets.firstPlace(bucket); place >= 0; place = buckets.nextPlace(place)) {
                    items.add(buckets.item(place));
                }
                ofSource.put(buckets.attribute(bucket), items);
            }
            shown.put(source, ofSource);
        }
        return shown.toString();
    }
}
