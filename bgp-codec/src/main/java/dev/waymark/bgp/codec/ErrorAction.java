package dev.waymark.bgp.codec;

/**
 * What a received message leads to, in order of strength: with several errors in one message the strongest action is
 * taken (RFC 7606 §3(h)).
 */
public enum ErrorAction {
    /** No error. */
    NONE,
    /** The message, or the part that is about one family, has no effect. */
    IGNORE,
    /** The session stays up; an attribute was dropped and the routes are used without it (RFC 7606 §2). */
    ATTRIBUTE_DISCARD,
    /** The session stays up; every prefix that the message announces is withdrawn (RFC 7606 §2). */
    TREAT_AS_WITHDRAW,
    /** A NOTIFICATION is sent and the session closed (RFC 7606 §2). */
    SESSION_RESET,
    /** The session is closed without sending anything. */
    CLOSE;

    /**
     * Tells whether this action is stronger than another.
     *
     * @param other the other action
     * @return true when it is strictly stronger
     */
    public boolean isStrongerThan(ErrorAction other) {
        return compareTo(other) > 0;
    }
}
