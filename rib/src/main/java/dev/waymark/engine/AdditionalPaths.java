package dev.waymark.engine;

import dev.waymark.bgp.codec.NlriList;
import dev.waymark.rib.AdjRibIn;

/**
 * What is particular to prefixes that come with path identifiers (RFC 7911 §3): a peer then has several paths of one prefix, as
 * many as its settings allow. Looked at only where a message has such identifiers. Confined to the engine loop.
 */
final class AdditionalPaths {
    private AdditionalPaths() {}

    /** Withdraws paths by prefix and identifier. */
    static void withdraw(FamilyRib rib, Session session, SessionFamily family, NlriList prefixes) {
        for (int i = 0; i < prefixes.size(); i++) {
            int row = row(rib, prefixes, i);
            int path = row < 0 ? 0 : rib.paths().find(row, session.slot(), prefixes.pathId(i));
            if (path != 0) {
                Importer.remove(rib, family, row, rib.paths().remove(row, path));
            }
        }
    }

    /**
     * Tells whether an announced path is one more than the session may have of its prefix. One that takes the place of another never
     * is. What is kept of the session before, or about to be swept, doesn't count, since the identifiers may be others now.
     */
    static boolean isExtra(FamilyRib rib, Session session, SessionFamily family, NlriList announced, int index) {
        int row = row(rib, announced, index);
        if (row < 0) {
            return false;
        }
        AdjRibIn paths = rib.paths();
        int held = 0;
        for (int path = paths.first(row); path != 0; path = paths.next(path)) {
            if (paths.slot(path) == session.slot() && !isLeaving(family, paths, path)) {
                if (paths.pathId(path) == announced.pathId(index)) {
                    return false;
                }
                held++;
            }
        }
        return held >= session.config().addPath().receivedPaths();
    }

    /** Tells whether a path is stale (RFC 4724 §4.2), or a refresh that has ended did not renew it (RFC 7313 §4). */
    private static boolean isLeaving(SessionFamily family, AdjRibIn paths, int path) {
        return family.isStale(path) || (!family.isRefreshing() && paths.generation(path) != family.generation());
    }

    /** Returns the path that a session has for a prefix of a message, or 0; with identifiers or without. */
    static int find(FamilyRib rib, Session session, NlriList prefixes, int index) {
        int row = row(rib, prefixes, index);
        if (row < 0) {
            return 0;
        }
        return prefixes.hasPathIds()
                ? rib.paths().find(row, session.slot(), prefixes.pathId(index))
                : rib.paths().find(row, session.slot());
    }

    private static int row(FamilyRib rib, NlriList prefixes, int index) {
        return rib.prefixes().find(prefixes.high(index), prefixes.low(index), prefixes.length(index));
    }
}
