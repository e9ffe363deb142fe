package dev.waymark.examples.interop;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** FRR's bgpd, without zebra, asked with {@code vtysh}. */
final class Frr implements Capable {
    static final String BGPD = "/usr/lib/frr/bgpd";

    private static final Map<String, Feature> CAPABILITIES = Map.of(
            "4byteAs", Feature.FOUR_OCTET_AS,
            "routeRefresh", Feature.ROUTE_REFRESH,
            "enhancedRouteRefresh", Feature.ENHANCED_REFRESH,
            "extendedMessage", Feature.EXTENDED_MESSAGES,
            "extendedNexthop", Feature.EXTENDED_NEXT_HOP,
            "role", Feature.ROLE,
            "gracefulRestartCapability", Feature.GRACEFUL_RESTART,
            "gracefulRestart", Feature.GRACEFUL_RESTART, // what it says where both sides have it
            "longLivedGracefulRestart", Feature.LONG_LIVED_GRACEFUL_RESTART,
            "addPath", Feature.ADD_PATH);
    private static final Map<String, Feature> FAMILIES =
            Map.of("ipv4Unicast", Feature.IPV4, "ipv6Unicast", Feature.IPV6);

    private final Site site;
    private final Map<String, SentRoute> routes = new LinkedHashMap<>();
    private boolean isRestartable;
    private @Nullable DaemonProcess process;

    Frr(Site site) {
        Programs.need(BGPD, "frr");
        this.site = site;
    }

    @Override
    public Site site() {
        return site;
    }

    /** Has it ask the route server to keep its routes over a restart, and claim that forwarding goes on (RFC 4724). */
    Frr restartable() {
        isRestartable = true;
        return this;
    }

    @Override
    public void start() {
        DaemonProcess started = DaemonProcess.start(
                site.folder(), command(site.folder(), site.write("bgpd.conf", config()), Site.PORT, site.address()));
        process = started;
        started.awaitLog("starting: vty");
    }

    /** Returns the command line that starts bgpd without zebra. */
    static List<String> command(Path folder, String config, int port, String address) {
        return List.of(
                BGPD,
                "--no_zebra",
                "--skip_runas",
                "--config_file",
                config,
                "--pid_file",
                folder.resolve("pid").toString(),
                "--vty_socket",
                folder.toString(),
                "--vty_port",
                "0",
                "--bgp_port",
                Integer.toString(port),
                "--listenon",
                address,
                "--log",
                "stdout");
    }

    @Override
    public DaemonProcess process() {
        return Objects.requireNonNull(process, "started");
    }

    @Override
    public void announce(SentRoute route) {
        routes.put(route.prefix(), route);
        if (process != null) {
            List<String> lines = new ArrayList<>(List.of("configure terminal"));
            lines.add("no route-map TO-SERVER permit " + sequence(route));
            shape(route).lines().forEach(lines::add);
            lines.addAll(List.of("router bgp " + site.asn(), addressFamily(route.isIpv6()), network(route)));
            vtysh(lines.toArray(String[]::new));
            vtysh("clear bgp " + site.server() + " soft out");
        }
    }

    /** Asks the route server for all routes again (RFC 2918). */
    void askAgain() {
        vtysh("clear bgp " + site.server() + " soft in");
    }

    /** Returns how many UPDATEs it has received. */
    long received() {
        return Long.parseLong(
                neighbor(site.server()).get("messageStats", "updatesRecv").text());
    }

    /** Returns the last NOTIFICATION between it and the route server, in its words. */
    String lastNotification() {
        return neighbor(site.server()).get("lastNotificationReason").text();
    }

    @Override
    public Shown shown() {
        Json capabilities = neighbor(site.server()).get("neighborCapabilities");
        return new Shown(side(capabilities, "advertised"), side(capabilities, "received"));
    }

    private static Set<Feature> side(Json capabilities, String side) {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        CAPABILITIES.forEach((name, feature) -> {
            if (has(capabilities.get(name), side)) {
                features.add(feature);
            }
        });
        Json families = capabilities.get("multiprotocolExtensions");
        FAMILIES.forEach((name, feature) -> {
            if (has(families.get(name), side)) {
                features.add(feature);
            }
        });
        return features;
    }

