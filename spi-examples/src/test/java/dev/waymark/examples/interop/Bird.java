package dev.waymark.examples.interop;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** BIRD 2, asked with {@code birdc}. */
final class Bird implements Capable {
    private static final Pattern HEADER = Pattern.compile("^(\\S+/\\d+)\\s.*");
    /** Another path of the same prefix. */
    private static final Pattern NEXT_PATH = Pattern.compile("^ +(unicast|unreachable|blackhole|prohibit) \\[.*");

    private static final Pattern IMPORTED = Pattern.compile("Import updates: +(\\d+)");
    private static final Pattern ATTRIBUTE = Pattern.compile("^\\s+BGP\\.(\\w+)(?: \\[t\\])?: ?(.*)");

    private static final Map<String, Feature> CAPABILITIES = Map.of(
            "4-octet AS numbers", Feature.FOUR_OCTET_AS,
            "Route refresh", Feature.ROUTE_REFRESH,
            "Enhanced refresh", Feature.ENHANCED_REFRESH,
            "Extended message", Feature.EXTENDED_MESSAGES,
            "Extended next hop", Feature.EXTENDED_NEXT_HOP,
            "Role", Feature.ROLE,
            "Graceful restart", Feature.GRACEFUL_RESTART,
            "Long-lived graceful restart", Feature.LONG_LIVED_GRACEFUL_RESTART,
            "ADD-PATH", Feature.ADD_PATH);

    private final Site site;
    private final Map<String, SentRoute> routes = new LinkedHashMap<>();
    private String more = "";
    private String beside = "";
    private @Nullable DaemonProcess process;

    Bird(Site site) {
        Programs.need("bird", "bird2");
        this.site = site;
    }

    @Override
    public Site site() {
        return site;
    }

    /** Adds lines to the configuration of the session with the route server. */
    Bird with(String lines) {
        more = lines;
        return this;
    }

    /** Adds protocols beside the session with the route server, in place of those that were added before. */
    void beside(String protocols) {
        beside = protocols;
        writeConfig();
        if (process != null) {
            birdc("configure");
        }
    }

    @Override
    public void start() {
        start(List.of());
    }

    /** Starts it after it was killed, with a claim that forwarding went on (the F bit of RFC 4724). */
    void startRecovering() {
        start(List.of("-R"));
    }

    private void start(List<String> options) {
        List<String> command = new ArrayList<>(
                List.of(Programs.path("bird"), "-f", "-c", writeConfig(), "-s", control(), "-P", site.file("pid")));
        command.addAll(options);
        DaemonProcess started = DaemonProcess.start(site.folder(), command);
        process = started;
        started.awaitLog("Started");
    }

    @Override
    public DaemonProcess process() {
        return Objects.requireNonNull(process, "started");
    }

    @Override
    public void announce(SentRoute route) {
        announceAll(List.of(route));
    }

    /** Has it announce many routes at once. */
    void announceAll(List<SentRoute> more) {
        more.forEach(route -> routes.put(route.prefix(), route));
        writeConfig();
        if (process != null) {
            birdc("configure");
        }
    }

    /** Asks the route server for all routes again (RFC 2918). */
    void askAgain() {
        birdc("reload", "in", "server");
    }

    /** Returns how many announcements it has received in this session, each repetition counted. */
    long received() {
        Matcher counter = IMPORTED.matcher(birdc("show", "protocols", "all", "server"));
        return counter.find() ? Long.parseLong(counter.group(1)) : 0;
    }

    /** Returns whether a route has so many large communities: {@link #seen} has only the first of a long list. */
    boolean hasLargeCommunities(String prefix, int count) {
        return birdc("show", "route", "protocol", "server", "where", "bgp_large_community.len = " + count)
                .contains(prefix);
    }

    /** Ends the session, to begin a new one. */
    void resetHard() {
        birdc("restart", "server");
    }

    String birdc(String... command) {
        return Programs.run(
                "birdc",
                Stream.concat(Stream.of("-s", control()), Stream.of(command)).toArray(String[]::new));
    }

    private String control() {
        return site.file("ctl");
    }

