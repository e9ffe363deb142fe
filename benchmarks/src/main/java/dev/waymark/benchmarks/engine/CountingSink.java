package dev.waymark.benchmarks.engine;

import dev.waymark.api.route.RouteBatch;
import dev.waymark.api.route.RouteChange;
import dev.waymark.spi.RouteSink;

/** A sink that reads what it is told and keeps nothing but sums. Thread-safe where it says so. */
final class CountingSink implements RouteSink {
    private long sum;
    private long told;
    private boolean hasSnapshot;

    @Override
    public void snapshotBegin(long revision) {
        // There is nothing to forget.
    }

    @Override
    public void snapshotPage(RouteBatch page) {
        take(page);
    }

    @Override
    public synchronized void snapshotEnd(long revision) {
        hasSnapshot = true;
        notifyAll();
    }

    @Override
    public void onChanges(RouteBatch changes) {
        take(changes);
    }

    /** Reads one change. */
    void add(RouteChange change) {
        sum += change.prefix().high() + change.prefix().length();
        for (int i = 0; i < change.nextHops().size(); i++) {
            sum += change.nextHops().get(i).ipv4Bits();
        }
    }

    long sum() {
        return sum;
    }

    /** Waits until so many changes have been told. Thread-safe. */
    synchronized long await(long changes) throws InterruptedException {
        while (told < changes) {
            wait();
        }
        return sum;
    }

    /** Waits for the end of the first snapshot, of so many prefixes at least. Thread-safe. */
    synchronized long awaitSnapshot(long prefixes) throws InterruptedException {
        while (!hasSnapshot) {
            wait();
        }
        return await(prefixes);
    }

    private synchronized void take(RouteBatch batch) {
        for (RouteChange change : batch.changes()) {
            add(change);
        }
        told += batch.changes().size();
        notifyAll();
    }
}
