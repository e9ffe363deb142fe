package dev.waymark.api;

import dev.waymark.api.net.IpPrefix;
import dev.waymark.spi.RoutePolicy;
import dev.waymark.spi.RouteSink;
import dev.waymark.spi.ServerEventListener;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One route server instance. Not for implementation by hosts. Thread-safe: every method may be called from any thread but a
 * {@link RoutePolicy}, from callbacks too; each takes effect as one step between others. Methods that change something
 * return when it is in effect and throw {@link IllegalStateException} once the server has stopped.
 */
public interface RouteServer extends AutoCloseable {
    /** Returns what it was started with; later changes are not in it. */
    RouteServerConfig config();

    /**
     * Binds the listening addresses and starts the peers.
     *
     * @throws java.io.UncheckedIOException if an address can't be bound; nothing is started then
     * @throws IllegalStateException if it was started before
     */
    void start();

    /** Returns the addresses it listens on, with the ports that were picked; empty before {@link #start()}. */
    List<InetSocketAddress> listening();

    /** Ends all sessions with Cease/2 and this text (RFC 9003, at most 255 octets of UTF-8), then stops. Idempotent. */
    void stop(String text);

    /** Stops without a text. */
    @Override
    default void close() {
        stop("");
    }

    /**
     * Prepares the peers for the end of their sessions, then ends them (ARS-4): from now on everything that is advertised
     * carries GRACEFUL_SHUTDOWN (RFC 8326); after a time on the server's clock, all sessions end with Cease/2 and this text,
     * cut to 255 octets of UTF-8 (RFC 9003). The server then goes on without sessions until it is resumed or stopped. Draining
     * again replaces text and time. {@link ServerEvent.Drain} tells of each phase.
     *
     * @param after the time in between, 0 to 1 day
     */
    void drain(String text, Duration after);

    /** Takes a drain back: the community is removed, and sessions start if they were ended. Nothing if there is none. */
    void resume();

    /** Returns all peers, in the order they were added. */
    List<PeerSnapshot> peers();

    /** Returns one peer. */
    Optional<PeerSnapshot> peer(String name);

    /** Adds a peer; no other session is touched (ARS-8). Throws {@link ConfigurationException} if it breaks a rule. */
    void addPeer(PeerConfig peer);

    /**
     * Replaces the configuration of the peer of that name. Policy and limit changes apply to the running session; changes of
     * address, AS number, role or session parameters restart it (Cease/6).
     */
    void updatePeer(PeerConfig peer);

    /** Ends the peer's session with Cease/3 and forgets it; returns whether there was one. */
    boolean removePeer(String name);

    /** Enables or disables a peer; disabling ends the session with Cease/2. */
    void setPeerEnabled(String name, boolean enabled);

    /** Resets a peer (ARS-74); the text goes with a hard reset. Throws {@link IllegalArgumentException} if there is none. */
    void resetPeer(String name, ResetKind kind, String text);

    /** Tells that a peer is unreachable, as found by BFD or the like: Cease/10 (RFC 9384), routes gone (ARS-18). */
    void peerDown(String name, String reason);

    /** Returns the virtual network's address spaces. */
    List<NetworkSpace> networks();

    /** Adds an address space, advertised to every peer (ARS-40). */
    void addNetwork(NetworkSpace space);

    /** Removes an address space; returns whether it was there. */
    boolean removeNetwork(IpPrefix prefix);

    /** Returns the VPN gateways, with their peers. */
    List<VpnGateway> vpnGateways();

    /** Adds a VPN gateway with its peers, or its static prefixes; no session is touched (ARS-53). */
    void addVpnGateway(VpnGateway gateway);

    /**
     * Replaces the gateway of that name. Peers that are not in it any more are removed, new ones added, the others changed as
     * {@link #updatePeer} does; of static prefixes only the difference is told.
     */
    void updateVpnGateway(VpnGateway gateway);

    /** Removes a VPN gateway, its peers and its static prefixes; returns whether there was one. */
    boolean removeVpnGateway(String name);

    /** Returns what surrounds these address spaces: peerings, service endpoints, route tables (ARS-40 to ARS-45). */
    VirtualNetwork virtualNetwork();

    /**
     * Returns a piece of a route table's effective routes, see {@link VirtualNetwork#effectiveRoutes}: at most {@code limit} rows
     * (1 to 4,096), from a cursor that is 0 at first, as {@link #page}.
     */
    EffectivePage effectivePage(String table, long cursor, int limit);

    /** Changes the routing preference; every choice is made anew (ARS-31, ARS-35). */
    void setRoutingPreference(RoutingPreference preference);

    /** Turns branch-to-branch on or off: what NVAs and gateways exchange; only the difference is sent (ARS-52). */
    void setBranchToBranch(boolean on);

    /**
     * Changes the import policy of peers that have none of their own. New arrivals meet it at once, stored routes are
     * evaluated again in the background; {@link ServerEvent.PolicyApplied} tells when all are (ARS-64). Returns its version.
     */
    long setImportPolicy(Optional<RoutePolicy> policy);

    /** Changes the export policy of peers that have none of their own, as {@link #setImportPolicy}. Returns its version. */
    long setExportPolicy(Optional<RoutePolicy> policy);

    /**
     * Returns a piece of a view: at most {@code limit} rows (1 to 4,096), from a cursor that is 0 at first. A big view costs no
     * session its timers: it is read in pieces, each of one moment.
     */
    RoutePage page(RouteQuery query, int cursor, int limit);

    /** Returns a whole view, read in pieces as the stream is consumed. */
    Stream<RouteEntry> routes(RouteQuery query);

    /** Adds a listener for the events from now on. */
    Subscription subscribe(ServerEventListener listener);

    /** Adds a sink under a unique name; it gets a snapshot, then changes, until the subscription is closed. */
    Subscription attachSink(String name, RouteSink sink);

    /**
     * Adds a sink of one route table under a unique name (ARS-42). It holds what is programmed in that table: nothing while the
     * table doesn't propagate, belongs to a peering without the remote gateway, or is removed; it is told the difference when
     * that changes, routes that come back in a new snapshot.
     *
     * @throws ConfigurationException if there is no such table
     */
    Subscription attachSink(String name, String table, RouteSink sink);
}
