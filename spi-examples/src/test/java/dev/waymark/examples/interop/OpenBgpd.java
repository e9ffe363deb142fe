package dev.waymark.examples.interop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** OpenBGPD, asked with {@code bgpctl}. */
final class OpenBgpd implements Nva {
    /** Where it locks itself in; the home of Debian's user _openbgpd. Its service would make it. */
    private static final String JAIL = "/run/openbgpd";

    private static final Pattern NEXT_HOP = Pattern.compile("Nexthop (\\S+) .*Neighbor \\S+ \\((\\S+)\\)");
    private static final Pattern UNKNOWN =
            Pattern.compile("Unknown Attribute #(\\d+) flags \\S+\\s+len \\d+: ([0-9a-f ]+)");

    private final Site site;
    private final Map<String, SentRoute> routes = new LinkedHashMap<>();
    private @Nullable DaemonProcess process;

    OpenBgpd(Site site) {
        Programs.need("bgpctl", "openbgpd");
        this.site = site;
    }

    @Override
    public Site site() {
        return site;
    }

    @Override
    public void start() {
        Programs.run("mkdir", "-p", JAIL);
        DaemonProcess started =
                DaemonProcess.start(site.folder(), List.of(Programs.path("bgpd"), "-d", "-v", "-f", writeConfig()));
        process = started;
        started.awaitLog("RDE reconfigured");
    }

    @Override
    public DaemonProcess process() {
        return Objects.requireNonNull(process, "started");
    }

    @Override
    public void announce(SentRoute route) {
        routes.put(route.prefix(), route);
        writeConfig();
        if (process != null) {
            bgpctl("reload");
        }
    }

    /** Asks the route server for all routes again (RFC 2918). */
    void askAgain() {
        bgpctl("neighbor", site.server(), "refresh");
    }

    /** Returns how many announcements it has received in this session, each repetition counted. */
    long received() {
        Json neighbors = Json.read(bgpctl("-j", "show", "neighbor", site.server()));
        return Long.parseLong(neighbors
                .get("neighbors")
                .items()
                .get(0)
                .get("stats", "update", "received", "updates")
                .text());
    }

    String bgpctl(String... command) {
        return Programs.run(
                "bgpctl",
                Stream.concat(Stream.of("-s", socket()), Stream.of(command)).toArray(String[]::new));
    }

    private String socket() {
        return site.file("socket");
    }

    @Override
    public List<SeenRoute> seen() {
        List<SeenRoute> seen = new ArrayList<>();
        for (String entry : bgpctl("show", "rib", "detail").split("\nBGP routing table entry for ", -1)) {
            Matcher nextHop = NEXT_HOP.matcher(entry);
            if (nextHop.find() && nextHop.group(2).equals(site.server())) {
                List<String> lines = entry.lines().map(String::strip).toList();
                seen.add(new SeenRoute(
                        lines.get(0),
                        words(lines.get(1)).map(Long::valueOf).toList(),
                        nextHop.group(1),
                        Long.parseLong(after(entry, "metric ").split(",", -1)[0]),
                        words(after(entry, "\n    Communities: ")).collect(Collectors.toSet()),
                        words(after(entry, "Large Communities: ")).collect(Collectors.toSet()),
                        unknown(entry)));
            }
        }
        return seen;
    }

    private static Stream<String> words(String text) {
        return Stream.of(text.split(" ", -1)).filter(word -> !word.isEmpty());
    }

    private static String after(String text, String label) {
        int at = text.indexOf(label);
        return at < 0
                ? ""
                : text.substring(at + label.length()).lines().findFirst().orElse("");
    }

    private static Set<String> unknown(String entry) {
        return UNKNOWN.matcher(entry)
                .results()
                .map(match -> match.group(1) + ":" + match.group(2).replace(" ", ""))
                .collect(Collectors.toSet());
    }

    private String writeConfig() {
        return site.write("bgpd.conf", """
                AS %1$d
                router-id %2$s
                fib-update no
                socket "%3$s"
                listen on %2$s port %4$d
                nexthop qualify via default
                %5$sneighbor %6$s {
                  remote-as %7$d
                  port %4$d
                  local-address %2$s
                  %8$s
                  multihop 255
                  enforce neighbor-as %9$s
                  announce IPv4 unicast
                }
                allow from any
                allow to any
                match to %6$s set nexthop %10$s
                match to %6$s set nexthop no-modify
                %11$s""".formatted(
                        site.asn(),
                        site.address(),
                        socket(),
                        Site.PORT,
                        routes.keySet().stream().map("network %s\n"::formatted).collect(Collectors.joining()),
                        site.server(),
                        Site.SERVER_ASN,
                        site.listens() ? "passive" : "",
                        site.enforcesFirstAs() ? "yes" : "no",
                        site.nextHop(),
                        routes.values().stream().map(this::shape).collect(Collectors.joining())));
    }

    /** Gives a route its attributes on the way out; of AS numbers it can prepend its own alone. */
    private String shape(SentRoute route) {
        if (!route.behind().stream().allMatch(asn -> asn == site.asn())) {
            throw new IllegalArgumentException("not its own AS number: " + route.behind());
        }
        List<String> set = new ArrayList<>();
        route.communities().forEach(value -> set.add("community " + value));
        route.largeCommunities().forEach(value -> set.add("large-community " + value));
        if (!route.behind().isEmpty()) {
            set.add("prepend-self " + route.behind().size());
        }
        if (route.med() != 0) {
            set.add("metric " + route.med());
        }
        return set.isEmpty()
                ? ""
                : "match to %s prefix %s set { %s }\n".formatted(site.server(), route.prefix(), String.join(" ", set));
    }
}
