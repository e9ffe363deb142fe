package dev.waymark.api;

import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.Optional;

/**
 * An address space of the virtual network, advertised to every peer (ARS-40). Immutable.
 *
 * @param prefix the space
 * @param nextHop the next hop to advertise; empty: the instance's own address
 */
public record NetworkSpace(IpPrefix prefix, Optional<IpAddress> nextHop) {
    /** Checks that the next hop is of the prefix's family. */
    public NetworkSpace {
        Checks.require(
                nextHop.isEmpty() || nextHop.get().family() == prefix.family(),
                "network." + prefix + ".nextHop",
                nextHop.map(Object::toString).orElse("") + " is not of the prefix's family",
                "ARS-40");
    }

    /** Returns a space advertised with the instance's own address as next hop. */
    public static NetworkSpace of(IpPrefix prefix) {
        return new NetworkSpace(prefix, Optional.empty());
    }
}
