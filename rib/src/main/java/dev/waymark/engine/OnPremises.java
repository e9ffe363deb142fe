package dev.waymark.engine;

import dev.waymark.api.PeerRole;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.api.route.Route;
import dev.waymark.policy.asn.RemovePrivateAs;
import dev.waymark.spi.PolicyContext;
import dev.waymark.spi.RoutePolicy;
import java.util.Optional;

/**
 * What on-premises networks see of what an ExpressRoute gateway is sent (ARS-54): the gateway's external leg, modelled with
 * the step that any export policy can have. The leg to the gateway itself stays as it is. Confined to the engine loop.
 */
final class OnPremises {
    private static final int ORIGINATOR_ID = 9;
    private static final int CLUSTER_LIST = 10;

    private final Settings settings;

    OnPremises(Settings settings) {
        this.settings = settings;
    }

    /** Returns the attributes behind the gateway of a route that it is sent. */
    PathAttributes seen(IpPrefix prefix, PathAttributes sent) {
        PathAttributes external = sent.edit()
                .removeLocalPref()
                .removeAttribute(ORIGINATOR_ID)
                .removeAttribute(CLUSTER_LIST)
                .build();
        Optional<Asn> shown = settings.config().export().onPremisesAsn();
        if (shown.isEmpty()) {
            return external;
        }
        RoutePolicy step = RemovePrivateAs.showing(shown.get());
        PolicyContext context = new PolicyContext(
                PolicyContext.Direction.EXPORT,
                settings.localAsn(),
                Optional.empty(),
                Optional.of(PeerRole.EXPRESS_ROUTE_GATEWAY),
                settings.config().routeMapRestrictions());
        return step.evaluate(context, new Route(prefix, external)).attributes().orElse(external);
    }
}
