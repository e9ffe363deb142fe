package dev.waymark.rib;

import java.util.Arrays;

/**
 * The Adj-RIB-Out (RFC 4271 §3.2) that the members of one update group share, for one address family: per row, what is sent
 * and which peer it came from.
 *
 * <p>What a member was sent follows from it: <pre>sentTo(m, row) = source(row) == m ? alternative(row) : attributes(row)</pre>
 * where 0 means nothing. Without per-client best (RFC 7947 §2.3) there are no alternatives, so a peer isn't sent its own routes.
 * With it, a row may have an alternative only: the best route stays here (NO_ADVERTISE), and its source gets the runner-up.
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
    private final ShortColumn alternativeSources = new ShortColumn((short) 0);
    /** By slot: how many rows the peer is sent more than others; mostly negative, or zero. */
    private int[] differences = new int[8];

    private int size;
    /** How many rows are sent to their source only. */
    private int exceptions;

    /**
     * Makes an empty table.
     *
     * @param refs where references to attribute sets are counted
     */
    public GroupRib(AttributeRefs refs) {
        this.refs = refs;
    }

    /**
     * Sets what the group is sent for a row, and notes the change if it is one that a member has to be told.
     *
     * @param newAttributes the attribute id after export policy, 0 for none
     * @param newSource the slot of the peer it came from, or {@link #NO_SOURCE}; without meaning if nothing is sent to anybody
     * @param newAlternative the attribute id that the source itself is sent, 0 for none
     * @param newAlternativeSource the slot that the alternative came from; without meaning if there is none
     * @param changes gets the states before and after
     * @return whether the state changed; an equal state needs no message
     */
    public boolean set(
            int row,
            int newAttributes,
            int newSource,
            int newAlternative,
            int newAlternativeSource,
            GroupChanges changes) {
        alternativeSources.set(row, (short) (newAlternative == 0 ? 0 : newAlternativeSource));
        int oldAttributes = attributes.get(row);
        int oldSource = source(row);
        int oldAlternative = alternatives.get(row);
        int source = newAttributes == 0 && newAlternative == 0 ? 0 : newSource;
        if (oldAttributes == newAttributes && oldSource == source && oldAlternative == newAlternative) {
            return false;
        }
        changes.add(row, oldAttributes, oldSource, oldAlternative, newAttributes, source, newAlternative);
        count(oldAttributes, oldSource, oldAlternative, -1);
        count(newAttributes, source, newAlternative, 1);
        replace(attributes, row, oldAttributes, newAttributes);
        replace(alternatives, row, oldAlternative, newAlternative);
        sources.set(row, (short) source);
        return true;
    }

    /** Tells whether nobody is sent anything at all. */
    public boolean isEmpty() {
        return size + exceptions == 0;
    }

    /** Tells whether nobody is sent anything for a row. */
    public boolean isEmpty(int row) {
        return attributes.get(row) == 0 && alternatives.get(row) == 0;
    }

    /** Copies another table's rows; this one must be empty. */
    public void copy(GroupRib from, int rowLimit) {
        GroupChanges unread = new GroupChanges();
        for (int row = 0; row < rowLimit; row++) {
            int alternativeSource = from.alternativeSources.get(row) & 0xffff;
            set(row, from.attributes(row), from.source(row), from.alternative(row), alternativeSource, unread);
            unread.clear();
        }
    }

    /** Returns the attribute id that members are sent for a row, 0 if none. */
    public int attributes(int row) {
        return attributes.get(row);
    }

    /** Returns the slot that a row's route came from; without meaning if the row is empty. */
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

    /** Returns the slot that the route came from which a member that doesn't lag was sent; without meaning if none was. */
    public int sourceTo(int slot, int row) {
        int source = source(row);
        return source == slot ? alternativeSources.get(row) & 0xffff : source;
    }

    /** Returns how many rows a member that doesn't lag was sent. */
    public int sentCount(int slot) {
        return size + (slot < differences.length ? differences[slot] : 0);
    }

    /** Returns how many rows have something that all members but the source are sent. */
    public int size() {
        return size;
    }

    /** Returns the octets that the arrays of this table hold, without their headers. */
    public long octets() {
        long columns = attributes.octets() + sources.octets() + alternatives.octets() + alternativeSources.octets();
        return columns + 4L * differences.length;
    }

    /** The rule by which a member's state follows from a row's. */
    static int sent(int slot, int attributes, int source, int alternative) {
        return source == slot ? alternative : attributes;
    }

    private void count(int attributes, int source, int alternative, int sign) {
        if (attributes != 0) {
            size += sign;
        } else if (alternative != 0) {
            exceptions += sign;
        }
        if (source == NO_SOURCE || (attributes == 0) == (alternative == 0)) {
            return;
        }
        if (source >= differences.length) {
            differences = Arrays.copyOf(differences, Math.max(source + 1, differences.length * 2));
        }
        differences[source] += attributes == 0 ? sign : -sign;
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
