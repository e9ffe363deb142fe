package dev.waymark.benchmarks.engine;

import dev.waymark.benchmarks.CorpusPeer;
import dev.waymark.benchmarks.UpdateCorpus;
import java.util.ArrayList;
import java.util.List;

/** A corpus dealt out to peers: each announces about as many routes, and none that another has. Immutable. */
final class Shares {
    private final UpdateCorpus corpus;
    private final List<byte[]> streams = new ArrayList<>();
    private final List<Integer> routes = new ArrayList<>();

    /** Deals out as many routes to each peer; the sets of attributes stay whole, so that it may be a few more or less. */
    Shares(int peers, int routesEach) {
        corpus = UpdateCorpus.of(peers * routesEach, UpdateCorpus.SEED);
        int group = 0;
        for (int peer = 0; peer < peers; peer++) {
            int from = group;
            boolean isLast = peer == peers - 1;
            while (group < corpus.groups() && (isLast || corpus.endRoute(group) <= (peer + 1) * routesEach)) {
                group++;
            }
            streams.add(corpus.announcements(CorpusPeer.of(peer), 1, from, group));
            routes.add(corpus.endRoute(group - 1) - corpus.firstRoute(from));
        }
    }

    UpdateCorpus corpus() {
        return corpus;
    }

    /** Returns the UPDATEs with which each peer announces its routes. */
    List<byte[]> streams() {
        return streams;
    }

    /** Returns how many routes a peer is told when all others have announced theirs. */
    int toldTo(int peer) {
        return corpus.routes() - routes.get(peer);
    }
}
