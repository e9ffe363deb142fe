package dev.waymark.rib;

import java.util.Arrays;

/**
 * The changes of one flush of a {@link GroupRib}, in order: for each, the row and its state before and after. Reused.
 * Attribute ids of states before stay valid until the end of the turn. Confined to the engine loop.
 */
public final class GroupChanges {
    private static final int FIELDS = 7;

    private int[] values = new int[FIELDS * 16];
    private int size;

    /** Makes an empty list. */
    public GroupChanges() {}

    /** Forgets all changes. */
    public void clear() {
        size = 0;
    }

    /** Returns how many changes there are. */
    public int size() {
        return size;
    }

    /** Returns the row of a change. */
    public int row(int index) {
        return value(index, 0);
    }

    /** Returns the attribute id that members are to be sent, 0 if the row is withdrawn. */
    public int attributes(int index) {
        return value(index, 4);
    }

    /** Returns the slot that the new route came from: who is left out of the announcement. */
    public int source(int index) {
        return value(index, 5);
    }

    /** Returns the attribute id that the source is to be sent, 0 if none. */
    public int alternative(int index) {
        return value(index, 6);
    }

    /** Returns the slot that the old route came from: who is left out of a withdrawal; without meaning if there was none. */
    public int oldSource(int index) {
        return value(index, 2);
    }

    /** Returns what a member that doesn't lag was sent before, 0 if nothing. */
    public int before(int index, int slot) {
        return GroupRib.sent(slot, value(index, 1), value(index, 2), value(index, 3));
    }

    /** Returns what a member is to be sent now, 0 if nothing. */
    public int after(int index, int slot) {
        return GroupRib.sent(slot, value(index, 4), value(index, 5), value(index, 6));
    }

    void add(
            int row,
            int oldAttributes,
            int oldSource,
            int oldAlternative,
            int attributes,
            int source,
            int alternative) {
        int at = size * FIELDS;
        if (at == values.length) {
            values = Arrays.copyOf(values, at * 2);
        }
        values[at] = row;
        values[at + 1] = oldAttributes;
        values[at + 2] = oldSource;
        values[at + 3] = oldAlternative;
        values[at + 4] = attributes;
        values[at + 5] = source;
        values[at + 6] = alternative;
        size++;
    }

    private int value(int index, int field) {
        if (index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        return values[index * FIELDS + field];
    }
}
