package dev.waymark.bgp.session;

import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What becomes of a connection that a configured peer opened; see {@link PeerConnections#admit}. */
public enum Admission {
    /** It is the peer's connection now. */
    PRIMARY(true, null),
    /** It is tracked beside another one, until a valid OPEN decides between them (RFC 4271 §6.8). */
    CANDIDATE(true, null),
    /** The peer is stopped: Cease/5 (RFC 4486 §4). */
    REFUSED_STOPPED(false, NotificationSubcode.CONNECTION_REJECTED),
    /**
     * The peer rests in Idle, which refuses all connections (RFC 4271 §8.2.2). Closed without a word: a peer that is told
     * so would wait longer than the rest lasts.
     */
    REFUSED_RESTING(false, null),
    /**
     * The session is up, and without graceful restart never dropped for a new connection: Cease/7 (RFC 4271 §6.8, RFC 4486
     * §4).
     */
    REFUSED_ESTABLISHED(false, NotificationSubcode.CONNECTION_COLLISION_RESOLUTION),
    /** Two connections are open already: closed without a word (ERROR-HANDLING 9). */
    REFUSED_SURPLUS(false, null);

    private final boolean isAdmitted;
    private final @Nullable NotificationSubcode reason;

    Admission(boolean isAdmitted, @Nullable NotificationSubcode reason) {
        this.isAdmitted = isAdmitted;
        this.reason = reason;
    }

    /**
     * Tells whether the connection is now one of the peer's.
     *
     * @return false if it is to be closed
     */
    public boolean isAdmitted() {
        return isAdmitted;
    }

    /**
     * Returns what a refused connection is told before it is closed.
     *
     * @return a Cease, or empty for nothing
     */
    public Optional<NotificationMessage> notification() {
        return Optional.ofNullable(reason).map(NotificationMessage::of);
    }
}
