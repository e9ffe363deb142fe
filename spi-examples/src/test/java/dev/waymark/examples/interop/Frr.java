package dev.waymark.examples.interop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** FRR's bgpd, without zebra, asked with {@code vtysh}. */
final class Frr implements Nva {
    private static final String BGPD = "/usr/lib/frr/bgpd";

    private final Site site;
    private final Map<String, SentRoute> routes = new LinkedHashMap<>();
    private @Nullable DaemonProcess process;

    Frr(Site site) {
        Programs.need(BGPD, "frr");
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
                        BGPD,
                        "--no_zebra",
                        "--skip_runas",
                        "--config_file",
                        site.write("bgpd.conf", config()),
                        "--pid_file",
                        site.file("pid"),
                        "--vty_socket",
                        site.folder().toString(),
                        "--vty_port",
                        "0",
                        "--bgp_port",
                        Integer.toString(Site.PORT),
                        "--listenon",
                        site.address(),
                        "--log",
                        "stdout"));
        process = started;
        started.awaitLog("starting: vty");
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
            lines.addAll(List.of("router bgp " + site.asn(), "address-family ipv4 unicast", network(route)));
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

    private Json neighbor(String address) {
        return Json.read(vtysh("show bgp neighbors " + address + " json")).get(address);
    }

    /** Ends the session, to begin a new one. */
    void resetHard() {
        vtysh("clear bgp " + site.server());
    }

    String vtysh(String... commands) {
        Stream<String> arguments = Stream.of(commands).flatMap(command -> Stream.of("-c", command));
        return Programs.run(
                "vtysh",
                Stream.concat(Stream.of("--vty_socket", site.folder().toString()), arguments)
                        .toArray(String[]::new));
    }

    /** What FRR doesn't know of a route, it keeps and passes on, but doesn't show: see {@link ExaBgp#seenFrom}. */
    @Override
    public List<SeenRoute> seen() {
        String[] commands = Json.read(vtysh("show bgp ipv4 unicast json")).get("routes").fields().keySet().stream()
                .map(prefix -> "show bgp ipv4 unicast " + prefix + " json")
                .toArray(String[]::new);
        return commands.length == 0
                ? List.of()
                : Json.readAll(vtysh(commands)).stream()
                        .flatMap(route -> route.get("paths").items().stream()
                                .filter(path ->
                                        path.get("peer", "peerId").text().equals(site.server()))
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
                Set.of());
    }

    /** There is no zebra here to tell about next hops. */
    @Override
    public List<String> ownNoise() {
        return List.of("zclient_send_message() failed");
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
                %3$s%4$s address-family ipv4 unicast
                %5$s  neighbor %6$s route-map TO-SERVER out
                 exit-address-family
                exit
                %7$sroute-map TO-SERVER permit 60000
                 set ip next-hop %8$s
                exit
                """.formatted(
                        site.asn(),
                        site.address(),
                        neighbor(site.server(), Site.SERVER_ASN, !site.listens()),
                        site.behind()
                                .map(router -> neighbor(router.address(), router.asn(), false))
                                .orElse(""),
                        routes.values().stream().map(Frr::network).collect(Collectors.joining("\n", "", "\n")),
                        site.server(),
                        routes.values().stream().map(this::shape).collect(Collectors.joining()),
                        site.nextHop());
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
                 address-family ipv4 unicast
                  neighbor %1$s activate
                 exit-address-family
                """.formatted(
                        address, asn, Site.PORT, site.address(), opens ? "no" : "", site.enforcesFirstAs() ? "" : "no");
    }

    private static String network(SentRoute route) {
        return "network " + route.prefix();
    }

    /** Gives a route its attributes on the way out: FRR itself would obey a NO_ADVERTISE that is there before. */
    private String shape(SentRoute route) {
        int sequence = sequence(route);
        StringBuilder text = new StringBuilder("""
                ip prefix-list P%1$d permit %2$s
                route-map TO-SERVER permit %1$d
                 match ip address prefix-list P%1$d
                 set ip next-hop %3$s
                """.formatted(sequence, route.prefix(), site.nextHop()));
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
