package dev.waymark.spi.contract;

import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.RouteBatch;
import dev.waymark.api.route.RouteChange;
import dev.waymark.spi.RouteSink;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A sink that holds what it is given, and checks the caller's side of the contract (K1, K3, serialised calls) as it does.
 * Thread-safe; what blocks or throws goes into the gate, which runs first in every call.
 */
public final class RecordingSink implements RouteSink {
    private static final int MOST_CHANGES = 4_096;

    private final Runnable gate;
    private final AtomicInteger inside = new AtomicInteger();
    private final Map<IpPrefix, List<IpAddress>> routes = new TreeMap<>();
    private final Map<IpPrefix, List<IpAddress>> pending = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private boolean inSnapshot;
    private boolean isSynchronized;
    private boolean hasFailed;
    private long revision = Long.MIN_VALUE;
    private int snapshots;
    private long changes;

    /** Creates a sink that takes everything at once. */
    public RecordingSink() {
        this(() -> {});
    }

    /** Creates a sink that runs something first in every call; it may block, or throw. */
    public RecordingSink(Runnable gate) {
        this.gate = gate;
    }

    @Override
    public void snapshotBegin(long atRevision) {
        guarded("snapshotBegin", () -> {
            expect(!inSnapshot || hasFailed, "a snapshot begins inside another, and the sink did not throw (K1)");
            expect(atRevision >= revision, "snapshot revision " + atRevision + " after " + revision + " (K3)");
            hasFailed = false;
            inSnapshot = true;
            revision = atRevision;
            pending.clear();
        });
    }

    @Override
    public void snapshotPage(RouteBatch page) {
        guarded("snapshotPage", () -> {
            expect(inSnapshot && !hasFailed, "a page outside a snapshot (K1)");
            expect(page.revision() == revision, "page revision " + page.revision() + " in " + revision + " (K1)");
            expect(page.changes().size() <= MOST_CHANGES, page.changes().size() + " changes in a page");
            for (RouteChange change : page.changes()) {
                expect(!change.isWithdrawal(), "a withdrawal in a snapshot: " + change);
                expect(pending.put(change.prefix(), change.nextHops()) == null, "twice in a snapshot: " + change);
            }
        });
    }

    @Override
    public void snapshotEnd(long atRevision) {
        guarded("snapshotEnd", () -> {
            expect(inSnapshot && !hasFailed, "an end without a beginning (K1)");
            expect(atRevision == revision, "end revision " + atRevision + " in " + revision + " (K1)");
            inSnapshot = false;
            isSynchronized = true;
            snapshots++;
            routes.clear();
            routes.putAll(pending);
            pending.clear();
        });
    }

    @Override
    public void onChanges(RouteBatch batch) {
        guarded("onChanges", () -> {
            expect(isSynchronized && !inSnapshot && !hasFailed, "changes without a snapshot before them (K1)");
            expect(batch.revision() > revision, "revision " + batch.revision() + " after " + revision + " (K3)");
            expect(batch.changes().size() <= MOST_CHANGES, batch.changes().size() + " changes in a batch");
            revision = batch.revision();
            Set<IpPrefix> seen = new HashSet<>();
            for (RouteChange change : batch.changes()) {
                expect(seen.add(change.prefix()), "twice in a batch: " + change);
                changes++;
                if (change.isWithdrawal()) {
                    routes.remove(change.prefix());
                } else {
                    routes.put(change.prefix(), change.nextHops());
                }
            }
        });
    }

    /** Waits until the routes are as wanted and returns them; only whole snapshots and batches are looked at. */
    public synchronized Map<IpPrefix, List<IpAddress>> await(Predicate<Map<IpPrefix, List<IpAddress>>> wanted) {
        Await.until(this, () -> isSynchronized && wanted.test(routes), () -> "the wanted routes; held: " + this);
        return Map.copyOf(routes);
    }

    /** Waits until so many snapshots are complete. */
    public synchronized void awaitSnapshots(int atLeast) {
        Await.until(this, () -> snapshots >= atLeast, () -> atLeast + " snapshots; held: " + this);
    }

    /** Returns what is held. */
    public synchronized Map<IpPrefix, List<IpAddress>> routes() {
        return Map.copyOf(routes);
    }

    /** Returns how many snapshots were complete. */
    public synchronized int snapshots() {
        return snapshots;
    }

    /** Returns how many single changes came outside snapshots. */
    public synchronized long changes() {
        return changes;
    }

    /** Returns the revision of the last call. */
    public synchronized long revision() {
        return revision;
    }

    /** Returns the rules that the caller broke; empty if all is well. */
    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    @Override
    public synchronized String toString() {
        String held = routes.size() > 20 ? routes.size() + " routes" : routes.toString();
        return held + ", revision " + revision + ", snapshots " + snapshots + ", violations " + violations;
    }

    private void guarded(String call, Runnable body) {
        boolean alone = inside.getAndIncrement() == 0;
        try {
            gate.run();
            synchronized (this) {
                expect(alone, call + " overlaps another call");
                body.run();
                notifyAll();
            }
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                hasFailed = true;
            }
            throw e;
        } finally {
            inside.decrementAndGet();
        }
    }

    private void expect(boolean condition, String rule) {
        if (!condition && violations.size() < 100) {
            violations.add(rule);
        }
    }
}
