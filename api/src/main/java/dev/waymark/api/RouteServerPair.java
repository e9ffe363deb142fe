package dev.waymark.api;

import dev.waymark.api.net.IpPrefix;
import dev.waymark.spi.RoutePolicy;
import dev.waymark.spi.RouteSink;
import dev.waymark.spi.ServerEventListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A route server of two instances, as Azure's: every peer has a session with both, and both program the same sinks (ARS-2).
 * A sink holds the union: a prefix's next hops are those of both instances, and no prefix leaves it while one instance still
 * has it, whatever happens to the other. Peers, networks and policies are changed on both.
 *
 * <p>Not for implementation by hosts. Thread-safe, as {@link RouteServer} is; what is asked of a pair takes effect on one
 * instance after the other. An instance that is stopped meets the changes when it is started again. Throws {@link
 * IllegalStateException} once the pair has stopped.
 */
public interface RouteServerPair extends AutoCloseable {
    /** Returns the configuration with the peers, networks and preference of now. */
    RouteServerPairConfig config();

    /**
     * Starts both instances.
     *
     * @throws java.io.UncheckedIOException if an address can't be bound; nothing is started then
     * @throws IllegalStateException if it was started before
     */
    void start();

    /** Ends all sessions with Cease/2 and this text (RFC 9003), then stops both. The sinks keep what they hold. Idempotent. */
    void stop(String text);

    /** Stops without a text. */
    @Override
    default void close() {
        stop("");
    }

    /**
     * Returns an instance, to look at it: its views, and resets of its peers. After a restart it is another one. What is changed
     * there, and not through the pair, the other instance does not have.
     *
     * @throws ConfigurationException if there is none of that name, in this and the following methods
     */
    RouteServer instance(String name);

    /** Starts an instance that was stopped, with the configuration of now. Nothing if it runs. */
    void startInstance(String name);

    /**
     * Stops an instance: its sessions end with Cease/2 and this text. From the sinks goes what only it had. Nothing if it is
     * stopped.
     */
    void stopInstance(String name, String text);

    /** Drains an instance, see {@link RouteServer#drain}; it is taken back with {@link #resumeInstance} or a restart. */
    void drainInstance(String name, String text, Duration after);

    /** Takes a drain back, see {@link RouteServer#resume}. */
    void resumeInstance(String name);

    /** Returns all peers, in the order they were added. */
    List<PairPeer> peers();

    /** Returns one peer. */
    Optional<PairPeer> peer(String name);

    /** Adds a peer to both instances, see {@link RouteServer#addPeer}. */
    void addPeer(PeerConfig peer);

    /** Replaces the configuration of the peer of that name on both, see {@link RouteServer#updatePeer}. */
    void updatePeer(PeerConfig peer);

    /** Removes a peer from both; returns whether there was one. */
    boolean removePeer(String name);

    /** Enables or disables a peer on both, see {@link RouteServer#setPeerEnabled}. */
    void setPeerEnabled(String name, boolean enabled);

    /** Resets a peer on both instances that run, see {@link RouteServer#resetPeer}. */
    void resetPeer(String name, ResetKind kind, String text);

    /** Tells both instances that run that a peer is unreachable, see {@link RouteServer#peerDown}. */
    void peerDown(String name, String reason);

    /** Returns the virtual network's address spaces. */
    List<NetworkSpace> networks();

    /** Adds an address space to both. */
    void addNetwork(NetworkSpace space);

    /** Removes an address space from both; returns whether it was there. */
    boolean removeNetwork(IpPrefix prefix);

    /** Returns the VPN gateways, with their peers. */
    List<VpnGateway> vpnGateways();

    /** Adds a VPN gateway to both, see {@link RouteServer#addVpnGateway}. */
    void addVpnGateway(VpnGateway gateway);

    /** Replaces the VPN gateway of that name on both, see {@link RouteServer#updateVpnGateway}. */
    void updateVpnGateway(VpnGateway gateway);

    /** Removes a VPN gateway from both; returns whether there was one. */
    boolean removeVpnGateway(String name);

    /** Returns what surrounds these address spaces, see {@link RouteServer#virtualNetwork}; changes are made on both. */
    VirtualNetwork virtualNetwork();

    /** Changes the routing preference of both. */
    void setRoutingPreference(RoutingPreference preference);

    /** Turns branch-to-branch on or off on both, see {@link RouteServer#setBranchToBranch}. */
    void setBranchToBranch(boolean on);

    /** Changes the import policy of both, see {@link RouteServer#setImportPolicy}; each tells when it is applied. */
    void setImportPolicy(Optional<RoutePolicy> policy);

    /** Changes the export policy of both, see {@link RouteServer#setExportPolicy}; each tells when it is applied. */
    void setExportPolicy(Optional<RoutePolicy> policy);

    /**
     * Looks for what is not redundant (ARS-3): peers that are up on one instance only, or send the two different routes, and
     * prefixes of one NVA only. Takes a while with many routes: it reads the views of both instances piece by piece in the
     * calling thread, keeps some 40 octets a prefix while it runs, and costs no session its timers. What changes meanwhile may be
     * seen on one instance and not on the other: what is found twice in a row is there.
     */
    List<TwinFinding> check();

    /**
     * Adds a listener for the events from now on: those of the instances come as {@link ServerEvent.OfInstance}, those of the
     * pair's sinks as they are.
     */
    Subscription subscribe(ServerEventListener listener);

    /** Adds a sink of the union under a unique name; it gets a snapshot, then changes, until the subscription is closed. */
    Subscription attachSink(String name, RouteSink sink);

    /** Adds a sink of the union for one route table, see {@link RouteServer#attachSink(String, String, RouteSink)}. */
    Subscription attachSink(String name, String table, RouteSink sink);
}
