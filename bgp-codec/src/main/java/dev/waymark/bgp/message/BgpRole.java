package dev.waymark.bgp.message;

import java.util.Optional;

/** What a speaker is to its peer (RFC 9234 §4.1). */
public enum BgpRole {
    /** The peer is a customer, which gets all routes. */
    PROVIDER(0, "provider"),
    /** A route server. */
    RS(1, "rs"),
    /** The peer is a route server. */
    RS_CLIENT(2, "rs-client"),
    /** The peer is a provider. */
    CUSTOMER(3, "customer"),
    /** Both exchange their own and their customers' routes. */
    PEER(4, "peer");

    private final int code;
    private final String text;

    BgpRole(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /**
     * Returns the role with a number.
     *
     * @param code the role's number, 0 to 255
     * @return the role, or empty when nobody defined the number
     */
    public static Optional<BgpRole> of(int code) {
        for (BgpRole role : values()) {
            if (role.code == code) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the role with a name.
     *
     * @param text a name as {@link #toString()} writes it
     * @return the role, or empty when there is none of that name
     */
    public static Optional<BgpRole> tryParse(String text) {
        for (BgpRole role : values()) {
            if (role.text.equals(text)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the role's number.
     *
     * @return 0 to 4
     */
    public int code() {
        return code;
    }

    /**
     * Returns the only role that the peer of a speaker with this one can have (RFC 9234 §4.2).
     *
     * @return the other side
     */
    public BgpRole counterpart() {
        return switch (this) {
            case PROVIDER -> CUSTOMER;
            case RS -> RS_CLIENT;
            case RS_CLIENT -> RS;
            case CUSTOMER -> PROVIDER;
            case PEER -> PEER;
        };
    }

    /** Returns the name in lower case, such as {@code rs-client}. */
    @Override
    public String toString() {
        return text;
    }
}
