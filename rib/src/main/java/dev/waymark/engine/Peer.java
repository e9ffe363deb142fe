package dev.waymark.engine;

import dev.waymark.api.AddPathSettings;
import dev.waymark.api.ExtensionSettings;
import dev.waymark.api.GracefulRestartSettings;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.SessionSettings;
import dev.waymark.api.SessionState;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.message.BgpRole;
import dev.waymark.bgp.message.OpenMessage;
import dev.waymark.bgp.session.IdleHoldPolicy;
import dev.waymark.bgp.session.Jitter;
import dev.waymark.bgp.session.PeerConnection;
import dev.waymark.bgp.session.PeerConnections;
import dev.waymark.bgp.session.RestartSupport;
import dev.waymark.bgp.session.SessionExtensions;
import dev.waymark.bgp.session.SessionMachine;
import dev.waymark.bgp.session.SessionParameters;
import dev.waymark.bgp.session.SessionTimes;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A configured peer: its configuration in force, its connections, and its session if there is one. Confined to the loop. */
final class Peer {
    private final long stream;
    private PeerConfig config;
    private Optional<RouteLimit> routeLimit;
    private SessionParameters parameters;
    private PeerConnections connections;
    private long polled = PeerConnection.NONE;
    private long pollUntilNanos;
    private @Nullable Session session;
    private @Nullable Session kept;
    private SessionState shownState = SessionState.IDLE;
    private long stateSinceNanos;
    private long establishedCount;
    private int sweeps;
    private String lastDownReason = "";
    private ServerEvent.@Nullable SessionEnded lastEnd;
    private long lastEndNanos;

    /**
     * Makes a peer that is in Idle.
     *
     * @param stream a number of its own, for jitter
     */
    Peer(PeerConfig config, RouteServerConfig server, long stream, long nowNanos) {
        this.stream = stream;
        this.config = config;
        this.routeLimit = limitOf(config, server);
        this.parameters = parametersOf(config, server);
        this.connections = connectionsOf(server);
        this.stateSinceNanos = nowNanos;
    }

    /** Puts another configuration in force; a session that goes on keeps its parameters. */
    void reconfigure(PeerConfig changed, RouteServerConfig server) {
        config = changed;
        routeLimit = limitOf(changed, server);
        connections.idleHold().setPolicy(restsOf(server));
    }

    /** Begins with new connections, after those of before have been stopped. */
    void renew(RouteServerConfig server) {
        parameters = parametersOf(config, server);
        connections = connectionsOf(server);
    }

    PeerConfig config() {
        return config;
    }

    String name() {
        return config.name();
    }

    /** Returns the route limit, the peer's own or the server's. */
    Optional<RouteLimit> routeLimit() {
        return routeLimit;
    }

    PeerConnections connections() {
        return connections;
    }

    /** Returns our OPEN. */
    OpenMessage localOpen() {
        return parameters.localOpen();
    }

    /** Has timers wait until what a connection holds has been read, for as long as given. */
    void beginPoll(long connection, long untilNanos) {
        polled = connection;
        pollUntilNanos = untilNanos;
    }

    /** A connection has been read. */
    void endPoll(long connection) {
        if (polled == connection) {
            polled = PeerConnection.NONE;
        }
    }

    /** Returns when a timer is to be looked at: at its deadline, or once the connection it waits for has been read. */
    long nextDeadlineNanos() {
        return polled == PeerConnection.NONE ? connections.nextDeadlineNanos() : pollUntilNanos;
    }

    /** Returns the session that is up, or null. */
    @Nullable
    Session session() {
        return session;
    }

    /** Returns the session that was lost and whose routes are kept until the next one is up, or null. */
    @Nullable
    Session kept() {
        return kept;
    }

    /** Returns the session that routes are held of: the one that is up, or the one that was lost with its routes kept. */
    @Nullable
    Session holder() {
        return session != null ? session : kept;
    }

    void sessionUp(Session established) {
        session = established;
        kept = null;
        establishedCount++;
    }

