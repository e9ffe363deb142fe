package dev.waymark.engine;

import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.route.RouteBatch;
import dev.waymark.api.route.RouteChange;
import dev.waymark.rib.Bitmap;
import dev.waymark.rib.NextHopSets;
import java.util.ArrayList;
import java.util.List;

/**
 * What one route sink is owed: two bits a row and family, never a queue (DESIGN §4, §9). First a snapshot in pages, then
 * changes; a sink that is slow, blocks or throws finds the latest state when it is ready again. Confined to the engine loop.
 */
final class SinkFeed {
    private static final int BATCH = 4_096;
    private static final long FIRST_RETRY_NANOS = 100_000_000L;
    private static final long LAST_RETRY_NANOS = 30_000_000_000L;

    private enum Phase {
        BEGIN,
        PAGES,
        END,
        CHANGES
    }

    private final int id;
    private final String name;
    private final List<? extends SinkRows> ribs;
    private final NextHopSets sets;
    private final List<Bitmap> todo = new ArrayList<>();
    private final List<Bitmap> had = new ArrayList<>();
    private final int[] pageEnd;
    private Phase phase = Phase.BEGIN;
    private boolean isBusy;
    private int family;
    private int cursor;
    private long snapshotRevision;
    private long snapshotSize;
    private boolean isEnding;
    private boolean isAnotherOwed;
    private long failures;
    private long retryAtNanos;
    private boolean isWaiting;

    SinkFeed(int id, String name, List<? extends SinkRows> ribs, NextHopSets sets) {
        this.id = id;
        this.name = name;
        this.ribs = ribs;
        this.sets = sets;
        this.pageEnd = new int[ribs.size()];
        for (int i = 0; i < ribs.size(); i++) {
            todo.add(new Bitmap());
            had.add(new Bitmap());
        }
    }

    int id() {
        return id;
    }

    /** Notes that a row's next hops changed. */
    void mark(int familyIndex, int row) {
        if (phase != Phase.BEGIN) {
            todo.get(familyIndex).set(row);
        }
    }

    /** Has all that the sink holds looked at again: its rows have no next hops any more. */
    void withdrawAll() {
        for (int i = 0; i < ribs.size(); i++) {
            Bitmap held = had.get(i);
            for (int row = held.isEmpty() ? -1 : held.nextSet(0); row >= 0; row = held.nextSet(row + 1)) {
                todo.get(i).set(row);
            }
        }
    }

    /** Gives the sink a new snapshot, once the one that it is in has ended: its rows have next hops again. */
    void restart() {
        if (phase == Phase.CHANGES) {
            phase = Phase.BEGIN;
        } else {
            isAnotherOwed = phase != Phase.BEGIN;
        }
    }

    /**
     * Returns whether the feed refers to a row, so that it can't be given to another prefix yet. A row that came and went
     * without the sink is forgotten, so that a sink that blocks keeps no more rows than it holds prefixes.
     */
    boolean isOwed(int familyIndex, int row) {
        if (had.get(familyIndex).get(row)) {
            return true;
        }
        if (ribs.get(familyIndex).nextHops(row) == 0) {
            todo.get(familyIndex).clear(row);
        }
        return todo.get(familyIndex).get(row);
    }

    /** The sink's call returned, or threw. */
    void ready(long nowNanos, String error, Outbox out) {
        isBusy = false;
        if (error.isEmpty()) {
            failures = 0;
            if (isEnding) {
                out.add(new Output.Publish(new ServerEvent.SinkSynchronized(name, snapshotRevision, snapshotSize)));
            }
            isEnding = false;
            return;
        }
        isEnding = false;
        failures++;
        out.add(new Output.Publish(new ServerEvent.SinkFailed(name, failures, error)));
        phase = Phase.BEGIN;
        isWaiting = true;
        long backoff = FIRST_RETRY_NANOS << Math.min(failures - 1, 16);
        retryAtNanos = nowNanos + Math.min(backoff, LAST_RETRY_NANOS);
    }

    /** Returns whether a call of the sink has not returned. */
    boolean isBusy() {
        return isBusy;
    }

    /** Returns whether the sink waits out the time after a throw. */
    boolean isWaiting() {
        return isWaiting;
    }

