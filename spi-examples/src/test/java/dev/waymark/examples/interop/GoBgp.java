package dev.waymark.examples.interop;

import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** GoBGP, asked with {@code gobgp}. It never sends a route refresh: its soft reset evaluates again what it keeps. */
final class GoBgp implements Capable {
    private static final Map<String, Feature> CAPABILITIES = Map.of(
            "4-octet-as", Feature.FOUR_OCTET_AS,
            "route-refresh", Feature.ROUTE_REFRESH,
            "enhanced-route-refresh", Feature.ENHANCED_REFRESH,
            "extended-nexthop", Feature.EXTENDED_NEXT_HOP,
            "graceful-restart", Feature.GRACEFUL_RESTART,
            "long-lived-graceful-restart", Feature.LONG_LIVED_GRACEFUL_RESTART,
            "add-path", Feature.ADD_PATH,
            "ipv4-unicast", Feature.IPV4,
            "ipv6-unicast", Feature.IPV6);

    private final Site site;
    private final Map<String, SentRoute> routes = new LinkedHashMap<>();
    private @Nullable DaemonProcess process;

    GoBgp(Site site) {
        Programs.need("gobgpd", "gobgpd");
        this.site = site;
    }

    @Override
    public Site site() {
        return site;
    }

    @Override
    public void start() {
        DaemonProcess started = DaemonProcess.start(
                site.folder(),
                List.of(
                        Programs.path("gobgpd"),
                        "--config-file",
                        site.write("gobgpd.toml", config()),
                        "--api-hosts",
                        site.address() + ":50051",
                        "--pprof-disable",
                        "--log-plain"));
        process = started;
        started.awaitLog("Add a peer configuration");
        routes.values().forEach(this::add);
    }

    @Override
    public DaemonProcess process() {
        return Objects.requireNonNull(process, "started");
    }

    @Override
    public void announce(SentRoute route) {
        routes.put(route.prefix(), route);
        if (process != null) {
            add(route);
        }
    }

    private void add(SentRoute route) {
        List<String> command = new ArrayList<>(List.of(
                "global", "rib", "-a", route.isIpv6() ? "ipv6" : "ipv4", "add", route.prefix(), "origin", "igp"));
        command.addAll(List.of("nexthop", site.nextHop(route)));
        addList(command, "aspath", route.behind());
        addList(command, "community", route.communities());
        addList(command, "large-community", route.largeCommunities());
        addList(command, "med", route.med() == 0 ? List.of() : List.of(route.med()));
        gobgp(command.toArray(String[]::new));
    }

    private static void addList(List<String> command, String what, List<?> values) {
        if (!values.isEmpty()) {
            command.add(what);
            command.add(values.stream().map(Object::toString).collect(Collectors.joining(",")));
        }
    }

    String gobgp(String... command) {
        return Programs.run(
                "gobgp",
                Stream.concat(Stream.of("-u", site.address()), Stream.of(command))
                        .toArray(String[]::new));
    }

    @Override
    public Shown shown() {
        Set<Feature> advertised = EnumSet.noneOf(Feature.class);
        Set<Feature> received = EnumSet.noneOf(Feature.class);
        for (String line : gobgp("neighbor", site.server()).split("\n", -1)) {
            String text = line.strip();
            String name = text.replaceFirst(":.*", "");
            @Nullable Feature feature = CAPABILITIES.get(name);
            if (feature != null) {
                if (text.contains("advertised")) {
                    advertised.add(feature);
                }
                if (text.contains("received")) {
                    received.add(feature);
                }
            }
        }
        return new Shown(advertised, received);
    }

    @Override
    public List<SeenRoute> seen() {
        List<SeenRoute> seen = new ArrayList<>();
        for (String family : site.offers(Feature.IPV6) ? List.of("ipv4", "ipv6") : List.of("ipv4")) {
            Json.read(gobgp("--json", "global", "rib", "-a", family))
                    .fields()
                    .forEach((prefix, paths) -> paths.items().stream()
                            .filter(path -> path.get("neighbor-ip").text().equals(site.server()))
                            .forEach(path -> seen.add(seen(prefix, path.get("attrs")))));
        }
        return seen;
    }

    private static SeenRoute seen(String prefix, Json attributes) {
        List<Long> asPath = new ArrayList<>();
        String nextHop = "";
        long med = 0;
        Set<String> communities = new LinkedHashSet<>();
        Set<String> large = new LinkedHashSet<>();
        Set<String> unknown = new LinkedHashSet<>();
        for (Json attribute : attributes.items()) {
            switch (attribute.get("type").text()) {
                case "1" -> {}
                case "2" ->
                    attribute.get("as_paths").items().stream()
                            .flatMap(segment -> segment.get("asns").texts().stream())
                            .forEach(asn -> asPath.add(Long.valueOf(asn)));
                case "3", "14" -> nextHop = attribute.get("nexthop").text();
                case "4" -> med = Long.parseLong(attribute.get("metric").text());
                case "8" ->
                    attribute.get("communities").texts().stream()
                            .map(Long::valueOf)
                            .forEach(bits -> communities.add((bits >> 16) + ":" + (bits & 0xffff)));
                case "32" ->
                    attribute
                            .get("value")
                            .items()
                            .forEach(value -> large.add(value.get("ASN").text() + ":"
                                    + value.get("LocalData1").text() + ":"
                                    + value.get("LocalData2").text()));
                default ->
                    unknown.add(attribute.get("type").text() + ":"
                            + HexFormat.of()
                                    .formatHex(Base64.getDecoder()
                                            .decode(attribute.get("value").text())));
            }
        }
        return new SeenRoute(prefix, asPath, nextHop, med, communities, large, unknown);
    }

