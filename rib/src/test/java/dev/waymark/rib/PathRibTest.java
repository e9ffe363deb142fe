package dev.waymark.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What members of a group with ADD-PATH hold, against maps that are filled by the letter of RFC 7911 §5. */
class PathRibTest {
    private static final int SLOTS = 5;
    private static final int ROWS = 20;

    private final CountingRefs refs = new CountingRefs();

    private static PathList list(int... fields) {
        PathList.Builder builder = new PathList.Builder();
        for (int i = 0; i < fields.length; i += 4) {
            builder.add(fields[i], fields[i + 1], fields[i + 2], fields[i + 3]);
        }
        return builder.build();
    }

    @Test
    @DisplayName("RFC 7911: a member is sent the first paths that are for it: not its own, and those for it alone")
    void viewsOfOneList() {
        PathList list = list(7, 70, 1, PathList.ALL, 8, 80, 2, PathList.ALL, 9, 90, 1, PathList.ALL, 5, 50, 2, 1);
        assertEquals(List.of("8=80", "5=50"), view(list, 1, 10));
        assertEquals(List.of("7=70", "9=90"), view(list, 2, 10));
        assertEquals(List.of("7=70", "8=80"), view(list, 3, 2));
        assertEquals(2, list.count(1, 10));
        assertEquals(-1, list.find(9, 3, 2));
        assertEquals(2, list.find(9, 3, 3));
        PathList otherForOne = list(7, 71, 1, PathList.ALL, 8, 80, 2, PathList.ALL, 5, 50, 2, 1);
        assertTrue(list.isSameFor(1, 10, otherForOne));
        assertNotEquals(view(list, 2, 10), view(otherForOne, 2, 10));
        assertEquals(list(8, 80, 2, PathList.ALL), list.firstFor(1, 1));
    }

    private static List<String> view(PathList list, int slot, int most) {
        List<String> view = new ArrayList<>();
        for (int i = 0; i < list.size() && view.size() < most; i++) {
            boolean isMine = list.target(i) == PathList.ALL ? list.source(i) != slot : list.target(i) == slot;
            if (isMine) {
                view.add(list.pathId(i) + "=" + list.attributes(i));
            }
        }
        return view;
    }

    @ParameterizedTest(
            name = "seed {0}: members that are told, owed, refreshed and moved hold what the group says in the end")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void membersCatchUp(long seed) {
        Random random = new Random(seed);
        int most = 1 + random.nextInt(4);
        PathRib rib = new PathRib(refs, most);
        PathRib other = new PathRib(refs, most);
        List<Holder> holders = new ArrayList<>();
        for (int slot = 1; slot < SLOTS; slot++) {
            holders.add(new Holder(slot, rib));
        }
        for (int step = 0; step < 400; step++) {
            PathRib changed = random.nextInt(4) == 0 ? other : rib;
            for (int i = random.nextInt(5); i >= 0; i--) {
                changed.set(random.nextInt(ROWS), draw(random));
            }
            holders.forEach(holder -> holder.flush(changed, random.nextInt(3) > 0));
            changed.clearChanges();
            for (Holder holder : holders) {
                holder.disturb(random, random.nextBoolean() ? rib : other);
                assertEquals(holder.size(), holder.lag.held(), "held by " + holder.slot);
            }
        }
        for (Holder holder : holders) {
            while (holder.lag.nextOwed() >= 0) {
                holder.drain();
            }
            for (int row = 0; row < ROWS; row++) {
                assertEquals(
                        view(holder.group.get(row), holder.slot, most).stream()
                                .sorted()
                                .toList(),
                        holder.held(row),
                        "row " + row);
            }
            assertEquals(holder.size(), holder.group.sentCount(holder.slot));
        }
        for (int row = 0; row < ROWS; row++) {
            rib.set(row, PathList.EMPTY);
            other.set(row, PathList.EMPTY);
        }
        assertTrue(rib.isEmpty() && other.isEmpty());
        assertEquals(Map.of(), refs.held());
    }

    private static PathList draw(Random random) {
        PathList.Builder builder = new PathList.Builder();
        int id = 0;
        for (int i = random.nextInt(6); i > 0; i--) {
            id += 1 + random.nextInt(2);
            int target = random.nextInt(5) == 0 ? 1 + random.nextInt(SLOTS) : PathList.ALL;
            builder.add(id, 10 + random.nextInt(3), 1 + random.nextInt(SLOTS), target);
        }
        return builder.build();
    }

    /** A peer with a table of its own, and what the server remembers of it. */
    private static final class Holder {
        final int slot;
        PathRib group;
        final MemberPaths lag;
        final Map<Integer, Map<Integer, Integer>> table = new TreeMap<>();

        Holder(int slot, PathRib group) {
            this.slot = slot;
            this.group = group;
            this.lag = new MemberPaths(slot, group);
        }

        int size() {
            return table.values().stream().mapToInt(Map::size).sum();
        }

        List<String> held(int row) {
            return table.getOrDefault(row, Map.of()).entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .sorted()
                    .toList();
        }

        void flush(PathRib changed, boolean hasRoom) {
            if (changed != group) {
                return;
            }
            for (PathRib.Change change : group.changes()) {
                PathList after = group.get(change.row());
                if (hasRoom) {
                    PathList holds = lag.holds(change.row(), change.before());
                    lag.told(change.row(), change.before());
                    tell(change.row(), holds, after);
                } else {
                    lag.missed(change.row(), change.before(), after);
                }
            }
        }

        void drain() {
            int row = lag.nextOwed();
            PathList current = group.get(row);
            PathList holds = lag.holds(row, current);
            lag.told(row, current);
            tell(row, holds, current);
        }

        void disturb(Random random, PathRib target) {
            switch (random.nextInt(12)) {
                case 0 -> lag.refresh(ROWS);
                case 1 -> {
                    lag.moveTo(target, ROWS);
                    group = target;
                }
                case 2, 3 -> {
                    if (lag.nextOwed() >= 0) {
                        drain();
                    }
                }
                default -> {}
            }
            if (lag.isDumpComplete()) {
                lag.endDump();
            }
        }

        private void tell(int row, PathList holds, PathList current) {
            Map<Integer, Integer> paths = table.computeIfAbsent(row, unused -> new TreeMap<>());
            for (int i = 0, seen = 0; i < holds.size() && seen < group.most(); i++) {
                if (holds.isFor(i, slot)) {
                    seen++;
                    assertTrue(paths.containsKey(holds.pathId(i)), "the server thinks of what the peer doesn't hold");
                    if (current.find(holds.pathId(i), slot, group.most()) < 0) {
                        paths.remove(holds.pathId(i));
                    }
                }
            }
            for (int i = 0, seen = 0; i < current.size() && seen < group.most(); i++) {
                if (current.isFor(i, slot)) {
                    seen++;
                    paths.put(current.pathId(i), current.attributes(i));
                }
            }
        }
    }
}
