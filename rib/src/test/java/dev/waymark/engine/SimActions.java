package dev.waymark.engine;

import dev.waymark.api.NetworkSpace;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.ResetKind;
import dev.waymark.api.RoutingPreference;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import dev.waymark.spi.RoutePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What happens in a simulation, one thing at a time, by chance. */
final class SimActions {
    private final SimWorld world;
    private final CoreHarness net;
    private final Random random;
    private final SimTalk talk;
    /** How often a step is something that peers do other than talking, or the host does: out of 1,000. */
    int disturbances = 150;
    /** How large turns are; 0: by chance. */
    int turnUnits;

    SimActions(SimWorld world) {
        this.world = world;
        this.net = world.net;
        this.random = world.random;
        this.talk = new SimTalk(world);
    }

    /** Does one thing. */
    void act() {
        if (random.nextInt(1_000) < disturbances) {
            disturb();
            return;
        }
        List<SimPeer> up = world.upPeers();
        if (up.isEmpty() || random.nextInt(40) == 0) {
            connectOne();
        } else if (random.nextInt(4) == 0) {
            int drawn = random.nextBoolean() ? 1 + random.nextInt(7) : 1_024;
            net.feed(new Input.Turn(turnUnits == 0 ? drawn : turnUnits));
        } else {
            talk.say(oneOf(up));
        }
    }

    /** Brings up every peer that can be brought up. */
    void connectAll() {
        for (SimPeer peer : world.peers) {
            connect(peer);
        }
    }

    private void connectOne() {
        List<SimPeer> down = new ArrayList<>(world.peers);
        down.removeAll(world.upPeers());
        if (!down.isEmpty()) {
            connect(oneOf(down));
        }
    }

    /** Lets a peer connect if it is not up. */
    void connect(SimPeer peer) {
        if (!peer.isUp()) {
            net.call(new Command.EnablePeer(peer.name(), true));
            peer.config = peer.config.toBuilder().enabled(true).build();
            net.accept(peer.speaker);
            peer.isUp();
        }
    }

    private void disturb() {
        switch (random.nextInt(12)) {
            case 0, 1 -> listenOrNot();
            case 2, 3 -> end();
            case 4 -> changePolicy();
            case 5 -> changeNetworks();
            case 6 -> changePeer();
            case 7 -> removeOrAdd();
            case 8 -> sinks();
            case 9 -> refresh();
            case 10 -> {
                world.preference = oneOf(List.of(RoutingPreference.values()));
                net.call(new Command.SetPreference(world.preference));
            }
            default -> world.advance(Duration.ofMillis(random.nextInt(3_000)));
        }
    }

    private void listenOrNot() {
        List<SimPeer> up = world.upPeers();
        if (up.isEmpty()) {
            return;
        }
        SimPeer peer = oneOf(up);
        if (!world.isDeaf(peer)) {
            net.deaf.add(peer.speaker.connection);
            peer.speaker.mayRepeat = true;
        } else if (random.nextBoolean()) {
            net.hear(peer.speaker, 1 + random.nextInt(20));
        } else {
            net.listen(peer.speaker);
        }
    }

    private void end() {
        List<SimPeer> up = world.upPeers();
        if (up.isEmpty()) {
            return;
        }
        SimPeer peer = oneOf(up);
        switch (random.nextInt(6)) {
            case 0, 1 -> net.kill(peer.speaker);
            case 2 ->
                net.say(
                        peer.speaker,
                        Speaker.notification(NotificationMessage.of(NotificationSubcode.ADMINISTRATIVE_SHUTDOWN)));
            case 3 -> net.call(new Command.ResetPeer(peer.name(), ResetKind.HARD, "by chance"));
            case 4 -> {
                net.call(new Command.EnablePeer(peer.name(), false));
                peer.config = peer.config.toBuilder().enabled(false).build();
            }
            default -> net.call(new Command.PeerDown(peer.name(), "BFD says so"));
        }
        peer.isUp();
        if (random.nextBoolean()) {
            connect(peer);
        }
    }

    private void changePolicy() {
        Optional<RoutePolicy> drawn = random.nextInt(5) == 0 ? Optional.empty() : Optional.of(world.setup.policy());
        boolean isImport = random.nextBoolean();
        if (isImport) {
            world.importPolicy = drawn;
        } else {
            world.exportPolicy = drawn;
        }
        net.call(new Command.SetPolicy(isImport, isImport ? world.importPolicy : world.exportPolicy));
    }

    private void changeNetworks() {
        List<AddressFamily> families = new ArrayList<>(world.config.session().families());
        families.sort(null);
        IpPrefix space = world.routes.space(oneOf(families));
        if (world.networks.remove(space) != null) {
            net.call(new Command.RemoveNetwork(space));
        } else {
            world.networks.put(space, NetworkSpace.of(space));
            net.call(new Command.AddNetwork(world.networks.get(space)));
        }
    }

    private void changePeer() {
        if (world.peers.isEmpty()) {
            return;
        }
        SimPeer peer = oneOf(world.peers);
        PeerConfig changed = world.setup.changed(peer.config);
        peer.isUp();
        peer.speaker.mayRepeat = true;
        peer.config = changed;
        net.call(new Command.UpdatePeer(changed));
    }

    private void removeOrAdd() {
        if (!world.removed.isEmpty()) {
            world.add(oneOf(world.removed));
        } else if (world.peers.size() > 1) {
            SimPeer peer = oneOf(world.peers);
            world.remove(peer);
            peer.isUp();
        }
    }

    private void sinks() {
        int sink = 1 + random.nextInt(3);
        switch (random.nextInt(5)) {
            case 0 -> {
                if (world.sinks.remove(sink)) {
                    net.call(new Command.DetachSink(sink));
                    net.sinks.remove(sink);
                    net.sinkCalls.removeIf(call -> call.sink() == sink);
                }
            }
            case 1, 2 -> {
                if (world.sinks.add(sink)) {
                    net.call(new Command.AttachSink(sink, "sink" + sink));
                }
            }
            case 3 -> {
                net.autoSink = !net.autoSink;
                while (net.autoSink && !net.sinkCalls.isEmpty()) {
                    net.runSink();
                }
            }
            default -> {
                if (!net.sinkCalls.isEmpty() && turnUnits == 0) {
                    world.hasFailedSinks = true;
                    net.feed(new Input.SinkReady(net.sinkCalls.remove().sink(), "a sink that fails"));
                }
            }
        }
    }

    /** The server asks for routes, or sends its own again, because the host wants it. */
    private void refresh() {
        List<SimPeer> up = world.upPeers();
        if (up.isEmpty()) {
            return;
        }
        SimPeer peer = oneOf(up);
        boolean isOut = random.nextBoolean();
        if (isOut) {
            peer.speaker.mayRepeat = true;
            peer.speaker.unrefreshed.addAll(peer.speaker.routes.keySet());
        }
        net.call(new Command.ResetPeer(peer.name(), isOut ? ResetKind.SOFT_OUT : ResetKind.SOFT_IN, ""));
    }

    private <T> T oneOf(List<T> list) {
        return SimSetup.oneOf(random, list);
    }
}
