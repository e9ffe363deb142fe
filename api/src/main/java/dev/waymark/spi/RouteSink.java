package dev.waymark.spi;

import dev.waymark.api.route.RouteBatch;

/**
 * Takes what the route server programs: prefixes with their next hops. Calls are serialised on an executor, never on the
 * engine loop; a call may block as long as it likes and holds up nobody else. Rules that the contract test checks:
 *
 * <ol>
 *   <li>K1: a snapshot comes first: begin, pages, end, each with the same revision.
 *   <li>K2: what was there before a snapshot and is not in it is gone at {@code snapshotEnd}.
 *   <li>K3: changes come with growing revisions; a later change of a prefix replaces an earlier one.
 *   <li>K4: a sink that was too slow gets the latest state of each prefix, not every state in between.
 *   <li>K5: after a throw the sink is detached and later given a new snapshot.
 *   <li>K6: batches are immutable and may be kept.
 * </ol>
 */
public interface RouteSink {
    /** A full state begins; it replaces all that the sink holds. */
    void snapshotBegin(long revision);

    /** A part of the full state, at most 4,096 prefixes; no prefix comes twice. */
    void snapshotPage(RouteBatch page);

    /** The full state is complete: whatever it did not contain is gone. */
    void snapshotEnd(long revision);

    /** Prefixes changed, at most 4,096, each once, with its latest state. */
    void onChanges(RouteBatch changes);
}
