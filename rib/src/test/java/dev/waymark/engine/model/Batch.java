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

    /**
     * What comes of an UPDATE's announcements.
     *
     * @param passed what was passed, with {@code TEAR_DOWN}
     * @param refused which of the announcements are refused, by position
     */
    record Outcome(Optional<Breach> passed, Set<Integer> refused) {}

    /** What the event of a tear-down says (ARS-24). */
    record Breach(long snapshot, long incoming, int limit, IpPrefix first) {}

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
        return outcome(snapshot.size(), incoming, first, refused);
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
        return outcome(before, fresh.size(), first, isOver ? refused : Set.of());
    }

    private Outcome outcome(long before, long came, Optional<IpPrefix> first, Set<Integer> refused) {
        boolean discards = limit.action() == LimitAction.DISCARD_NEW;
        boolean tearsDown = limit.action() == LimitAction.TEAR_DOWN;
        return new Outcome(
                tearsDown ? first.map(prefix -> new Breach(before, came, limit.routes(), prefix)) : Optional.empty(),
                discards ? refused : Set.of());
    }
}
