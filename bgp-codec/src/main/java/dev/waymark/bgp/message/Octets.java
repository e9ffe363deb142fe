package dev.waymark.bgp.message;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable string of octets, such as the data of a NOTIFICATION. */
public final class Octets {

    private static final Octets EMPTY = new Octets(new byte[0]);

    private final byte[] octets;

    private Octets(byte[] octets) {
        this.octets = octets;
    }

    /**
     * Returns the string without an octet.
     *
     * @return the empty string
     */
    public static Octets empty() {
        return EMPTY;
    }

    /**
     * Returns the string of the given octets.
     *
     * @param values the octets, of which the lower eight bits count
     * @return the string
     */
    public static Octets of(int... values) {
        byte[] octets = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            octets[i] = (byte) values[i];
        }
        return octets.length == 0 ? EMPTY : new Octets(octets);
    }

    /**
     * Copies octets out of a buffer.
     *
     * @param buffer where they stand; not kept
     * @param offset index of the first
     * @param length how many
     * @return the string
     * @throws IndexOutOfBoundsException when the buffer has fewer
     */
    public static Octets copyOf(byte[] buffer, int offset, int length) {
        if (offset < 0 || length < 0 || length > buffer.length - offset) {
            throw new IndexOutOfBoundsException(length + " octets at " + offset + " of " + buffer.length);
        }
        return length == 0 ? EMPTY : new Octets(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    /**
     * Copies all octets of an array.
     *
     * @param octets the octets; not kept
     * @return the string
     */
    public static Octets copyOf(byte[] octets) {
        return copyOf(octets, 0, octets.length);
    }

    /**
     * Reads hexadecimal text, as {@link #toString()} writes it.
     *
     * @param hex an even number of hexadecimal digits
     * @return the string
     * @throws IllegalArgumentException when the text is something else
     */
    public static Octets parse(String hex) {
        return copyOf(HexFormat.of().parseHex(hex));
    }

    /**
     * Returns the two octets of a number in network order.
     *
     * @param value 0 to 65535
     * @return two octets
     */
    public static Octets ofShort(int value) {
        return of(value >>> 8, value);
    }

    /**
     * Returns the number of octets.
     *
     * @return 0 or more
     */
    public int size() {
        return octets.length;
    }

    /**
     * Returns one octet.
     *
     * @param index 0 to {@link #size()} - 1
     * @return 0 to 255
     */
    public int get(int index) {
        return octets[index] & 0xff;
    }

    /**
     * Returns a part of the string.
     *
     * @param from index of the first octet
     * @param to index after the last
     * @return the part
     * @throws IndexOutOfBoundsException when the string doesn't reach that far
     */
    public Octets slice(int from, int to) {
        return copyOf(octets, from, to - from);
    }

    /**
     * Returns the octets as an array.
     *
     * @return a new array
     */
    public byte[] toByteArray() {
        return octets.clone();
    }

    /**
     * Copies all octets into a buffer.
     *
     * @param target where they go
     * @param offset index of the first
     */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(octets, 0, target, offset, octets.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** Returns the octets as lower-case hexadecimal digits without separators. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }
}
