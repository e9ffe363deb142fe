package dev.waymark.benchmarks.engine;

import java.util.List;

/** A route server with peers that are all established. */
interface Ring extends AutoCloseable {
    /** Returns the peers, in the order in which they came. */
    List<? extends Speaker> peers();

    @Override
    void close();
}
