package dev.waymark.engine;

import dev.waymark.rib.NextHopSets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The route sinks of a server. Confined to the engine loop. */
final class SinkFeeds {
    private final List<? extends SinkRows> ribs;
    private final NextHopSets sets;
    private final Revisions revisions;
    private final List<SinkFeed> feeds = new ArrayList<>();
    private final Map<SinkFeed, SinkGate> gates = new LinkedHashMap<>();
    private Set<String> programmed = Set.of();

    SinkFeeds(List<? extends SinkRows> ribs, NextHopSets sets, Revisions revisions) {
        this.ribs = ribs;
        this.sets = sets;
        this.revisions = revisions;
    }

    /** Returns all feeds; the list shows later changes. */
    List<SinkFeed> feeds() {
        return feeds;
    }

    /** Adds a sink, which gets a snapshot first. */
    void attach(int id, String name) {
        feeds.add(new SinkFeed(id, name, ribs, sets));
    }

    /** Adds a sink of a route table, which gets a snapshot first: empty unless the table is programmed (ARS-42). */
    void attach(int id, String name, String table) {
        SinkGate gate = new SinkGate(table, programmed.contains(table));
        SinkFeed feed = new SinkFeed(id, name, gate.around(ribs), sets);
        feeds.add(feed);
        gates.put(feed, gate);
    }

    /** Says which route tables are programmed now; the sinks of those that were not, or are no longer, are told so. */
    void setProgrammed(Set<String> tables) {
        programmed = Set.copyOf(tables);
        gates.forEach((feed, gate) -> {
            boolean isProgrammed = programmed.contains(gate.table());
            if (gate.set(isProgrammed)) {
                if (isProgrammed) {
                    feed.restart();
                } else {
                    feed.withdrawAll();
                }
            }
        });
    }

    /** Forgets a sink; returns whether there was one. */
    boolean detach(int id) {
        gates.keySet().removeIf(feed -> feed.id() == id);
        return feeds.removeIf(feed -> feed.id() == id);
    }

    /** A sink's call returned, or threw. */
    void ready(int id, long nowNanos, @Nullable String error, Outbox out) {
        for (SinkFeed feed : feeds) {
            if (feed.id() == id) {
                feed.ready(nowNanos, error == null ? "" : error, out);
            }
        }
    }

    /** Gives every sink that is ready its next call. */
    void feed(long nowNanos, Outbox out) {
        for (SinkFeed feed : feeds) {
            feed.feed(nowNanos, revisions, out);
        }
    }

    /** Returns whether a sink could be given something now. */
    boolean hasWork() {
        for (SinkFeed feed : feeds) {
            if (feed.hasWork()) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a sink's call has not returned, or a sink that threw waits for its next one. */
    boolean isPending() {
        for (SinkFeed feed : feeds) {
            if (feed.isBusy() || feed.isWaiting()) {
                return true;
            }
        }
        return false;
    }

    /** Returns the earliest time at which a sink that threw is tried again, at most {@code latest}. */
    long nextDeadlineNanos(long latest) {
        long earliest = latest;
        for (SinkFeed feed : feeds) {
            if (feed.isWaiting() && feed.retryAtNanos() - earliest < 0) {
                earliest = feed.retryAtNanos();
            }
        }
        return earliest;
    }
}
