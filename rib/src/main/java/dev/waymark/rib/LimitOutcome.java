package dev.waymark.rib;

/** What {@link PrefixLimit} says about the announcements of one UPDATE. */
public enum LimitOutcome {
    /** Nothing to do. */
    WITHIN,
    /** The warning level was crossed: publish it, and apply the UPDATE. */
    WARNING,
    /** The limit was passed: publish it, and do what the limit's action says. */
    EXCEEDED,
    /** The limit is passed as it was before, which was published: do what the limit's action says. */
    STILL_EXCEEDED;

    /** Tells whether the limit is passed. */
    public boolean isExceeded() {
        return this == EXCEEDED || this == STILL_EXCEEDED;
    }
}
