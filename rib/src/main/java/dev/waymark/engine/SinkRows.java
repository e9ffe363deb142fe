package dev.waymark.engine;

import dev.waymark.rib.Bitmap;
import dev.waymark.rib.PrefixTable;

/** Rows of one family that a {@link SinkFeed} tells of: an instance's, or the union of two. Confined to their owner. */
interface SinkRows {
    /** Returns the prefixes. */
    PrefixTable prefixes();

    /** Returns the set of next hops that a row is programmed with, 0 for none. */
    int nextHops(int row);

    /** Returns the rows that may be free for another prefix. */
    Bitmap maybeFree();
}
