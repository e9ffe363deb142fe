package dev.waymark.examples.app;

import dev.waymark.api.ConfigurationException;
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
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.spi.ServerEventListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * A route server alone that is served. Thread-safe.
 *
 * @param preference the routing preference of now, which the server doesn't tell
 * @param toBranches whether branch-to-branch is on now
 */
record ServedAlone(RouteServer server, AtomicReference<RoutingPreference> preference, AtomicBoolean toBranches)
        implements Served {

    static ServedAlone of(RouteServer server) {
        return new ServedAlone(
                server,
                new AtomicReference<>(server.config().selection().preference()),
                new AtomicBoolean(server.config().export().branchToBranch()));
    }

    @Override
    public String name() {
        return server.config().name();
    }

    @Override
    public Optional<RouteServerPair> pair() {
        return Optional.empty();
    }

    @Override
    public RouteServerConfig config() {
        return server.config();
    }

    @Override
    public List<InstanceConfig> instances() {
        RouteServerConfig config = server.config();
        List<IpAddress> addresses = Stream.of(AddressFamily.values())
                .flatMap(family -> config.localAddress(family).stream())
                .toList();
        return List.of(new InstanceConfig(
                config.name(), Optional.empty(), addresses, Optional.of(config.routerId()), config.listen()));
    }

    @Override
    public RouteServer instance(String name) {
        requireName(name);
        return server;
    }

    private void requireName(String name) {
        if (!name.equals(server.config().name())) {
            throw new ConfigurationException(
                    "instance." + name,
                    "is not there; the only one is " + server.config().name(),
                    "ARS-2");
        }
    }

    @Override
    public void start() {
        server.start();
    }

    @Override
    public void stop(String text) {
        server.stop(text);
    }

    @Override
    public void drain(String instance, String text, Duration after) {
        instance(instance).drain(text, after);
    }

    @Override
    public void resume(String instance) {
        instance(instance).resume();
    }

    @Override
    public void startInstance(String instance) {
        throw alone();
    }

    @Override
    public void stopInstance(String instance, String text) {
        throw alone();
    }

    private static IllegalStateException alone() {
        return new IllegalStateException("this server is one instance: it starts and stops with the program");
    }

    @Override
    public List<PairPeer> peers() {
        return server.peers().stream()
                .map(peer -> new PairPeer(peer.config(), Map.of(server.config().name(), peer)))
                .toList();
    }

    @Override
    public void addPeer(PeerConfig peer) {
        server.addPeer(peer);
    }

    @Override
    public void updatePeer(PeerConfig peer) {
        server.updatePeer(peer);
    }

    @Override
    public boolean removePeer(String name) {
        return server.removePeer(name);
    }

    @Override
    public void setPeerEnabled(String name, boolean enabled) {
        server.setPeerEnabled(name, enabled);
    }

    @Override
    public void resetPeer(String name, ResetKind kind, String text) {
        server.resetPeer(name, kind, text);
    }

    @Override
    public List<NetworkSpace> networks() {
        return server.networks();
    }

    @Override
    public void addNetwork(NetworkSpace space) {
        server.addNetwork(space);
    }

    @Override
    public boolean removeNetwork(IpPrefix prefix) {
        return server.removeNetwork(prefix);
    }

    @Override
    public VirtualNetwork virtualNetwork() {
        return server.virtualNetwork();
    }

    @Override
    public void setRoutingPreference(RoutingPreference value) {
        server.setRoutingPreference(value);
        preference.set(value);
    }

    @Override
    public void setBranchToBranch(boolean on) {
        server.setBranchToBranch(on);
        toBranches.set(on);
    }

    @Override
    public RoutingPreference routingPreference() {
        return Objects.requireNonNull(preference.get());
    }

    @Override
    public boolean branchToBranch() {
        return toBranches.get();
    }

    @Override
    public Subscription subscribe(ServerEventListener listener) {
        return server.subscribe(listener);
    }
}
