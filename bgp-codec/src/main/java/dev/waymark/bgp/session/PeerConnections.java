package dev.waymark.bgp.session;

import dev.waymark.api.SessionState;
import dev.waymark.bgp.message.OpenMessage;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one peer: the primary, whose state machine also does the peer's waiting in Idle and Active, and at
 * most one candidate beside it, until a collision is resolved (RFC 4271 §6.8 and §8.2.1.2). It takes events, runs
 * {@link SessionMachine}, performs what concerns timers, and hands all other actions to the engine. No I/O, no clock;
 * what it does is a function of the calls made. Confined to the engine loop.
 *
 * <p>What holds at every moment:
 *
 * <ul>
 *   <li>At most one connection is Established, and then there is no other.
 *   <li>At most one is in OpenConfirm: when a second valid OPEN comes, {@link CollisionResolver} closes one of the two.
 *   <li>An Established session ends by its own events only, never by another connection's; but where its peer asked for
 *       graceful restart, a new connection of the peer's means that the old one is lost (RFC 4724 §4.2).
 *   <li>{@code SESSION_UP} and {@code SESSION_DOWN} alternate. A connection that lost a collision ends with
 *       {@code ATTEMPT_FAILED}, whatever comes for it later finds no connection, so it can't take the winner down.
 *   <li>A connection that ends while another lives is just removed: no rest in Idle, no new attempt.
 * </ul>
 */
public final class PeerConnections {

    private static final String REPLACED = "RFC 4724 §4.2: the peer connected anew";

    private final SessionMachine machine;
    private final IdleHold idleHold;
    private final Jitter jitter;
    private PeerConnection primary;
    private @Nullable PeerConnection candidate;
    private long candidates;

    /**
     * Makes the connections of a peer, which is in Idle until it is started.
     *
     * @param machine the state machine with the peer's parameters
     * @param idleHoldPolicy how long the peer rests after errors
     * @param jitter the peer's own stream
     */
    public PeerConnections(SessionMachine machine, IdleHoldPolicy idleHoldPolicy, Jitter jitter) {
        this.machine = machine;
        this.jitter = jitter;
        this.idleHold = new IdleHold(idleHoldPolicy, jitter);
        this.primary = new PeerConnection(SessionState.IDLE, jitter.stream(0));
    }

    /**
     * Starts the peer (ManualStart, Event 1), at once and with all growth of rests forgotten. Nothing happens to a peer
     * that is started already, except that a rest ends.
     *
     * @param nowNanos the time
     * @param performer performs the actions
     */
    public void start(long nowNanos, SessionPerformer performer) {
        idleHold.reset();
        run(primary, SessionEvent.MANUAL_START, nowNanos, performer);
    }

    /**
     * Stops the peer: ends all its connections (Event 2 or 8).
     *
     * @param stop manual: it stays in Idle until it is started; automatic: it rests there
     * @param nowNanos the time
     * @param performer performs the actions
     */
    public void stop(SessionEvent.Stop stop, long nowNanos, SessionPerformer performer) {
        if (stop.kind() == EventKind.MANUAL_STOP) {
            idleHold.reset();
        }
        if (candidate != null) {
            run(candidate, stop, nowNanos, performer);
        }
        Negotiated negotiated = primary.negotiated();
        boolean keepsRoutes = primary.state() == SessionState.ESTABLISHED
                && negotiated != null
                && negotiated.restart().forNotifications();
        run(primary, keepsRoutes ? stop.asHardReset() : stop, nowNanos, performer);
    }

    /**
     * Takes or refuses a connection that the peer opened (Event 17). If it is admitted, our OPEN has been sent through the
     * performer; if not, the engine closes it, after {@link Admission#notification()}.
     *
     * @param id the connection's number, not {@link PeerConnection#NONE}
     * @param nowNanos the time
     * @param performer performs the actions
     * @return what became of it
     */
    public Admission admit(long id, long nowNanos, SessionPerformer performer) {
        return switch (primary.state()) {
            case IDLE ->
                primary.timers().isRunning(TimerKind.IDLE_HOLD) ? Admission.REFUSED_RESTING : Admission.REFUSED_STOPPED;
            case ACTIVE -> {
                open(primary, id, nowNanos, performer);
                yield Admission.PRIMARY;
            }
            case ESTABLISHED -> {
                Negotiated negotiated = primary.negotiated();
                if (negotiated == null || !negotiated.restart().yieldsToNewConnection()) {
                    yield Admission.REFUSED_ESTABLISHED;
                }
                replaceEstablished(id, nowNanos, performer);
                yield Admission.PRIMARY;
            }
            case CONNECT, OPEN_SENT, OPEN_CONFIRM -> {
                if (candidate != null) {
                    yield Admission.REFUSED_SURPLUS;
                }
                PeerConnection added = new PeerConnection(SessionState.ACTIVE, jitter.stream(++candidates));
                candidate = added;
                open(added, id, nowNanos, performer);
                yield Admission.CANDIDATE;
            }
        };
    }

