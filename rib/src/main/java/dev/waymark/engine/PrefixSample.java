package dev.waymark.engine;

import dev.waymark.api.TwinFinding;
import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;

/** Counts prefixes and keeps the first few. For one thread. */
final class PrefixSample {
    private final List<IpPrefix> sample = new ArrayList<>();
    private long count;

    void add(IpPrefix prefix) {
        count++;
        if (sample.size() < TwinFinding.Prefixes.SAMPLE) {
            sample.add(prefix);
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    TwinFinding.Prefixes prefixes() {
        return new TwinFinding.Prefixes(count, sample);
    }
}