    long retryAtNanos() {
        return retryAtNanos;
    }

    /** Gives the sink its next call, if it is ready for one and there is one. */
    void feed(long nowNanos, Revisions revisions, Outbox out) {
        if (isWaiting && nowNanos - retryAtNanos >= 0) {
            isWaiting = false;
        }
        if (isBusy || isWaiting) {
            return;
        }
        switch (phase) {
            case BEGIN -> begin(revisions, out);
            case PAGES -> page(out);
            case END -> end(out);
            case CHANGES -> changes(revisions, out);
        }
    }

    private void begin(Revisions revisions, Outbox out) {
        for (int i = 0; i < ribs.size(); i++) {
            todo.get(i).clearAll();
            had.get(i).clearAll();
            pageEnd[i] = ribs.get(i).prefixes().rowLimit();
        }
        family = 0;
        cursor = 0;
        isAnotherOwed = false;
        snapshotRevision = revisions.next();
        phase = Phase.PAGES;
        call(Output.SinkMethod.SNAPSHOT_BEGIN, new RouteBatch(snapshotRevision, List.of()), out);
    }

    private void page(Outbox out) {
        List<RouteChange> changes = new ArrayList<>();
        int seen = 0;
        while (family < ribs.size() && changes.size() < BATCH && seen < BATCH * 4) {
            SinkRows rib = ribs.get(family);
            if (cursor >= pageEnd[family]) {
                family++;
                cursor = 0;
                continue;
            }
            int row = cursor++;
            seen++;
            todo.get(family).clear(row);
            int set = rib.nextHops(row);
            if (set != 0) {
                had.get(family).set(row);
                changes.add(new RouteChange(rib.prefixes().prefix(row), sets.nextHops(set)));
            }
        }
        if (family == ribs.size()) {
            phase = Phase.END;
        }
        if (!changes.isEmpty()) {
            call(Output.SinkMethod.SNAPSHOT_PAGE, new RouteBatch(snapshotRevision, changes), out);
        }
    }

    private void end(Outbox out) {
        phase = isAnotherOwed ? Phase.BEGIN : Phase.CHANGES;
        isEnding = true;
        snapshotSize = 0;
        for (Bitmap held : had) {
            snapshotSize += held.count();
        }
        call(Output.SinkMethod.SNAPSHOT_END, new RouteBatch(snapshotRevision, List.of()), out);
    }

    private void changes(Revisions revisions, Outbox out) {
        List<RouteChange> changes = new ArrayList<>();
        for (int i = 0; i < ribs.size() && changes.size() < BATCH; i++) {
            Bitmap owed = todo.get(i);
            int row = owed.isEmpty() ? -1 : owed.nextSet(0);
            while (row >= 0 && changes.size() < BATCH) {
                owed.clear(row);
                change(i, row, changes);
                row = owed.nextSet(row + 1);
            }
        }
        if (!changes.isEmpty()) {
            call(Output.SinkMethod.CHANGES, new RouteBatch(revisions.next(), changes), out);
        }
    }

    private void change(int familyIndex, int row, List<RouteChange> changes) {
        SinkRows rib = ribs.get(familyIndex);
        List<IpAddress> nextHops = sets.nextHops(rib.nextHops(row));
        boolean wasHeld = had.get(familyIndex).get(row);
        if (!nextHops.isEmpty()) {
            had.get(familyIndex).set(row);
        } else if (wasHeld) {
            had.get(familyIndex).clear(row);
            rib.maybeFree().set(row);
        } else {
            rib.maybeFree().set(row);
            return;
        }
        changes.add(new RouteChange(rib.prefixes().prefix(row), nextHops));
    }

    private void call(Output.SinkMethod method, RouteBatch batch, Outbox out) {
        isBusy = true;
        out.add(new Output.CallSink(id, new Output.SinkCall(method, batch)));
    }

    /** Returns whether {@link #feed} would find something to do now. */
    boolean hasWork() {
        if (isBusy || isWaiting) {
            return false;
        }
        if (phase != Phase.CHANGES) {
            return true;
        }
        for (Bitmap owed : todo) {
            if (!owed.isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