    /** The session is lost, but its routes are kept. */
    void sessionKept(String reason) {
        kept = session;
        session = null;
        lastDownReason = reason;
    }

    /** The routes of a lost session are no longer kept. */
    void dropKept() {
        kept = null;
    }

    void sessionDown(String reason) {
        session = null;
        lastDownReason = reason;
    }

    /** A connection ended, established or not. */
    void ended(ServerEvent.SessionEnded how, long nowNanos) {
        lastEnd = how;
        lastEndNanos = nowNanos;
    }

    /** Returns how the last connection ended; null if none did. */
    ServerEvent.@Nullable SessionEnded lastEnd() {
        return lastEnd;
    }

    /** Returns when that was; meaningless if no connection ended. */
    long lastEndNanos() {
        return lastEndNanos;
    }

    /** A session's routes are about to be swept. */
    void leaving() {
        sweeps++;
    }

    /** A session's routes have been swept. */
    void swept() {
        sweeps--;
    }

    /** Returns whether routes of earlier sessions are still to be swept. */
    boolean isLeaving() {
        return sweeps > 0;
    }

    /** Returns the state that was published last. */
    SessionState shownState() {
        return shownState;
    }

    void show(SessionState state, long nowNanos) {
        shownState = state;
        stateSinceNanos = nowNanos;
    }

    long stateSinceNanos() {
        return stateSinceNanos;
    }

    long establishedCount() {
        return establishedCount;
    }

    /** Returns why the last session ended; empty if none did. */
    String lastDownReason() {
        return lastDownReason;
    }

    private static Optional<RouteLimit> limitOf(PeerConfig config, RouteServerConfig server) {
        return config.routeLimit().or(() -> server.limits().routeLimit());
    }

    private static SessionParameters parametersOf(PeerConfig config, RouteServerConfig server) {
        SessionSettings settings = server.session();
        Duration hold = config.holdTime().orElse(settings.holdTime());
        SessionTimes times = SessionTimes.standard()
                .withHoldTime((int) hold.toSeconds(), settings.zeroHoldTimeAllowed())
                .withConnecting(settings.connectRetry(), settings.openTimeout(), settings.establishTimeout());
        return SessionParameters.builder(server.localAsn(), server.routerId(), config.asn())
                .families(settings.families())
                .fourOctetAsn(settings.fourOctetAsn())
                .enhancedRouteRefresh(settings.enhancedRouteRefresh())
                .extensions(extensionsOf(config, server))
                .passive(config.passive())
                .times(times)
                .build();
    }

    private static SessionExtensions extensionsOf(PeerConfig config, RouteServerConfig server) {
        ExtensionSettings settings = server.session().extensions();
        SessionExtensions extensions = SessionExtensions.none()
                .withExtendedMessages(settings.extendedMessages())
                .withExtendedNextHop(settings.extendedNextHop());
        GracefulRestartSettings restart = settings.gracefulRestart();
        if (restart.enabled()) {
            extensions = extensions.withRestart(new RestartSupport(restart.afterNotifications(), restart.longLived()));
        }
        AddPathSettings addPath = config.addPath();
        Set<AddressFamily> families = server.session().families();
        extensions =
                extensions.withAddPath(addPath.receive() ? families : Set.of(), addPath.send() ? families : Set.of());
        boolean isExternal = !config.asn().equals(server.localAsn());
        return settings.routeServerRole() && isExternal ? extensions.withRole(BgpRole.RS, false) : extensions;
    }

    private PeerConnections connectionsOf(RouteServerConfig server) {
        return new PeerConnections(new SessionMachine(parameters), restsOf(server), Jitter.of(server.seed(), stream));
    }

    /** Returns how long the peer rests after errors, and after it passed its route limit (ARS-24). */
    private IdleHoldPolicy restsOf(RouteServerConfig server) {
        IdleHoldPolicy rests =
                IdleHoldPolicy.standard().withErrorAtMost(server.session().idleHoldAtMost());
        return routeLimit
                .map(limit -> rests.withLimit(limit.restartAfter(), limit.restartAtMost()))
                .orElse(rests);
    }
}
