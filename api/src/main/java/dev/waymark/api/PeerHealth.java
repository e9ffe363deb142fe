package dev.waymark.api;

import dev.waymark.api.net.AddressFamily;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is wrong with a peer, or was (ARS-72). Immutable.
 *
 * @param idleHoldLeft how long it still rests before it is started by itself; empty unless it rests
 * @param lastEnd the last connection that ended, established or not; empty if none did
 * @param warnings the route limits whose warning level is reached (ARS-23)
 */
public record PeerHealth(Optional<Duration> idleHoldLeft, Optional<LastEnd> lastEnd, List<LimitWarning> warnings) {
    /** Copies the list. */
    public PeerHealth {
        warnings = List.copyOf(warnings);
    }

    /**
     * How a connection ended, as {@link ServerEvent.SessionEnded} told.
     *
     * @param wasEstablished whether routes were exchanged on it
     * @param byPeer whether the peer, or the network, ended it
     * @param notificationCode the NOTIFICATION's code, 0 if there was none
     * @param notificationSubcode its subcode
     * @param text why, with the text of RFC 9003 if there was one
     * @param ago how long ago that was
     */
    public record LastEnd(
            boolean wasEstablished,
            boolean byPeer,
            int notificationCode,
            int notificationSubcode,
            String text,
            Duration ago) {}

    /**
     * A route limit that the peer has come close to.
     *
     * @param family the family
     * @param counted the routes that the limit counts as held
     * @param limit the limit
     */
    public record LimitWarning(AddressFamily family, long counted, int limit) {}
}
