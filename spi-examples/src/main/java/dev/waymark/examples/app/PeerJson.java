package dev.waymark.examples.app;

import dev.waymark.api.InstanceConfig;
import dev.waymark.api.PairPeer;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.PeerHealth;
import dev.waymark.api.PeerSnapshot;
import dev.waymark.api.RejectReason;
import dev.waymark.api.RouteCounts;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.examples.control.JsonLine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Writes a peer on an instance as JSON. Stateless. */
final class PeerJson {
    private PeerJson() {}

    static JsonLine of(PairPeer peer, InstanceConfig instance, boolean isPair) {
        PeerConfig config = peer.config();
        JsonLine line = JsonLine.of("peer")
                .put("name", config.name())
                .put("address", config.address())
                .put("asn", config.asn().value())
                .put("role", Values.dashed(config.role()))
                .put("passive", config.passive())
                .put("enabled", config.enabled())
                .put("pairState", isPair ? Optional.of(Values.dashed(peer.state())) : Optional.empty())
                .put("instance", isPair ? Optional.of(instance.name()) : Optional.empty())
                .put("zone", instance.zone());
        PeerSnapshot snapshot = peer.instances().get(instance.name());
        if (snapshot == null) {
            return line.put("state", "stopped");
        }
        line.put("state", Values.dashed(snapshot.state()))
                .put("stateSeconds", snapshot.inState().toSeconds())
                .put("establishedCount", snapshot.establishedCount())
                .put("routerId", snapshot.routerId())
                .put("families", snapshot.families().stream().sorted().toList())
                .put("pathsReceived", some(snapshot.pathsReceived()))
                .put("pathsSent", some(snapshot.pathsSent()))
                .put("holdTimeSeconds", snapshot.holdTime().toSeconds())
                .put("lastDownReason", snapshot.lastDownReason());
        return routes(health(line, snapshot.health()), snapshot.routes());
    }

    private static Optional<List<AddressFamily>> some(Set<AddressFamily> families) {
        return families.isEmpty()
                ? Optional.empty()
                : Optional.of(families.stream().sorted().toList());
    }

    private static JsonLine health(JsonLine line, PeerHealth health) {
        return line.put("idleHoldSeconds", health.idleHoldLeft().map(left -> left.toMillis() / 1000 + 1))
                .put("lastEnd", health.lastEnd().map(PeerJson::end))
                .put(
                        "warnings",
                        health.warnings().stream()
                                .map(warning -> JsonLine.empty()
                                        .put("family", warning.family())
                                        .put("counted", warning.counted())
                                        .put("limit", warning.limit()))
                                .toList());
    }

    private static JsonLine end(PeerHealth.LastEnd end) {
        return JsonLine.empty()
                .put("secondsAgo", end.ago().toSeconds())
                .put("established", end.wasEstablished())
                .put("byPeer", end.byPeer())
                .put("code", end.notificationCode())
                .put("subcode", end.notificationSubcode())
                .put("text", end.text());
    }

    private static JsonLine routes(JsonLine line, Map<AddressFamily, RouteCounts> routes) {
        JsonLine families = JsonLine.empty();
        new TreeMap<>(routes).forEach((family, counts) -> families.put(family.toString(), counts(counts)));
        return line.put("routes", families);
    }

    private static JsonLine counts(RouteCounts counts) {
        JsonLine rejected = JsonLine.empty();
        new TreeMap<>(counts.rejected())
                .forEach((RejectReason reason, Long count) -> rejected.put(Values.dashed(reason), count));
        return JsonLine.empty()
                .put("receivedNow", counts.storedNow())
                .put("acceptedNow", counts.acceptedNow())
                .put("rejectedNow", counts.rejectedNow())
                .put("advertisedNow", counts.advertisedNow())
                .put("announced", counts.announced())
                .put("accepted", counts.accepted())
                .put("rejected", counts.rejectedTotal())
                .put("rejectedBy", rejected)
                .put("treatedAsWithdraw", counts.treatedAsWithdraw())
                .put("ignored", counts.ignored())
                .put("extraPaths", counts.extraPaths())
                .put("refusedByLimit", counts.refusedByLimit())
                .put("withdrawn", counts.withdrawn());
    }
}
