package dev.waymark.spi;

import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.PathAttributes;
import java.util.Optional;

/** What a policy decided. Immutable; {@link #accept()} and {@link #reject(String)} are cheap. */
public final class PolicyVerdict {
    private static final PolicyVerdict UNCHANGED =
            new PolicyVerdict(true, Optional.empty(), Optional.empty(), false, "");

    private final boolean accepted;
    private final Optional<PathAttributes> attributes;
    private final Optional<IpPrefix> aggregate;
    private final boolean notWider;
    private final String reason;

    private PolicyVerdict(
            boolean accepted,
            Optional<PathAttributes> attributes,
            Optional<IpPrefix> aggregate,
            boolean notWider,
            String reason) {
        this.accepted = accepted;
        this.attributes = attributes;
        this.aggregate = aggregate;
        this.notWider = notWider;
        this.reason = reason;
    }

    /** Accepts the route as it is. */
    public static PolicyVerdict accept() {
        return UNCHANGED;
    }

    /** Accepts the route with these attributes instead of its own. */
    public static PolicyVerdict accept(PathAttributes changed) {
        return new PolicyVerdict(true, Optional.of(changed), Optional.empty(), false, "");
    }

    /**
     * Accepts the route as a part of an aggregate (ARS-62): all routes that go to one prefix become one route there, which is there as
     * long as one of them is. On import, those of one peer do; on export, those that go to the same peers. The server makes the
     * aggregate's attributes out of theirs, the same whatever the order in which they came: the worst ORIGIN; of AS_PATH what
     * all begin with; the lowest next hop; all COMMUNITIES; ATOMIC_AGGREGATE, and AGGREGATOR with its own AS number and BGP
     * identifier; everything else where all agree on it (RFC 4271 §9.2.2.2).
     *
     * @param prefix the aggregate's prefix: the route's or one that contains it; the route is refused otherwise
     * @param attributes what the route brings into the aggregate
     */
    public static PolicyVerdict acceptAs(IpPrefix prefix, PathAttributes attributes) {
        return new PolicyVerdict(true, Optional.of(attributes), Optional.of(prefix), false, "");
    }

    /** Rejects the route; the reason is for people and is shown in views and events. */
    public static PolicyVerdict reject(String reason) {
        return new PolicyVerdict(false, Optional.empty(), Optional.empty(), false, reason);
    }

    /** Rejects a route that was to become part of an aggregate which doesn't contain it (ARS-62). */
    public static PolicyVerdict rejectAsNotWider(String reason) {
        return new PolicyVerdict(false, Optional.empty(), Optional.empty(), true, reason);
    }

    /** Returns whether the route may go on. */
    public boolean isAccepted() {
        return accepted;
    }

    /** Returns the new attributes; empty if the route goes on unchanged or is rejected. */
    public Optional<PathAttributes> attributes() {
        return attributes;
    }

    /** Returns the prefix of the aggregate that the route becomes part of; empty if it goes on by itself or is rejected. */
    public Optional<IpPrefix> aggregate() {
        return aggregate;
    }

    /** Returns whether the route was rejected because the aggregate does not contain it. */
    public boolean isNotWider() {
        return notWider;
    }

    /** Returns why the route was rejected; empty if it was not. */
    public String reason() {
        return reason;
    }

    @Override
    public String toString() {
        if (!accepted) {
            return "reject: " + reason;
        }
        String accept = attributes.isPresent() ? "accept, changed" : "accept";
        return aggregate.map(prefix -> "accept as " + prefix).orElse(accept);
    }
}
