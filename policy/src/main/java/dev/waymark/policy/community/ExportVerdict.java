package dev.waymark.policy.community;

/** Whether well-known communities let a route go to a peer, and which one does not (ARS-51). */
public enum ExportVerdict {
    /** None is in the way. */
    SEND,
    /** NO_ADVERTISE: to no peer, gateways included. */
    NO_ADVERTISE,
    /** NO_EXPORT: to no external peer. */
    NO_EXPORT,
    /** NO_EXPORT_SUBCONFED: to no external peer. */
    NO_EXPORT_SUBCONFED;

    /**
     * Tells whether the route may be sent.
     *
     * @return true for {@link #SEND}
     */
    public boolean isSent() {
        return this == SEND;
    }
}
