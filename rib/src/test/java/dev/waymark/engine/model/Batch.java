package dev.waymark.engine.model;

import dev.waymark.api.CountingMode;
import dev.waymark.api.LimitAction;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The route limit of one session and family, and the batch that it counts (ARS-20 to ARS-23). */
final class Batch {
    private final RouteLimit limit;
    private boolean isOpen;
    private long openedAt;
    private long lastUpdate;
    private long incoming;
    private Set<IpPrefix> snapshot = new HashSet<>();
    private boolean isWarned;
    private boolean isPassed;

    /**
     * What comes of an UPDATE's announcements.
     *
     * @param event what is told, if a level was crossed that was not reported before
     * @param isTornDown whether that is the end of the session
     * @param refused which of the announcements are refused, by position
     */
    record Outcome(Optional<String> event, boolean isTornDown, Set<Integer> refused) {}

    Batch(RouteLimit limit) {
        this.limit = limit;
    }

    RouteLimit limit() {
        return limit;
    }

    void close() {
        isOpen = false;
    }

    /** An UPDATE of the family came: the batch may be too quiet or too old (ARS-21). */
    void update(long now) {
        if (now - lastUpdate >= limit.quietTime().toMillis()
                || now - openedAt >= limit.maximumAge().toMillis()) {
            close();
        }
        lastUpdate = now;
    }

    /** A prefix is held no more: the snapshot is less by it, if it was in it (ARS-22). */
    void withdrawn(IpPrefix prefix) {
        snapshot.remove(prefix);
    }

    /**
     * Counts an UPDATE's announcements before any is applied.
     *
     * @param held the prefixes held, and whether each is accepted
     * @param isAccepted whether import accepts a prefix with what the UPDATE says of it
     */
    Outcome check(
            long now,
            List<IpPrefix> announced,
            Set<IpPrefix> held,
            Set<IpPrefix> accepted,
            Predicate<IpPrefix> isAccepted) {
        return limit.mode() == CountingMode.CURRENT_PLUS_INCOMING
                ? checkIncoming(now, announced, held, accepted)
                : checkDistinct(announced, held, accepted, isAccepted);
    }

    private Outcome checkIncoming(long now, List<IpPrefix> announced, Set<IpPrefix> held, Set<IpPrefix> accepted) {
        if (!isOpen) {
            isOpen = true;
            openedAt = now;
            incoming = 0;
            snapshot = new HashSet<>(accepted);
        }
        Set<Integer> refused = new HashSet<>();
        Optional<IpPrefix> first = Optional.empty();
        Set<IpPrefix> isHeld = new HashSet<>(held);
        for (int i = 0; i < announced.size(); i++) {
            incoming++;
            boolean isOver = snapshot.size() + incoming > limit.routes();
            if (isOver && first.isEmpty()) {
                first = Optional.of(announced.get(i));
            }
            if (isOver && !isHeld.contains(announced.get(i))) {
                refused.add(i);
            } else {
                isHeld.add(announced.get(i));
            }
        }
        return outcome(snapshot.size(), incoming, snapshot.size() + incoming - announced.size(), first, refused);
    }

    private Outcome checkDistinct(
            List<IpPrefix> announced, Set<IpPrefix> held, Set<IpPrefix> accepted, Predicate<IpPrefix> isAccepted) {
        boolean isAfterPolicy = limit.mode() == CountingMode.DISTINCT_ACCEPTED_PREFIXES;
        Set<IpPrefix> counted = new HashSet<>(isAfterPolicy ? accepted : held);
        Set<IpPrefix> stored = new HashSet<>(held);
        List<IpPrefix> fresh = new ArrayList<>();
        Set<Integer> refused = new HashSet<>();
        int before = counted.size();
        int room = limit.routes() - before;
        for (int i = 0; i < announced.size(); i++) {
            IpPrefix prefix = announced.get(i);
            boolean counts = !isAfterPolicy || isAccepted.test(prefix);
            if (counts && counted.add(prefix)) {
                fresh.add(prefix);
            }
            if (counts && !stored.contains(prefix)) {
                if (room <= 0) {
                    refused.add(i);
                } else {
                    room--;
                    stored.add(prefix);
                }
            } else {
                stored.add(prefix);
            }
        }
        boolean isOver = counted.size() > limit.routes();
        int position = Math.max(0, limit.routes() - before);
        Optional<IpPrefix> first = isOver
                ? Optional.of(position < fresh.size() ? fresh.get(position) : announced.get(0))
                : Optional.empty();
        return outcome(before, fresh.size(), before, first, isOver ? refused : Set.of());
    }

    /** ARS-23, ARS-24: each level is told once, and again only after the count was below it. */
    private Outcome outcome(long held, long came, long before, Optional<IpPrefix> first, Set<Integer> refused) {
        long level = ((long) limit.routes() * limit.warningPercent() + 99) / 100;
        long now = held + came;
        isWarned &= before >= level;
        isPassed &= before >= limit.routes();
        Optional<String> event = Optional.empty();
        if (first.isPresent() && !isPassed) {
            event = Optional.of(Model.passed(held, came, limit.routes(), first.get(), limit.action()));
        } else if (first.isEmpty() && now >= level && !isWarned) {
            event = Optional.of(Model.warned(now, limit.routes()));
        }
        isWarned = now >= level;
        isPassed |= first.isPresent();
        boolean isTornDown = first.isPresent() && limit.action() == LimitAction.TEAR_DOWN;
        return new Outcome(event, isTornDown, limit.action() == LimitAction.DISCARD_NEW ? refused : Set.of());
    }
}
