package dev.waymark.engine;

import java.util.List;

/** Has every row decided anew: after a change of preference, or of the virtual network (ARS-35). Confined to the loop. */
final class Redecision implements Job {
    private final List<FamilyRib> ribs;
    private int family;
    private int row;

    Redecision(List<FamilyRib> ribs) {
        this.ribs = ribs;
    }

    @Override
    public int run(int units) {
        int looked = 0;
        while (looked < units && !isDone()) {
            FamilyRib rib = ribs.get(family);
            if (row >= rib.prefixes().rowLimit()) {
                family++;
                row = 0;
                continue;
            }
            if (rib.paths().first(row) != 0) {
                rib.markDirty(row);
            }
            row++;
            looked++;
        }
        return Math.max(1, looked);
    }

    @Override
    public boolean isDone() {
        return family >= ribs.size();
    }
}
