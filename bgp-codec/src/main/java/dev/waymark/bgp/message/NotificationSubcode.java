package dev.waymark.bgp.message;

/** What a NOTIFICATION complains about: error code and subcode together (RFC 4271 §4.5). */
public enum NotificationSubcode {
    /** Connection Not Synchronized (RFC 4271 §6.1). */
    CONNECTION_NOT_SYNCHRONIZED(
            NotificationCode.MESSAGE_HEADER_ERROR, 1, "Connection Not Synchronized", "RFC 4271 §6.1"),
    /** Bad Message Length (RFC 4271 §6.1). */
    BAD_MESSAGE_LENGTH(NotificationCode.MESSAGE_HEADER_ERROR, 2, "Bad Message Length", "RFC 4271 §6.1"),
    /** Bad Message Type (RFC 4271 §6.1). */
    BAD_MESSAGE_TYPE(NotificationCode.MESSAGE_HEADER_ERROR, 3, "Bad Message Type", "RFC 4271 §6.1"),
    /** Unspecific (RFC 4271 §6.2). */
    OPEN_UNSPECIFIC(NotificationCode.OPEN_MESSAGE_ERROR, 0, "Unspecific", "RFC 4271 §6.2"),
    /** Unsupported Version Number (RFC 4271 §6.2). */
    UNSUPPORTED_VERSION_NUMBER(NotificationCode.OPEN_MESSAGE_ERROR, 1, "Unsupported Version Number", "RFC 4271 §6.2"),
    /** Bad Peer AS (RFC 4271 §6.2). */
    BAD_PEER_AS(NotificationCode.OPEN_MESSAGE_ERROR, 2, "Bad Peer AS", "RFC 4271 §6.2"),
    /** Bad BGP Identifier (RFC 4271 §6.2). */
    BAD_BGP_IDENTIFIER(NotificationCode.OPEN_MESSAGE_ERROR, 3, "Bad BGP Identifier", "RFC 4271 §6.2"),
    /** Unsupported Optional Parameter (RFC 4271 §6.2). */
    UNSUPPORTED_OPTIONAL_PARAMETER(
            NotificationCode.OPEN_MESSAGE_ERROR, 4, "Unsupported Optional Parameter", "RFC 4271 §6.2"),
    /** Unacceptable Hold Time (RFC 4271 §6.2). */
    UNACCEPTABLE_HOLD_TIME(NotificationCode.OPEN_MESSAGE_ERROR, 6, "Unacceptable Hold Time", "RFC 4271 §6.2"),
    /** Unsupported Capability (RFC 5492 §5). */
    UNSUPPORTED_CAPABILITY(NotificationCode.OPEN_MESSAGE_ERROR, 7, "Unsupported Capability", "RFC 5492 §5"),
    /** Role Mismatch (RFC 9234 §4.2). */
    ROLE_MISMATCH(NotificationCode.OPEN_MESSAGE_ERROR, 11, "Role Mismatch", "RFC 9234 §4.2"),
    /** Unspecific (RFC 4271 §4.5). */
    UPDATE_UNSPECIFIC(NotificationCode.UPDATE_MESSAGE_ERROR, 0, "Unspecific", "RFC 4271 §4.5"),
    /** Malformed Attribute List (RFC 4271 §6.3). */
    MALFORMED_ATTRIBUTE_LIST(NotificationCode.UPDATE_MESSAGE_ERROR, 1, "Malformed Attribute List", "RFC 4271 §6.3"),
    /** Unrecognized Well-known Attribute (RFC 4271 §6.3). */
    UNRECOGNIZED_WELL_KNOWN_ATTRIBUTE(
            NotificationCode.UPDATE_MESSAGE_ERROR, 2, "Unrecognized Well-known Attribute", "RFC 4271 §6.3"),
    /** Missing Well-known Attribute (RFC 4271 §6.3). */
    MISSING_WELL_KNOWN_ATTRIBUTE(
            NotificationCode.UPDATE_MESSAGE_ERROR, 3, "Missing Well-known Attribute", "RFC 4271 §6.3"),
    /** Attribute Flags Error (RFC 4271 §6.3). */
    ATTRIBUTE_FLAGS_ERROR(NotificationCode.UPDATE_MESSAGE_ERROR, 4, "Attribute Flags Error", "RFC 4271 §6.3"),
    /** Attribute Length Error (RFC 4271 §6.3). */
    ATTRIBUTE_LENGTH_ERROR(NotificationCode.UPDATE_MESSAGE_ERROR, 5, "Attribute Length Error", "RFC 4271 §6.3"),
    /** Invalid ORIGIN Attribute (RFC 4271 §6.3). */
    INVALID_ORIGIN_ATTRIBUTE(NotificationCode.UPDATE_MESSAGE_ERROR, 6, "Invalid ORIGIN Attribute", "RFC 4271 §6.3"),
    /** Invalid NEXT_HOP Attribute (RFC 4271 §6.3). */
    INVALID_NEXT_HOP_ATTRIBUTE(NotificationCode.UPDATE_MESSAGE_ERROR, 8, "Invalid NEXT_HOP Attribute", "RFC 4271 §6.3"),
    /** Optional Attribute Error (RFC 4271 §6.3). */
    OPTIONAL_ATTRIBUTE_ERROR(NotificationCode.UPDATE_MESSAGE_ERROR, 9, "Optional Attribute Error", "RFC 4271 §6.3"),
    /** Invalid Network Field (RFC 4271 §6.3). */
    INVALID_NETWORK_FIELD(NotificationCode.UPDATE_MESSAGE_ERROR, 10, "Invalid Network Field", "RFC 4271 §6.3"),
    /** Malformed AS_PATH (RFC 4271 §6.3). */
    MALFORMED_AS_PATH(NotificationCode.UPDATE_MESSAGE_ERROR, 11, "Malformed AS_PATH", "RFC 4271 §6.3"),
    /** Hold Timer Expired (RFC 4271 §6.5). */
    HOLD_TIMER_EXPIRED(NotificationCode.HOLD_TIMER_EXPIRED, 0, "Hold Timer Expired", "RFC 4271 §6.5"),
    /** Unspecified Error (RFC 6608 §3). */
    FSM_UNSPECIFIED(NotificationCode.FINITE_STATE_MACHINE_ERROR, 0, "Unspecified Error", "RFC 6608 §3"),
    /** Receive Unexpected Message in OpenSent State (RFC 6608 §3). */
    UNEXPECTED_IN_OPEN_SENT(
            NotificationCode.FINITE_STATE_MACHINE_ERROR,
            1,
            "Receive Unexpected Message in OpenSent State",
            "RFC 6608 §3"),
    /** Receive Unexpected Message in OpenConfirm State (RFC 6608 §3). */
    UNEXPECTED_IN_OPEN_CONFIRM(
            NotificationCode.FINITE_STATE_MACHINE_ERROR,
            2,
            "Receive Unexpected Message in OpenConfirm State",
            "RFC 6608 §3"),
    /** Receive Unexpected Message in Established State (RFC 6608 §3). */
    UNEXPECTED_IN_ESTABLISHED(
            NotificationCode.FINITE_STATE_MACHINE_ERROR,
            3,
            "Receive Unexpected Message in Established State",
            "RFC 6608 §3"),
    /** Maximum Number of Prefixes Reached (RFC 4486 §4). */
    MAXIMUM_PREFIXES_REACHED(NotificationCode.CEASE, 1, "Maximum Number of Prefixes Reached", "RFC 4486 §4"),
    /** Administrative Shutdown (RFC 4486 §4). */
    ADMINISTRATIVE_SHUTDOWN(NotificationCode.CEASE, 2, "Administrative Shutdown", "RFC 4486 §4"),
    /** Peer De-configured (RFC 4486 §4). */
    PEER_DECONFIGURED(NotificationCode.CEASE, 3, "Peer De-configured", "RFC 4486 §4"),
    /** Administrative Reset (RFC 4486 §4). */
    ADMINISTRATIVE_RESET(NotificationCode.CEASE, 4, "Administrative Reset", "RFC 4486 §4"),
    /** Connection Rejected (RFC 4486 §4). */
    CONNECTION_REJECTED(NotificationCode.CEASE, 5, "Connection Rejected", "RFC 4486 §4"),
    /** Other Configuration Change (RFC 4486 §4). */
    OTHER_CONFIGURATION_CHANGE(NotificationCode.CEASE, 6, "Other Configuration Change", "RFC 4486 §4"),
    /** Connection Collision Resolution (RFC 4486 §4). */
    CONNECTION_COLLISION_RESOLUTION(NotificationCode.CEASE, 7, "Connection Collision Resolution", "RFC 4486 §4"),
    /** Out of Resources (RFC 4486 §4). */
    OUT_OF_RESOURCES(NotificationCode.CEASE, 8, "Out of Resources", "RFC 4486 §4"),
    /** Hard Reset (RFC 8538 §3.1). */
    HARD_RESET(NotificationCode.CEASE, 9, "Hard Reset", "RFC 8538 §3.1"),
    /** BFD Down (RFC 9384). */
    BFD_DOWN(NotificationCode.CEASE, 10, "BFD Down", "RFC 9384"),
    /** Invalid Message Length (RFC 7313 §5). */
    INVALID_ROUTE_REFRESH_LENGTH(
            NotificationCode.ROUTE_REFRESH_MESSAGE_ERROR, 1, "Invalid Message Length", "RFC 7313 §5"),
    /** Send Hold Timer Expired (RFC 9687). */
    SEND_HOLD_TIMER_EXPIRED(NotificationCode.SEND_HOLD_TIMER_EXPIRED, 0, "Send Hold Timer Expired", "RFC 9687"),
    /** Any other pair. */
    UNKNOWN(NotificationCode.UNKNOWN, -1, "Unknown", "RFC 4271 §4.5");

