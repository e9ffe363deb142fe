package dev.waymark.examples.app;

import dev.waymark.api.InstanceConfig;
import dev.waymark.api.PairPeer;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.ResetKind;
import dev.waymark.examples.control.ControlRefusal;
import dev.waymark.examples.control.ControlReply;
import dev.waymark.examples.control.ControlRequest;
import dev.waymark.examples.control.JsonLine;
import dev.waymark.spi.RoutePolicy;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;

/** Shows peers and changes them (ARS-74). Changes last until the server ends: its file stays as it is. Thread-safe. */
final class PeerVerbs {
    private static final int TEXT_OCTETS = 255;

    private final Served served;
    private final ValueParser<RoutePolicy> policies;

    PeerVerbs(Served served, ValueParser<RoutePolicy> policies) {
        this.served = served;
        this.policies = policies;
    }

    void addTo(Map<String, ControlVerbs.Verb> verbs) {
        verbs.put("peers", this::peers);
        verbs.put("peer", this::peer);
        verbs.put("peer-add", (request, reply) -> add(request));
        verbs.put("peer-update", (request, reply) -> update(request));
        verbs.put("peer-remove", (request, reply) -> remove(request));
        verbs.put("enable", (request, reply) -> enable(request, true));
        verbs.put("disable", (request, reply) -> enable(request, false));
        verbs.put("reset", (request, reply) -> reset(request));
    }

    private JsonLine peers(ControlRequest request, ControlReply reply) throws IOException {
        Optional<String> instance = InstanceChoice.optional(served, request);
        request.end();
        List<PairPeer> peers = served.peers();
        for (PairPeer peer : peers) {
            write(peer, instance, reply);
        }
        return JsonLine.empty().put("count", peers.size());
    }

    private JsonLine peer(ControlRequest request, ControlReply reply) throws IOException {
        PairPeer peer = request.required("peer", this::existing);
        Optional<String> instance = InstanceChoice.optional(served, request);
        request.end();
        write(peer, instance, reply);
        return JsonLine.empty().put("count", 1);
    }

    private void write(PairPeer peer, Optional<String> chosen, ControlReply reply) throws IOException {
        for (InstanceConfig instance : served.instances()) {
            if (chosen.isEmpty() || chosen.get().equals(instance.name())) {
                reply.line(PeerJson.of(peer, instance, served.pair().isPresent()));
            }
        }
    }

    private JsonLine add(ControlRequest request) {
        String settings = request.required("settings", text -> text);
        request.end();
        PeerConfig peer = read(settings, Optional.empty());
        served.addPeer(peer);
        return ControlVerbs.said("peer " + peer.name() + " added: " + peer.address() + ", AS " + peer.asn());
    }

    private JsonLine update(ControlRequest request) {
        PairPeer peer = request.required("peer", this::existing);
        String settings = request.value("settings", text -> text).orElse("{}");
        List<String> unset =
                request.value("unset", text -> List.of(text.split(",", -1))).orElse(List.of());
        request.end();
        PeerConfig base = PeerDefaults.unset(peer.config(), unset);
        served.updatePeer(read(settings, Optional.of(base)));
        return ControlVerbs.said("peer " + peer.config().name() + " updated");
    }

    /** Reads the keys that a peer has in the configuration file. */
    private PeerConfig read(String settings, Optional<PeerConfig> base) {
        Problems problems = new Problems("peer");
        try {
            Optional<Node> node = ConfigReader.compose(settings, problems);
            PeerReader reader = new PeerReader(served.config().toBuilder(), policies, problems);
            Optional<PeerConfig> peer = node.flatMap(mapping -> reader.peer(mapping, base));
            problems.check();
            return peer.orElseThrow(() -> new ControlRefusal("settings: is empty"));
        } catch (ConfigFileException e) {
            throw new ControlRefusal(
                    e.problems().stream().map(ConfigProblem::message).collect(Collectors.joining("; ")));
        }
    }

    private JsonLine remove(ControlRequest request) {
        String name = request.required("peer", this::existing).config().name();
        request.end();
        served.removePeer(name);
        return ControlVerbs.said("peer " + name + " removed");
    }

    private JsonLine enable(ControlRequest request, boolean enabled) {
        String name = request.required("peer", this::existing).config().name();
        request.end();
        served.setPeerEnabled(name, enabled);
        return ControlVerbs.said("peer " + name + (enabled ? " enabled" : " disabled"));
    }

    private JsonLine reset(ControlRequest request) {
        ResetKind kind =
                request.required("kind", text -> Values.oneOf(ResetKind.class).parse(text));
        boolean isAll = request.value("all", Values::flag).orElse(false);
        Optional<PairPeer> peer = request.value("peer", this::existing);
        Optional<String> instance = InstanceChoice.optional(served, request);
        String text = request.value("text", PeerVerbs::text).orElse("");
        request.end();
        if (isAll == peer.isPresent()) {
            throw new ControlRefusal("reset wants a peer or all");
        }
        if (!text.isEmpty() && kind != ResetKind.HARD) {
            throw new ControlRefusal("a text goes with a hard reset only: the others send no NOTIFICATION");
        }
        List<String> names = peer.map(List::of).orElseGet(served::peers).stream()
                .map(one -> one.config().name())
                .toList();
        for (String name : names) {
            if (instance.isPresent()) {
                served.instance(instance.get()).resetPeer(name, kind, text);
            } else {
                served.resetPeer(name, kind, text);
            }
        }
        return ControlVerbs.said(
                "reset " + Values.dashed(kind) + ": " + (names.isEmpty() ? "no peers" : String.join(", ", names)));
    }

    /** Returns a text for a NOTIFICATION (RFC 9003). */
    static String text(String text) {
        int octets = text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        if (octets > TEXT_OCTETS) {
            throw new ControlRefusal("the text has " + octets + " octets; allowed are " + TEXT_OCTETS + " (RFC 9003)");
        }
        return text;
    }

    private PairPeer existing(String name) {
        List<PairPeer> peers = served.peers();
        return peers.stream()
                .filter(peer -> peer.config().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ControlRefusal(ViewVerbs.noSuchPeer(
                        name, peers.stream().map(peer -> peer.config().name()).toList())));
    }
}
