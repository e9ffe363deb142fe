package dev.waymark.bgp.session;

/** What {@code switch} expressions over {@link SessionAction} use. */
public enum ActionKind {
    /** Send our OPEN, {@link SessionParameters#localOpen()}. */
    SEND_OPEN,
    /** Send a KEEPALIVE. */
    SEND_KEEPALIVE,
    /** Open a connection to the peer; its outcome is Event 16 or 18. */
    CONNECT,
    /** {@link SessionAction.CloseTransport}. */
    CLOSE_TRANSPORT,
    /** Read the connection once more before a timer is believed; see {@link SessionTimers}. */
    READ_TRANSPORT,
    /** {@link SessionAction.OpenAccepted}. */
    OPEN_ACCEPTED,
    /** The session is Established: routes may be exchanged. */
    SESSION_UP,
    /** {@link SessionAction.Ended} of a connection that was Established: its routes go. */
    SESSION_DOWN,
    /** {@link SessionAction.Ended} of a connection that never was Established: no route is touched. */
    ATTEMPT_FAILED,
    /** Apply the UPDATE that the event stands for. */
    PROCESS_UPDATE,
    /** Act on the ROUTE-REFRESH that the event stands for. */
    PROCESS_ROUTE_REFRESH,
    /** {@link SessionAction.StartTimer}; {@link PeerConnections} performs it. */
    START_TIMER,
    /** {@link SessionAction.RestartTimer}; {@link PeerConnections} performs it. */
    RESTART_TIMER,
    /** {@link SessionAction.StopTimer}; {@link PeerConnections} performs it. */
    STOP_TIMER,
    /** Stop every timer of the connection; {@link PeerConnections} performs it. */
    STOP_ALL_TIMERS,
    /** {@link SessionAction.StartIdleHold}; {@link PeerConnections} performs it. */
    START_IDLE_HOLD
}
