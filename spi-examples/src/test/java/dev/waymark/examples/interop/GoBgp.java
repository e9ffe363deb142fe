package dev.waymark.examples.interop;

import java.util.ArrayList;
import java.util.Base64;
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
final class GoBgp implements Nva {
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
        List<String> command = new ArrayList<>(
                List.of("global", "rib", "add", route.prefix(), "origin", "igp", "nexthop", site.nextHop()));
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
    public List<SeenRoute> seen() {
        List<SeenRoute> seen = new ArrayList<>();
        Json table = Json.read(gobgp("--json", "global", "rib"));
        table.fields()
                .forEach((prefix, paths) -> paths.items().stream()
                        .filter(path -> path.get("neighbor-ip").text().equals(site.server()))
                        .forEach(path -> seen.add(seen(prefix, path.get("attrs")))));
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
                case "3" -> nextHop = attribute.get("nexthop").text();
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
                [[policy-definitions.statements]]
                [policy-definitions.statements.actions]
                route-disposition = "accept-route"
                [policy-definitions.statements.actions.bgp-actions]
                set-next-hop = "%4$s"
                %5$s%6$s""".formatted(
                        site.asn(),
                        site.address(),
                        Site.PORT,
                        site.nextHop(),
                        neighbor(site.server(), Site.SERVER_ASN, site.listens()),
                        site.behind()
                                .map(router -> neighbor(router.address(), router.asn(), true))
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
                [[neighbors.afi-safis]]
                [neighbors.afi-safis.config]
                afi-safi-name = "ipv4-unicast"
                """.formatted(address, asn, site.address(), Site.PORT, isPassive);
    }
}
