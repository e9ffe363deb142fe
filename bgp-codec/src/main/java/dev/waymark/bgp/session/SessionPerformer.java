package dev.waymark.bgp.session;

/** Performs what a peer's state machines ask for; implemented by the engine. */
public interface SessionPerformer {

    /**
     * Performs an action. Called during {@link PeerConnections} methods, which it must not call. A connection that the
     * action closes still has its number.
     *
     * @param on the connection that it is for
     * @param action one of {@link ActionKind}, except those that {@link PeerConnections} performs itself
     */
    void perform(PeerConnection on, SessionAction action);
}
