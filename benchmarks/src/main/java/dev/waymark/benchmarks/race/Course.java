package dev.waymark.benchmarks.race;

import dev.waymark.benchmarks.CorpusPeer;
import dev.waymark.benchmarks.Shares;
import dev.waymark.benchmarks.UpdateCorpus;

/** What the peers say, and what the routes of all look like that they must be told of. Immutable. */
final class Course {
    /** What {@link #route} returns for a prefix that nobody announces. */
    static final int NONE = -1;

    private final int senders;
    private final Shares shares;
    private final UpdateCorpus corpus;
    /** For each /24 that begins a prefix, the prefix's route and 1; no prefix is longer, or within another. */
    private final int[] routes = new int[1 << 24];

    private final long[] fingerprints;

    /**
     * Makes the tables of some senders.
     *
     * @param senders how many peers announce, 1 to 99; if it is one, there is another that only listens
     * @param routesEach how many routes each has, about, and none that another has; 2,000,000 in all at most
     */
    Course(int senders, int routesEach) {
        this.senders = senders;
        shares = new Shares(senders, routesEach);
        corpus = shares.corpus();
        fingerprints = new long[corpus.routes()];
        int sender = 0;
        for (int group = 0; group < corpus.groups(); group++) {
            while (corpus.firstRoute(group) >= shares.firstRoute(sender + 1)) {
                sender++;
            }
            byte[] attributes = corpus.attributes(group, CorpusPeer.of(sender), 1);
            long fingerprint = Fingerprint.of(attributes, 0, attributes.length);
            for (int route = corpus.firstRoute(group); route < corpus.endRoute(group); route++) {
                fingerprints[route] = fingerprint;
                routes[(int) (corpus.high(route) >>> 40)] = route + 1;
            }
        }
    }

    /** Returns how many peers there are; those that announce come first. */
    int peers() {
        return Math.max(2, senders);
    }

    /** Returns the UPDATEs of a peer, none if it only listens. */
    byte[] stream(int peer) {
        return peer < senders ? shares.streams().get(peer) : new byte[0];
    }

    /** Returns how many routes a peer must hold in the end. */
    int wanted(int peer) {
        return peer < senders ? shares.toldTo(peer) : corpus.routes();
    }

    /** Tells whether a peer must hold a route, which is so if it isn't its own. */
    boolean isWanted(int peer, int route) {
        return peer >= senders || route < shares.firstRoute(peer) || route >= shares.firstRoute(peer + 1);
    }

    /** Returns how many routes there are. */
    int size() {
        return corpus.routes();
    }

    /** Returns a prefix's route, or {@link #NONE}. One is guessed: routes mostly come in the order in which they were sent. */
    int route(int guess, int address, int length) {
        if (guess < size() && is(guess, address, length)) {
            return guess;
        }
        int route = routes[address >>> 8] - 1;
        return route >= 0 && is(route, address, length) ? route : NONE;
    }

    private boolean is(int route, int address, int length) {
        return corpus.high(route) == (long) address << 32 && corpus.length(route) == length;
    }

    /** Returns the {@link Fingerprint} of the attributes with which a route was announced. */
    long fingerprint(int route) {
        return fingerprints[route];
    }

    /** Returns a route's prefix as text. */
    String prefix(int route) {
        return prefix((int) (corpus.high(route) >>> 32), corpus.length(route));
    }

    static String prefix(int address, int length) {
        return (address >>> 24) + "." + ((address >>> 16) & 0xff) + "." + ((address >>> 8) & 0xff) + "."
                + (address & 0xff) + "/" + length;
    }
}
