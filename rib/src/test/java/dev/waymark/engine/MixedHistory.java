package dev.waymark.engine;

import dev.waymark.api.VpnGateway;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What happens in {@link MixedFeaturesTest}, beside what {@link SimActions} does. */
final class MixedHistory {
    final SimWorld world;
    private final SimActions actions;
    private final Random random;
    private final Map<String, VpnGateway> gateways = new TreeMap<>();
    boolean isBranchToBranch;

    MixedHistory(SimWorld world) {
        this.world = world;
        this.actions = new SimActions(world);
        this.random = world.random;
        this.isBranchToBranch = world.config.export().branchToBranch();
        actions.connectAll();
        for (int sink = 1; sink <= 2; sink++) {
            world.sinks.add(sink);
            world.net.call(new Command.AttachSink(sink, "sink" + sink));
        }
    }

    /** Lets as many things happen. */
    void live(int steps) {
        actions.disturbances = random.nextInt(250);
        for (int i = 0; i < steps; i++) {
            act();
        }
    }

    private void act() {
        int drawn = random.nextInt(1_000);
        if (drawn < 40) {
            changeGateway();
        } else if (drawn < 80) {
            restart();
        } else if (drawn < 90) {
            world.advance(Duration.ofSeconds(random.nextInt(200)));
        } else if (drawn < 100) {
            drain();
        } else if (drawn < 105) {
            isBranchToBranch = !isBranchToBranch;
            world.net.call(new Command.SetBranchToBranch(isBranchToBranch));
        } else {
            actions.act();
        }
    }

    /** A peer is lost and, mostly, comes back, perhaps as another; what it says then is part of the rest of the history. */
    private void restart() {
        List<SimPeer> up = world.upPeers();
        if (up.isEmpty()) {
            return;
        }
        SimPeer peer = SimSetup.oneOf(random, up);
        world.net.kill(peer.speaker);
        peer.isUp();
        if (random.nextInt(3) == 0) {
            world.advance(Duration.ofSeconds(random.nextInt(100)));
        } else if (random.nextBoolean()) {
            world.net.feed(new Input.Turn(1 + random.nextInt(7)));
        }
        if (random.nextInt(4) == 0) {
            peer.speaker.extras = MixedSetup.restartCapabilities(random);
            MixedSetup.offerAddPath(peer, random);
        }
        if (random.nextInt(6) == 0) {
            peer.speaker.routerId = dev.waymark.api.net.RouterId.parse("10.0.1." + (100 + random.nextInt(100)));
        }
        if (world.peers.contains(peer) && random.nextInt(8) > 0) {
            actions.connect(peer);
        }
        for (AddressFamily family : AddressFamily.values()) {
            if (peer.isUp() && random.nextInt(4) == 0) {
                world.net.say(peer.speaker, Speaker.endOfRib(family));
            }
        }
    }

    private void changeGateway() {
        int number = 1 + random.nextInt(3);
        VpnGateway drawn = MixedSetup.gateway(
                random, world.routes, number, world.config.session().families());
        VpnGateway before = gateways.get(drawn.name());
        if (before == null) {
            gateways.put(drawn.name(), drawn);
            world.net.call(new Command.AddVpnGateway(drawn));
        } else if (random.nextBoolean()) {
            gateways.put(drawn.name(), drawn);
            world.net.call(new Command.UpdateVpnGateway(drawn));
        } else {
            gateways.remove(drawn.name());
            world.net.call(new Command.RemoveVpnGateway(drawn.name()));
        }
    }

    private void drain() {
        world.net.call(new Command.Drain("by chance", Duration.ofSeconds(1 + random.nextInt(20))));
        if (random.nextBoolean()) {
            live(random.nextInt(10));
        }
        world.net.call(new Command.Resume());
        world.upPeers();
    }

    /** Takes away all there is; what is kept of lost sessions goes by itself, or with its peer. */
    void end() {
        for (SimPeer peer : List.copyOf(world.peers)) {
            if (random.nextBoolean()) {
                world.remove(peer);
            } else if (peer.isUp()) {
                world.net.kill(peer.speaker);
            }
            peer.isUp();
        }
        for (IpPrefix space : List.copyOf(world.networks.keySet())) {
            world.networks.remove(space);
            world.net.call(new Command.RemoveNetwork(space));
        }
        for (String gateway : List.copyOf(gateways.keySet())) {
            world.net.call(new Command.RemoveVpnGateway(gateway));
        }
        world.advance(MixedSetup.LONGEST);
        rest();
    }

    /** Lets all come to rest, and again, since time may pass that ends what is kept. */
    void rest() {
        world.rest();
        world.rest();
    }

    /** Has everything judged, chosen and exported again, under the same rules. */
    void redoAll() {
        world.net.call(new Command.SetPreference(world.preference));
        world.net.call(new Command.SetBranchToBranch(isBranchToBranch));
        world.net.call(new Command.SetPolicy(true, world.importPolicy));
        rest();
    }
}
