package dev.waymark.bgp.fuzz;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.RouterId;
import dev.waymark.bgp.message.BgpRole;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.OpenMessage;
import dev.waymark.bgp.session.SessionExtensions;
import dev.waymark.bgp.session.SessionParameters;
import dev.waymark.bgp.session.SessionTimes;
import java.util.List;
import java.util.Set;

/** Sides that a fuzzed peer talks to; to all of them it should be AS 65001. */
final class LocalSides {
    private static final Asn OURS = Asn.of(65515);
    private static final Asn PEER = Asn.of(65001);
    private static final RouterId ID = RouterId.parse("10.0.0.10");
    private static final Set<AddressFamily> BOTH = Set.of(AddressFamily.values());

    private static final List<SessionParameters> ALL = List.of(
            SessionParameters.builder(OURS, ID, PEER).build(),
            SessionParameters.builder(OURS, ID, PEER)
                    .families(BOTH)
                    .fourOctetAsn(true)
                    .enhancedRouteRefresh(true)
                    .extensions(SessionExtensions.none()
                            .withExtendedMessages(true)
                            .withExtendedNextHop(true)
                            .withAddPath(BOTH, BOTH)
                            .withRole(BgpRole.RS, false))
                    .times(SessionTimes.standard().withHoldTime(180, true))
                    .build(),
            SessionParameters.builder(PEER, ID, PEER)
                    .fourOctetAsn(true)
                    .passive(true)
                    .requiredCapabilities(List.of(new Capability.RouteRefresh()))
                    .extensions(SessionExtensions.none()
                            .withAddPath(Set.of(AddressFamily.IPV4_UNICAST), Set.of())
                            .withRole(BgpRole.PEER, true))
                    .build(),
            SessionParameters.builder(OURS, ID, PEER)
                    .families(Set.of(AddressFamily.IPV6_UNICAST))
                    .fourOctetAsn(true)
                    .passive(true)
                    .build());

    private LocalSides() {}

    static List<SessionParameters> all() {
        return ALL;
    }

    /** Returns what peers that match these sides would say. */
    static List<OpenMessage> peersOpens() {
        return ALL.stream()
                .map(SessionParameters::localOpen)
                .map(open -> OpenMessage.of(PEER, open.holdTimeSeconds(), RouterId.parse("10.0.0.20"), peers(open)))
                .toList();
    }

    private static List<Capability> peers(OpenMessage open) {
        return open.capabilities().stream()
                .map(capability -> switch (capability.kind()) {
                    case FOUR_OCTET_AS -> new Capability.FourOctetAs(PEER);
                    case ROLE ->
                        Capability.Role.of(
                                capability.equals(Capability.Role.of(BgpRole.RS)) ? BgpRole.RS_CLIENT : BgpRole.PEER);
                    default -> capability;
                })
                .toList();
    }
}