    @Override
    public List<SeenRoute> seen() {
        return routes(birdc("show", "route", "all", "protocol", "server"));
    }

    /** Reads what {@code show route all} prints. */
    static List<SeenRoute> routes(String text) {
        List<SeenRoute> seen = new ArrayList<>();
        String prefix = "";
        Map<String, String> attributes = new TreeMap<>();
        for (String line : text.split("\n", -1)) {
            Matcher header = HEADER.matcher(line);
            if (header.matches()) {
                add(seen, prefix, attributes);
                prefix = header.group(1);
                attributes.clear();
            } else if (NEXT_PATH.matcher(line).matches()) {
                add(seen, prefix, attributes);
                attributes.clear();
            }
            Matcher attribute = ATTRIBUTE.matcher(line);
            if (attribute.matches()) {
                attributes.put(attribute.group(1), attribute.group(2));
            }
        }
        add(seen, prefix, attributes);
        return seen;
    }

    @Override
    public Shown shown() {
        Set<Feature> advertised = EnumSet.noneOf(Feature.class);
        Set<Feature> received = EnumSet.noneOf(Feature.class);
        Set<Feature> side = EnumSet.noneOf(Feature.class);
        for (String line : birdc("show", "protocols", "all", "server").split("\n", -1)) {
            String text = line.strip();
            if (text.equals("Local capabilities")) {
                side = advertised;
            } else if (text.equals("Neighbor capabilities")) {
                side = received;
            } else if (text.startsWith("Session:")) {
                break;
            } else if (text.startsWith("AF announced:")) {
                side.addAll(text.contains("ipv4") ? Set.of(Feature.IPV4) : Set.of());
                side.addAll(text.contains("ipv6") ? Set.of(Feature.IPV6) : Set.of());
            } else {
                Optional.ofNullable(CAPABILITIES.get(text.replaceFirst(":.*", "")))
                        .ifPresent(side::add);
            }
        }
        return new Shown(advertised, received);
    }

    private static void add(List<SeenRoute> seen, String prefix, Map<String, String> attributes) {
        if (!prefix.isEmpty()) {
            seen.add(new SeenRoute(
                    prefix,
                    Stream.of(attributes.getOrDefault("as_path", "").split(" ", -1))
                            .filter(asn -> !asn.isEmpty()) // an internal peer's own route has an empty path
                            .map(Long::valueOf)
                            .toList(),
                    attributes.getOrDefault("next_hop", ""),
                    Long.parseLong(attributes.getOrDefault("med", "0")),
                    tuples(attributes.getOrDefault("community", "")),
                    tuples(attributes.getOrDefault("large_community", "")),
                    unknown(attributes)));
        }
    }

    /** Reads {@code (65011,1) (65011,2)}. */
    private static Set<String> tuples(String text) {
        return Pattern.compile("\\(([^)]*)\\)")
                .matcher(text)
                .results()
                .map(tuple -> tuple.group(1).replace(" ", "").replace(',', ':'))
                .collect(Collectors.toSet());
    }

    /** Reads {@code BGP.63 [t]: 01 02}: the name of what it doesn't know is the type in hexadecimal. */
    private static Set<String> unknown(Map<String, String> attributes) {
        Set<String> unknown = attributes.entrySet().stream()
                .filter(entry -> entry.getKey().matches("[0-9a-f]{2}"))
                .map(entry -> Integer.parseInt(entry.getKey(), 16) + ":"
                        + entry.getValue().replace(" ", ""))
                .collect(Collectors.toSet());
        if (attributes.containsKey("otc")) {
            unknown.add(SeenRoute.onlyToCustomer(Long.parseLong(attributes.get("otc"))));
        }
        return unknown;
    }

