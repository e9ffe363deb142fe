package dev.waymark.api.route;

import dev.waymark.api.internal.Refusal;
import dev.waymark.api.net.Asn;
import dev.waymark.api.route.AsPathSegment.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * An AS_PATH with four-octet AS numbers (RFC 4271 §4.3, RFC 6793 §3): segments in wire order, the nearest AS first.
 * Equal paths have equal segments. Immutable.
 */
public final class AsPath {

    private static final AsPath EMPTY = new AsPath(new int[0]);
    private static final int COUNT_MASK = 0xffff;
    private static final int KIND_SHIFT = 16;

    /** For each segment one word with kind and count, then that many AS numbers. */
    private final int[] words;

    private final int length;
    private final int hash;

    private AsPath(int[] words) {
        this.words = words;
        this.length = decisionLength(words);
        this.hash = Arrays.hashCode(words);
    }

    /**
     * Returns the path without a segment, as an AS sends it to itself.
     *
     * @return the empty path
     */
    public static AsPath empty() {
        return EMPTY;
    }

    /**
     * Returns the path with the given segments.
     *
     * @param segments the segments in wire order; not kept
     * @return the path
     */
    public static AsPath of(List<AsPathSegment> segments) {
        AsPathWords words = new AsPathWords();
        for (AsPathSegment segment : segments) {
            words.begin(segment.kind());
            segment.asns().forEach(asn -> words.add(asn.bits()));
        }
        return ofWords(words);
    }

    /**
     * Returns the path of one AS_SEQUENCE, or of several when there are more than 255 AS numbers.
     *
     * @param asns the AS numbers, nearest first; not kept
     * @return the path, empty when there is no AS number
     */
    public static AsPath ofSequence(List<Asn> asns) {
        AsPathWords words = new AsPathWords();
        for (Asn asn : asns) {
            words.addToSequence(asn.bits());
        }
        return ofWords(words);
    }

    /**
     * Returns the path of one AS_SEQUENCE.
     *
     * @param asns the AS numbers, nearest first
     * @return the path, empty when there is no AS number
     */
    public static AsPath ofSequence(Asn... asns) {
        return ofSequence(Arrays.asList(asns));
    }

    /**
     * Reads a path from the octets of an AS_PATH attribute with four-octet AS numbers, as {@link RawAttribute} holds
     * them. For octets that were checked before: what a peer sent is judged by the codec.
     *
     * @param octets where the attribute's value stands; not kept
     * @param offset index of its first octet
     * @param octetLength its length in octets
     * @return the path
     * @throws IllegalArgumentException when a segment is cut short, empty or of an unknown kind
     */
    public static AsPath ofOctets(byte[] octets, int offset, int octetLength) {
        return ofWords(AsPathWords.read(octets, offset, octetLength));
    }

    /**
     * Reads what {@link #toString()} writes: AS numbers with blanks between them (a sequence), a set as
     * {@code {1,2}}, a confederation sequence as {@code (1 2)} and a confederation set as {@code [1,2]}.
     *
     * @param text the text; empty for the empty path
     * @return the path
     * @throws IllegalArgumentException when the text is something else or an AS number is out of range
     */
    public static AsPath parse(String text) {
        return ofWords(AsPathText.parse(text));
    }

    static AsPath ofWords(AsPathWords words) {
        int[] array = words.toArray();
        return array.length == 0 ? EMPTY : new AsPath(array);
    }

    /**
     * Returns the segments in wire order.
     *
     * @return a new immutable list
     */
    public List<AsPathSegment> segments() {
        List<AsPathSegment> segments = new ArrayList<>();
        for (int at = 0; at < words.length; at = next(words, at)) {
            segments.add(new AsPathSegment(kind(words[at]), asns(at)));
        }
        return Collections.unmodifiableList(segments);
    }

    /**
     * Returns every AS number of the path, of all segments, in wire order.
     *
     * @return a new immutable list
     */
    public List<Asn> asns() {
        List<Asn> asns = new ArrayList<>(words.length);
        for (int at = 0; at < words.length; at = next(words, at)) {
            asns.addAll(asns(at));
        }
        return Collections.unmodifiableList(asns);
    }

    /**
     * Returns the length that route selection compares: each AS of a sequence counts one, a whole AS_SET counts one
     * (RFC 4271 §9.1.2.2(a)), confederation segments count nothing (RFC 5065 §5.3).
     *
     * @return the number of hops, at least 0
     */
    public int length() {
        return length;
    }

    /**
     * Tells whether the path has no segment.
     *
     * @return true for the empty path
     */
    public boolean isEmpty() {
        return words.length == 0;
    }

