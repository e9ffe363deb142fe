package dev.waymark.bgp.message;

/** The capability codes that Waymark can name (RFC 5492 §4). */
public enum CapabilityCode {
    /** Multiprotocol extensions: one family (RFC 4760 §8). */
    MULTIPROTOCOL(1, "RFC 4760 §8"),
    /** Route refresh (RFC 2918 §2). */
    ROUTE_REFRESH(2, "RFC 2918 §2"),
    /** Outbound route filtering (RFC 5291 §5). */
    OUTBOUND_ROUTE_FILTERING(3, "RFC 5291 §5"),
    /** Extended next hop encoding (RFC 8950 §4). */
    EXTENDED_NEXT_HOP(5, "RFC 8950 §4"),
    /** Extended messages (RFC 8654 §3). */
    EXTENDED_MESSAGE(6, "RFC 8654 §3"),
    /** Role (RFC 9234 §4.1). */
    ROLE(9, "RFC 9234 §4.1"),
    /** Graceful restart (RFC 4724 §3). */
    GRACEFUL_RESTART(64, "RFC 4724 §3"),
    /** Four-octet AS numbers (RFC 6793 §3). */
    FOUR_OCTET_AS(65, "RFC 6793 §3"),
    /** ADD-PATH (RFC 7911 §4). */
    ADD_PATH(69, "RFC 7911 §4"),
    /** Enhanced route refresh (RFC 7313 §3.1). */
    ENHANCED_ROUTE_REFRESH(70, "RFC 7313 §3.1"),
    /** Long-lived graceful restart (RFC 9494 §3.1). */
    LONG_LIVED_GRACEFUL_RESTART(71, "RFC 9494 §3.1"),
    /** Any other number. */
    UNKNOWN(-1, "RFC 5492 §3");

    private final int code;
    private final String rfc;

    CapabilityCode(int code, String rfc) {
        this.code = code;
        this.rfc = rfc;
    }

    /**
     * Returns the capability with a code point.
     *
     * @param code the capability code, 0 to 255
     * @return the capability, {@link #UNKNOWN} when Waymark has no name for it
     */
    public static CapabilityCode fromCode(int code) {
        for (CapabilityCode candidate : values()) {
            if (candidate.code == code) {
                return candidate;
            }
        }
        return UNKNOWN;
    }

    /**
     * Returns the capability code.
     *
     * @return 1 to 255, or -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * Returns where the capability is defined.
     *
     * @return RFC and section
     */
    public String rfc() {
        return rfc;
    }
}
