package dev.waymark.bgp.codec;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The attributes that an edit sets or removes, by type, and how they are merged into others. Confined to one thread. */
final class ChangedAttributes {

    /** Stands for an attribute that is removed. */
    private static final Change REMOVED = new Change(0, new byte[0]);

    private final Map<Integer, Change> changes = new TreeMap<>();

    private static final class Change {
        final int flags;
        final byte[] octets;

        Change(int flags, byte[] octets) {
            this.flags = flags;
            this.octets = octets;
        }
    }

    void set(int type, int flags, byte[] octets) {
        changes.put(type, new Change(flags, octets));
    }

    void remove(int type) {
        changes.put(type, REMOVED);
    }

    boolean isChanged(int type) {
        return changes.containsKey(type);
    }

    /** Returns the new value of a changed attribute; nothing when it is removed. */
    byte[] value(int type) {
        return changes.getOrDefault(type, REMOVED).octets;
    }

    /** Writes attributes with the changes in their places, the next hop behind them. */
    WireAttributes build(byte[] base, int baseLength, byte[] nextHop) {
        int room = baseLength + nextHop.length;
        for (Change change : changes.values()) {
            room += 4 + change.octets.length;
        }
        byte[] target = new byte[room];
        int at = 0;
        int from = 0;
        for (Map.Entry<Integer, Change> entry : changes.entrySet()) {
            int type = entry.getKey();
            int to = from;
            while (to < baseLength && AttributeOctets.type(base, to) < type) {
                to = AttributeOctets.next(base, to);
            }
            System.arraycopy(base, from, target, at, to - from);
            at += to - from;
            boolean isThere = to < baseLength && AttributeOctets.type(base, to) == type;
            Change change = entry.getValue();
            if (change != REMOVED) {
                int partial = isThere ? base[to] & AttributeType.FLAG_PARTIAL : 0;
                at = put(target, at, type, change, partial);
            }
            from = isThere ? AttributeOctets.next(base, to) : to;
        }
        System.arraycopy(base, from, target, at, baseLength - from);
        at += baseLength - from;
        System.arraycopy(nextHop, 0, target, at, nextHop.length);
        return new WireAttributes(Arrays.copyOf(target, at + nextHop.length), at);
    }

    private static int put(byte[] target, int at, int type, Change change, int partial) {
        boolean keepsPartial = (change.flags & AttributeType.FLAG_OPTIONAL) != 0
                && (change.flags & AttributeType.FLAG_TRANSITIVE) != 0;
        int value = AttributeOctets.putHeader(
                target, at, keepsPartial ? change.flags | partial : change.flags, type, change.octets.length);
        System.arraycopy(change.octets, 0, target, value, change.octets.length);
        return value + change.octets.length;
    }
}