    /** RFC 4724 §5: the session before is over without a NOTIFICATION, its routes are kept, and there is no rest. */
    private void replaceEstablished(long id, long nowNanos, SessionPerformer performer) {
        PeerConnection added = new PeerConnection(SessionState.ACTIVE, jitter.stream(++candidates));
        candidate = added;
        run(primary, new SessionEvent.TransportFailed(REPLACED), nowNanos, performer);
        open(added, id, nowNanos, performer);
    }

    private void open(PeerConnection on, long id, long nowNanos, SessionPerformer performer) {
        on.attachIncoming(id);
        run(on, SessionEvent.TCP_CONNECTION_CONFIRMED, nowNanos, performer);
    }

    /**
     * Takes an OPEN that could be decoded: judges it, resolves a collision if there is one, and goes on with the winner.
     *
     * @param on the connection that it came on
     * @param open the message
     * @param nowNanos the time
     * @param performer performs the actions
     */
    public void openReceived(PeerConnection on, OpenMessage open, long nowNanos, SessionPerformer performer) {
        OpenVerdict verdict = Negotiation.judge(machine.parameters(), open);
        if (verdict instanceof OpenError error) {
            run(on, error.toEvent(), nowNanos, performer);
            return;
        }
        PeerConnection other = other(on);
        if (on.state() == SessionState.OPEN_SENT && other != null) {
            if (isLost(on, open, other)) {
                run(on, SessionEvent.OPEN_COLLISION_DUMP, nowNanos, performer);
                return;
            }
            if (other.state() != SessionState.OPEN_SENT) { // it lost, or was only about to connect
                run(other, SessionEvent.OPEN_COLLISION_DUMP, nowNanos, performer);
            }
        }
        run(on, new SessionEvent.Open((Negotiated) verdict), nowNanos, performer);
    }

    /**
     * Takes any other event of one connection.
     *
     * @param on the connection
     * @param event not a start, a stop or an OPEN
     * @param nowNanos the time
     * @param performer performs the actions
     */
    public void step(PeerConnection on, SessionEvent event, long nowNanos, SessionPerformer performer) {
        if (event.kind() == EventKind.KEEPALIVE_MSG && on.state() == SessionState.OPEN_CONFIRM) {
            PeerConnection other = other(on);
            if (other != null) { // the first to be Established wins
                run(other, SessionEvent.OPEN_COLLISION_DUMP, nowNanos, performer);
            }
        }
        run(on, event, nowNanos, performer);
    }

    /**
     * Lets the timers that have expired do what they do, and asks for reads where a timer waits for the peer. To be called
     * in each turn.
     *
     * @param nowNanos the time
     * @param performer performs the actions
     */
    public void expireTimers(long nowNanos, SessionPerformer performer) {
        PeerConnection first = primary;
        PeerConnection second = candidate;
        expireTimers(first, nowNanos, performer);
        if (second != null && isAlive(second)) {
            expireTimers(second, nowNanos, performer);
        }
    }

    private void expireTimers(PeerConnection on, long nowNanos, SessionPerformer performer) {
        while (isAlive(on)) {
            TimerKind expired = on.timers().pollExpired(nowNanos);
            if (expired == null) {
                break;
            }
            run(on, SessionEvent.expiryOf(expired), nowNanos, performer);
        }
        if (isAlive(on) && on.timers().askForRead(nowNanos)) {
            performer.perform(on, SessionAction.READ_TRANSPORT);
        }
    }

    /**
     * Tells whether any timer runs.
     *
     * @return true if {@link #nextDeadlineNanos()} means something
     */
    public boolean hasDeadline() {
        return primary.timers().hasDeadline()
                || (candidate != null && candidate.timers().hasDeadline());
    }

    /**
     * Returns when {@link #expireTimers} has something to do.
     *
     * @return the earliest deadline; meaningless if no timer runs
     */
    public long nextDeadlineNanos() {
        long deadline = primary.timers().nextDeadlineNanos();
        if (candidate == null || !candidate.timers().hasDeadline()) {
            return deadline;
        }
        long other = candidate.timers().nextDeadlineNanos();
        return primary.timers().hasDeadline() && deadline - other < 0 ? deadline : other;
    }

    /**
     * Returns the connection with a number.
     *
     * @param id the number, not {@link PeerConnection#NONE}
     * @return null if the peer has no such connection, or no longer: then what came for it is dropped
     */
    public @Nullable PeerConnection find(long id) {
        if (primary.connection() == id) {
            return primary;
        }
        return candidate != null && candidate.connection() == id ? candidate : null;
    }

