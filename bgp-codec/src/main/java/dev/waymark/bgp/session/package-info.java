/**
 * The session state machine (RFC 4271 §8) and what belongs to it, as pure functions and plain state: no I/O, no clock, no
 * thread, no log, no randomness. Whoever drives it gives the time with each call and performs the actions that come out.
 *
 * <p>Read {@link dev.waymark.bgp.session.SessionMachine} first: {@code step(state, event)} gives the next state and
 * actions. {@link dev.waymark.bgp.session.PeerConnections} runs it for the at most two connections of one peer, with their
 * timers, and is all that an engine needs. {@link dev.waymark.bgp.session.Negotiation} judges OPENs.
 *
 * <p>An engine's part, with {@code peer} a {@code PeerConnections}, {@code now} in nanoseconds and {@code this} its
 * {@link dev.waymark.bgp.session.SessionPerformer}:
 *
 * <pre>{@code
 * switch (input) {
 *     case start, stop:  peer.start(now, this);  /  peer.stop(Stop.manual(cease), now, this);
 *     case accepted:     Admission a = peer.admit(id, now, this);  if (!a.isAdmitted()) close(id, a.notification());
 *     case opened:       on = peer.find(id);  if (on != null) peer.step(on, SessionEvent.TCP_CR_ACKED, now, this);
 *     case closed:       on = peer.find(id);  if (on != null) peer.step(on, new TransportFailed(why), now, this);
 *     case turn:         peer.expireTimers(now, this);  outbox.deadline(peer.nextDeadlineNanos());
 *     case bytes:        while ((on = peer.find(id)) != null && frame(...)) switch (type) {
 *         case OPEN:         peer.openReceived(on, open, now, this);           // not decoded: step(SessionEvent.ofProblem(...))
 *         case KEEPALIVE:    peer.step(on, SessionEvent.KEEPALIVE, now, this);
 *         case NOTIFICATION: peer.step(on, new NotificationReceived(n), now, this);
 *         case UPDATE:       if (on.state() == ESTABLISHED) decode(...);       // reset: step(ofProblem(UPDATE_MSG_ERR, ...))
 *                            peer.step(on, SessionEvent.UPDATE, now, this);    // limit passed: peer.stop(Stop.automatic(...))
 *     }
 *     case taken:        SendHold.update(on.timers(), on.negotiated().sendHoldSeconds(), taken, waiting, now);
 * }
 * void perform(PeerConnection on, SessionAction action) {
 *     switch (action.kind()) {
 *         case SEND_OPEN, SEND_KEEPALIVE: encode(on.connection(), ...);
 *         case CONNECT:         on.attach(nextId()); outbox.connect(on.connection());
 *         case CLOSE_TRANSPORT: outbox.close(on.connection(), last, abort);    // finish the message begun, then last
 *         case READ_TRANSPORT:  outbox.read(on.connection());                  // before the next turn
 *         case SESSION_UP, SESSION_DOWN, ATTEMPT_FAILED: ...                   // a new peer slot, a dead one, an event
 *         case OPEN_ACCEPTED:   ...                                            // on.negotiated() says how to decode
 *         case PROCESS_UPDATE, PROCESS_ROUTE_REFRESH: apply(...);              // what was decoded above
 *     }
 * }
 * }</pre>
 */
@NullMarked
package dev.waymark.bgp.session;

import org.jspecify.annotations.NullMarked;
