package dev.waymark.bgp.codec;

/**
 * The attributes of one message as they were received: the quick way over them first, the careful one where that isn't
 * enough. Reused. Confined to one thread.
 */
final class ReceivedAttributes {

    private final PlainBlock plain = new PlainBlock();
    private final AttributeWalk walk = new AttributeWalk();
    private final DecodedUpdate nowhere = new DecodedUpdate();
    private byte[] buf = {};
    private int base;
    private int from;
    private int to;
    private boolean isPlain;
    private boolean isWalked;

    /**
     * Reads the attribute headers between two indices. Problems and discards go to {@code out}.
     *
     * @param message index of the message's first octet
     */
    void read(byte[] octets, int message, int begin, int end, AttributeRules rules, DecodedUpdate out) {
        buf = octets;
        base = message;
        from = begin;
        to = end;
        isPlain = plain.read(octets, begin, end, rules);
        isWalked = !isPlain;
        if (isWalked) {
            walk.walk(octets, message, begin, end, rules, out);
        }
    }

    /** Whether {@link #plain()} holds what is kept. */
    boolean isPlain() {
        return isPlain;
    }

    PlainBlock plain() {
        return plain;
    }

    byte[] buf() {
        return buf;
    }

    /** Returns the index of the message's first octet, from which spans count. */
    int base() {
        return base;
    }

    /** Returns what is kept; in ascending order if the block is plain. */
    AttributeSpans spans(AttributeRules rules) {
        if (!isWalked) {
            walk.walk(buf, base, from, to, rules, nowhere); // plain: there is nothing to report
            isWalked = true;
        }
        return walk.spans();
    }

    /** Whether NEXT_HOP is there, sound or not. */
    boolean hasNextHop() {
        return isPlain ? plain.hasNextHop() : walk.spans().indexOf(AttributeType.NEXT_HOP) >= 0;
    }

    /** Whether anything is kept. */
    boolean isEmpty() {
        return isPlain ? plain.length() == 0 : walk.spans().size() == 0;
    }

    /** Whether there is any attribute besides MP_UNREACH_NLRI (RFC 7606 §5.2). */
    boolean hasOthersThanMpUnreach() {
        return isPlain ? plain.length() > 0 || plain.mpReachAt() >= 0 : walk.hasOthersThanMpUnreach();
    }

    boolean hasMultiprotocol() {
        return (mpReachAt() & mpUnreachAt()) >= 0; // -1 for none
    }

    /** Returns where the header of MP_REACH_NLRI begins, or -1. */
    int mpReachAt() {
        return isPlain ? plain.mpReachAt() : walk.mpReachAt();
    }

    /** Returns where the header of MP_UNREACH_NLRI begins, or -1. */
    int mpUnreachAt() {
        return isPlain ? plain.mpUnreachAt() : walk.mpUnreachAt();
    }
}
