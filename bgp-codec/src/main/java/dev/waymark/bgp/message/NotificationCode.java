package dev.waymark.bgp.message;

/** The error code of a NOTIFICATION (RFC 4271 §4.5, RFC 7313 §5, RFC 9687). */
public enum NotificationCode {
    /** A broken message header (RFC 4271 §6.1). */
    MESSAGE_HEADER_ERROR(1, "Message Header Error"),
    /** An OPEN that can't be accepted (RFC 4271 §6.2). */
    OPEN_MESSAGE_ERROR(2, "OPEN Message Error"),
    /** An UPDATE that can't be accepted (RFC 4271 §6.3). */
    UPDATE_MESSAGE_ERROR(3, "UPDATE Message Error"),
    /** Nothing was received for the hold time (RFC 4271 §6.5). */
    HOLD_TIMER_EXPIRED(4, "Hold Timer Expired"),
    /** A message that the session's state doesn't allow (RFC 4271 §6.6). */
    FINITE_STATE_MACHINE_ERROR(5, "Finite State Machine Error"),
    /** The sender closes the session by its own will (RFC 4271 §6.7, RFC 4486). */
    CEASE(6, "Cease"),
    /** A broken ROUTE-REFRESH (RFC 7313 §5). */
    ROUTE_REFRESH_MESSAGE_ERROR(7, "ROUTE-REFRESH Message Error"),
    /** Nothing could be sent for the send hold time (RFC 9687). */
    SEND_HOLD_TIMER_EXPIRED(8, "Send Hold Timer Expired"),
    /** Any other number. */
    UNKNOWN(-1, "Unknown");

    private final int code;
    private final String text;

    NotificationCode(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /**
     * Returns the error code with a number.
     *
     * @param code the error code octet, 0 to 255
     * @return the code, {@link #UNKNOWN} when Waymark has no name for it
     */
    public static NotificationCode fromCode(int code) {
        for (NotificationCode candidate : values()) {
            if (candidate.code == code) {
                return candidate;
            }
        }
        return UNKNOWN;
    }

    /**
     * Returns the error code octet.
     *
     * @return 1 to 8, or -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /** Returns the name in IANA's registry. */
    @Override
    public String toString() {
        return text;
    }
}