    /**
     * Returns the connection that the peer lives by.
     *
     * @return the primary; after a collision it can be another than before
     */
    public PeerConnection primary() {
        return primary;
    }

    /**
     * Returns the connection that is tracked beside the primary.
     *
     * @return null if there is none
     */
    public @Nullable PeerConnection candidate() {
        return candidate;
    }

    /**
     * Returns the peer's state: that of its connection that is furthest.
     *
     * @return the state to show
     */
    public SessionState state() {
        return candidate != null && candidate.state().compareTo(primary.state()) > 0
                ? candidate.state()
                : primary.state();
    }

    /**
     * Returns the rests that this peer has had.
     *
     * @return its counter of errors in a row is RFC 4271's ConnectRetryCounter
     */
    public IdleHold idleHold() {
        return idleHold;
    }

    private boolean isLost(PeerConnection on, OpenMessage open, PeerConnection other) {
        return switch (other.state()) {
            case ESTABLISHED -> true;
            case OPEN_CONFIRM ->
                CollisionResolver.keepsExisting(
                        machine.parameters(), open.routerId(), other.isIncoming(), on.isIncoming());
            case IDLE, CONNECT, ACTIVE, OPEN_SENT -> false; // not detectable (RFC 4271 §6.8)
        };
    }

    private @Nullable PeerConnection other(PeerConnection on) {
        return on == primary ? candidate : primary;
    }

    private boolean isAlive(PeerConnection connection) {
        return connection == primary || connection == candidate;
    }

    private void run(PeerConnection on, SessionEvent event, long nowNanos, SessionPerformer performer) {
        Transition transition = machine.step(on.state(), event);
        boolean ends = on.state() != transition.next() && isWaiting(transition.next());
        on.enter(transition.next());
        boolean isRemoved = ends && remove(on);
        boolean closes = false;
        for (int i = 0; i < transition.actions().size(); i++) {
            SessionAction action = transition.actions().get(i);
            if (action.kind() == ActionKind.CONNECT) {
                on.detach(); // the engine attaches the new one
                closes = false;
            } else if (action.kind() == ActionKind.CLOSE_TRANSPORT) {
                closes = true;
            }
            perform(on, action, isRemoved, nowNanos, performer);
        }
        if (closes) {
            on.detach();
        }
    }

    /** Takes a connection that ended out, if another one lives on. */
    private boolean remove(PeerConnection on) {
        if (candidate == null) {
            return false;
        }
        if (on == primary) {
            primary = candidate;
        }
        candidate = null;
        return true;
    }

    private static boolean isWaiting(SessionState state) {
        return state == SessionState.IDLE || state == SessionState.ACTIVE;
    }

    private void perform(
            PeerConnection on, SessionAction action, boolean isRemoved, long nowNanos, SessionPerformer performer) {
        switch (action.kind()) {
            case START_TIMER -> {
                if (!isRemoved) {
                    SessionAction.StartTimer start = (SessionAction.StartTimer) action;
                    on.timers().start(start.timer(), start.nanos(), nowNanos);
                }
            }
            case RESTART_TIMER -> on.timers().restart(((SessionAction.RestartTimer) action).timer(), nowNanos);
            case STOP_TIMER -> on.timers().stop(((SessionAction.StopTimer) action).timer());
            case STOP_ALL_TIMERS -> on.timers().stopAll();
            case START_IDLE_HOLD -> {
                if (!isRemoved) {
                    startIdleHold(on, ((SessionAction.StartIdleHold) action).reason(), nowNanos);
                }
            }
            case OPEN_ACCEPTED -> {
                on.accept(((SessionAction.OpenAccepted) action).negotiated());
                performer.perform(on, action);
            }
            case SESSION_UP -> {
                idleHold.sessionUp(nowNanos);
                performer.perform(on, action);
            }
            case SESSION_DOWN -> {
                idleHold.sessionDown(nowNanos);
                performer.perform(on, action);
            }
            case CLOSE_TRANSPORT -> {
                if (on.connection() != PeerConnection.NONE) {
                    performer.perform(on, action);
                }
            }
            case SEND_OPEN,
                    SEND_KEEPALIVE,
                    CONNECT,
                    READ_TRANSPORT,
                    ATTEMPT_FAILED,
                    PROCESS_UPDATE,
                    PROCESS_ROUTE_REFRESH -> performer.perform(on, action);
        }
    }

    private void startIdleHold(PeerConnection on, IdleHoldReason reason, long nowNanos) {
        long nanos = idleHold.nextNanos(reason);
        if (nanos != IdleHold.BY_HAND) {
            on.timers().start(TimerKind.IDLE_HOLD, nanos, nowNanos);
        }
    }
}