    private String writeConfig() {
        return site.write("bird.conf", """
                router id %1$s;
                log stderr all;
                debug protocols { states, events };
                protocol device {}
                protocol static {
                  ipv4;
                %2$s}
                protocol static {
                  ipv6;
                %12$s}
                filter to_server {
                  if proto = "server" then reject;
                  bgp_next_hop = %3$s;
                %4$s  accept;
                }
                protocol bgp server {
                  local %1$s port %5$d as %6$d;
                  neighbor %7$s port %5$d as %8$d;
                  %9$s
                  strict bind; multihop;
                  connect delay time 1; connect retry time 1; error wait time 1, 2;
                  enforce first as %10$s;
                %13$s}
                %11$s""".formatted(
                        site.address(),
                        lines(false),
                        site.nextHop(),
                        routes.values().stream().map(this::shape).collect(Collectors.joining()),
                        Site.PORT,
                        site.asn(),
                        site.server(),
                        Site.SERVER_ASN,
                        site.listens() ? "passive;" : "",
                        site.enforcesFirstAs() ? "on" : "off",
                        site.behind().map(this::behind).orElse("") + beside,
                        lines(true),
                        offer() + more));
    }

    private String lines(boolean isIpv6) {
        return routes.values().stream()
                .filter(route -> route.isIpv6() == isIpv6)
                .map(route -> "  route " + route.prefix() + " blackhole;\n")
                .collect(Collectors.joining());
    }

    private String offer() {
        StringBuilder text = new StringBuilder();
        String channel = "";
        if (site.offer().isPresent()) {
            Offer offer = site.offer().get();
            boolean isGraceful = offer.has(Feature.GRACEFUL_RESTART);
            text.append("  enable as4 %s;\n".formatted(onOff(offer.has(Feature.FOUR_OCTET_AS))))
                    .append("  enable route refresh %s;\n".formatted(onOff(offer.has(Feature.ROUTE_REFRESH))))
                    .append("  enable extended messages %s;\n".formatted(onOff(offer.has(Feature.EXTENDED_MESSAGES))))
                    .append("  graceful restart %s;\n".formatted(onOff(isGraceful)))
                    .append("  long lived graceful restart %s;\n"
                            .formatted(onOff(offer.has(Feature.LONG_LIVED_GRACEFUL_RESTART))));
            if (offer.has(Feature.ROLE)) {
                text.append("  local role %s; require roles %s;\n"
                        .formatted(offer.role().replace('-', '_'), onOff(offer.isStrict())));
            }
            channel = offer.has(Feature.ADD_PATH) ? " add paths on;" : "";
        }
        if (site.offers(Feature.IPV4)) {
            text.append("  ipv4 { import all; export filter to_server;%s%s };\n"
                    .formatted(channel, site.offers(Feature.EXTENDED_NEXT_HOP) ? " extended next hop on;" : ""));
        }
        if (site.offers(Feature.IPV6)) {
            text.append("  ipv6 { import all; export filter to_server;%s };\n".formatted(channel));
        }
        return text.toString();
    }

    private static String onOff(boolean isOn) {
        return isOn ? "on" : "off";
    }

    /** Gives a route its attributes on the way out: BIRD itself would obey a NO_ADVERTISE that is there before. */
    private String shape(SentRoute route) {
        if (route.isPlain() && !route.hasIpv6NextHop()) {
            return "";
        }
        StringBuilder text = new StringBuilder("  if net = " + route.prefix() + " then {\n");
        for (int i = route.behind().size() - 1; i >= 0; i--) {
            text.append("    bgp_path.prepend(").append(route.behind().get(i)).append(");\n");
        }
        if (route.hasIpv6NextHop()) {
            text.append("    bgp_next_hop = ").append(site.nextHop(route)).append(";\n");
        }
        if (route.med() != 0) {
            text.append("    bgp_med = ").append(route.med()).append(";\n");
        }
        route.communities()
                .forEach(value -> text.append("    bgp_community.add((%s));\n".formatted(value.replace(':', ','))));
        route.largeCommunities()
                .forEach(value ->
                        text.append("    bgp_large_community.add((%s));\n".formatted(value.replace(':', ','))));
        return text.append("  }\n").toString();
    }

    private String behind(Site.Behind router) {
        return """
                protocol bgp behind {
                  local %s port %d as %d;
                  neighbor %s as %d;
                  strict bind; passive; multihop;
                  ipv4 { import all; export all; };
                }
                """.formatted(site.address(), Site.PORT, site.asn(), router.address(), router.asn());
    }
}
