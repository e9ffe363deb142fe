package dev.waymark.benchmarks.race;

import dev.waymark.benchmarks.Frames;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a peer holds, and whether it is what it must hold: every route of the others, each with the attributes that it was announced
 * with, and nothing else. Reads UPDATEs for itself, so that no codec checks its own work. Confined to one thread at a time.
 */
final class Tally {
    private static final int ADDRESS_BITS = 32;

    private final Course course;
    private final int peer;
    private final int wanted;
    private final BitSet held = new BitSet();
    private final BitSet right = new BitSet();
    /** What nobody announces. */
    private final Set<String> strangers = new LinkedHashSet<>();

    private int heldCount;
    private int rightCount;
    private int illegible;
    private int guess;

    Tally(Course course, int peer) {
        this.course = course;
        this.peer = peer;
        wanted = course.wanted(peer);
    }

    /** Tells whether the peer holds all that it must, and nothing else. */
    boolean isComplete() {
        return rightCount == wanted && heldCount == wanted && illegible == 0 && strangers.isEmpty();
    }

    /** Says what is wrong with what the peer holds, with an example of each; empty if nothing is. */
    String faults() {
        BitSet missing = new BitSet();
        BitSet changed = new BitSet();
        BitSet own = new BitSet();
        for (int route = 0; route < course.size(); route++) {
            boolean isWanted = course.isWanted(peer, route);
            missing.set(route, isWanted && !held.get(route));
            changed.set(route, isWanted && held.get(route) && !right.get(route));
            own.set(route, !isWanted && held.get(route));
        }
        StringBuilder faults = new StringBuilder();
        add(faults, missing, "missing");
        add(faults, changed, "with other attributes than announced");
        add(faults, own, "of its own");
        if (!strangers.isEmpty()) {
            add(faults, strangers.size(), "extra", strangers.iterator().next());
        }
        if (illegible > 0) {
            add(faults, illegible, "illegible UPDATEs", "");
        }
        return faults.toString();
    }

    private void add(StringBuilder faults, BitSet routes, String what) {
        if (!routes.isEmpty()) {
            add(faults, routes.cardinality(), what, course.prefix(routes.nextSetBit(0)));
        }
    }

    private static void add(StringBuilder faults, int count, String what, String example) {
        faults.append(faults.isEmpty() ? "" : ", ").append(count).append(' ').append(what);
        faults.append(example.isEmpty() ? "" : " (" + example + ")");
    }

    /** Takes an UPDATE, header included (RFC 4271 §4.3). */
    void take(byte[] octets, int from, int to) {
        int withdrawn = from + Frames.HEADER_OCTETS + 2;
        int attributes = withdrawn <= to ? withdrawn + Frames.u16(octets, withdrawn - 2) + 2 : to + 1;
        int announced = attributes <= to ? attributes + Frames.u16(octets, attributes - 2) : to + 1;
        long fingerprint = announced <= to ? Fingerprint.of(octets, attributes, announced) : Fingerprint.ILLEGIBLE;
        if (fingerprint == Fingerprint.ILLEGIBLE
                || !prefixes(octets, withdrawn, attributes - 2, false, 0)
                || !prefixes(octets, announced, to, true, fingerprint)) {
            illegible++;
        }
    }

    private boolean prefixes(byte[] octets, int from, int to, boolean isAnnounced, long fingerprint) {
        int at = from;
        while (at < to) {
            int length = octets[at++] & 0xff;
            int end = at + ((length + 7) >>> 3);
            if (length > ADDRESS_BITS || end > to) {
                return false;
            }
            int address = 0;
            for (int shift = 24; at < end; shift -= 8) {
                address |= (octets[at++] & 0xff) << shift;
            }
            int route = course.route(guess, address, length);
            guess = route + 1;
            if (route != Course.NONE) {
                boolean isRight =
                        isAnnounced && course.isWanted(peer, route) && fingerprint == course.fingerprint(route);
                hold(route, isAnnounced, isRight);
            } else if (isAnnounced) {
                strangers.add(Course.prefix(address, length));
            } else {
                strangers.remove(Course.prefix(address, length));
            }
        }
        return true;
    }

    private void hold(int route, boolean isHeld, boolean isRight) {
        if (held.get(route) != isHeld) {
            held.set(route, isHeld);
            heldCount += isHeld ? 1 : -1;
        }
        if (right.get(route) != isRight) {
            right.set(route, isRight);
            rightCount += isRight ? 1 : -1;
        }
    }
}
