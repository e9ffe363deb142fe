package dev.waymark.engine;

import dev.waymark.api.ExtensionSettings;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.VpnGateway;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.bgp.codec.UpdateDecoder;
import dev.waymark.rib.DecisionProcess;
import dev.waymark.rib.NextHopSets;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/**
 * A route server as a value: {@code step(now, input) -> outputs} (DESIGN §1). It has no thread, socket, clock, log or
 * callback, policies apart, which are pure functions. The same inputs at the same times give the same outputs, octet for
 * octet. One input is applied whole; {@link Input.Turn} runs timers, flushes what changed, and goes on with background work.
 *
 * <p>Confined to one thread at a time, the engine loop.
 */
final class RouteServerCore {
    private static final long FAR_NANOS = 3_600_000_000_000L;

    private final Outbox out = new Outbox();
    private final Settings settings;
    private final Sessions sessions;
    private final Receiver receiver;
    private final Commands commands;
    private final Turns turns;
    private final Drain drain;
    private final SinkFeeds sinks;
    private final PeerViews peerViews;
    private final Tables tables;

    /** What a core holds, for tests that look at it from inside. */
    record Tables(
            List<FamilyRib> ribs, Slots slots, Peers peers, Links links, AttributeTable attributes, NextHopSets sets) {}

