package dev.waymark.policy;

import dev.waymark.api.PeerIdentity;
import dev.waymark.api.PeerRole;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.api.route.Route;
import dev.waymark.spi.PolicyContext;
import dev.waymark.spi.PolicyContext.Direction;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;
import java.util.Optional;

/** Routes and contexts for policies to be tried on. */
public final class TestRoutes {

    /** The server's own AS. */
    public static final Asn LOCAL = Asn.of(65515);

    /** An NVA. */
    public static final PeerIdentity NVA =
            new PeerIdentity("nva1", IpAddress.parse("10.0.1.4"), Asn.of(65001), PeerRole.NVA);

    /** A route on its way from the NVA into the server. */
    public static final PolicyContext IMPORT =
            new PolicyContext(Direction.IMPORT, LOCAL, Optional.of(NVA), Optional.empty());

    /** A route of the NVA on its way to a gateway. */
    public static final PolicyContext EXPORT =
            new PolicyContext(Direction.EXPORT, LOCAL, Optional.of(NVA), Optional.of(PeerRole.EXPRESS_ROUTE_GATEWAY));

    /** One of the server's own networks on its way to NVAs. */
    public static final PolicyContext OWN =
            new PolicyContext(Direction.EXPORT, LOCAL, Optional.empty(), Optional.of(PeerRole.NVA));

    private TestRoutes() {}

    /** Returns a route with an AS path. */
    public static Route route(String prefix, String path) {
        return route(prefix, TestAttributes.ofPath(path));
    }

    /** Returns a route with attributes. */
    public static Route route(String prefix, PathAttributes attributes) {
        return new Route(IpPrefix.parse(prefix), attributes);
    }

    /** Runs a policy on import and returns the attributes that the route goes on with. */
    public static PathAttributes apply(RoutePolicy policy, Route route) {
        PolicyVerdict verdict = policy.evaluate(IMPORT, route);
        if (!verdict.isAccepted()) {
            throw new AssertionError("not accepted: " + verdict);
        }
        return verdict.attributes().orElse(route.attributes());
    }
}
