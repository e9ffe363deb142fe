package dev.waymark.api;

import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.RouterId;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one instance of a {@link RouteServerPair} has of its own. Immutable.
 *
 * @param name its unique name, for events, metrics and logs
 * @param zone the availability zone that it runs in, a label that is only shown; 1 to 64 characters
 * @param addresses its own addresses, at most one of each family
 * @param routerId its BGP identifier; empty: its IPv4 address
 * @param listen the addresses that it accepts connections on; may be empty
 */
public record InstanceConfig(
        String name,
        Optional<String> zone,
        List<IpAddress> addresses,
        Optional<RouterId> routerId,
        List<InetSocketAddress> listen) {
    private static final int ZONE_CHARACTERS = 64;

    /** Checks the zone and the addresses, and copies the lists. */
    public InstanceConfig {
        addresses = List.copyOf(addresses);
        listen = List.copyOf(listen);
        String parameter = "instance." + name;
        Checks.require(!name.isBlank(), "instance.name", "is blank", "ARS-2");
        Checks.require(
                zone.isEmpty() || (!zone.get().isBlank() && zone.get().length() <= ZONE_CHARACTERS),
                parameter + ".zone",
                "is not 1 to " + ZONE_CHARACTERS + " characters",
                "ARS-3");
        Checks.require(
                addresses.stream().map(IpAddress::family).distinct().count() == addresses.size(),
                parameter + ".addresses",
                addresses + " has two of one family",
                "ARS-2");
    }

    /** Returns an instance with an address, which nobody can connect to yet. */
    public static InstanceConfig of(String name, IpAddress address) {
        return new InstanceConfig(name, Optional.empty(), List.of(address), Optional.empty(), List.of());
    }

    /** Returns this instance in a zone. */
    public InstanceConfig withZone(String value) {
        return new InstanceConfig(name, Optional.of(value), addresses, routerId, listen);
    }

    /** Returns this instance with one more address of its own, of another family. */
    public InstanceConfig withAddress(IpAddress value) {
        return new InstanceConfig(name, zone, plus(addresses, value), routerId, listen);
    }

    /** Returns this instance with a BGP identifier. */
    public InstanceConfig withRouterId(RouterId value) {
        return new InstanceConfig(name, zone, addresses, Optional.of(value), listen);
    }

    /** Returns this instance with one more address to accept connections on. */
    public InstanceConfig withListen(InetSocketAddress value) {
        return new InstanceConfig(name, zone, addresses, routerId, plus(listen, value));
    }

    private static <T> List<T> plus(List<T> list, T value) {
        List<T> longer = new ArrayList<>(list);
        longer.add(value);
        return longer;
    }
}
