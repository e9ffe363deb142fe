package dev.waymark.rib;

import java.util.Arrays;

/**
 * The paths of one row that members of an update group with ADD-PATH may be sent (RFC 7911), in the order of the decision. Each
 * has a path identifier, attributes after export policy, the slot that it came from, and whom it is for: all but that slot, or one
 * slot alone. Immutable.
 *
 * <p>Of these a member is sent the first that are for it, as many as its group allows. Attribute ids are valid as long as
 * somebody retains them: in a list that is no longer a row's, only identifiers mean anything.
 */
public final class PathList {
    /** The target of a path that is for all but the slot it came from. No peer has this slot. */
    public static final int ALL = 0xffff;

    /** No paths. */
    public static final PathList EMPTY = new PathList(new int[0]);

    private static final int FIELDS = 4;

    private final int[] values;

    private PathList(int[] values) {
        this.values = values;
    }

    /** Returns how many paths there are. */
    public int size() {
        return values.length / FIELDS;
    }

    /** Returns a path's identifier as unsigned 32 bits, unique among those for one slot. */
    public int pathId(int index) {
        return values[index * FIELDS];
    }

    /** Returns a path's attributes. */
    public int attributes(int index) {
        return values[index * FIELDS + 1];
    }

    /** Returns the slot that a path came from. */
    public int source(int index) {
        return values[index * FIELDS + 2];
    }

    /** Returns the slot that a path is for alone, or {@link #ALL}. */
    public int target(int index) {
        return values[index * FIELDS + 3];
    }

    /** Tells whether a path is for a slot. */
    public boolean isFor(int index, int slot) {
        int target = target(index);
        return target == ALL ? source(index) != slot : target == slot;
    }

    /** Returns the first path from an index on that is for a slot, or {@link #size()} if there is none. */
    public int next(int from, int slot) {
        int at = from;
        while (at < size() && !isFor(at, slot)) {
            at++;
        }
        return at;
    }

    /** Returns how many paths a slot is sent, of which there are {@code most} at most. */
    public int count(int slot, int most) {
        int count = 0;
        for (int i = next(0, slot); i < size() && count < most; i = next(i + 1, slot)) {
            count++;
        }
        return count;
    }

    /** Returns the index of the path with an identifier that a slot is sent, or -1. */
    public int find(int pathId, int slot, int most) {
        int count = 0;
        for (int i = next(0, slot); i < size() && count < most; i = next(i + 1, slot)) {
            if (pathId(i) == pathId) {
                return i;
            }
            count++;
        }
        return -1;
    }

    /** Tells whether a slot is sent the same of this list as of another. Both must be lists of now. */
    public boolean isSameFor(int slot, int most, PathList other) {
        if (equals(other)) {
            return true;
        }
        if (count(slot, most) != other.count(slot, most)) {
            return false;
        }
        int count = 0;
        for (int i = next(0, slot); i < size() && count < most; i = next(i + 1, slot)) {
            int at = other.find(pathId(i), slot, most);
            if (at < 0 || other.attributes(at) != attributes(i)) {
                return false;
            }
            count++;
        }
        return true;
    }

    /** Returns the first paths of those that are for a slot. */
    public PathList firstFor(int slot, int most) {
        Builder first = new Builder();
        for (int i = next(0, slot); i < size() && first.size() < most; i = next(i + 1, slot)) {
            first.add(pathId(i), attributes(i), source(i), target(i));
        }
        return first.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathList list && Arrays.equals(values, list.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    /** Collects paths; used again and again. Confined to the engine loop. */
    public static final class Builder {
        private int[] values = new int[8 * FIELDS];
        private int size;

        /** Makes an empty one. */
        public Builder() {}

        /** Forgets all paths. */
        public void clear() {
            size = 0;
        }

        /** Returns how many paths there are. */
        public int size() {
            return size;
        }

        /** Returns how many of the paths came from the one slot that most came from. */
        public int mostFromOne() {
            int most = 0;
            for (int i = 0; i < size; i++) {
                int count = 0;
                for (int j = 0; j < size; j++) {
                    count += values[i * FIELDS + 2] == values[j * FIELDS + 2] ? 1 : 0;
                }
                most = Math.max(most, count);
            }
            return most;
        }

        /** Adds a path behind the others. */
        public void add(int pathId, int attributes, int source, int target) {
            int at = size * FIELDS;
            if (at == values.length) {
                values = Arrays.copyOf(values, at * 2);
            }
            values[at] = pathId;
            values[at + 1] = attributes;
            values[at + 2] = source;
            values[at + 3] = target;
            size++;
        }

        /** Returns the paths. */
        public PathList build() {
            return size == 0 ? EMPTY : new PathList(Arrays.copyOf(values, size * FIELDS));
        }
    }
}
