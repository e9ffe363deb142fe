package dev.waymark.examples.fulltable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The decision of RFC 4271 §9.1.2.2 for external peers, from its text and with lists, to compare with. No candidate has a
 * LOCAL_PREF, and no next hop costs more than another. Immutable.
 */
final class NaiveBest {
    private static final int AS_SET = 1;

    private final int peer;
    private final byte[] attributes;

    /** A candidate; the peers' BGP identifiers and addresses are in the order of their places. */
    NaiveBest(int peer, byte[] attributes) {
        this.peer = peer;
        this.attributes = attributes;
    }

    int peer() {
        return peer;
    }

    byte[] attributes() {
        return attributes;
    }

    /** Returns the best of several, and what the best is equal to up to the AS_PATH's length. */
    static NaiveBest of(List<NaiveBest> candidates) {
        List<NaiveBest> left = least(candidates, NaiveBest::pathLength); // a)
        left = least(left, candidate -> candidate.octet(AttributePool.ORIGIN)); // b)
        left = withoutHigherMed(left); // c)
        left = least(left, candidate -> candidate.peer); // f) and g); d) and e) make no difference here
        return left.get(0);
    }

    /** Returns all that have the shortest path: the ECMP set of Azure (ARS-30). */
    static List<NaiveBest> shortest(List<NaiveBest> candidates) {
        return least(candidates, NaiveBest::pathLength);
    }

    private static List<NaiveBest> least(List<NaiveBest> from, ToLongFunction<NaiveBest> key) {
        long least = from.stream().mapToLong(key).min().orElseThrow();
        return from.stream().filter(c -> key.applyAsLong(c) == least).toList();
    }

    /** A route goes if another one from the same neighbouring AS has a lower MULTI_EXIT_DISC; none is as good as 0. */
    private static List<NaiveBest> withoutHigherMed(List<NaiveBest> from) {
        List<NaiveBest> left = new ArrayList<>();
        for (NaiveBest one : from) {
            boolean isBeaten =
                    from.stream().anyMatch(other -> other.neighbour() == one.neighbour() && other.med() < one.med());
            if (!isBeaten) {
                left.add(one);
            }
        }
        return left;
    }

    private int octet(int type) {
        return attributes[AttributePool.find(attributes, type)];
    }

    private long med() {
        int at = AttributePool.find(attributes, AttributePool.MED);
        return at < 0 ? 0 : AttributePool.u32(attributes, at);
    }

    /** The first AS of the path: AS_PATH begins with a sequence in all that is recorded here. */
    private long neighbour() {
        return AttributePool.u32(attributes, AttributePool.find(attributes, AttributePool.AS_PATH) + 2);
    }

    /** An AS_SET counts as one. */
    private long pathLength() {
        int path = AttributePool.find(attributes, AttributePool.AS_PATH);
        int end = path + AttributePool.length(attributes, path);
        long length = 0;
        for (int at = path; at < end; at += 2 + 4 * (attributes[at + 1] & 0xff)) {
            length += attributes[at] == AS_SET ? 1 : attributes[at + 1] & 0xff;
        }
        return length;
    }

    /** Whether a well-known community keeps it from other ASes: NO_EXPORT, NO_ADVERTISE, NO_EXPORT_SUBCONFED (RFC 1997). */
    boolean isLocal() {
        int at = AttributePool.find(attributes, AttributePool.COMMUNITIES);
        int end = at < 0 ? at : at + AttributePool.length(attributes, at);
        for (int i = at; i < end; i += 4) {
            long community = AttributePool.u32(attributes, i);
            if (community >= 0xffff_ff01L && community <= 0xffff_ff03L) {
                return true;
            }
        }
        return false;
    }
}
