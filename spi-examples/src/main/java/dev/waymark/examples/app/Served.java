package dev.waymark.examples.app;

import dev.waymark.api.InstanceConfig;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.PairPeer;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.ResetKind;
import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerPair;
import dev.waymark.api.RoutingPreference;
import dev.waymark.api.Subscription;
import dev.waymark.api.VirtualNetwork;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.spi.ServerEventListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What {@code waymark serve} runs: one route server, or a pair. Thread-safe, as these are. */
interface Served {
    /** Returns a server alone. */
    static Served of(RouteServer server) {
        return ServedAlone.of(server);
    }

    /** Returns a pair, and what it is called as a whole. */
    static Served of(RouteServerPair pair, String name) {
        return new ServedPair(pair, name);
    }

    /** Returns what it is called as a whole. */
    String name();

    /** Returns the pair; empty if it is one instance. */
    Optional<RouteServerPair> pair();

    /** Returns what it has in common. */
    RouteServerConfig config();

    /** Returns the instances, in order. */
    List<InstanceConfig> instances();

    /** Returns an instance, which may have stopped. */
    RouteServer instance(String name);

    void start();

    void stop(String text);

    void drain(String instance, String text, Duration after);

    void resume(String instance);

    void startInstance(String instance);

    void stopInstance(String instance, String text);

    List<PairPeer> peers();

    void addPeer(PeerConfig peer);

    void updatePeer(PeerConfig peer);

    boolean removePeer(String name);

    void setPeerEnabled(String name, boolean enabled);

    void resetPeer(String name, ResetKind kind, String text);

    List<NetworkSpace> networks();

    void addNetwork(NetworkSpace space);

    boolean removeNetwork(IpPrefix prefix);

    VirtualNetwork virtualNetwork();

    void setRoutingPreference(RoutingPreference preference);

    void setBranchToBranch(boolean on);

    /** Returns the preference of now. */
    RoutingPreference routingPreference();

    /** Returns whether NVAs and gateways exchange routes now. */
    boolean branchToBranch();

    Subscription subscribe(ServerEventListener listener);
}
