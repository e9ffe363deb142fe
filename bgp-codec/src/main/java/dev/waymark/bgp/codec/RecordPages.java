package dev.waymark.bgp.codec;

import java.util.Arrays;

/**
 * Numbered records: a few ints and an array of octets each, in pages of about 16 KB. Numbers begin at 1; a freed number
 * is given out again before a new one. The ints of a record stand side by side, so that reading several of them costs
 * one cache line. Confined to one thread.
 */
final class RecordPages {

    /** Ints of a record. */
    static final int STRIDE = 8;

    private static final int SHIFT = 9;
    private static final int PAGE = 1 << SHIFT;
    private static final int MASK = PAGE - 1;
    private static final byte[] FREE = {};

    private int[][] ints = {};
    private byte[][][] octets = {};
    private int pageCount;
    private int limit = 1;
    private int firstFree;
    private int size;

    /** Returns the number of records in use. */
    int size() {
        return size;
    }

    /** Returns a number above all that were ever in use. */
    int limit() {
        return limit;
    }

    /** Returns the octets that the pages take, without the arrays of octets themselves. */
    long pageOctets() {
        return (long) pageCount * PAGE * (4 * STRIDE + 4);
    }

    int get(int number, int field) {
        return ints[number >>> SHIFT][(number & MASK) * STRIDE + field];
    }

    void set(int number, int field, int value) {
        ints[number >>> SHIFT][(number & MASK) * STRIDE + field] = value;
    }

    int add(int number, int field, int difference) {
        return ints[number >>> SHIFT][(number & MASK) * STRIDE + field] += difference;
    }

    byte[] octets(int number) {
        return octets[number >>> SHIFT][number & MASK];
    }

    @SuppressWarnings("ReferenceEquality") // FREE is told from content by being that one array
    boolean isUsed(int number) {
        return number > 0 && number < limit && octets(number) != FREE;
    }

    /** Takes a free number; its ints are zero. */
    int allocate(byte[] content) {
        int number = firstFree;
        if (number != 0) {
            firstFree = get(number, 0);
            Arrays.fill(ints[number >>> SHIFT], (number & MASK) * STRIDE, (number & MASK) * STRIDE + STRIDE, 0);
        } else {
            number = limit;
            if (number >>> SHIFT >= pageCount) {
                addPage();
            }
            limit++;
        }
        octets[number >>> SHIFT][number & MASK] = content;
        size++;
        return number;
    }

    void free(int number) {
        octets[number >>> SHIFT][number & MASK] = FREE;
        set(number, 0, firstFree);
        firstFree = number;
        size--;
    }

    private void addPage() {
        if (pageCount == ints.length) {
            int capacity = Math.max(4, pageCount + (pageCount >>> 1));
            ints = Arrays.copyOf(ints, capacity);
            octets = Arrays.copyOf(octets, capacity);
        }
        ints[pageCount] = new int[PAGE * STRIDE];
        octets[pageCount] = new byte[PAGE][];
        Arrays.fill(octets[pageCount], FREE);
        pageCount++;
    }
}