    RouteServerCore(RouteServerConfig config, ByteBufAllocator allocator) {
        settings = new Settings(config);
        AttributeTable attributes = new AttributeTable(config.localAsn().bits(), config.seed());
        NextHopSets sets = new NextHopSets(config.seed());
        Slots slots = new Slots(settings);
        Peers peers = new Peers();
        PolicyCalls policies = new PolicyCalls(attributes);
        AttributeMetrics metrics = new AttributeMetrics(attributes);
        PrefixCap cap = new PrefixCap(config.limits().totalPrefixes(), slots);
        List<FamilyRib> ribs = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) {
            if (config.session().families().contains(family)) {
                ribs.add(new FamilyRib(family, metrics, sets, cap, config.seed()));
            }
        }
        Jobs jobs = new Jobs();
        Links links = new Links();
        tables = new Tables(ribs, slots, peers, links, attributes, sets);
        EventBursts bursts = new EventBursts();
        Revisions revisions = new Revisions();
        SystemSpaces spaces = new SystemSpaces();
        PeerMemory memory = new PeerMemory(attributes, config.limits());
        ExtensionSettings extensions = config.session().extensions();
        Restarts restarts = new Restarts(extensions.gracefulRestart(), ribs, jobs, new LongLivedTag(attributes), out);
        Membership membership = new Membership(settings, ribs, slots, jobs, metrics, memory, restarts, out);
        Refreshes refreshes = new Refreshes(ribs, jobs, extensions.refreshStaleTime(), out);
        ImportRules imports = new ImportRules(settings, attributes, policies);
        AggregateAttributes merge = new AggregateAttributes(settings, attributes);
        ImportAggregates aggregates = new ImportAggregates(attributes, merge, slots, memory, bursts);
        ExportRules exports = new ExportRules(settings, attributes, slots, policies, merge);
        sinks = new SinkFeeds(ribs, sets, revisions);
        sessions = new Sessions(
                peers, links, new Performer(settings, links, membership, out), new Gate(settings, links), out);
        receiver = new Receiver(
                sessions,
                new UpdateDecoder(attributes),
                new Importer(ribs, imports, aggregates, memory, bursts, restarts, out),
                refreshes,
                bursts,
                out);
        SendCaps caps = new SendCaps(ribs, sessions, out);
        peerViews = new PeerViews(peers);
        List<FamilyTurn> families = new ArrayList<>();
        List<Decisions> deciders = new ArrayList<>();
        for (FamilyRib rib : ribs) {
            DecisionProcess process = new DecisionProcess(
                    rib.paths(), metrics, slots, config.selection().mode(), settings.longLivedRestart());
            Decisions decisions = new Decisions(
                    rib, families.size(), attributes, process, spaces, sets, exports, caps, sinks.feeds(), settings);
            deciders.add(decisions);
            families.add(new FamilyTurn(rib, aggregates, decisions, attributes, allocator));
        }
        turns = new Turns(
                sessions,
                new MemoryGuard(config.limits(), peers, memory, sessions, out),
                refreshes,
                restarts,
                membership,
                families,
                caps,
                jobs,
                sinks,
                new RowCollector(ribs, sinks.feeds()),
                cap,
                ribs,
                bursts,
                attributes,
                sets,
                peerViews,
                out);
        Views views = new Views(settings, ribs, slots, peers, attributes, sets, revisions, imports);
        PolicyReviews reviews = new PolicyReviews(ribs, slots, imports, aggregates, bursts, jobs, out);
        OwnNetworks networks = new OwnNetworks(settings, ribs, attributes, spaces, jobs);
        PeerCommands peerCommands =
                new PeerCommands(settings, peers, sessions, refreshes, membership, reviews, peerViews, out);
        drain = new Drain(settings, ribs, peerCommands, out);
        StaticRoutes statics = new StaticRoutes(settings, ribs, attributes, slots);
        for (VpnGateway gateway : config.vpnGateways()) {
            statics.add(gateway);
        }
        GatewayCommands gateways = new GatewayCommands(settings, peerCommands, statics, membership);
        commands = new Commands(
                settings,
                peerCommands,
                drain,
                new NetworkCommands(settings, networks, sinks, peerCommands),
                gateways,
                reviews,
                jobs,
                ribs,
                views,
                new EffectiveRoutes(settings, ribs, deciders, spaces, sets, revisions),
                sinks);
        for (PeerConfig peer : config.peers()) {
            peerCommands.adopt(peer, 0);
        }
    }

    /**
     * Applies one input at a time that never goes back. The outputs are valid until the next step; when the next turn is due,
     * and whether one now would find work, is said after each {@link Input.Turn}.
     */
    Outbox step(long nowNanos, Input input) {
        out.clear();
        if (input instanceof Input.Turn turn) {
            drain.turn(nowNanos);
            turns.turn(nowNanos, turn.units(), turn.isBusy());
            turns.plan(drain.nextDeadlineNanos(nowNanos + FAR_NANOS));
            return out;
        }
        if (input instanceof Input.Flush) {
            turns.flush();
            return out;
        }
        turns.happened();
        if (input instanceof Input.Bytes bytes) {
            Link link = sessions.link(bytes.connection());
            if (link != null) {
                receiver.receive(link, bytes.octets(), bytes.offset(), bytes.length(), nowNanos);
            }
        } else if (input instanceof Input.Taken taken) {
            sessions.taken(taken.connection(), taken.octets(), nowNanos);
        } else if (input instanceof Input.Accepted accepted) {
            sessions.accepted(accepted.connection(), accepted.remote(), nowNanos);
        } else if (input instanceof Input.Opened opened) {
            sessions.opened(opened.connection(), nowNanos);
        } else if (input instanceof Input.Closed closed) {
            sessions.closed(closed.connection(), closed.cause(), nowNanos);
        } else if (input instanceof Input.Polled polled) {
            sessions.polled(polled.connection());
        } else if (input instanceof Input.SinkReady ready) {
            sinks.ready(ready.sink(), nowNanos, ready.error(), out);
        } else if (input instanceof Input.Called called) {
            call(called, nowNanos);
        }
        return out;
    }

    /** Returns what this core holds. */
    Tables tables() {
        return tables;
    }

    private void call(Input.Called called, long nowNanos) {
        try {
            out.add(new Output.Reply(called.id(), commands.perform(called.command(), nowNanos), null));
        } catch (IllegalArgumentException | IllegalStateException refused) {
            out.add(new Output.Reply(called.id(), null, refused));
        }
    }
}
