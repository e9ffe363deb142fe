package dev.waymark.api;

import dev.waymark.api.net.IpAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything a {@link RouteServerPair} starts with: what both instances share, and what each has of its own (ARS-2).
 * Immutable.
 *
 * <p>Sinks and listeners in the shared part are the pair's. Policies, the clock, the transport and the metrics binding are
 * used by both instances, each on its own thread: they must bear that.
 */
public final class RouteServerPairConfig {
    private final RouteServerConfig shared;
    private final List<InstanceConfig> instances;

    private RouteServerPairConfig(RouteServerConfig shared, List<InstanceConfig> instances) {
        this.shared = shared;
        this.instances = instances;
    }

    /**
     * Returns a checked configuration.
     *
     * @param shared what both instances have, in a builder that was given no own address and no address to listen on; copied
     * @throws ConfigurationException if a rule is broken, for either instance
     */
    public static RouteServerPairConfig of(
            RouteServerConfigBuilder shared, InstanceConfig first, InstanceConfig second) {
        Checks.require(
                shared.localAddresses.isEmpty() && shared.listen.isEmpty(),
                "pair.shared",
                "has localAddress or listen; give these to the instances",
                "ARS-2");
        Checks.require(
                !first.name().equals(second.name()),
                "instance." + second.name(),
                "is there twice; names are unique",
                "ARS-2");
        Set<IpAddress> addresses = new HashSet<>(first.addresses());
        for (IpAddress address : second.addresses()) {
            Checks.require(
                    addresses.add(address),
                    "instance." + second.name() + ".addresses",
                    address + " is that of " + first.name() + "; each instance has its own",
                    "ARS-2");
        }
        RouteServerConfig one = with(shared, first).build();
        RouteServerConfig other = with(shared, second).build();
        Checks.require(
                !one.routerId().equals(other.routerId()),
                "instance." + second.name() + ".routerId",
                other.routerId() + " is that of " + first.name(),
                "RFC 6286 2.1");
        return new RouteServerPairConfig(one, List.of(first, second));
    }

    /** Returns what both instances share; addresses and name are those of the first. */
    public RouteServerConfig shared() {
        return shared;
    }

    /** Returns what each instance has of its own, two in the order given. */
    public List<InstanceConfig> instances() {
        return instances;
    }

    /**
     * Returns the whole configuration of one instance. Sinks, listeners, the search for providers and the registry of deployments are not in it: those are
     * the pair's.
     *
     * @param index 0 or 1
     */
    public RouteServerConfig instance(int index) {
        RouteServerConfigBuilder builder = with(shared.toBuilder(), instances.get(index));
        builder.sinks.clear();
        builder.sinkTables.clear();
        builder.listeners.clear();
        builder.providers = Optional.empty();
        builder.deployments = Optional.empty();
        return builder.build();
    }

    /**
     * Returns this configuration with another shared part, whose name and addresses are ignored.
     *
     * @throws ConfigurationException if a rule is broken, for either instance
     */
    public RouteServerPairConfig withShared(RouteServerConfig changed) {
        return of(without(changed.toBuilder()), instances.get(0), instances.get(1));
    }

    private static RouteServerConfigBuilder without(RouteServerConfigBuilder builder) {
        builder.listen.clear();
        builder.localAddresses.clear();
        builder.routerId = null;
        return builder;
    }

    private static RouteServerConfigBuilder with(RouteServerConfigBuilder shared, InstanceConfig instance) {
        RouteServerConfigBuilder builder = without(shared.copy()).name(instance.name());
        instance.addresses().forEach(builder::localAddress);
        instance.listen().forEach(builder::listen);
        instance.routerId().ifPresent(builder::routerId);
        return builder;
    }
}
