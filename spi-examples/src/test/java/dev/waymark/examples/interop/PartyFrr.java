package dev.waymark.examples.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** FRR's bgpd with two route server instances. */
final class PartyFrr implements Party.Daemon {
    private final Party party;
    private @Nullable DaemonProcess process;

    PartyFrr(Party party) {
        Programs.need(Frr.BGPD, "frr");
        this.party = party;
    }

    @Override
    public Party party() {
        return party;
    }

    @Override
    public void start() {
        try {
            Files.createDirectories(party.folder());
            Path config = Files.writeString(party.folder().resolve("bgpd.conf"), config());
            DaemonProcess started = party.namespace()
                    .start(party.folder(), Frr.command(party.folder(), config.toString(), Party.PORT, party.address()));
            process = started;
            started.awaitLog("starting: vty");
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
        return Frr.routes(this::vtysh, "ipv4", party.instances().get(instance));
    }

    private String vtysh(String... commands) {
        return Frr.vtysh(party.folder(), commands);
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    private String config() {
        return """
                router bgp %1$d
                 bgp router-id %2$s
                 no bgp default ipv4-unicast
                 no bgp ebgp-requires-policy
                 no bgp network import-check
                 bgp disable-ebgp-connected-route-check
                %3$s address-family ipv4 unicast
                %4$s%5$s exit-address-family
                exit
                %6$s""".formatted(
                        party.asn(),
                        party.address(),
                        ofInstances("""
                                 neighbor %1$s remote-as %2$d
                                 neighbor %1$s ebgp-multihop 255
                                 neighbor %1$s update-source %3$s
                                 neighbor %1$s timers connect 1
                                 no neighbor %1$s enforce-first-as
                                """),
                        ofRoutes("  network %2$s\n"),
                        ofInstances("""
                                  neighbor %1$s activate
                                  neighbor %1$s route-map TO-SERVER out
                                """),
                        ofRoutes("""
                                ip prefix-list P%1$d permit %2$s
                                route-map TO-SERVER permit %1$d
                                 match ip address prefix-list P%1$d
                                 set ip next-hop %3$s
                                %4$sexit
                                """));
    }

    private String ofInstances(String lines) {
        return party.instances().stream()
                .map(instance -> lines.formatted(instance, Site.SERVER_ASN, party.address()))
                .collect(Collectors.joining());
    }

    private String ofRoutes(String lines) {
        return Stream.iterate(0, i -> i < party.routes().size(), i -> i + 1)
                .map(i -> {
                    SentRoute route = party.routes().get(i);
                    return lines.formatted(i + 1, route.prefix(), party.address(), prepend(route));
                })
                .collect(Collectors.joining());
    }

    private static String prepend(SentRoute route) {
        return route.behind().isEmpty()
                ? ""
                : route.behind().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(" ", " set as-path prepend ", "\n"));
    }
}
