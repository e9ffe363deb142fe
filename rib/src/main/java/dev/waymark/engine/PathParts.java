package dev.waymark.engine;

import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which paths an update group with ADD-PATH is sent as parts of aggregates instead of by themselves (ARS-62): any number of a row's.
 * Beside {@link GroupAggregates}, which is told of each by a number. Confined to the engine loop.
 */
final class PathParts {
    private final Map<Integer, List<Part>> byRow = new HashMap<>(); // looked up only, never walked
    private final IntList free = new IntList();
    private int numbers;

    /** What a path brings into an aggregate. */
    record Wanted(IpPrefix aggregate, int attributes, int source) {}

    private record Part(int number, int row, long kind) {}

    /** Sets which parts a row's paths are, in place of those they were. */
    void put(FamilyRib rib, UpdateGroup group, int row, List<Wanted> wanted) {
        List<Part> before = byRow.getOrDefault(row, List.of());
        if (before.isEmpty() && wanted.isEmpty()) {
            return;
        }
        GroupAggregates aggregates = group.aggregatesToAdd();
        List<Part> after = new ArrayList<>();
        for (Wanted part : wanted) {
            int number = take();
            long kind = GroupAggregates.kind(part.attributes(), part.source());
            after.add(new Part(number, aggregates.put(rib, number, part.aggregate(), kind), kind));
        }
        replace(aggregates, row, before, after);
    }

    /** Makes a row's paths no parts of anything. */
    void remove(UpdateGroup group, int row) {
        GroupAggregates aggregates = group.aggregates();
        if (aggregates != null) {
            replace(aggregates, row, byRow.getOrDefault(row, List.of()), List.of());
        }
    }

    private void replace(GroupAggregates aggregates, int row, List<Part> before, List<Part> after) {
        for (Part part : before) {
            aggregates.drop(part.number());
            free.add(part.number());
        }
        if (after.isEmpty()) {
            byRow.remove(row);
        } else {
            byRow.put(row, after);
        }
    }

    /** Takes over the parts of another group, as they are now; this one must be empty. */
    void copy(PathParts from, GroupAggregates aggregates, int rowLimit) {
        for (int row = 0; row < rowLimit; row++) {
            List<Part> copies = new ArrayList<>();
            for (Part part : from.byRow.getOrDefault(row, List.of())) {
                int number = take();
                aggregates.put(number, part.row(), part.kind());
                copies.add(new Part(number, part.row(), part.kind()));
            }
            if (!copies.isEmpty()) {
                byRow.put(row, copies);
            }
        }
    }

    /** Returns the row of the first aggregate that a row has a part of for a member, or -1, and what it brings: see {@link #kindOf}. */
    int aggregateOf(int row, int slot) {
        for (Part part : byRow.getOrDefault(row, List.of())) {
            if (GroupAggregates.source(part.kind()) != slot) {
                return part.row();
            }
        }
        return -1;
    }

    /** Returns what the first part brings; meaningless if there is none. */
    long kindOf(int row, int slot) {
        for (Part part : byRow.getOrDefault(row, List.of())) {
            if (GroupAggregates.source(part.kind()) != slot) {
                return part.kind();
            }
        }
        return 0;
    }

    private int take() {
        if (free.isEmpty()) {
            return numbers++;
        }
        int number = free.get(free.size() - 1);
        free.swapRemove(free.size() - 1);
        return number;
    }
}
