package dev.waymark.rib;

import java.util.Arrays;

/**
 * The Adj-RIB-Out (RFC 4271 §3.2) that the members of one update group share, for one address family: per row, what is sent
 * and which peer it came from.
 *
 * <p>What a member was sent follows from it: <pre>sentTo(m, row) = source(row) == m ? alternative(row) : attributes(row)</pre>
 * where 0 means nothing. Without per-client best (RFC 7947 §2.3) there are no alternatives, so a peer isn't sent its own routes.
 * Members that lag keep the difference in a {@link MemberLag}.
 *
 * <p>The table holds references to the attribute sets it names. Confined to the engine loop; nothing allocates but when
 * pages are added.
 */
public final class GroupRib {
    /** The source of the server's own routes, which every member gets. No peer has this slot. */
    public static final int NO_SOURCE = 0xffff;

    private final AttributeRefs refs;
    private final IntColumn attributes = new IntColumn(0);
    private final ShortColumn sources = new ShortColumn((short) 0);
    private final IntColumn alternatives = new IntColumn(0);
    /** By slot: how many rows the peer is sent more than others; negative, or zero. */
    private int[] differences = new int[8];

    private int size;

    /**
     * Makes an empty table.
     *
     * @param refs where references to attribute sets are counted
     */
    public GroupRib(AttributeRefs refs) {
        this.refs = refs;
    }

    /**
     * Sets what the group is sent for a row, and notes the change if it is one.
     *
     * @param newAttributes the attribute id after export policy, 0 for none
     * @param newSource the slot of the peer it came from, or {@link #NO_SOURCE}; without meaning for none
     * @param newAlternative the attribute id that the source itself is sent, 0 for none; without meaning for none
     * @param changes gets the states before and after
     * @return whether the state changed; an equal state needs no message
     */
    public boolean set(int row, int newAttributes, int newSource, int newAlternative, GroupChanges changes) {
        int oldAttributes = attributes.get(row);
        int oldSource = source(row);
        int oldAlternative = alternatives.get(row);
        int source = newAttributes == 0 ? 0 : newSource;
        int alternative = newAttributes == 0 ? 0 : newAlternative;
        if (oldAttributes == newAttributes && oldSource == source && oldAlternative == alternative) {
            return false;
        }
        changes.add(row, oldAttributes, oldSource, oldAlternative, newAttributes, source, alternative);
        count(oldAttributes, oldSource, oldAlternative, -1);
        count(newAttributes, source, alternative, 1);
        replace(attributes, row, oldAttributes, newAttributes);
        replace(alternatives, row, oldAlternative, alternative);
        sources.set(row, (short) source);
        return true;
    }

    /** Returns the attribute id that members are sent for a row, 0 if none. */
    public int attributes(int row) {
        return attributes.get(row);
    }

    /** Returns the slot that a row's route came from; without meaning if it has no attributes. */
    public int source(int row) {
        return sources.get(row) & 0xffff;
    }

    /** Returns the attribute id that the source itself is sent for a row, 0 if none. */
    public int alternative(int row) {
        return alternatives.get(row);
    }

    /** Returns the attribute id that a member that doesn't lag was sent for a row, 0 if none. */
    public int sentTo(int slot, int row) {
        return sent(slot, attributes.get(row), source(row), alternatives.get(row));
    }

    /** Returns how many rows a member that doesn't lag was sent. */
    public int sentCount(int slot) {
        return size + (slot < differences.length ? differences[slot] : 0);
    }

    /** Returns how many rows have something that is sent. */
    public int size() {
        return size;
    }

    /** Returns the octets that the arrays of this table hold, without their headers. */
    public long octets() {
        return attributes.octets() + sources.octets() + alternatives.octets() + 4L * differences.length;
    }

    /** The rule by which a member's state follows from a row's. */
    static int sent(int slot, int attributes, int source, int alternative) {
        return source == slot && attributes != 0 ? alternative : attributes;
    }

    private void count(int attributes, int source, int alternative, int sign) {
        if (attributes == 0) {
            return;
        }
        size += sign;
        if (source == NO_SOURCE || alternative != 0) {
            return;
        }
        if (source >= differences.length) {
            differences = Arrays.copyOf(differences, Math.max(source + 1, differences.length * 2));
        }
        differences[source] -= sign;
    }

    private void replace(IntColumn column, int row, int old, int value) {
        if (old == value) {
            return;
        }
        column.set(row, value);
        if (value != 0) {
            refs.retain(value);
        }
        if (old != 0) {
            refs.release(old);
        }
    }
}
