package dev.waymark.api.route;

import dev.waymark.api.route.AsPathSegment.Kind;
import java.util.Arrays;
import java.util.List;

/**
 * Collects the words of an {@link AsPath}: for each segment one word with kind and count, then the AS numbers. Confined
 * to one thread.
 */
final class AsPathWords {

    /** The kinds in the order of their codes, from 1. */
    static final List<Kind> KINDS = List.of(Kind.values());

    private int[] words = new int[8];
    private int size;
    private int header = -1;

    /** Begins a segment. */
    void begin(Kind kind) {
        header = size;
        append(kind.code() << 16);
    }

    /** Adds an AS number to the segment that was begun last. */
    void add(int asn) {
        append(asn);
        words[header]++;
    }

    /** Adds an AS number a number of times. */
    void add(int asn, int times) {
        for (int i = 0; i < times; i++) {
            add(asn);
        }
    }

    /** Adds AS numbers out of an array. */
    void addAll(int[] asns, int from, int to) {
        for (int i = from; i < to; i++) {
            add(asns[i]);
        }
    }

    /** Adds an AS number to the open AS_SEQUENCE, or to a new one when there is none or it is full. */
    void addToSequence(int asn) {
        if (header < 0
                || words[header] >>> 16 != Kind.AS_SEQUENCE.code()
                || (words[header] & 0xffff) == AsPathSegment.MAX_ASNS) {
            begin(Kind.AS_SEQUENCE);
        }
        add(asn);
    }

    /** Appends whole segments from an index on. */
    void copy(int[] segments, int from) {
        for (int i = from; i < segments.length; i++) {
            append(segments[i]);
        }
        header = -1;
    }

    /** Returns how many AS numbers the segment that was begun last has. */
    int count() {
        return words[header] & 0xffff;
    }

    int[] toArray() {
        return Arrays.copyOf(words, size);
    }

    /** Reads the value of an AS_PATH attribute with four-octet AS numbers. */
    static AsPathWords read(byte[] octets, int offset, int length) {
        AsPathWords words = new AsPathWords();
        int end = offset + length;
        int at = offset;
        while (at < end) {
            int code = octets[at] & 0xff;
            int count = end - at < 2 ? 0 : octets[at + 1] & 0xff;
            int next = at + 2 + 4 * count;
            if (count == 0 || next > end || Kind.fromCode(code).isEmpty()) {
                throw new IllegalArgumentException("AS_PATH octets are not valid at " + (at - offset) + " of " + length
                        + ": allowed is a type 1 to 4, a count 1 to 255 and that many AS numbers of 4 octets");
            }
            words.begin(KINDS.get(code - 1));
            for (int i = at + 2; i < next; i += 4) {
                words.add((octets[i] & 0xff) << 24
                        | (octets[i + 1] & 0xff) << 16
                        | (octets[i + 2] & 0xff) << 8
                        | (octets[i + 3] & 0xff));
            }
            at = next;
        }
        return words;
    }

    /** Writes the value of an AS_PATH attribute with four-octet AS numbers. */
    static byte[] write(int[] words, int octetLength) {
        byte[] octets = new byte[octetLength];
        int to = 0;
        for (int at = 0; at < words.length; at = AsPath.next(words, at)) {
            octets[to++] = (byte) (words[at] >>> 16);
            octets[to++] = (byte) words[at];
            for (int i = at + 1; i < AsPath.next(words, at); i++) {
                octets[to++] = (byte) (words[i] >>> 24);
                octets[to++] = (byte) (words[i] >>> 16);
                octets[to++] = (byte) (words[i] >>> 8);
                octets[to++] = (byte) words[i];
            }
        }
        return octets;
    }

    private void append(int word) {
        if (size == words.length) {
            words = Arrays.copyOf(words, size * 2);
        }
        words[size++] = word;
    }
}
