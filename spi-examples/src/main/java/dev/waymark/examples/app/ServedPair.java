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

/** A pair that is served. Thread-safe. */
record ServedPair(RouteServerPair both, String name) implements Served {
    @Override
    public Optional<RouteServerPair> pair() {
        return Optional.of(both);
    }

    @Override
    public RouteServerConfig config() {
        return both.config().shared();
    }

    @Override
    public List<InstanceConfig> instances() {
        return both.config().instances();
    }

    @Override
    public RouteServer instance(String name) {
        return both.instance(name);
    }

    @Override
    public void start() {
        both.start();
    }

    @Override
    public void stop(String text) {
        both.stop(text);
    }

    @Override
    public void drain(String instance, String text, Duration after) {
        both.drainInstance(instance, text, after);
    }

    @Override
    public void resume(String instance) {
        both.resumeInstance(instance);
    }

    @Override
    public void startInstance(String instance) {
        both.startInstance(instance);
    }

    @Override
    public void stopInstance(String instance, String text) {
        both.stopInstance(instance, text);
    }

    @Override
    public List<PairPeer> peers() {
        return both.peers();
    }

    @Override
    public void addPeer(PeerConfig peer) {
        both.addPeer(peer);
    }

    @Override
    public void updatePeer(PeerConfig peer) {
        both.updatePeer(peer);
    }

    @Override
    public boolean removePeer(String name) {
        return both.removePeer(name);
    }

    @Override
    public void setPeerEnabled(String name, boolean enabled) {
        both.setPeerEnabled(name, enabled);
    }

    @Override
    public void resetPeer(String name, ResetKind kind, String text) {
        both.resetPeer(name, kind, text);
    }

    @Override
    public List<NetworkSpace> networks() {
        return both.networks();
    }

    @Override
    public void addNetwork(NetworkSpace space) {
        both.addNetwork(space);
    }

    @Override
    public boolean removeNetwork(IpPrefix prefix) {
        return both.removeNetwork(prefix);
    }

    @Override
    public VirtualNetwork virtualNetwork() {
        return both.virtualNetwork();
    }

    @Override
    public void setRoutingPreference(RoutingPreference preference) {
        both.setRoutingPreference(preference);
    }

    @Override
    public void setBranchToBranch(boolean on) {
        both.setBranchToBranch(on);
    }

    @Override
    public RoutingPreference routingPreference() {
        return config().selection().preference();
    }

    @Override
    public boolean branchToBranch() {
        return config().export().branchToBranch();
    }

    @Override
    public Subscription subscribe(ServerEventListener listener) {
        return both.subscribe(listener);
    }
}
