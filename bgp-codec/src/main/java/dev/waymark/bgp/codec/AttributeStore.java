package dev.waymark.bgp.codec;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Where an {@link AttributeTable} keeps its sets: records with reference counts, the index by content, the classes that
 * accepted a content, and what is to be swept. Confined to the engine loop.
 */
final class AttributeStore {

    static final int FLAGS = 2;
    static final int PATH = 3; // AS_PATH length above, ORIGIN in the lowest two bits
    static final int FIRST_AS = 4;
    static final int MED = 5;
    static final int NEXT_HOP = 6;

    /** The index of {@link DecodeClass#CANONICAL}. */
    static final int CANONICAL_CLASS = 0;

    private static final int HASH = 0;
    private static final int REFERENCES = 1;
    private static final int CLASSES = 7; // a bit for each decode class that accepted the octets as they are
    private static final int IS_UNREFERENCED = 1 << 31; // in FLAGS: on the list for the next sweep
    private static final int MAX_CLASSES = 32;
    private static final int ARRAY_HEADER = 16;

    private final RecordPages records = new RecordPages();
    private final HashIndex index = new HashIndex();
    private final RawCache rawCache;
    private final IntStack unreferenced = new IntStack();
    private DecodeClass[] classes = {DecodeClass.CANONICAL};
    private long contentOctets;
    private IntConsumer freeListener = id -> {};

    AttributeStore(RawCache rawCache) {
        this.rawCache = rawCache;
    }

    int get(int id, int field) {
        return records.get(id, field);
    }

    int flags(int id) {
        return records.get(id, FLAGS) & ~IS_UNREFERENCED;
    }

    /** Returns the canonical octets, with the IPv6 next hop behind them. */
    byte[] content(int id) {
        return records.octets(id);
    }

    /** Returns the octets of the attributes, which the IPv6 next hop follows in {@link #content}. */
    int attributesLength(int id) {
        return records.octets(id).length - nextHopOctets(records.get(id, FLAGS));
    }

    int size() {
        return records.size();
    }

    long octets() {
        return contentOctets + records.pageOctets() + index.octets() + rawCache.octets();
    }

    int octets(int id) {
        return ARRAY_HEADER + records.octets(id).length;
    }

    void onFree(IntConsumer listener) {
        freeListener = listener;
    }

    int references(int id) {
        return records.get(id, REFERENCES);
    }

    void retain(int id) {
        records.add(id, REFERENCES, 1);
    }

    void release(int id) {
        int references = records.add(id, REFERENCES, -1);
        if (references < 0) {
            throw new AssertionError("attributes " + id + " released more often than retained");
        }
        if (references == 0) {
            listUnreferenced(id);
        }
    }

    int unswept() {
        return unreferenced.size();
    }

    int sweep(int units) {
        int done = 0;
        while (done < units && unreferenced.size() > 0) {
            int id = unreferenced.pop();
            records.set(id, FLAGS, flags(id));
            if (records.get(id, REFERENCES) == 0) {
                free(id);
            }
            done++;
        }
        return done;
    }

    /** Returns a small number for a decode class, or -1 when there are too many: its blocks are validated each time. */
    int classIndex(DecodeClass decodeClass) {
        for (int i = 0; i < classes.length; i++) {
            if (classes[i].equals(decodeClass)) {
                return i;
            }
        }
        if (classes.length == MAX_CLASSES) {
            return -1;
        }
        classes = Arrays.copyOf(classes, classes.length + 1);
        classes[classes.length - 1] = decodeClass;
        return classes.length - 1;
    }

    /** Returns the set with a key, or 0. */
    int find(AttributeKey wanted) {
        int hash = wanted.hash();
        for (int at = index.first(hash); at >= 0; at = index.next(hash, at)) {
            int id = index.get(hash, at);
            if (wanted.isEqualTo(records.octets(id))
                    && wanted.nextHopLength() == nextHopOctets(records.get(id, FLAGS))) {
                return id;
            }
        }
        return 0;
    }

    /** Returns the set that is a block, as {@link AttributeKey#isEqual} takes it, and has no next hop beside it; or 0. */
    int find(int hash, long head, byte[] octets, int offset, int length) {
        for (int at = index.first(hash); at >= 0; at = index.next(hash, at)) {
            int id = index.get(hash, at);
            if (AttributeKey.isEqual(records.octets(id), head, octets, offset, length)
                    && (records.get(id, FLAGS) & AttributeFlags.IPV6_NEXT_HOP) == 0) {
                return id;
            }
        }
        return 0;
    }

    /** Tells whether a class has accepted the octets of a set as they are. */
    boolean isValidFor(int id, int classIndex) {
        return id != 0 && classIndex >= 0 && (records.get(id, CLASSES) >>> classIndex & 1) != 0;
    }

    void markValid(int id, int classIndex) {
        if (classIndex >= 0) {
            records.set(id, CLASSES, records.get(id, CLASSES) | 1 << classIndex);
        }
    }

    /** Adds a set that isn't there. */
    int add(AttributeKey added, AttributeSummary summary) {
        byte[] octets = added.toOctets();
        int id = records.allocate(octets);
        int[] page = records.page(id);
        int at = RecordPages.placeInPage(id);
        page[at + HASH] = added.hash();
        page[at + FLAGS] = summary.flags | nextHopFlags(added.nextHopLength());
        page[at + PATH] = summary.asPathLength << 2 | summary.origin;
        page[at + FIRST_AS] = summary.firstAs;
        page[at + MED] = summary.med;
        page[at + NEXT_HOP] = summary.nextHop;
        index.insert(added.hash(), id);
        contentOctets += ARRAY_HEADER + octets.length;
        listUnreferenced(id);
        return id;
    }

    private void listUnreferenced(int id) {
        int flags = records.get(id, FLAGS);
        if ((flags & IS_UNREFERENCED) == 0) {
            records.set(id, FLAGS, flags | IS_UNREFERENCED);
            unreferenced.push(id);
        }
    }

    private void free(int id) {
        freeListener.accept(id);
        rawCache.removeId(id);
        index.remove(records.get(id, HASH), id);
        contentOctets -= ARRAY_HEADER + records.octets(id).length;
        records.free(id);
    }

    private static int nextHopOctets(int flags) {
        return (flags & AttributeFlags.IPV6_NEXT_HOP) == 0
                ? 0
                : (flags & AttributeFlags.LINK_LOCAL_NEXT_HOP) == 0 ? 16 : 32;
    }

    private static int nextHopFlags(int octets) {
        return switch (octets) {
            case 0 -> 0;
            case 16 -> AttributeFlags.IPV6_NEXT_HOP;
            default -> AttributeFlags.IPV6_NEXT_HOP | AttributeFlags.LINK_LOCAL_NEXT_HOP;
        };
    }
}
