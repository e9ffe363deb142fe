package dev.waymark.rib;

/** What import decided about a path, as the octet that tables hold. */
public final class Verdict {
    /** The path takes part in selection. */
    public static final byte ACCEPTED = 0;

    private Verdict() {}
}
