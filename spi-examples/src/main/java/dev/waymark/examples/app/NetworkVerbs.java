package dev.waymark.examples.app;

import dev.waymark.api.EffectiveRoute;
import dev.waymark.api.NetworkPeering;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.PeeringSnapshot;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.examples.control.ControlRefusal;
import dev.waymark.examples.control.ControlReply;
import dev.waymark.examples.control.ControlRequest;
import dev.waymark.examples.control.JsonLine;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Shows and changes what surrounds the own address spaces: peered networks; shows effective routes. Thread-safe. */
final class NetworkVerbs {
    private final Served served;

    NetworkVerbs(Served served) {
        this.served = served;
    }

    void addTo(Map<String, ControlVerbs.Verb> verbs) {
        verbs.put("peerings", this::peerings);
        verbs.put("peering-add", (request, reply) -> addPeering(request));
        verbs.put("peering-remove", (request, reply) -> removePeering(request));
        verbs.put("effective", this::effective);
    }

    private JsonLine peerings(ControlRequest request, ControlReply reply) throws IOException {
        request.end();
        List<PeeringSnapshot> peerings = served.virtualNetwork().peerings();
        for (PeeringSnapshot snapshot : peerings) {
            NetworkPeering peering = snapshot.peering();
            for (NetworkSpace space : peering.spaces()) {
                reply.line(JsonLine.of("peering")
                        .put("name", peering.name())
                        .put("usesRemoteGateway", peering.usesRemoteGateway())
                        .put("prefix", space.prefix())
                        .put("nextHop", space.nextHop())
                        .put(
                                "state",
                                Optional.ofNullable(snapshot.spaces().get(space.prefix()))
                                        .map(Values::dashed)));
            }
        }
        return JsonLine.empty().put("count", peerings.size());
    }

    private JsonLine addPeering(ControlRequest request) {
        String name = request.required("name", text -> text);
        List<IpPrefix> prefixes = request.required(
                "spaces",
                text -> Stream.of(text.split(",", -1)).map(IpPrefix::parse).toList());
        Optional<IpAddress> nextHop = request.value("nextHop", IpAddress::parse);
        boolean usesRemoteGateway =
                request.value("usesRemoteGateway", Values::flag).orElse(true);
        request.end();
        List<NetworkSpace> spaces = prefixes.stream()
                .map(prefix -> new NetworkSpace(prefix, nextHop))
                .toList();
        served.virtualNetwork().addPeering(new NetworkPeering(name, spaces, usesRemoteGateway));
        return ControlVerbs.said("peering " + name + " added; every NVA is asked for its routes again");
    }

    private JsonLine removePeering(ControlRequest request) {
        String name = request.required("name", text -> text);
        request.end();
        if (!served.virtualNetwork().removePeering(name)) {
            throw new ControlRefusal("there is no peering '" + Values.printable(name) + "'");
        }
        return ControlVerbs.said("peering " + name + " removed");
    }

    private JsonLine effective(ControlRequest request, ControlReply reply) throws IOException {
        String table = request.required("table", text -> text);
        request.end();
        long count = 0;
        try (Stream<EffectiveRoute> routes = served.virtualNetwork().effectiveRoutes(table)) {
            for (Iterator<EffectiveRoute> each = routes.iterator(); each.hasNext(); count++) {
                reply.line(line(each.next()));
            }
        }
        return JsonLine.empty().put("count", count);
    }

    private static JsonLine line(EffectiveRoute route) {
        return JsonLine.of("effective")
                .put("network", route.prefix())
                .put("source", Values.dashed(route.source()))
                .put("nextHopType", Values.dashed(route.nextHopKind()))
                .put("nextHops", route.nextHops())
                .put("active", route.isActive())
                .put("reason", Values.dashed(route.reason()))
                .put("rule", route.reason().rule());
    }
}
