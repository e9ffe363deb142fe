package dev.waymark.engine;

import dev.waymark.api.EffectivePage;
import dev.waymark.api.EffectiveRoute;
import dev.waymark.api.RouteTable;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.engine.EffectiveRanking.Contender;
import dev.waymark.rib.NextHopSets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the effective routes of a route table, longest prefixes first, a bounded number of rows at a time (ARS-41). Whether a
 * route from BGP lies inside a system route's space is asked of the same {@link SystemSpaces} as when rows are decided; what
 * next hops it has is what sinks are told. Confined to the engine loop.
 */
final class EffectiveRoutes {
    /** Rows of the tables looked at for one page at most. */
    private static final int ROWS_PER_PAGE = 16_384;

    /** More sources than one prefix can have routes of. */
    private static final int SOURCES = 8;

    private final Settings settings;
    private final List<FamilyRib> ribs;
    private final List<Decisions> deciders;
    private final SystemSpaces spaces;
    private final NextHopSets sets;
    private final Revisions revisions;

    EffectiveRoutes(
            Settings settings,
            List<FamilyRib> ribs,
            List<Decisions> deciders,
            SystemSpaces spaces,
            NextHopSets sets,
            Revisions revisions) {
        this.settings = settings;
        this.ribs = ribs;
        this.deciders = deciders;
        this.spaces = spaces;
        this.sets = sets;
        this.revisions = revisions;
    }

    /**
     * Where a reading is. For each family and length there are two stages: the prefixes that the table has whatever BGP says,
     * each with all its routes, and then the rows that only BGP has.
     */
    private static final class Cursor {
        private final int limit;
        private final List<EffectiveRoute> routes = new ArrayList<>();
        private int stage;
        private int at;
        private int looked;

        Cursor(long cursor, int limit) {
            this.limit = limit;
            this.stage = (int) (cursor >>> Integer.SIZE);
            this.at = (int) cursor & Integer.MAX_VALUE;
        }

        boolean isFull() {
            return routes.size() >= limit || looked >= ROWS_PER_PAGE;
        }

        void nextStage() {
            stage++;
            at = 0;
        }

        long position() {
            return (long) stage << Integer.SIZE | at;
        }
    }

    /** Returns a piece of a table's effective routes; throws if there is no such table. */
    EffectivePage page(String name, long from, int limit) {
        RouteTable table = settings.requireTable(name, "effectiveRoutes.table");
        TableRoutes fixed = TableRoutes.of(table, settings.config());
        boolean isProgrammed = settings.config().isProgrammed(table);
        Cursor cursor = new Cursor(from, limit);
        int stage = 0;
        for (int i = 0; i < ribs.size(); i++) {
            for (int length = ribs.get(i).family().maxPrefixLength(); length >= 0; length--, stage += 2) {
                if (cursor.stage == stage) {
                    readFixed(cursor, fixed, i, length, isProgrammed);
                }
                if (cursor.stage == stage + 1) {
                    readLearned(cursor, fixed, i, length, isProgrammed);
                }
                if (cursor.stage <= stage + 1) {
                    return new EffectivePage(revisions.last(), cursor.routes, OptionalLong.of(cursor.position()));
                }
            }
        }
        return new EffectivePage(revisions.last(), cursor.routes, OptionalLong.empty());
    }

    private void readFixed(Cursor cursor, TableRoutes fixed, int family, int length, boolean isProgrammed) {
        List<IpPrefix> prefixes = fixed.prefixes(ribs.get(family).family(), length);
        while (cursor.at / SOURCES < prefixes.size()) {
            IpPrefix prefix = prefixes.get(cursor.at / SOURCES);
            List<Contender> contenders = new ArrayList<>(fixed.contenders(prefix));
            int row = ribs.get(family).prefixes().find(prefix);
            Contender learned = isProgrammed && row >= 0 ? learned(family, row) : null;
            if (learned != null) {
                contenders.add(learned);
            }
            List<EffectiveRoute> ranked = EffectiveRanking.rank(prefix, contenders);
            for (int next = cursor.at % SOURCES; next < ranked.size(); next++) {
                if (cursor.isFull()) {
                    return;
                }
                cursor.routes.add(ranked.get(next));
                cursor.at++;
            }
            cursor.at = (cursor.at / SOURCES + 1) * SOURCES;
            cursor.looked++;
        }
        cursor.nextStage();
    }

    private void readLearned(Cursor cursor, TableRoutes fixed, int family, int length, boolean isProgrammed) {
        FamilyRib rib = ribs.get(family);
        int end = isProgrammed ? rib.prefixes().rowLimit() : 0;
        while (cursor.at < end) {
            if (cursor.isFull()) {
                return;
            }
            int row = cursor.at++;
            cursor.looked++;
            if (!rib.prefixes().contains(row) || rib.prefixes().length(row) != length) {
                continue;
            }
            IpPrefix prefix = rib.prefixes().prefix(row);
            Contender learned = fixed.contains(prefix) ? null : learned(family, row);
            if (learned != null) {
                cursor.routes.addAll(EffectiveRanking.rank(prefix, List.of(learned)));
            }
        }
        cursor.nextStage();
    }

    /** Returns the route from BGP of a row, or null if there is none. */
    private @Nullable Contender learned(int family, int row) {
        FamilyRib rib = ribs.get(family);
        AddressFamily name = rib.family();
        boolean isInside = spaces.contains(name, rib.prefixes(), row);
        List<IpAddress> nextHops = isInside
                ? deciders.get(family).learnedNextHops(row)
                : sets.nextHops(rib.loc().nextHops(row));
        return nextHops.isEmpty() ? null : Contender.learned(nextHops, isInside);
    }
}
