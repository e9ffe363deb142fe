package dev.waymark.engine;

import java.util.Arrays;

/**
 * Sorts items by source and attributes without comparing them: buckets of equal (source, attributes), those of one source
 * together, all in the order in which they were first seen. What makes UPDATEs full. Confined to the engine loop.
 */
final class Buckets {
    private static final int NONE = -1;
    private static final int FIRST_TABLE = 256;
    private static final int KEPT = 1 << 14;

    private int[] table = new int[FIRST_TABLE];
    private final IntList attributes = new IntList();
    private final IntList sources = new IntList();
    private int[] heads = new int[64];
    private int[] tails = new int[64];
    private int[] nextOfSource = new int[64];
    private final IntList items = new IntList();
    private int[] nextItem = new int[256];
    private final IntList sourceOrder = new IntList();
    private int[] firstOfSource = filled(64);
    private int[] lastOfSource = filled(64);

    /** Empties all buckets. */
    void clear() {
        if (table.length > KEPT) {
            table = new int[FIRST_TABLE];
        } else if (attributes.size() > table.length / 8) {
            Arrays.fill(table, 0);
        } else {
            clearTable();
        }
        for (int i = 0; i < sourceOrder.size(); i++) {
            firstOfSource[sourceOrder.get(i)] = NONE;
        }
        attributes.clear();
        sources.clear();
        items.clear();
        sourceOrder.clear();
    }

    /** Clears only what is in use, the last first, as the way to one may lead over those that came before it. */
    private void clearTable() {
        int mask = table.length - 1;
        for (int bucket = attributes.size() - 1; bucket >= 0; bucket--) {
            int at = hash(sources.get(bucket), attributes.get(bucket)) & mask;
            while (table[at] != bucket + 1) {
                at = (at + 1) & mask;
            }
            table[at] = 0;
        }
    }

    /** Puts an item into the bucket of its source (0 to 65,535) and attributes. */
    void add(int source, int attribute, int item) {
        int bucket = bucketOf(source, attribute);
        int place = items.size();
        items.add(item);
        if (place == nextItem.length) {
            nextItem = Arrays.copyOf(nextItem, place * 2);
        }
        nextItem[place] = NONE;
        if (heads[bucket] == NONE) {
            heads[bucket] = place;
        } else {
            nextItem[tails[bucket]] = place;
        }
        tails[bucket] = place;
    }

    /** Returns how many different sources there are. */
    int sourceCount() {
        return sourceOrder.size();
    }

    /** Returns a source, in the order they were first seen. */
    int source(int index) {
        return sourceOrder.get(index);
    }

    /** Returns a source's first bucket. */
    int firstBucket(int source) {
        return firstOfSource[source];
    }

    /** Returns the next bucket of the same source, or -1. */
    int nextBucket(int bucket) {
        return nextOfSource[bucket];
    }

    /** Returns the attributes that a bucket's items share. */
    int attribute(int bucket) {
        return attributes.get(bucket);
    }

    /** Returns the place of a bucket's first item. */
    int firstPlace(int bucket) {
        return heads[bucket];
    }

    /** Returns the place of the next item of the same bucket, or -1. */
    int nextPlace(int place) {
        return nextItem[place];
    }

    /** Returns the item at a place. */
    int item(int place) {
        return items.get(place);
    }

    private int bucketOf(int source, int attribute) {
        int mask = table.length - 1;
        int at = hash(source, attribute) & mask;
        while (table[at] != 0) {
            int bucket = table[at] - 1;
            if (attributes.get(bucket) == attribute && sources.get(bucket) == source) {
                return bucket;
            }
            at = (at + 1) & mask;
        }
        int bucket = newBucket(source, attribute);
        table[at] = bucket + 1;
        if (attributes.size() * 2 > table.length) {
            rehash();
        }
        return bucket;
    }

    private int newBucket(int source, int attribute) {
        int bucket = attributes.size();
        attributes.add(attribute);
        sources.add(source);
        if (bucket == heads.length) {
            heads = Arrays.copyOf(heads, bucket * 2);
            tails = Arrays.copyOf(tails, bucket * 2);
            nextOfSource = Arrays.copyOf(nextOfSource, bucket * 2);
        }
        heads[bucket] = NONE;
        nextOfSource[bucket] = NONE;
        chain(source, bucket);
        return bucket;
    }

    private void chain(int source, int bucket) {
        if (source >= firstOfSource.length) {
            int before = firstOfSource.length;
            int length = Math.max(source + 1, before * 2);
            firstOfSource = Arrays.copyOf(firstOfSource, length);
            lastOfSource = Arrays.copyOf(lastOfSource, length);
            Arrays.fill(firstOfSource, before, length, NONE);
        }
        if (firstOfSource[source] == NONE) {
            firstOfSource[source] = bucket;
            sourceOrder.add(source);
        } else {
            nextOfSource[lastOfSource[source]] = bucket;
        }
        lastOfSource[source] = bucket;
    }

    private void rehash() {
        table = new int[table.length * 2];
        int mask = table.length - 1;
        for (int bucket = 0; bucket < attributes.size(); bucket++) {
            int at = hash(sources.get(bucket), attributes.get(bucket)) & mask;
            while (table[at] != 0) {
                at = (at + 1) & mask;
            }
            table[at] = bucket + 1;
        }
    }

    private static int hash(int source, int attribute) {
        int mixed = (attribute * 0x9E3779B9) ^ (source * 0x85EBCA6B);
        return mixed ^ (mixed >>> 15);
    }

    private static int[] filled(int length) {
        int[] array = new int[length];
        Arrays.fill(array, NONE);
        return array;
    }
}
