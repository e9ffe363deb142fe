package dev.waymark.api;

import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.Optional;

/**
 * A route that an operator put into a route table (ARS-41). It wins over every other route of its length, and as the longer
 * match over shorter ones, system routes included. Immutable.
 *
 * @param prefix the destination
 * @param nextHopKind {@code VIRTUAL_APPLIANCE}, {@code VIRTUAL_NETWORK}, {@code INTERNET} or {@code NONE}
 * @param appliance the appliance's address, of the prefix's family; present with {@code VIRTUAL_APPLIANCE} only
 */
public record UserDefinedRoute(IpPrefix prefix, NextHopKind nextHopKind, Optional<IpAddress> appliance) {
    /** Checks that kind and address go together. */
    public UserDefinedRoute {
        String parameter = "route." + prefix + ".nextHop";
        boolean isAppliance = switch (nextHopKind) {
            case VIRTUAL_APPLIANCE -> true;
            case VIRTUAL_NETWORK, INTERNET, NONE -> false;
            case VIRTUAL_NETWORK_GATEWAY, VIRTUAL_NETWORK_PEERING, SERVICE_ENDPOINT ->
                throw new ConfigurationException(
                        parameter,
                        nextHopKind + " is not for user-defined routes; use an appliance's address,"
                                + " VIRTUAL_NETWORK, INTERNET or NONE",
                        "ARS-41");
        };
        Checks.require(
                appliance.isPresent() == isAppliance,
                parameter,
                isAppliance ? "an appliance needs an address" : nextHopKind + " takes no address",
                "ARS-41");
        Checks.require(
                appliance.isEmpty() || appliance.get().family() == prefix.family(),
                parameter,
                appliance.map(Object::toString).orElse("") + " is not of the prefix's family",
                "ARS-41");
    }

    /** Returns a route to a virtual appliance. */
    public static UserDefinedRoute toAppliance(IpPrefix prefix, IpAddress address) {
        return new UserDefinedRoute(prefix, NextHopKind.VIRTUAL_APPLIANCE, Optional.of(address));
    }

    /** Returns a route to something without an address. */
    public static UserDefinedRoute to(IpPrefix prefix, NextHopKind kind) {
        return new UserDefinedRoute(prefix, kind, Optional.empty());
    }
}
