package dev.waymark.engine;

import dev.waymark.api.PeerIdentity;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.api.route.Route;
import dev.waymark.engine.ReferenceDecision.Candidate;
import dev.waymark.spi.PolicyContext;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the policies of a server make of a route, both ways, and what goes without one. */
final class ReferencePolicy {
    private final RouteServerConfig config;
    private final Optional<RoutePolicy> importPolicy;
    private final Optional<RoutePolicy> exportPolicy;

    /** What policy made of a route: attributes, and the aggregate that it goes into, if any (ARS-62). */
    record Judged(PathAttributes attributes, Optional<IpPrefix> aggregate) {}

    ReferencePolicy(SimWorld world) {
        this.config = world.config;
        this.importPolicy = world.importPolicy;
        this.exportPolicy = world.exportPolicy;
    }

    /** Returns what import makes of a route; null if it doesn't let it in (ARS-25, ARS-60). */
    @Nullable
    Judged imported(SimPeer peer, IpPrefix prefix, PathAttributes received) {
        if (received.asPathContains(config.localAsn())) {
            return null; // ARS-25
        }
        Optional<RoutePolicy> policy = peer.config.importPolicy().or(() -> importPolicy);
        PolicyContext context = new PolicyContext(
                PolicyContext.Direction.IMPORT,
                config.localAsn(),
                Optional.of(peer.config.identity()),
                Optional.empty(),
                config.routeMapRestrictions());
        return judged(policy, context, prefix, received);
    }

    /** Tells whether a peer is sent nothing for want of a policy (RFC 8212). */
    boolean isWithoutExport(SimPeer target) {
        return exportOf(target).isEmpty() && config.requiresPolicy();
    }

    /** Returns what export makes of a route; null if it doesn't let it out. */
    @Nullable
    Judged exported(IpPrefix prefix, Candidate chosen, SimPeer target) {
        SimPeer source = chosen.source();
        Optional<PeerIdentity> identity = source == null ? Optional.empty() : Optional.of(source.config.identity());
        PolicyContext context = new PolicyContext(
                PolicyContext.Direction.EXPORT,
                config.localAsn(),
                identity,
                Optional.of(target.config.role()),
                config.routeMapRestrictions());
        return judged(exportOf(target), context, prefix, chosen.effective());
    }

    private Optional<RoutePolicy> exportOf(SimPeer target) {
        return target.config.exportPolicy().or(() -> exportPolicy);
    }

    private @Nullable Judged judged(
            Optional<RoutePolicy> policy, PolicyContext context, IpPrefix prefix, PathAttributes attributes) {
        if (policy.isEmpty()) {
            return config.requiresPolicy() ? null : new Judged(attributes, Optional.empty()); // RFC 8212
        }
        try {
            PolicyVerdict verdict = policy.get().evaluate(context, new Route(prefix, attributes));
            if (verdict == null || !verdict.isAccepted()) {
                return null;
            }
            PathAttributes judged = verdict.attributes().orElse(attributes);
            if (verdict.aggregate().filter(wider -> !wider.contains(prefix)).isPresent()) {
                return null;
            }
            return judged.asPathContains(Asn.of(0))
                    ? null
                    : new Judged(judged, verdict.aggregate()); // nobody may send that (RFC 7607)
        } catch (RuntimeException failed) {
            return null;
        }
    }
}
