package dev.waymark.api;

import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A virtual network that is peered with the route server's own one (ARS-40). Its spaces have system routes there whatever the
 * flag says: no BGP route inside them is programmed or passed on (ARS-41). With {@code usesRemoteGateway} they are advertised
 * to every peer besides, and the route tables of the peered network are programmed (ARS-42).
 *
 * <p>A route server in a peered network is no peer of this one; the two exchange nothing (ARS-45). Immutable.
 *
 * @param name its unique name, 1 to 80 characters
 * @param spaces its address spaces, at least one, none inside another; those of a family that the server doesn't speak are
 *     listed as {@link PeeredSpaceState#IPV6_UNSUPPORTED}
 * @param usesRemoteGateway whether it uses "the remote virtual network's gateway or Route Server"
 */
public record NetworkPeering(String name, List<NetworkSpace> spaces, boolean usesRemoteGateway) {
    static final int NAME_CHARACTERS = 80;

    /** Copies the list, and checks it and the name. */
    public NetworkPeering {
        spaces = List.copyOf(spaces);
        Checks.require(
                !name.isBlank() && name.length() <= NAME_CHARACTERS,
                "peering.name",
                "'" + name + "' is not 1 to " + NAME_CHARACTERS + " characters",
                "ARS-40");
        Checks.require(
                !spaces.isEmpty(),
                "peering." + name + ".spaces",
                "is empty; give at least one address space",
                "ARS-40");
        List<IpPrefix> prefixes = new ArrayList<>();
        for (NetworkSpace space : spaces) {
            prefixes.add(space.prefix());
        }
        Collections.sort(prefixes);
        for (int i = 1; i < prefixes.size(); i++) {
            IpPrefix before = prefixes.get(i - 1);
            Checks.require(
                    !before.contains(prefixes.get(i)),
                    "peering." + name + ".spaces",
                    prefixes.get(i) + " is in " + before + "; spaces of a network don't overlap",
                    "ARS-40");
        }
    }

    /** Returns a peering with the flag, whose spaces are advertised with the instance's own address as next hop. */
    public static NetworkPeering of(String name, IpPrefix... spaces) {
        List<NetworkSpace> list = new ArrayList<>();
        for (IpPrefix space : spaces) {
            list.add(NetworkSpace.of(space));
        }
        return new NetworkPeering(name, list, true);
    }

    /** Returns this peering with other spaces. */
    public NetworkPeering withSpaces(List<NetworkSpace> value) {
        return new NetworkPeering(name, value, usesRemoteGateway);
    }

    /** Returns this peering with or without the flag. */
    public NetworkPeering withUsesRemoteGateway(boolean value) {
        return new NetworkPeering(name, spaces, value);
    }
}