    private final NotificationCode code;
    private final int subcode;
    private final String text;
    private final String rfc;

    NotificationSubcode(NotificationCode code, int subcode, String text, String rfc) {
        this.code = code;
        this.subcode = subcode;
        this.text = text;
        this.rfc = rfc;
    }

    /**
     * Returns the pair with the given numbers.
     *
     * @param code the error code octet, 0 to 255
     * @param subcode the error subcode octet, 0 to 255
     * @return the pair, {@link #UNKNOWN} when Waymark has no name for it
     */
    public static NotificationSubcode fromCode(int code, int subcode) {
        for (NotificationSubcode candidate : values()) {
            if (candidate.code.code() == code && candidate.subcode == subcode) {
                return candidate;
            }
        }
        return UNKNOWN;
    }

    /**
     * Returns the error code.
     *
     * @return the code
     */
    public NotificationCode code() {
        return code;
    }

    /**
     * Returns the error subcode octet.
     *
     * @return 0 to 11, or -1 for {@link #UNKNOWN}
     */
    public int subcode() {
        return subcode;
    }

    /**
     * Returns where the subcode is defined.
     *
     * @return RFC and section
     */
    public String rfc() {
        return rfc;
    }

    /** Returns the name in IANA's registry. */
    @Override
    public String toString() {
        return text;
    }
}