    private String config() {
        return """
                [global.config]
                as = %1$d
                router-id = "%2$s"
                port = %3$d
                local-address-list = ["%2$s"]
                [global.apply-policy.config]
                export-policy-list = ["next-hop"]
                [[policy-definitions]]
                name = "next-hop"
                %4$s%5$s%6$s%7$s""".formatted(
                        site.asn(),
                        site.address(),
                        Site.PORT,
                        ipv6NextHops(),
                        statement("ipv4", site.nextHop(SentRoute.plain("0.0.0.0/0")))
                                + statement("ipv6", site.nextHop(SentRoute.plain("::/0"))),
                        neighbor(site.server(), Site.SERVER_ASN, site.listens()) + offer(),
                        site.behind()
                                .map(router -> neighbor(router.address(), router.asn(), true) + family("ipv4"))
                                .orElse(""));
    }

    private String neighbor(String address, long asn, boolean isPassive) {
        return """
                [[neighbors]]
                [neighbors.config]
                neighbor-address = "%1$s"
                peer-as = %2$d
                [neighbors.transport.config]
                local-address = "%3$s"
                remote-port = %4$d
                passive-mode = %5$b
                [neighbors.timers.config]
                connect-retry = 5
                [neighbors.ebgp-multihop.config]
                enabled = true
                multihop-ttl = 255
                """.formatted(address, asn, site.address(), Site.PORT, isPassive);
    }

    /** Gives IPv4 routes IPv6 next hops, where they are there before the start (RFC 8950). */
    private String ipv6NextHops() {
        List<SentRoute> some = routes.values().stream()
                .filter(route -> !route.isIpv6() && route.hasIpv6NextHop())
                .toList();
        if (some.isEmpty()) {
            return "";
        }
        return """
                [[policy-definitions.statements]]
                [policy-definitions.statements.conditions.match-prefix-set]
                prefix-set = "ipv6-next-hop"
                [policy-definitions.statements.actions]
                route-disposition = "accept-route"
                [policy-definitions.statements.actions.bgp-actions]
                set-next-hop = "%s"
                [[defined-sets.prefix-sets]]
                prefix-set-name = "ipv6-next-hop"
                """.formatted(site.nextHop(some.get(0)))
                + some.stream()
                        .map(route ->
                                "[[defined-sets.prefix-sets.prefix-list]]\nip-prefix = \"" + route.prefix() + "\"\n")
                        .collect(Collectors.joining());
    }

    private static String statement(String family, String nextHop) {
        return """
                [[policy-definitions.statements]]
                [policy-definitions.statements.conditions.bgp-conditions]
                afi-safi-in-list = ["%s-unicast"]
                [policy-definitions.statements.actions]
                route-disposition = "accept-route"
                [policy-definitions.statements.actions.bgp-actions]
                set-next-hop = "%s"
                """.formatted(family, nextHop);
    }

    private String offer() {
        StringBuilder text = new StringBuilder();
        if (site.offers(Feature.GRACEFUL_RESTART)) {
            text.append("""
                    [neighbors.graceful-restart.config]
                    enabled = true
                    restart-time = 60
                    %s""".formatted(
                            site.offers(Feature.LONG_LIVED_GRACEFUL_RESTART) ? "long-lived-enabled = true\n" : ""));
        }
        if (site.offers(Feature.ADD_PATH)) {
            text.append("""
                    [neighbors.add-paths.config]
                    receive = true
                    send-max = 8
                    """);
        }
        if (site.offers(Feature.IPV4)) {
            text.append(family("ipv4"));
        }
        if (site.offers(Feature.IPV6)) {
            text.append(family("ipv6"));
        }
        return text.toString();
    }

    private String family(String name) {
        StringBuilder text = new StringBuilder("""
                [[neighbors.afi-safis]]
                [neighbors.afi-safis.config]
                afi-safi-name = "%s-unicast"
                """.formatted(name));
        if (site.offers(Feature.GRACEFUL_RESTART)) {
            text.append("[neighbors.afi-safis.mp-graceful-restart.config]\nenabled = true\n");
        }
        if (site.offers(Feature.LONG_LIVED_GRACEFUL_RESTART)) {
            text.append(
                    "[neighbors.afi-safis.long-lived-graceful-restart.config]\nenabled = true\nrestart-time = 60\n");
        }
        return text.toString();
    }
}
