package dev.waymark.engine.model;

import dev.waymark.api.PeerRole;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.List;
import java.util.Optional;

/**
 * What a host configures of a peer.
 *
 * @param number tells the peer apart: name and address come from it
 */
public record PeerSpec(
        int number,
        PeerRole role,
        long asn,
        Optional<Boolean> prependLocalAs,
        Optional<Boolean> enforceFirstAs,
        Optional<RouteLimit> limit,
        Optional<MapSpec> importMap,
        Optional<MapSpec> exportMap,
        List<IpPrefix> pointToSite) {
    public String name() {
        return "p" + number;
    }

    public IpAddress address() {
        return IpAddress.parse("10.0.1." + number);
    }

    boolean isSameSession(PeerSpec other) {
        return role == other.role && asn == other.asn && enforceFirstAs.equals(other.enforceFirstAs);
    }

    /** Returns only what is not left out. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name())
                .append(' ')
                .append(role)
                .append(" AS ")
                .append(asn);
        prependLocalAs.ifPresent(value -> text.append(", prependLocalAs ").append(value));
        enforceFirstAs.ifPresent(value -> text.append(", enforceFirstAs ").append(value));
        limit.ifPresent(value -> text.append(", ").append(value));
        importMap.ifPresent(value -> text.append(", import ").append(value));
        exportMap.ifPresent(value -> text.append(", export ").append(value));
        if (!pointToSite.isEmpty()) {
            text.append(", point-to-site ").append(pointToSite);
        }
        return text.toString();
    }
}
