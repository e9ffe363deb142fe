package dev.waymark.examples.app;

import dev.waymark.api.PeerIdentity;
import dev.waymark.api.RejectReason;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.RouteView;
import dev.waymark.api.net.Asn;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.examples.control.JsonLine;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes rows of views as JSON. Stateless. */
final class RouteJson {
    private RouteJson() {}

    /** Adds Azure's columns for learned routes, under Azure's names, and the peer's name. */
    static JsonLine learned(JsonLine row, RouteEntry entry, Asn localAsn) {
        Optional<PeerIdentity> peer = entry.sourcePeer();
        String origin = peer.isEmpty() ? "Network" : peer.get().asn().equals(localAsn) ? "IBgp" : "EBgp";
        return row.put("localAddress", entry.localAddress())
                .put("network", entry.prefix())
                .put("nextHop", entry.nextHops().get(0))
                .put("sourcePeer", peer.map(PeerIdentity::address))
                .put("origin", origin)
                .put("asPath", entry.dashedAsPath())
                .put("weight", RouteEntry.WEIGHT)
                .put("peer", peer.map(PeerIdentity::name))
                .put("pathId", number(entry.pathId()));
    }

    /** Adds what else there is to tell of a route. */
    static JsonLine route(JsonLine row, RouteEntry entry, RouteView view) {
        PathAttributes attributes = entry.attributes();
        row.put("network", entry.prefix());
        if (view == RouteView.PROGRAMMED) {
            row.put("nextHops", entry.nextHops());
        } else {
            row.put("nextHop", entry.nextHops().get(0));
        }
        row.put("pathId", number(entry.pathId()))
                .put("peer", entry.sourcePeer().map(PeerIdentity::name))
                .put("origin", Values.dashed(attributes.origin()))
                .put("asPath", entry.dashedAsPath())
                .put("med", number(attributes.med()))
                .put("localPref", number(attributes.localPref()));
        if (!attributes.communities().isEmpty()) {
            row.put("communities", attributes.communities());
        }
        if (!attributes.largeCommunities().isEmpty()) {
            row.put("largeCommunities", attributes.largeCommunities());
        }
        if (!attributes.extendedCommunities().isEmpty()) {
            row.put("extendedCommunities", attributes.extendedCommunities());
        }
        row.put("rejected", entry.rejectReason().map(Values::dashed))
                .put("rule", entry.rejectReason().map(RejectReason::rule))
                .put("detail", entry.rejectDetail());
        return entry.isLeaving() ? row.put("leaving", true) : row;
    }

    private static Optional<Long> number(OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }
}