    private static boolean has(Json capability, String side) {
        return capability.toString().toLowerCase(Locale.ROOT).contains(side);
    }

    private Json neighbor(String address) {
        return Json.read(vtysh("show bgp neighbors " + address + " json")).get(address);
    }

    /** Ends the session, to begin a new one. */
    void resetHard() {
        vtysh("clear bgp " + site.server());
    }

    String vtysh(String... commands) {
        return vtysh(site.folder(), commands);
    }

    /** Has the bgpd of a folder do these commands and returns what it says. */
    static String vtysh(Path folder, String... commands) {
        Stream<String> arguments = Stream.of(commands).flatMap(command -> Stream.of("-c", command));
        return Programs.run(
                "vtysh",
                Stream.concat(Stream.of("--vty_socket", folder.toString()), arguments)
                        .toArray(String[]::new));
    }

    /** What FRR doesn't know of a route, it keeps and passes on, but doesn't show: see {@link ExaBgp#seenFrom}. */
    @Override
    public List<SeenRoute> seen() {
        List<SeenRoute> seen = new ArrayList<>(routes(this::vtysh, "ipv4", site.server()));
        if (site.offers(Feature.IPV6)) {
            seen.addAll(routes(this::vtysh, "ipv6", site.server()));
        }
        return seen;
    }

    /** Returns the routes that a bgpd has from a peer, {@code ipv4} or {@code ipv6}. */
    static List<SeenRoute> routes(Function<String[], String> vtysh, String family, String peer) {
        String show = "show bgp " + family + " unicast ";
        String[] commands =
                Json.read(vtysh.apply(new String[] {show + "json"})).get("routes").fields().keySet().stream()
                        .map(prefix -> show + prefix + " json")
                        .toArray(String[]::new);
        return commands.length == 0
                ? List.of()
                : Json.readAll(vtysh.apply(commands)).stream()
                        .flatMap(route -> route.get("paths").items().stream()
                                .filter(path ->
                                        path.get("peer", "peerId").text().equals(peer))
                                .map(path -> seen(route.get("prefix").text(), path)))
                        .toList();
    }

    private static SeenRoute seen(String prefix, Json path) {
        return new SeenRoute(
                prefix,
                path.get("aspath", "segments").items().stream()
                        .flatMap(segment -> segment.get("list").texts().stream())
                        .map(Long::valueOf)
                        .toList(),
                path.get("nexthops").items().get(0).get("ip").text(),
                path.has("metric") ? Long.parseLong(path.get("metric").text()) : 0,
                Set.copyOf(path.get("community", "list").texts()),
                Set.copyOf(path.get("largeCommunity", "list").texts()),
                path.has("otc")
                        ? Set.of(SeenRoute.onlyToCustomer(
                                Long.parseLong(path.get("otc").text())))
                        : Set.of());
    }

    /** There is no zebra here to tell about next hops. */
    @Override
    public List<String> ownNoise() {
        // The second: an FRR that was killed left its folder for crash logs, and its process number has come round
        // again.
        return List.of("zclient_send_message() failed", "failed to mkdir \"/var/tmp/frr/bgpd.");
    }

    private String config() {
        return """
                router bgp %1$d
                 bgp router-id %2$s
                 bgp route-map delay-timer 0
                 no bgp default ipv4-unicast
                 no bgp ebgp-requires-policy
                 no bgp network import-check
                 bgp disable-ebgp-connected-route-check
                %9$s%3$s%4$s%5$sexit
                %7$s%8$s""".formatted(
                        site.asn(),
                        site.address(),
                        neighbor(site.server(), Site.SERVER_ASN, !site.listens()),
                        site.behind()
                                .map(router -> neighbor(router.address(), router.asn(), false)
                                        + " address-family ipv4 unicast\n  neighbor " + router.address()
                                        + " activate\n exit-address-family\n")
                                .orElse(""),
                        offer(),
                        site.server(),
                        routes.values().stream().map(this::shape).collect(Collectors.joining()),
                        passesOn(),
                        isRestartable ? " bgp graceful-restart\n bgp graceful-restart preserve-fw-state\n" : "");
    }

