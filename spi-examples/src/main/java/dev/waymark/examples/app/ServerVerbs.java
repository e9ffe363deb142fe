package dev.waymark.examples.app;

import dev.waymark.api.InstanceConfig;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteServerPair;
import dev.waymark.api.RoutingPreference;
import dev.waymark.api.TwinFinding;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.examples.control.ControlRefusal;
import dev.waymark.examples.control.ControlReply;
import dev.waymark.examples.control.ControlRequest;
import dev.waymark.examples.control.JsonLine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows and changes what is the whole server's: networks, settings, instances. Thread-safe. */
final class ServerVerbs {
    private static final Duration DRAIN = Duration.ofMinutes(1);

    private final Served served;

    ServerVerbs(Served served) {
        this.served = served;
    }

    void addTo(Map<String, ControlVerbs.Verb> verbs) {
        verbs.put("branch-to-branch", (request, reply) -> branchToBranch(request));
        verbs.put("preference", (request, reply) -> preference(request));
        verbs.put("networks", this::networks);
        verbs.put("network-add", (request, reply) -> addNetwork(request));
        verbs.put("network-remove", (request, reply) -> removeNetwork(request));
        verbs.put("instances", this::instances);
        verbs.put("instance-start", (request, reply) -> startInstance(request));
        verbs.put("instance-stop", (request, reply) -> stopInstance(request));
        verbs.put("drain", (request, reply) -> drain(request));
        verbs.put("resume", (request, reply) -> resume(request));
        verbs.put("check", this::check);
    }

    private JsonLine branchToBranch(ControlRequest request) {
        Optional<Boolean> on = request.value("on", Values::flag);
        request.end();
        on.ifPresent(served::setBranchToBranch);
        boolean isOn = on.orElseGet(served::branchToBranch);
        return ControlVerbs.said("branch-to-branch is " + (isOn ? "on" : "off")).put("branchToBranch", isOn);
    }

    private JsonLine preference(ControlRequest request) {
        Optional<RoutingPreference> preference = request.value(
                "preference", text -> Values.oneOf(RoutingPreference.class).parse(text));
        request.end();
        preference.ifPresent(served::setRoutingPreference);
        String now = Values.dashed(preference.orElseGet(served::routingPreference));
        return ControlVerbs.said("the routing preference is " + now).put("preference", now);
    }

    private JsonLine networks(ControlRequest request, ControlReply reply) throws IOException {
        request.end();
        List<NetworkSpace> networks = served.networks();
        for (NetworkSpace network : networks) {
            reply.line(JsonLine.of("network").put("prefix", network.prefix()).put("nextHop", network.nextHop()));
        }
        return JsonLine.empty().put("count", networks.size());
    }

    private JsonLine addNetwork(ControlRequest request) {
        IpPrefix prefix = request.required("prefix", IpPrefix::parse);
        Optional<IpAddress> nextHop = request.value("nextHop", IpAddress::parse);
        request.end();
        served.addNetwork(new NetworkSpace(prefix, nextHop));
        return ControlVerbs.said("network " + prefix + " added");
    }

    private JsonLine removeNetwork(ControlRequest request) {
        IpPrefix prefix = request.required("prefix", IpPrefix::parse);
        request.end();
        if (!served.removeNetwork(prefix)) {
            throw new ControlRefusal("there is no network " + prefix);
        }
        return ControlVerbs.said("network " + prefix + " removed");
    }

    private JsonLine instances(ControlRequest request, ControlReply reply) throws IOException {
        request.end();
        List<InstanceConfig> instances = served.instances();
        for (InstanceConfig instance : instances) {
            RouteServer server = served.instance(instance.name());
            boolean isRunning = InstanceChoice.isRunning(server);
            reply.line(JsonLine.of("instance")
                    .put("name", instance.name())
                    .put("state", isRunning ? "running" : "stopped")
                    .put("zone", instance.zone())
                    .put("addresses", instance.addresses())
                    .put("routerId", server.config().routerId())
                    .put(
                            "listening",
                            isRunning
                                    ? server.listening().stream()
                                            .map(Daemon::text)
                                            .toList()
                                    : List.of()));
        }
        return JsonLine.empty().put("count", instances.size());
    }

    private JsonLine startInstance(ControlRequest request) {
        String name = InstanceChoice.one(served, request);
        request.end();
        served.startInstance(name);
        return ControlVerbs.said(name + " runs");
    }

    private JsonLine stopInstance(ControlRequest request) {
        String name = InstanceChoice.one(served, request);
        String text = request.value("text", PeerVerbs::text).orElse("");
        request.end();
        served.stopInstance(name, text);
        return ControlVerbs.said(name + " is stopped");
    }

    private JsonLine drain(ControlRequest request) {
        String name = InstanceChoice.one(served, request);
        String text = request.value("text", PeerVerbs::text).orElse("");
        Duration after = request.value("after", Values::duration).orElse(DRAIN);
        request.end();
        served.drain(name, text, after);
        return ControlVerbs.said(name + " drains: its routes carry GRACEFUL_SHUTDOWN, its sessions end in "
                + Lengths.of(after.toSeconds()) + "; resume takes it back");
    }

    private JsonLine resume(ControlRequest request) {
        String name = InstanceChoice.one(served, request);
        request.end();
        served.resume(name);
        return ControlVerbs.said(name + " is not drained");
    }

    private JsonLine check(ControlRequest request, ControlReply reply) throws IOException {
        request.end();
        RouteServerPair pair = served.pair()
                .orElseThrow(() ->
                        new ControlRefusal("check compares the two instances of a pair; this server is one instance"));
        List<TwinFinding> findings = pair.check();
        for (TwinFinding finding : findings) {
            reply.line(FindingJson.of(finding, pair.config().instances()));
        }
        return JsonLine.empty().put("count", findings.size());
    }
}
