package dev.waymark.bgp.codec;

/**
 * Remembers what blocks meant that are not canonical themselves, such as those of a session with two-octet AS numbers:
 * block and decode class give the id of the canonical set and what was discarded by value. Bounded in octets; when it is
 * full, an entry taken by chance makes room, which keeps a part of a table that is too large and comes in the same order
 * each time. It changes how fast a block is decoded and nothing else. Confined to one thread.
 */
final class RawCache {

    private static final int HASH = 0;
    private static final int ID = 1;
    private static final int CLASS = 2;
    private static final int NEXT_HOP_OCTETS = 3;
    private static final int DISCARDS_HIGH = 4;
    private static final int DISCARDS_LOW = 5;
    private static final int NEXT = 6; // next entry of the same id
    private static final int PREVIOUS = 7;
    private static final int OVERHEAD = 16 + 4 * RecordPages.STRIDE + 4 + 16;

    private final long maxOctets;
    private final HashIndex index = new HashIndex();
    private final RecordPages entries = new RecordPages();
    private final IntPages firstOfId = new IntPages();
    private long keyOctets;
    private long random;

    RawCache(long maxOctets, long seed) {
        this.maxOctets = maxOctets;
        random = seed | 1;
    }

    int size() {
        return entries.size();
    }

    long octets() {
        return keyOctets + entries.pageOctets() + index.octets() + firstOfId.octets();
    }

    /** Returns the entry of a block, or 0. */
    int find(int decodeClass, AttributeKey key) {
        if (entries.size() == 0) {
            return 0;
        }
        int hash = hash(decodeClass, key);
        for (int at = index.first(hash); at >= 0; at = index.next(hash, at)) {
            int entry = index.get(hash, at);
            if (entries.get(entry, CLASS) == decodeClass
                    && entries.get(entry, NEXT_HOP_OCTETS) == key.nextHopLength()
                    && key.isEqualTo(entries.octets(entry))) {
                return entry;
            }
        }
        return 0;
    }

    int id(int entry) {
        return entries.get(entry, ID);
    }

    /** Returns the indices of the conditions because of which attributes were discarded, one octet each. */
    long discards(int entry) {
        return ((long) entries.get(entry, DISCARDS_HIGH) << 32) | (entries.get(entry, DISCARDS_LOW) & 0xffffffffL);
    }

    void put(int decodeClass, AttributeKey key, int id, long discards) {
        int octets = key.length() + OVERHEAD;
        if (octets > maxOctets) {
            return;
        }
        while (keyOctets + octets > maxOctets) {
            evict();
        }
        int entry = entries.allocate(key.toOctets());
        keyOctets += octets;
        entries.set(entry, HASH, hash(decodeClass, key));
        entries.set(entry, ID, id);
        entries.set(entry, CLASS, decodeClass);
        entries.set(entry, NEXT_HOP_OCTETS, key.nextHopLength());
        entries.set(entry, DISCARDS_HIGH, (int) (discards >>> 32));
        entries.set(entry, DISCARDS_LOW, (int) discards);
        index.insert(entries.get(entry, HASH), entry);
        int first = firstOfId.get(id);
        entries.set(entry, NEXT, first);
        if (first != 0) {
            entries.set(first, PREVIOUS, entry);
        }
        firstOfId.set(id, entry);
    }

    /** Forgets all blocks that mean an id, which is about to be freed. */
    void removeId(int id) {
        if (entries.size() == 0) {
            return;
        }
        for (int entry = firstOfId.get(id); entry != 0; entry = firstOfId.get(id)) {
            remove(entry);
        }
    }

    private void evict() {
        random = random * 0x5851f42d4c957f2dL + 0x14057b7ef767814fL;
        int entry = 1 + (int) ((random >>> 33) % (entries.limit() - 1));
        while (!entries.isUsed(entry)) {
            entry = entry + 1 < entries.limit() ? entry + 1 : 1;
        }
        remove(entry);
    }

    private void remove(int entry) {
        int next = entries.get(entry, NEXT);
        int previous = entries.get(entry, PREVIOUS);
        if (next != 0) {
            entries.set(next, PREVIOUS, previous);
        }
        if (previous != 0) {
            entries.set(previous, NEXT, next);
        } else {
            firstOfId.set(entries.get(entry, ID), next);
        }
        index.remove(entries.get(entry, HASH), entry);
        keyOctets -= entries.octets(entry).length + OVERHEAD;
        entries.free(entry);
    }

    private static int hash(int decodeClass, AttributeKey key) {
        return key.hash() + decodeClass * 0x9e3779b9;
    }
}
