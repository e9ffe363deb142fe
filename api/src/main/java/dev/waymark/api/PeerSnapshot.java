package dev.waymark.api;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.RouterId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A peer at one moment. Immutable.
 *
 * @param config what the host configured
 * @param state where its session stands
 * @param inState how long it has been there
 * @param routerId its BGP identifier; empty before OPEN
 * @param families what was negotiated; empty unless Established
 * @param pathsReceived the families in which it may send several paths of a prefix (RFC 7911 §4); empty unless Established
 * @param pathsSent the families in which it is sent several paths of a prefix; empty unless Established
 * @param holdTime what was negotiated; zero unless Established
 * @param establishedCount how often its session came up
 * @param lastDownReason why it last went down; empty if it never did
 * @param routes its numbers, by family; also while its session is lost and its routes are kept (RFC 4724 §4.2)
 * @param health what is wrong with it, or was
 */
public record PeerSnapshot(
        PeerConfig config,
        SessionState state,
        Duration inState,
        Optional<RouterId> routerId,
        Set<AddressFamily> families,
        Set<AddressFamily> pathsReceived,
        Set<AddressFamily> pathsSent,
        Duration holdTime,
        long establishedCount,
        Optional<String> lastDownReason,
        Map<AddressFamily, RouteCounts> routes,
        PeerHealth health) {
    /** Copies the collections. */
    public PeerSnapshot {
        families = Set.copyOf(families);
        pathsReceived = Set.copyOf(pathsReceived);
        pathsSent = Set.copyOf(pathsSent);
        routes = Map.copyOf(routes);
    }
}