    /** Only where there is a router behind it: it sends the route server's routes back to it too. */
    private String passesOn() {
        return site.behind().isEmpty() ? "" : """
                route-map TO-SERVER permit 60000
                 set ip next-hop %s
                exit
                """.formatted(site.nextHop());
    }

    private String neighbor(String address, long asn, boolean opens) {
        return """
                 neighbor %1$s remote-as %2$d
                 neighbor %1$s port %3$d
                 neighbor %1$s ebgp-multihop 255
                 neighbor %1$s update-source %4$s
                 neighbor %1$s timers connect 1
                 %5$s neighbor %1$s passive
                 %6$s neighbor %1$s enforce-first-as
                """.formatted(
                        address, asn, Site.PORT, site.address(), opens ? "no" : "", site.enforcesFirstAs() ? "" : "no");
    }

    private String offer() {
        StringBuilder text = new StringBuilder();
        site.offer().ifPresent(offer -> {
            line(text, true, " bgp log-neighbor-changes");
            line(text, !offer.has(Feature.FOUR_OCTET_AS), " neighbor %s dont-capability-negotiate");
            line(text, offer.has(Feature.EXTENDED_NEXT_HOP), " neighbor %s capability extended-nexthop");
            line(
                    text,
                    offer.has(Feature.ROLE),
                    " neighbor %s local-role " + offer.role() + (offer.isStrict() ? " strict-mode" : ""));
            // What restarting itself gracefully takes, it can't do without zebra; the helper's mode says the capability
            // too.
            line(text, !offer.has(Feature.GRACEFUL_RESTART), " neighbor %s graceful-restart-disable");
        });
        for (boolean isIpv6 : new boolean[] {false, true}) {
            if (site.offers(isIpv6 ? Feature.IPV6 : Feature.IPV4)) {
                text.append(" ").append(addressFamily(isIpv6)).append('\n');
                routes.values().stream()
                        .filter(route -> route.isIpv6() == isIpv6)
                        .forEach(route -> text.append(network(route)).append('\n'));
                line(text, true, "  neighbor %s activate");
                line(text, true, "  neighbor %s route-map TO-SERVER out");
                if (site.offer().isPresent()) {
                    line(
                            text,
                            true,
                            site.offers(Feature.ADD_PATH)
                                    ? "  neighbor %s addpath-tx-all-paths"
                                    : "  neighbor %s disable-addpath-rx");
                }
                text.append(" exit-address-family\n");
            }
        }
        return text.toString();
    }

    private void line(StringBuilder text, boolean isWanted, String format) {
        if (isWanted) {
            text.append(format.formatted(site.server())).append('\n');
        }
    }

    private static String addressFamily(boolean isIpv6) {
        return "address-family " + (isIpv6 ? "ipv6" : "ipv4") + " unicast";
    }

    private static String network(SentRoute route) {
        return "network " + route.prefix();
    }

    /** Gives a route its attributes on the way out: FRR itself would obey a NO_ADVERTISE that is there before. */
    private String shape(SentRoute route) {
        int sequence = sequence(route);
        StringBuilder text = new StringBuilder("""
                %4$s prefix-list P%1$d permit %2$s
                route-map TO-SERVER permit %1$d
                 match %4$s address prefix-list P%1$d
                 set %5$s %3$s
                """.formatted(
                        sequence,
                        route.prefix(),
                        site.nextHop(route),
                        route.isIpv6() ? "ipv6" : "ip",
                        route.hasIpv6NextHop() ? "ipv6 next-hop global" : "ip next-hop"));
        set(text, "as-path prepend", route.behind());
        set(text, "community", route.communities());
        set(text, "large-community", route.largeCommunities());
        set(text, "metric", route.med() == 0 ? List.of() : List.of(route.med()));
        return text.append("exit\n").toString();
    }

    private static void set(StringBuilder text, String what, List<?> values) {
        if (!values.isEmpty()) {
            text.append(
                    values.stream().map(Object::toString).collect(Collectors.joining(" ", " set " + what + " ", "\n")));
        }
    }

    private int sequence(SentRoute route) {
        return 1 + List.copyOf(routes.keySet()).indexOf(route.prefix());
    }
}
