package dev.waymark.api.route;

import java.util.Optional;

/** The ORIGIN attribute: how the first speaker learned the route (RFC 4271 §5.1.1). Lower is preferred. */
public enum Origin {
    /** Interior to the originating AS. */
    IGP(0),
    /** Learned by the EGP protocol (RFC 904). */
    EGP(1),
    /** Learned by other means. */
    INCOMPLETE(2);

    private final int code;

    Origin(int code) {
        this.code = code;
    }

    /**
     * Returns the origin with a code point.
     *
     * @param code the value of the attribute
     * @return the origin, or empty when RFC 4271 §4.3 doesn't define the value
     */
    public static Optional<Origin> fromCode(int code) {
        return switch (code) {
            case 0 -> Optional.of(IGP);
            case 1 -> Optional.of(EGP);
            case 2 -> Optional.of(INCOMPLETE);
            default -> Optional.empty();
        };
    }

    /**
     * Returns the value of the attribute.
     *
     * @return 0, 1 or 2
     */
    public int code() {
        return code;
    }
}
