package dev.waymark.engine;

import dev.waymark.api.NetworkSpace;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RoutingPreference;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.spi.RoutePolicy;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A server, its peers and sinks, and all that was done to them, drawn from a seed. {@link SimActions} acts, {@link
 * ReferenceModel} says what must come of it, {@link SimChecks} compares.
 */
final class SimWorld {
    final Random random;
    final SimSetup setup;
    final SimRoutes routes;
    final RouteServerConfig config;
    final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    final CoreHarness net;
    final List<SimPeer> peers = new ArrayList<>();
    final List<SimPeer> removed = new ArrayList<>();
    final Map<IpPrefix, NetworkSpace> networks = new TreeMap<>();
    final Set<Integer> sinks = new TreeSet<>();
    final AccountAudit audit;
    Optional<RoutePolicy> importPolicy;
    Optional<RoutePolicy> exportPolicy;
    RoutingPreference preference;
    boolean hasFailedSinks;
    /** How many inputs came before anybody looked at outputs. */
    int firstDigested;

    SimWorld(long seed, int peerCount, boolean hasHardLimits) {
        this(seed, peerCount, hasHardLimits, false);
    }

    SimWorld(long seed, int peerCount, boolean hasHardLimits, boolean hasAggregates) {
        this(
                new Random(seed),
                peerCount,
                hasHardLimits,
                hasAggregates ? SimSetup.Kind.AGGREGATES : SimSetup.Kind.PLAIN);
    }

    SimWorld(Random random, int peerCount, boolean hasHardLimits, SimSetup.Kind kind) {
        this.random = random;
        setup = new SimSetup(random, hasHardLimits, kind);
        routes = new SimRoutes(random);
        config = setup.config();
        importPolicy = config.importPolicy();
        exportPolicy = config.exportPolicy();
        preference = config.selection().preference();
        net = new CoreHarness(config, allocator);
        audit = new AccountAudit(net.core.tables());
        net.observer = (now, input, outputs) -> {
            audit.stepped(now, input, outputs);
            noteLag();
        };
        for (SimPeer peer : setup.peers(peerCount)) {
            add(peer);
        }
    }

    /** A peer whose window is full may be told later what it was told before; one that joins may not. */
    private void noteLag() {
        for (SimPeer peer : peers) {
            Peer inside = net.core.tables().peers().byName(peer.name());
            Session session = inside == null ? null : inside.session();
            if (session != null && !peer.speaker.mayRepeat) {
                for (SessionFamily family : session.families()) {
                    Member member = family.member();
                    peer.speaker.mayRepeat |= member != null
                            && (!member.owesEndOfRib() || peer.speaker.takesPathIds) // a row that is owed is told whole
                            && member.owed() > 0;
                    peer.speaker.mayRepeat |= session.window().unsentOctets() > 30_000;
                }
            }
        }
    }

    void add(SimPeer peer) {
        peers.add(peer);
        removed.remove(peer);
        net.call(new Command.AddPeer(peer.config));
    }

    void remove(SimPeer peer) {
        peers.remove(peer);
        removed.add(peer);
        net.call(new Command.RemovePeer(peer.name()));
    }

    List<SimPeer> upPeers() {
        return peers.stream().filter(SimPeer::isUp).toList();
    }

    /** Returns the families that a session with the peer has. */
    Set<AddressFamily> familiesOf(SimPeer peer) {
        Set<AddressFamily> common = EnumSet.copyOf(peer.speaker.families);
        common.retainAll(config.session().families());
        return common;
    }

    boolean isDeaf(SimPeer peer) {
        return net.deaf.contains(peer.speaker.connection);
    }

    /** Lets time pass while all peers that are up keep their sessions alive. */
    void advance(Duration duration) {
        long left = duration.toMillis();
        while (left > 0) {
            long step = Math.min(left, 40_000);
            net.advance(Duration.ofMillis(step));
            left -= step;
            for (SimPeer peer : upPeers()) {
                net.say(peer.speaker, Speaker.keepalive());
            }
        }
    }

    /** Lets everybody listen, and all work come to an end. */
    void rest() {
        for (SimPeer peer : upPeers()) {
            net.listen(peer.speaker);
        }
        net.settle();
        while (!net.sinkCalls.isEmpty()) {
            net.runSink();
            net.settle();
        }
        if (upPeers().stream().anyMatch(peer -> !peer.speaker.unrefreshed.isEmpty())) {
            advance(Duration.ofSeconds(10)); // until what was asked for again may begin
        }
        if (hasFailedSinks) {
            hasFailedSinks = false;
            advance(Duration.ofSeconds(31));
            rest();
        }
    }
}
