package dev.waymark.bgp.codec;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.Arrays;

/**
 * The prefixes of one family that a message announces or withdraws, as parallel arrays of primitives. Left-aligned: an
 * IPv4 prefix fills the upper 32 bits of {@code high}. Bits behind the prefix length are zero. Reused from message to
 * message, and grows to what a message can hold. Confined to one thread.
 */
public final class NlriList {

    private static final int INITIAL = 64;

    private final AddressFamily family;
    private long[] high = new long[INITIAL];
    private long[] low;
    private byte[] length = new byte[INITIAL];
    private int[] pathId = {};
    private boolean hasPathIds;
    private int size;

    NlriList(AddressFamily family) {
        this.family = family;
        low = family == AddressFamily.IPV4_UNICAST ? new long[0] : new long[INITIAL];
    }

    /**
     * Returns the family of all prefixes.
     *
     * @return the family
     */
    public AddressFamily family() {
        return family;
    }

    /**
     * Returns the number of prefixes, repeated ones counted each time.
     *
     * @return 0 or more
     */
    public int size() {
        return size;
    }

    /**
     * Returns the first 64 bits of a prefix.
     *
     * @param index 0 to {@link #size()} - 1
     * @return the bits, left-aligned
     */
    public long high(int index) {
        return high[index];
    }

    /**
     * Returns the last 64 bits of a prefix.
     *
     * @param index 0 to {@link #size()} - 1
     * @return the bits; 0 for IPv4
     */
    public long low(int index) {
        return family == AddressFamily.IPV4_UNICAST ? 0 : low[index];
    }

    /**
     * Returns the length of a prefix.
     *
     * @param index 0 to {@link #size()} - 1
     * @return 0 to 32 or 128 bits
     */
    public int length(int index) {
        return length[index] & 0xff;
    }

    /**
     * Returns the path identifier of a prefix (RFC 7911 §3).
     *
     * @param index 0 to {@link #size()} - 1
     * @return the identifier as an unsigned 32-bit value; 0 when ADD-PATH isn't used
     */
    public int pathId(int index) {
        return hasPathIds ? pathId[index] : 0;
    }

    /**
     * Tells whether the prefixes came with path identifiers (RFC 7911 §3).
     *
     * @return false when there is no prefix or ADD-PATH isn't used
     */
    public boolean hasPathIds() {
        return hasPathIds;
    }

    /**
     * Returns a prefix as a value; not for hot paths.
     *
     * @param index 0 to {@link #size()} - 1
     * @return the prefix
     */
    public IpPrefix prefix(int index) {
        return IpPrefix.of(new IpAddress(family, high(index), low(index)), length(index));
    }

    void clear() {
        size = 0;
        hasPathIds = false;
    }

    /** Makes room for more prefixes, to be written into the arrays, and returns the index of the first. */
    int reserve(int more) {
        while (size + more > high.length) {
            grow();
        }
        return size;
    }

    long[] highs() {
        return high;
    }

    byte[] lengths() {
        return length;
    }

    void size(int newSize) {
        size = newSize;
    }

    void add(long prefixHigh, long prefixLow, int prefixLength) {
        int at = size;
        if (at == high.length) {
            grow();
        }
        high[at] = prefixHigh;
        if (family != AddressFamily.IPV4_UNICAST) {
            low[at] = prefixLow;
        }
        length[at] = (byte) prefixLength;
        size = at + 1;
    }

    void add(long prefixHigh, long prefixLow, int prefixLength, int id) {
        add(prefixHigh, prefixLow, prefixLength);
        if (!hasPathIds) {
            hasPathIds = true;
            Arrays.fill(pathId, 0);
        }
        if (pathId.length < size) {
            pathId = Arrays.copyOf(pathId, high.length);
        }
        pathId[size - 1] = id;
    }

    /** Appends the prefixes of another list of the family. */
    void addAll(NlriList other) {
        for (int i = 0; i < other.size; i++) {
            if (other.hasPathIds) {
                add(other.high(i), other.low(i), other.length(i), other.pathId(i));
            } else {
                add(other.high(i), other.low(i), other.length(i));
            }
        }
    }

    /** Keeps only the prefixes whose index the set does not hold. */
    void removeAll(NlriList announced, PrefixSet scratch) {
        scratch.fill(announced);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (!scratch.contains(this, i)) {
                move(i, kept++);
            }
        }
        size = kept;
    }

    boolean isSame(int index, NlriList other, int otherIndex) {
        return high[index] == other.high[otherIndex]
                && low(index) == other.low(otherIndex)
                && length[index] == other.length[otherIndex]
                && pathId(index) == other.pathId(otherIndex);
    }

    private void move(int from, int to) {
        high[to] = high[from];
        length[to] = length[from];
        if (family != AddressFamily.IPV4_UNICAST) {
            low[to] = low[from];
        }
        if (hasPathIds) {
            pathId[to] = pathId[from];
        }
    }

    private void grow() {
        int capacity = high.length * 2;
        high = Arrays.copyOf(high, capacity);
        length = Arrays.copyOf(length, capacity);
        if (family != AddressFamily.IPV4_UNICAST) {
            low = Arrays.copyOf(low, capacity);
        }
    }

    /** Returns family and prefixes as text. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(family.toString());
        for (int i = 0; i < size; i++) {
            text.append(' ').append(prefix(i));
            if (hasPathIds) {
                text.append('#').append(Integer.toUnsignedString(pathId[i]));
            }
        }
        return text.toString();
    }
}
