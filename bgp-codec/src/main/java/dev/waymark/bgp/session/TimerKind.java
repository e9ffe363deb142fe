package dev.waymark.bgp.session;

/**
 * The timers of one connection and of the peer behind it. They are deadlines in {@link SessionTimers}, never timer
 * objects. RFC 4271 §8 names the first four; its DelayOpenTimer is not implemented.
 */
public enum TimerKind {
    /** ConnectRetryTimer: the time between two attempts to connect (RFC 4271 §8.2.2, §10). */
    CONNECT_RETRY(EventKind.CONNECT_RETRY_TIMER_EXPIRES, true, false),
    /**
     * HoldTimer: in OpenSent the time to a complete OPEN (the "large value" of RFC 4271 §8.2.2, here the open timer of
     * ERROR-HANDLING 7), afterwards the negotiated hold time.
     */
    HOLD(EventKind.HOLD_TIMER_EXPIRES, false, true),
    /** KeepaliveTimer: the time between two KEEPALIVEs that we send (RFC 4271 §4.4). */
    KEEPALIVE(EventKind.KEEPALIVE_TIMER_EXPIRES, true, false),
    /** IdleHoldTimer: how long a peer rests in Idle before the next attempt (RFC 4271 §8.1.1); {@link IdleHold} sets it. */
    IDLE_HOLD(EventKind.IDLE_HOLD_TIMER_EXPIRES, false, false),
    /** SendHoldTimer: how long the peer may take nothing while octets wait for it (RFC 9687); {@link SendHold} runs it. */
    SEND_HOLD(EventKind.SEND_HOLD_TIMER_EXPIRES, false, false),
    /** The time from a connection to Established (ERROR-HANDLING 9); no RFC has it. */
    ESTABLISH(EventKind.ESTABLISH_TIMER_EXPIRES, false, true);

    private final EventKind expiry;
    private final boolean isJittered;
    private final boolean drainsFirst;

    TimerKind(EventKind expiry, boolean isJittered, boolean drainsFirst) {
        this.expiry = expiry;
        this.isJittered = isJittered;
        this.drainsFirst = drainsFirst;
    }

    /**
     * Returns the event that the expiry of this timer is.
     *
     * @return a kind of {@link SessionEvent.Signal}
     */
    public EventKind expiry() {
        return expiry;
    }

    /**
     * Tells whether each start is shortened by chance, so that peers don't act in step (RFC 4271 §10).
     *
     * @return true for the connect-retry and keepalive timers; {@link IdleHold} jitters its own
     */
    public boolean isJittered() {
        return isJittered;
    }

    /**
     * Tells whether what the socket already holds must be read before the expiry is believed: a late reader must not
     * blame the peer.
     *
     * @return true for timers that wait for the peer to send something
     */
    public boolean drainsFirst() {
        return drainsFirst;
    }
}
