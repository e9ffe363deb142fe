package dev.waymark.spi;

import dev.waymark.api.net.Asn;
import dev.waymark.api.route.Community;
import dev.waymark.spi.contract.RoutePolicyContract;

/** The policy contract holds for a policy that accepts, changes and rejects. */
class PolicyContractTest extends RoutePolicyContract {
    @Override
    protected RoutePolicy create() {
        return (context, route) -> {
            if (route.prefix().length() == 0) {
                return PolicyVerdict.reject("no default route");
            }
            return route.attributes().asPathContains(Asn.of(65002))
                    ? PolicyVerdict.accept(route.attributes()
                            .edit()
                            .addCommunity(Community.of(65515, 1))
                            .build())
                    : PolicyVerdict.accept();
        };
    }
}
