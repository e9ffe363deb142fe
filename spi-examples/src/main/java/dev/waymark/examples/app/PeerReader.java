package dev.waymark.examples.app;

import dev.waymark.api.AddPathSettings;
import dev.waymark.api.ConfigurationException;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.PeerRole;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.SendLimit;
import dev.waymark.api.VpnGateway;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.spi.Protection;
import dev.waymark.spi.RoutePolicy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the lists of peers and VPN gateways into a builder. Confined to the reader. */
final class PeerReader {
    private final RouteServerConfigBuilder builder;
    private final ValueParser<RoutePolicy> policies;
    private final Problems problems;
    private Optional<RouteLimit> serverLimit = Optional.empty();
    private Optional<SendLimit> sendLimit = Optional.empty();

    /** Creates a reader; the builder has its limits already. */
    PeerReader(RouteServerConfigBuilder builder, ValueParser<RoutePolicy> policies, Problems problems) {
        this.builder = builder;
        this.policies = policies;
        this.problems = problems;
        builder.limits(limits -> {
            serverLimit = limits.routeLimit();
            sendLimit = limits.expressRouteSendLimit();
            return limits;
        });
    }

    void peer(Node node) {
        peer(node, Optional.empty()).ifPresent(peer -> add(peer.name(), () -> builder.peer(peer)));
    }

    /**
     * Reads a peer; empty, with problems, if it is wrong.
     *
     * @param base what it is if the mapping doesn't say otherwise; then nothing has to be there
     */
    Optional<PeerConfig> peer(Node node, Optional<PeerConfig> base) {
        return read(base.map(PeerConfig::name).orElseGet(() -> name(node)), node, base, Optional.empty());
    }

    /** @param gateway the AS number of the gateway that the peer is an instance of, which also gives it its role */
    private Optional<PeerConfig> read(String name, Node node, Optional<PeerConfig> base, Optional<Asn> gateway) {
        // Its name is how the API calls it in what it says about it.
        Section section = new Section("peer." + name, node, problems);
        problems.placeElement("peer." + name, node);
        boolean isNew = base.isEmpty();
        Optional<String> given = isNew ? section.required("name", text -> text) : base.map(PeerConfig::name);
        Optional<IpAddress> address =
                isNew ? section.required("address", IpAddress::parse) : section.value("address", IpAddress::parse);
        Optional<Asn> asn = gateway.isPresent()
                ? gateway
                : isNew ? section.required("asn", Asn::parse) : section.value("asn", Asn::parse);
        PeerConfig.Builder peer = base.map(PeerConfig::toBuilder)
                .orElseGet(() -> PeerConfig.builder(name, IpAddress.ofIpv4Bits(0), Asn.of(1)));
        address.ifPresent(peer::address);
        asn.ifPresent(peer::asn);
        section.value("port", Values::integer).ifPresent(peer::port);
        if (gateway.isEmpty()) {
            section.value("role", Values.oneOf(PeerRole.class)).ifPresent(peer::role);
            section.list("pointToSite", IpPrefix::parse)
                    .ifPresent((List<IpPrefix> prefixes) -> peer.pointToSite(prefixes));
        }
        section.value("passive", Values::flag).ifPresent(peer::passive);
        section.value("enabled", Values::flag).ifPresent(peer::enabled);
        section.value("holdTime", Values::duration).ifPresent(peer::holdTime);
        section.value("enforceFirstAs", Values::flag).ifPresent(peer::enforceFirstAs);
        section.value("prependLocalAs", Values::flag).ifPresent(peer::prependLocalAs);
        section.value("protection", Values.oneOf(Protection.class)).ifPresent(peer::protection);
        section.value("importPolicy", policies).ifPresent(peer::importPolicy);
        section.value("exportPolicy", policies).ifPresent(peer::exportPolicy);
        SettingsReader.routeLimit(section, "routeLimit", serverLimit)
                .ifPresent(choice -> choice.limit()
                        .ifPresentOrElse(
                                peer::routeLimit, () -> refuseNoLimit(name, "routeLimit", "limits.routeLimit")));
        SettingsReader.sendLimit(section, "sendLimit", sendLimit)
                .ifPresent(choice -> choice.limit()
                        .ifPresentOrElse(
                                peer::sendLimit,
                                () -> refuseNoLimit(name, "sendLimit", "limits.expressRouteSendLimit")));
        AddPathSettings before = base.map(PeerConfig::addPath).orElseGet(AddPathSettings::off);
        section.section("addPath").ifPresent(found -> peer.addPath(SettingsReader.addPath(found, before)));
        section.end();
        if (given.isEmpty() || (isNew && (address.isEmpty() || asn.isEmpty()))) {
            return Optional.empty();
        }
        AtomicReference<PeerConfig> built = new AtomicReference<>();
        add(name, () -> built.set(peer.build()));
        return Optional.ofNullable(built.get());
    }

    void vpnGateway(Node node) {
        String name = name(node);
        Section section = new Section("vpnGateway." + name, node, problems);
        problems.placeElement("vpnGateway." + name, node);
        Optional<String> given = section.required("name", text -> text);
        Optional<Asn> asn = section.required("asn", Asn::parse);
        VpnGateway.Builder gateway = VpnGateway.builder(name, asn.orElse(Asn.of(1)));
        int problemsBefore = problems.size();
        section.eachNode(
                "peers",
                peer -> read(name(peer), peer, Optional.empty(), Optional.of(asn.orElse(Asn.of(1))))
                        .ifPresent(gateway::peer));
        section.each("nextHops", IpAddress::parse, (address, where) -> gateway.nextHop(address));
        section.list("prefixes", IpPrefix::parse).ifPresent((List<IpPrefix> prefixes) -> gateway.prefixes(prefixes));
        section.list("pointToSite", IpPrefix::parse)
                .ifPresent((List<IpPrefix> prefixes) -> gateway.pointToSite(prefixes));
        section.end();
        if (given.isEmpty() || asn.isEmpty() || problems.size() > problemsBefore) {
            return;
        }
        try {
            builder.vpnGateway(gateway.build());
        } catch (ConfigurationException e) {
            problems.addAtParameter(
                    e.parameter().equals("vpnGateway.name") ? "vpnGateway." + name + ".name" : e.parameter(),
                    String.valueOf(e.getMessage()));
        }
    }

    private void add(String name, Runnable change) {
        try {
            change.run();
        } catch (ConfigurationException e) {
            problems.addAtParameter(
                    e.parameter().equals("peer.name") ? "peer." + name + ".name" : e.parameter(),
                    String.valueOf(e.getMessage()));
        }
    }

    private void refuseNoLimit(String name, String key, String ofServer) {
        String parameter = "peer." + name + "." + key;
        problems.addAtParameter(
                parameter, parameter + ": none is for " + ofServer + "; a peer wants a number or a section");
    }

    /** Returns what stands under the key name of a mapping, for messages. */
    static String name(Node node) {
        if (node instanceof MappingNode mapping) {
            return mapping.getValue().stream()
                    .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode key
                            && key.getValue().equals("name"))
                    .findFirst()
                    .map(tuple -> tuple.getValueNode() instanceof ScalarNode value ? value.getValue() : "?")
                    .orElse("?");
        }
        return "?";
    }
}