    /**
     * Tells whether an AS number stands anywhere in the path, in a segment of any kind.
     *
     * @param asn the AS number
     * @return true when it does
     */
    public boolean contains(Asn asn) {
        for (int at = 0; at < words.length; at = next(words, at)) {
            for (int i = at + 1; i < next(words, at); i++) {
                if (words[i] == asn.bits()) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Tells whether the path has a segment of the given kind.
     *
     * @param kind the kind
     * @return true when it has
     */
    public boolean contains(Kind kind) {
        for (int at = 0; at < words.length; at = next(words, at)) {
            if (kind(words[at]) == kind) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the nearest AS: the first number of the path when its first segment is an AS_SEQUENCE. It is the
     * neighbour that sent the route, unless that is a transparent route server (RFC 7947 §2.2.2.1).
     *
     * @return the AS number, or empty when the path is empty or begins with another kind of segment
     */
    public Optional<Asn> firstAsn() {
        return words.length > 0 && kind(words[0]) == Kind.AS_SEQUENCE
                ? Optional.of(Asn.ofBits(words[1]))
                : Optional.empty();
    }

    /**
     * Returns the AS that originated the route: the last number of the path when its last segment is an AS_SEQUENCE
     * (RFC 6811 §2).
     *
     * @return the AS number, or empty when the path is empty or ends with another kind of segment
     */
    public Optional<Asn> originAsn() {
        int last = 0;
        for (int at = 0; at < words.length; at = next(words, at)) {
            last = at;
        }
        return words.length > 0 && kind(words[last]) == Kind.AS_SEQUENCE
                ? Optional.of(Asn.ofBits(words[words.length - 1]))
                : Optional.empty();
    }

    /**
     * Returns this path with an AS put before it a number of times. It joins a leading AS_SEQUENCE as far as that has
     * room for it; otherwise a new segment begins (RFC 4271 §5.1.2).
     *
     * @param asn the AS number
     * @param times 1 to 255
     * @return the longer path
     * @throws IllegalArgumentException when {@code times} is out of range
     */
    public AsPath prepend(Asn asn, int times) {
        Refusal.checkRange("prepend times", times, 1, AsPathSegment.MAX_ASNS);
        boolean joins = words.length > 0 && kind(words[0]) == Kind.AS_SEQUENCE;
        int first = joins ? words[0] & COUNT_MASK : 0;
        int joined = joins ? Math.min(times, AsPathSegment.MAX_ASNS - first) : 0;
        AsPathWords longer = new AsPathWords();
        if (times > joined) {
            longer.begin(Kind.AS_SEQUENCE);
            longer.add(asn.bits(), times - joined);
        }
        int rest = 0;
        if (joins) {
            longer.begin(Kind.AS_SEQUENCE);
            longer.add(asn.bits(), joined);
            longer.addAll(words, 1, 1 + first);
            rest = 1 + first;
        }
        longer.copy(words, rest);
        return ofWords(longer);
    }

    /**
     * Returns the size of the path on the wire with four-octet AS numbers.
     *
     * @return the number of octets of the attribute's value
     */
    public int octetLength() {
        int octets = 0;
        for (int at = 0; at < words.length; at = next(words, at)) {
            octets += 2 + 4 * (words[at] & COUNT_MASK);
        }
        return octets;
    }

    /**
     * Returns the value of the AS_PATH attribute with four-octet AS numbers.
     *
     * @return a new array of {@link #octetLength()} octets
     */
    public byte[] toOctets() {
        return AsPathWords.write(words, octetLength());
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof AsPath path && hash == path.hash && Arrays.equals(words, path.words));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /**
     * Returns the path as text, such as {@code 65001 65002 {1,2}}. Neighbouring AS_SEQUENCE segments are written as one.
     */
    @Override
    public String toString() {
        return AsPathText.format(words);
    }

    static Kind kind(int word) {
        return AsPathWords.KINDS.get((word >>> KIND_SHIFT) - 1);
    }

    static int next(int[] words, int at) {
        return at + 1 + (words[at] & COUNT_MASK);
    }

    private List<Asn> asns(int segment) {
        Asn[] asns = new Asn[words[segment] & COUNT_MASK];
        for (int i = 0; i < asns.length; i++) {
            asns[i] = Asn.ofBits(words[segment + 1 + i]);
        }
        return Arrays.asList(asns);
    }

    private static int decisionLength(int[] words) {
        int length = 0;
        for (int at = 0; at < words.length; at = next(words, at)) {
            length += switch (kind(words[at])) {
                case AS_SEQUENCE -> words[at] & COUNT_MASK;
                case AS_SET -> 1;
                case AS_CONFED_SEQUENCE, AS_CONFED_SET -> 0;
            };
        }
        return length;
    }
}
