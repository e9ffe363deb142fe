package dev.waymark.bgp.codec;

/**
 * Where the attributes of a message stand: type, canonical flags, value offset and value length, packed into one number
 * each so that sorting is cheap. At most one attribute of a type. Reused. Confined to one thread.
 */
final class AttributeSpans {

    private static final int TYPE_SHIFT = 48;
    private static final int FLAGS_SHIFT = 40;
    private static final int HEADER_SHIFT = 32; // 3 or 4, as received
    private static final int OFFSET_SHIFT = 16;

    private long[] spans = new long[16];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    /** Adds an attribute whose value stands at an offset from the message's start. */
    void add(int type, int flags, int header, int offset, int length) {
        if (size == spans.length) {
            spans = java.util.Arrays.copyOf(spans, 2 * size);
        }
        spans[size++] = (long) type << TYPE_SHIFT
                | (long) flags << FLAGS_SHIFT
                | (long) header << HEADER_SHIFT
                | (long) offset << OFFSET_SHIFT
                | length;
    }

    int type(int index) {
        return (int) (spans[index] >>> TYPE_SHIFT);
    }

    /** Returns the flags that the attribute goes out with, Extended Length aside. */
    int flags(int index) {
        return (int) (spans[index] >>> FLAGS_SHIFT) & 0xff;
    }

    /** Returns the octets of the attribute's header as received. */
    int header(int index) {
        return (int) (spans[index] >>> HEADER_SHIFT) & 0xff;
    }

    int offset(int index) {
        return (int) spans[index] >>> OFFSET_SHIFT;
    }

    int length(int index) {
        return (int) spans[index] & 0xffff;
    }

    /** Returns the index of an attribute type, or -1. */
    int indexOf(int type) {
        for (int i = 0; i < size; i++) {
            if (type(i) == type) {
                return i;
            }
        }
        return -1;
    }

    /** Copies from another list, without one attribute type. */
    void copyWithout(AttributeSpans other, int type) {
        size = 0;
        for (int i = 0; i < other.size; i++) {
            if (other.type(i) != type) {
                if (size == spans.length) {
                    spans = java.util.Arrays.copyOf(spans, 2 * size);
                }
                spans[size++] = other.spans[i];
            }
        }
    }

    /** Sorts by ascending type; quick for what is nearly sorted, and a message has few attributes. */
    void sort() {
        for (int i = 1; i < size; i++) {
            long span = spans[i];
            int at = i - 1;
            while (at >= 0 && spans[at] > span) {
                spans[at + 1] = spans[at];
                at--;
            }
            spans[at + 1] = span;
        }
    }

    /** Returns the octets that the attributes take with canonical headers. */
    int canonicalLength() {
        int octets = 0;
        for (int i = 0; i < size; i++) {
            octets += length(i) + (length(i) > 255 ? 4 : 3);
        }
        return octets;
    }

    /** Writes the attributes with canonical headers: flags and length field both anew. Returns the end. */
    int write(byte[] buf, int base, byte[] target, int from) {
        int at = from;
        for (int i = 0; i < size; i++) {
            int length = length(i);
            at = AttributeOctets.putHeader(target, at, flags(i), type(i), length);
            System.arraycopy(buf, base + offset(i), target, at, length);
            at += length;
        }
        return at;
    }
}
