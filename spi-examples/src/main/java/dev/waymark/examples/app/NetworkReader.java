package dev.waymark.examples.app;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.NetworkPeering;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.NextHopKind;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.RouteTable;
import dev.waymark.api.UserDefinedRoute;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.spi.RouteSinkProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeType;

/** Reads the virtual network into a builder: its spaces, peerings, service endpoints, route tables. Confined to the reader. */
final class NetworkReader {
    private final RouteServerConfigBuilder builder;
    private final ValueParser<RouteSinkProvider> sinks;
    private final Problems problems;
    private final Map<String, List<RouteSinkProvider>> tableSinks = new LinkedHashMap<>();

    NetworkReader(RouteServerConfigBuilder builder, ValueParser<RouteSinkProvider> sinks, Problems problems) {
        this.builder = builder;
        this.sinks = sinks;
        this.problems = problems;
    }

    /** Reads all that the file has of it. */
    void read(Section top) {
        top.eachNode(
                "networks",
                node -> space("networks", node).ifPresent(space -> {
                    problems.placeElement("network." + space.prefix(), node);
                    builder.network(space);
                }));
        top.eachNode("peerings", this::peering);
        top.each("serviceEndpoints", IpPrefix::parse, (space, node) -> {
            problems.placeElement("serviceEndpoint." + space, node);
            builder.serviceEndpoint(space);
        });
        top.eachNode("routeTables", this::table);
    }

    /** Returns what makes the sinks of each route table that has some. */
    Map<String, List<RouteSinkProvider>> tableSinks() {
        return tableSinks;
    }

    /** Reads a prefix alone, or a section with a prefix and a next hop. */
    private Optional<NetworkSpace> space(String called, Node node) {
        if (node.getNodeType() != NodeType.MAPPING) {
            return Section.scalarOf(called, node, IpPrefix::parse, problems).map(NetworkSpace::of);
        }
        Section section = new Section(called, node, problems);
        Optional<IpPrefix> prefix = section.required("prefix", IpPrefix::parse);
        Optional<IpAddress> nextHop = section.value("nextHop", IpAddress::parse);
        section.end();
        return prefix.flatMap(value -> made(() -> new NetworkSpace(value, nextHop), node));
    }

    private void peering(Node node) {
        Section section = named("peering", node);
        Optional<String> name = section.required("name", text -> text);
        List<NetworkSpace> spaces = new ArrayList<>();
        int before = problems.size();
        String called = "peering." + name.orElse("?");
        section.eachNode(
                "spaces",
                element -> space(called + ".spaces", element).ifPresent(space -> {
                    problems.placeElement(called + "." + space.prefix(), element);
                    spaces.add(space);
                }));
        Optional<Boolean> uses = section.value("usesRemoteGateway", Values::flag);
        section.end();
        if (name.isPresent() && problems.size() == before) {
            add(() -> new NetworkPeering(name.get(), spaces, uses.orElse(true)), builder::peering, node);
        }
    }

    private void table(Node node) {
        Section section = named("routeTable", node);
        Optional<String> name = section.required("name", text -> text);
        Optional<String> peering = section.value("peering", text -> text);
        Optional<Boolean> propagates = section.value("propagates", Values::flag);
        List<UserDefinedRoute> routes = new ArrayList<>();
        int before = problems.size();
        String called = "routeTable." + name.orElse("?") + ".routes";
        section.eachNode(
                "routes",
                element -> route(called, element).ifPresent(route -> {
                    problems.placeElement(called + "." + route.prefix(), element);
                    routes.add(route);
                }));
        Optional<List<RouteSinkProvider>> own = section.list("sinks", sinks);
        section.end();
        if (name.isPresent() && problems.size() == before) {
            add(() -> new RouteTable(name.get(), peering, propagates.orElse(true), routes), builder::routeTable, node);
            own.filter(list -> !list.isEmpty()).ifPresent(list -> tableSinks.put(name.get(), list));
        }
    }

    private Optional<UserDefinedRoute> route(String called, Node node) {
        Section section = new Section(called, node, problems);
        Optional<IpPrefix> prefix = section.required("prefix", IpPrefix::parse);
        Optional<NextHop> nextHop = section.required("nextHop", NextHop::parse);
        section.end();
        if (prefix.isEmpty() || nextHop.isEmpty()) {
            return Optional.empty();
        }
        return made(
                () -> new UserDefinedRoute(
                        prefix.get(), nextHop.get().kind(), nextHop.get().appliance()),
                node);
    }

    /** A next hop as the file has it: an appliance's address, or a word. */
    private record NextHop(NextHopKind kind, Optional<IpAddress> appliance) {
        static NextHop parse(String text) {
            return switch (text) {
                case "virtual-network" -> new NextHop(NextHopKind.VIRTUAL_NETWORK, Optional.empty());
                case "internet" -> new NextHop(NextHopKind.INTERNET, Optional.empty());
                case "none" -> new NextHop(NextHopKind.NONE, Optional.empty());
                default -> new NextHop(NextHopKind.VIRTUAL_APPLIANCE, Optional.of(appliance(text)));
            };
        }

        private static IpAddress appliance(String text) {
            try {
                return IpAddress.parse(text);
            } catch (IllegalArgumentException e) {
                throw Values.refused(text, "the address of an appliance, virtual-network, internet, or none");
            }
        }
    }

    /** Opens a section that is called by its name, as the API calls it. */
    private Section named(String kind, Node node) {
        String called = kind + "." + PeerReader.name(node);
        problems.placeElement(called, node);
        return new Section(called, node, problems);
    }

    private <V> Optional<V> made(Supplier<V> maker, Node where) {
        try {
            return Optional.of(maker.get());
        } catch (IllegalArgumentException e) {
            problems.add(where, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private <V> void add(Supplier<V> maker, Consumer<V> taker, Node node) {
        try {
            taker.accept(maker.get());
        } catch (ConfigurationException e) {
            // What has no good name can't be found by it.
            String kind = e.parameter().endsWith(".name") ? e.parameter().replace(".name", "") : "";
            problems.addAtParameter(
                    kind.isEmpty() ? e.parameter() : kind + "." + PeerReader.name(node) + ".name",
                    String.valueOf(e.getMessage()));
        }
    }
}
