package dev.waymark.examples.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** BIRD with two route server instances. */
final class PartyBird implements Party.Daemon {
    private final Party party;
    private final String more;
    private @Nullable DaemonProcess process;

    /** Makes one, with more lines for the configuration of its sessions. */
    PartyBird(Party party, String more) {
        Programs.need("bird", "bird2");
        this.party = party;
        this.more = more;
    }

    @Override
    public Party party() {
        return party;
    }

    @Override
    public void start() {
        try {
            Files.createDirectories(party.folder());
            Path config = Files.writeString(party.folder().resolve("bird.conf"), config());
            DaemonProcess started = party.namespace()
                    .start(
                            party.folder(),
                            List.of(
                                    Programs.path("bird"),
                                    "-f",
                                    "-c",
                                    config.toString(),
                                    "-s",
                                    file("ctl"),
                                    "-P",
                                    file("pid")));
            process = started;
            started.awaitLog("Started");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public DaemonProcess process() {
        return Objects.requireNonNull(process, "started");
    }

    @Override
    public List<SeenRoute> seen(int instance) {
        return Bird.routes(
                Programs.run("birdc", "-s", file("ctl"), "show", "route", "all", "protocol", "rs" + instance));
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    private String file(String name) {
        return party.folder().resolve(name).toString();
    }

    private String config() {
        return """
                router id %1$s;
                log stderr all;
                debug protocols { states, events };
                protocol device {}
                protocol static own {
                  ipv4;
                %2$s}
                filter to_server {
                  if proto != "own" then reject;
                  bgp_next_hop = %1$s;
                %3$s  accept;
                }
                template bgp server {
                  local %1$s as %4$d;
                  strict bind; multihop;
                  connect delay time 1; connect retry time 1; error wait time 1, 2;
                  %5$s
                  ipv4 { import all; export filter to_server; };
                }
                protocol bgp rs0 from server { neighbor %6$s as %8$d; }
                protocol bgp rs1 from server { neighbor %7$s as %8$d; }
                """.formatted(
                        party.address(),
                        party.routes().stream()
                                .map(route -> "  route " + route.prefix() + " blackhole;\n")
                                .collect(Collectors.joining()),
                        party.routes().stream().map(PartyBird::path).collect(Collectors.joining()),
                        party.asn(),
                        (party.isInternal() ? "" : "enforce first as off; ") + more,
                        party.instances().get(0),
                        party.instances().get(1),
                        Site.SERVER_ASN);
    }

    private static String path(SentRoute route) {
        StringBuilder text = new StringBuilder();
        for (int i = route.behind().size() - 1; i >= 0; i--) {
            text.append("  if net = %s then bgp_path.prepend(%d);\n"
                    .formatted(route.prefix(), route.behind().get(i)));
        }
        return text.toString();
    }
}
