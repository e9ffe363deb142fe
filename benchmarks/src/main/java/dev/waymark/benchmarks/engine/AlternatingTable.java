package dev.waymark.benchmarks.engine;

import dev.waymark.benchmarks.CorpusPeer;
import dev.waymark.benchmarks.UpdateCorpus;
import java.util.List;

/** A table that the first peer of an exchange announces in two versions, in turn. Confined to one thread. */
final class AlternatingTable {
    private final int routes;
    private final byte[][] versions;
    private int turn;
    private long announced;

    AlternatingTable(int routes) {
        UpdateCorpus corpus = UpdateCorpus.of(routes, UpdateCorpus.SEED);
        this.routes = routes;
        versions = new byte[][] {corpus.announcements(CorpusPeer.of(0), 1), corpus.announcements(CorpusPeer.of(0), 2)};
    }

    /** Returns the UPDATEs of the version whose turn it is. */
    byte[] next() {
        return versions[turn++ & 1];
    }

    /** Announces the next version, and waits until all others have it; returns how often they were told a route. */
    long replace(Exchange exchange) throws InterruptedException {
        List<DirectPeer> peers = exchange.peers();
        peers.get(0).say(next());
        announced += routes;
        long sum = 0;
        for (int i = 1; i < peers.size(); i++) {
            sum += peers.get(i).await(announced);
        }
        return sum;
    }
}
