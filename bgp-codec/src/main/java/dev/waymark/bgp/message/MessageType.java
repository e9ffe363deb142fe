package dev.waymark.bgp.message;

/** The type octet of a message header (RFC 4271 §4.1, RFC 2918 §3). */
public enum MessageType {
    /** OPEN (RFC 4271 §4.2). */
    OPEN(1),
    /** UPDATE (RFC 4271 §4.3). */
    UPDATE(2),
    /** NOTIFICATION (RFC 4271 §4.5). */
    NOTIFICATION(3),
    /** KEEPALIVE (RFC 4271 §4.4). */
    KEEPALIVE(4),
    /** ROUTE-REFRESH (RFC 2918 §3). */
    ROUTE_REFRESH(5),
    /** Any other number: an error when received (RFC 4271 §6.1). */
    UNKNOWN(-1);

    private static final MessageType[] BY_CODE = {UNKNOWN, OPEN, UPDATE, NOTIFICATION, KEEPALIVE, ROUTE_REFRESH};

    private final int code;

    MessageType(int code) {
        this.code = code;
    }

    /**
     * Returns the type with a code point.
     *
     * @param code the type octet, 0 to 255
     * @return the type, {@link #UNKNOWN} when it isn't assigned
     */
    public static MessageType fromCode(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : UNKNOWN;
    }

    /**
     * Returns the type octet.
     *
     * @return 1 to 5, or -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }
}
