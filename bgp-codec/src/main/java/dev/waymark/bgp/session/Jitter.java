package dev.waymark.bgp.session;

/**
 * Shortens times by chance, to between 75 % and 100 % of what they were (RFC 4271 §10). "Chance" is a pure function of a
 * seed and of how many times were asked for before, so a run can be replayed. Immutable.
 */
public final class Jitter {

    private static final Jitter NONE = new Jitter(0, true);
    private static final long GOLDEN_GAMMA = 0x9e37_79b9_7f4a_7c15L;

    private final long seed;
    private final boolean isOff;

    private Jitter(long seed, boolean isOff) {
        this.seed = seed;
        this.isOff = isOff;
    }

    /**
     * Returns the jitter of one stream of times.
     *
     * @param seed the server's seed, part of its configuration
     * @param stream what tells this stream from the server's others, such as the number of the peer
     * @return jitter that is unrelated to that of any other stream
     */
    public static Jitter of(long seed, long stream) {
        return new Jitter(mix(seed ^ mix(stream + GOLDEN_GAMMA)), false);
    }

    /**
     * Returns the jitter of a stream within this stream.
     *
     * @param number which of them
     * @return jitter that is unrelated to this one and to any other number's; none if this is none
     */
    public Jitter stream(long number) {
        return isOff ? this : of(seed, number);
    }

    /**
     * Returns no jitter at all, for tests that count seconds.
     *
     * @return a jitter that gives back every time as it is
     */
    public static Jitter none() {
        return NONE;
    }

    /**
     * Returns a time, shortened.
     *
     * @param nanos the longest result, 0 or more
     * @param sequence which time of the stream this is; any number
     * @return between three quarters of {@code nanos} and {@code nanos}, evenly spread
     */
    public long shorten(long nanos, long sequence) {
        if (isOff) {
            return nanos;
        }
        long chance = mix(seed + GOLDEN_GAMMA * (sequence + 1)) >>> 1; // 63 bits
        return nanos - Math.multiplyHigh(nanos >>> 1, chance); // a half times 2^63 / 2^64 is at most a quarter
    }

    /** Spreads every bit over all others: the finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d0_49bb_1331_11ebL;
        return mixed ^ (mixed >>> 31);
    }
}
