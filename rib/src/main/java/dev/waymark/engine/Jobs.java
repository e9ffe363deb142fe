package dev.waymark.engine;

import dev.waymark.rib.SlotSweep;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The background jobs of a server; each gets its share of a turn, the oldest first. Confined to the engine loop. */
final class Jobs {
    private final Deque<Job> running = new ArrayDeque<>();
    private final List<Job> unflushed = new ArrayList<>();

    /** Adds a job behind the others. */
    void add(Job job) {
        running.add(job);
    }

    /** Removes the routes of a session that a refresh did not renew (RFC 7313 §4). */
    void sweepStale(FamilyRib rib, Session session, int generation) {
        SlotSweep sweep = SlotSweep.ofStale(rib.prefixes(), rib.paths(), session.slot(), generation);
        running.add(new StaleSweep(rib, session, sweep));
    }

    /** Gives back what a group that lost its last member holds. */
    void dissolve(FamilyRib rib, UpdateGroup group) {
        running.add(new GroupDissolution(rib, group));
    }

    /** Returns whether a turn would find work here. */
    boolean hasWork() {
        return !running.isEmpty() || !unflushed.isEmpty();
    }

    /** Tells the jobs that ended before the last flush that all they changed has been sent, or is owed. */
    void flushed() {
        for (int i = 0; i < unflushed.size(); i++) {
            unflushed.get(i).finished();
        }
        unflushed.clear();
    }

    /** Lets every job go on with an equal share of the units. Returns what is left of them. */
    int run(int units) {
        int left = units;
        int waiting = running.size();
        Iterator<Job> each = running.iterator();
        while (each.hasNext()) {
            Job job = each.next();
            left -= job.run(Math.max(1, left / waiting--));
            if (job.isDone()) {
                each.remove();
                unflushed.add(job);
            }
        }
        return Math.max(1, left);
    }
}
