package dev.waymark.spi;

import dev.waymark.api.route.PathAttributes;
import java.util.Optional;

/** What a policy decided. Immutable; {@link #accept()} and {@link #reject(String)} are cheap. */
public final class PolicyVerdict {
    private static final PolicyVerdict UNCHANGED = new PolicyVerdict(true, Optional.empty(), "");

    private final boolean accepted;
    private final Optional<PathAttributes> attributes;
    private final String reason;

    private PolicyVerdict(boolean accepted, Optional<PathAttributes> attributes, String reason) {
        this.accepted = accepted;
        this.attributes = attributes;
        this.reason = reason;
    }

    /** Accepts the route as it is. */
    public static PolicyVerdict accept() {
        return UNCHANGED;
    }

    /** Accepts the route with these attributes instead of its own. */
    public static PolicyVerdict accept(PathAttributes changed) {
        return new PolicyVerdict(true, Optional.of(changed), "");
    }

    /** Rejects the route; the reason is for people and is shown in views and events. */
    public static PolicyVerdict reject(String reason) {
        return new PolicyVerdict(false, Optional.empty(), reason);
    }

    /** Returns whether the route may go on. */
    public boolean isAccepted() {
        return accepted;
    }

    /** Returns the new attributes; empty if the route goes on unchanged or is rejected. */
    public Optional<PathAttributes> attributes() {
        return attributes;
    }

    /** Returns why the route was rejected; empty if it was not. */
    public String reason() {
        return reason;
    }

    @Override
    public String toString() {
        return accepted ? (attributes.isPresent() ? "accept, changed" : "accept") : "reject: " + reason;
    }
}
