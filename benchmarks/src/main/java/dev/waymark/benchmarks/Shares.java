package dev.waymark.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** A corpus dealt out to peers: each announces about as many routes, and none that another has. Immutable. */
public final class Shares {
    private final UpdateCorpus corpus;
    private final List<byte[]> streams = new ArrayList<>();
    private final List<Integer> firsts = new ArrayList<>();

    /** Deals out as many routes to each peer; the sets of attributes stay whole, so that it may be a few more or less. */
    public Shares(int peers, int routesEach) {
        corpus = UpdateCorpus.of(peers * routesEach, UpdateCorpus.SEED);
        int group = 0;
        for (int peer = 0; peer < peers; peer++) {
            int from = group;
            boolean isLast = peer == peers - 1;
            while (group < corpus.groups() && (isLast || corpus.endRoute(group) <= (peer + 1) * routesEach)) {
                group++;
            }
            streams.add(corpus.announcements(CorpusPeer.of(peer), 1, from, group));
            firsts.add(corpus.firstRoute(from));
        }
        firsts.add(corpus.routes());
    }

    /** Returns what is dealt out. */
    public UpdateCorpus corpus() {
        return corpus;
    }

    /** Returns the UPDATEs with which each peer announces its routes. */
    public List<byte[]> streams() {
        return streams;
    }

    /** Returns the first route of a peer; its last one is before the first of the next peer, or the end of the corpus. */
    public int firstRoute(int peer) {
        return firsts.get(peer);
    }

    /** Returns how many routes a peer is told when all others have announced theirs. */
    public int toldTo(int peer) {
        return corpus.routes() - (firstRoute(peer + 1) - firstRoute(peer));
    }
}
