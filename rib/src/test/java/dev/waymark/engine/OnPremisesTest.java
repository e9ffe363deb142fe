package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.PeerRole;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.RoutePage;
import dev.waymark.api.RouteQuery;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.VpnGateway;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.policy.PolicyChains;
import dev.waymark.policy.asn.RemovePrivateAs;
import dev.waymark.spi.RoutePolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What on-premises networks see behind an ExpressRoute gateway (ARS-54; the FAQ on prepends towards on-premises). */
class OnPremisesTest {
    private static final IpPrefix PREPENDED = IpPrefix.parse("10.1.0.0/16");
    private static final IpPrefix PUBLIC = IpPrefix.parse("10.2.0.0/16");
    private static final IpPrefix SITE = IpPrefix.parse("10.3.0.0/16");
    private static final IpPrefix HIDDEN = IpPrefix.parse("10.4.0.0/16");
    private static final IpPrefix VNET = IpPrefix.parse("10.200.0.0/16");

    private final Speaker nva = Speaker.of("nva", 65001, "10.0.1.1");
    private final Speaker er = Speaker.of("er", 65515, "10.0.1.2");

    private CoreHarness start(Optional<RoutePolicy> export, UnaryOperator<RouteServerConfigBuilder> change) {
        er.isInternal = true;
        PeerConfig.Builder gateway = PeerConfig.builder(er.name, er.address, er.asn)
                .role(PeerRole.EXPRESS_ROUTE_GATEWAY)
                .passive(true);
        export.ifPresent(gateway::exportPolicy);
        CoreHarness net = new CoreHarness(change.apply(RouteServerConfig.azure()
                        .localAddress(IpAddress.parse("10.0.0.4"))
                        .export(settings -> settings.withBranchToBranch(true))
                        .network(new NetworkSpace(VNET, Optional.empty()))
                        .vpnGateway(VpnGateway.builder("vpn", Asn.of(65515))
                                .nextHop(IpAddress.parse("10.0.1.3"))
                                .nextHop(IpAddress.parse("10.0.1.4"))
                                .prefixes(List.of(SITE))
                                .build())
                        .peer(PeerConfigs.of(nva).build())
                        .peer(gateway.build()))
                .build());
        net.connect(nva);
        net.connect(er);
        net.say(nva, nva.announce(RouteExchangeTest.path("65001 65001 65001", "10.0.1.1"), PREPENDED));
        net.say(nva, nva.announce(RouteExchangeTest.path("65001 3356 64600 174", "10.0.1.1"), PUBLIC));
        net.say(
                nva,
                nva.announce(
                        RouteExchangeTest.path("65001", "10.0.1.1")
                                .edit()
                                .addCommunity(Community.NO_ADVERTISE)
                                .build(),
                        HIDDEN));
        net.settle();
        return net;
    }

    private static Map<IpPrefix, PathAttributes> view(CoreHarness net) {
        RoutePage page = (RoutePage) net.call(new Command.Page(RouteQuery.onPremises("er"), 0, 100));
        Map<IpPrefix, PathAttributes> seen = new TreeMap<>();
        for (RouteEntry entry : page.entries()) {
            seen.put(entry.prefix(), entry.attributes());
        }
        return seen;
    }

    private static Map<IpPrefix, String> paths(Map<IpPrefix, PathAttributes> routes) {
        Map<IpPrefix, String> paths = new TreeMap<>();
        routes.forEach(
                (prefix, attributes) -> paths.put(prefix, attributes.asPath().toString()));
        return paths;
    }

    @Test
    @DisplayName(
            "ARS-54: on-premises sees 12076, prepends with private ASNs vanish, public ones stay; NO_ADVERTISE isn't there")
    void onPremisesView() {
        CoreHarness net = start(Optional.empty(), config -> config);
        assertEquals(
                Map.of(PREPENDED, "12076", PUBLIC, "12076 3356 174", SITE, "12076", VNET, "12076"), paths(view(net)));
    }

    @Test
    @DisplayName("ARS-54: by default the iBGP leg to the gateway is not shaped")
    void legStaysAsItIs() {
        start(Optional.empty(), config -> config);
        assertEquals(
                Map.of(PREPENDED, "65001 65001 65001", PUBLIC, "65001 3356 64600 174", SITE, "", VNET, ""),
                paths(er.routes));
    }

    @Test
    @DisplayName("ARS-54: what stays inside an AS is not seen: LOCAL_PREF (RFC 4271 5.1.5), reflection (RFC 4456 8)")
    void internalAttributes() {
        CoreHarness net = start(Optional.empty(), config -> config);
        PathAttributes sent = er.routes.get(SITE);
        assertEquals(
                Optional.of(true),
                Optional.ofNullable(sent).map(route -> route.attribute(9).isPresent()));
        view(net).values().forEach(seen -> {
            assertEquals(OptionalLong.empty(), seen.localPref());
            assertEquals(Optional.empty(), seen.attribute(9));
            assertEquals(Optional.empty(), seen.attribute(10));
        });
    }

    @Test
    @DisplayName("ARS-54: another number, or none, is a setting")
    void setting() {
        CoreHarness other = start(
                Optional.empty(),
                config -> config.export(export -> export.withOnPremisesAsn(Optional.of(Asn.of(64999)))));
        assertEquals("64999", paths(view(other)).get(PREPENDED));
        CoreHarness none =
                start(Optional.empty(), config -> config.export(export -> export.withOnPremisesAsn(Optional.empty())));
        assertEquals("65001 65001 65001", paths(view(none)).get(PREPENDED));
    }

    @Test
    @DisplayName("ARS-54: the same step on an export shapes the leg itself, towards a gateway or an NVA")
    void onAnyExport() {
        RoutePolicy step = PolicyChains.of(RemovePrivateAs.showing(Asn.of(12076)));
        CoreHarness net =
                start(Optional.of(step), config -> config.export(export -> export.withOnPremisesAsn(Optional.empty())));
        assertEquals(
                AsPath.parse("12076"), er.routes.getOrDefault(PREPENDED, path()).asPath());
        assertEquals(paths(er.routes), paths(view(net)), "made by the same code");
        CoreHarness model = start(Optional.empty(), config -> config);
        assertEquals(paths(view(net)), paths(view(model)));

        Speaker other = Speaker.of("other", 65002, "10.0.1.5");
        CoreHarness nvas = start(
                Optional.empty(),
                config -> config.peer(PeerConfigs.of(other)
                        .exportPolicy(PolicyChains.of(RemovePrivateAs.replacingWith(Asn.of(12076))))
                        .build()));
        nvas.connect(other);
        assertEquals(
                AsPath.parse("12076 12076 12076"),
                other.routes.getOrDefault(PREPENDED, path()).asPath());
    }

    @Test
    @DisplayName("ARS-54: the view needs an ExpressRoute gateway")
    void needsGateway() {
        CoreHarness net = start(Optional.empty(), config -> config);
        ConfigurationException refused = assertThrows(
                ConfigurationException.class, () -> net.call(new Command.Page(RouteQuery.onPremises("nva"), 0, 100)));
        assertEquals("ARS-54", refused.rule());
    }

    private static PathAttributes path() {
        return RouteExchangeTest.path("1", "10.0.1.1");
    }
}
