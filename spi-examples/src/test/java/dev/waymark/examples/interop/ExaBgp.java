package dev.waymark.examples.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * ExaBGP: as an NVA, or as a router behind several of them that gives each what it would not make itself. What it sees is what
 * it prints as JSON.
 */
final class ExaBgp implements Nva {
    private static final String UNKNOWN = "attribute-0x";

    /** Another end of one of its sessions. */
    private record Neighbor(String address, long asn, Map<String, SentRoute> routes) {}

    private final Site site;
    private final Map<String, Neighbor> neighbors = new LinkedHashMap<>();
    private @Nullable DaemonProcess process;

    /** Makes one that has no neighbour but the route server. */
    ExaBgp(Site site) {
        this(site, List.of());
        neighbors.put(site.server(), new Neighbor(site.server(), Site.SERVER_ASN, new LinkedHashMap<>()));
    }

    private ExaBgp(Site site, List<Nva> others) {
        Programs.need("exabgp", "exabgp");
        this.site = site;
        for (Nva other : others) {
            Site to = other.site();
            neighbors.put(to.address(), new Neighbor(to.address(), to.asn(), new LinkedHashMap<>()));
        }
    }

    /** Makes the router behind others. */
    static ExaBgp behind(Site site, List<Nva> others) {
        return new ExaBgp(site, others);
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
                        Programs.path("env"),
                        "exabgp.daemon.user=root",
                        "exabgp.api.cli=false",
                        Programs.path("exabgp"),
                        writeConfig()));
        process = started;
        started.awaitLog("loaded new configuration");
    }

    @Override
    public DaemonProcess process() {
        return Objects.requireNonNull(process, "started");
    }

    @Override
    public void announce(SentRoute route) {
        announceTo(site.server(), route);
    }

    /** Announces a route to one neighbour. */
    void announceTo(String address, SentRoute route) {
        Objects.requireNonNull(neighbors.get(address), address).routes().put(route.prefix(), route);
        writeConfig();
        if (process != null) {
            process.signalUser1();
        }
    }

    @Override
    public List<SeenRoute> seen() {
        return seenFrom(site.server());
    }

    /** Returns what it has from one neighbour. */
    List<SeenRoute> seenFrom(String address) {
        Map<String, SeenRoute> seen = new TreeMap<>();
        for (Json line : Json.readAll(printed())) {
            if (line.get("neighbor", "address", "peer").text().equals(address)) {
                Json update = line.get("neighbor", "message", "update");
                update.get("withdraw", "ipv4 unicast")
                        .items()
                        .forEach(nlri -> seen.remove(nlri.get("nlri").text()));
                update.get("announce", "ipv4 unicast")
                        .fields()
                        .forEach((nextHop, routes) -> routes.items().forEach(nlri -> {
                            String prefix = nlri.get("nlri").text();
                            seen.put(prefix, seen(prefix, nextHop, update.get("attribute")));
                        }));
            }
        }
        return new ArrayList<>(seen.values());
    }

    private static SeenRoute seen(String prefix, String nextHop, Json attributes) {
        return new SeenRoute(
                prefix,
                attributes.get("as-path").texts().stream().map(Long::valueOf).toList(),
                nextHop,
                attributes.has("med") ? Long.parseLong(attributes.get("med").text()) : 0,
                tuples(attributes.get("community")),
                tuples(attributes.get("large-community")),
                attributes.fields().entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(UNKNOWN))
                        .map(entry ->
                                Integer.parseInt(entry.getKey().substring(UNKNOWN.length(), UNKNOWN.length() + 2), 16)
                                        + ":" + entry.getValue().text().substring("0x".length()))
                        .collect(Collectors.toSet()));
    }

    private static Set<String> tuples(Json lists) {
        return lists.items().stream()
                .map(list -> String.join(":", list.texts()))
                .collect(Collectors.toSet());
    }

    private String printed() {
        Path file = site.folder().resolve("seen.json");
        try {
            String text = Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
            return text.substring(0, text.lastIndexOf('\n') + 1); // the last line may be half there
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String writeConfig() {
        return site.write(
                "exabgp.conf",
                "process seen { run /bin/sh -c \"cat >> %s\"; encoder json; }\n".formatted(site.file("seen.json"))
                        + neighbors.values().stream().map(this::neighbor).collect(Collectors.joining()));
    }

    private String neighbor(Neighbor neighbor) {
        return """
                neighbor %s {
                  router-id %s; local-address %2$s; local-as %d; peer-as %d; connect %d;
                  family { ipv4 unicast; }
                  capability { route-refresh; }
                  api { processes [ seen ]; receive { parsed; update; } }
                  static {
                %s  }
                }
                """.formatted(
                        neighbor.address(),
                        site.address(),
                        site.asn(),
                        neighbor.asn(),
                        Site.PORT,
                        neighbor.routes().values().stream().map(this::route).collect(Collectors.joining()));
    }

    private String route(SentRoute route) {
        StringBuilder text = new StringBuilder(
                "    route %s { next-hop %s; as-path [ %s".formatted(route.prefix(), site.nextHop(), site.asn()));
        route.behind().forEach(asn -> text.append(' ').append(asn));
        text.append(" ];");
        if (route.med() != 0) {
            text.append(" med ").append(route.med()).append(';');
        }
        if (!route.communities().isEmpty()) {
            text.append(" community [ %s ];".formatted(String.join(" ", route.communities())));
        }
        if (!route.largeCommunities().isEmpty()) {
            text.append(" large-community [ %s ];".formatted(String.join(" ", route.largeCommunities())));
        }
        for (String attribute : route.unknown()) {
            String[] parts = attribute.split(":", -1);
            text.append(" attribute [ 0x%02x 0xc0 0x%s ];".formatted(Integer.parseInt(parts[0]), parts[1]));
        }
        return text.append(" }\n").toString();
    }
}
