package dev.waymark.rib;

import dev.waymark.api.RejectReason;
import org.jspecify.annotations.Nullable;

/** What import decided about a path, as the octet that tables hold: accepted, or one octet per {@link RejectReason}. */
public final class Verdict {
    /** The path takes part in selection. */
    public static final byte ACCEPTED = 0;

    /** The path is accepted and goes on as a part of an aggregate, not by itself (ARS-62). */
    public static final byte CONTRIBUTES = -1;

    private static final RejectReason[] REASONS = RejectReason.values();

    private Verdict() {}

    /** Returns the verdict of a rejected path. */
    @SuppressWarnings("EnumOrdinal") // lives in memory only, never on disk or on the wire
    public static byte of(RejectReason reason) {
        return (byte) (reason.ordinal() + 1);
    }

    /** Tells whether a path with this verdict is accepted, whether it goes on by itself or as a part of an aggregate. */
    public static boolean isAccepted(byte verdict) {
        return verdict <= ACCEPTED;
    }

    /** Returns why a path with this verdict is rejected, or null if it is accepted. */
    public static @Nullable RejectReason reason(byte verdict) {
        return isAccepted(verdict) ? null : REASONS[verdict - 1];
    }
}
