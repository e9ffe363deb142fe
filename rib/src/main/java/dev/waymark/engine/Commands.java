package dev.waymark.engine;

import dev.waymark.api.RoutingPreference;
import dev.waymark.spi.RoutePolicy;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Performs what hosts ask for. Throws what the host's call is to throw. Confined to the engine loop. */
final class Commands {
    private static final Object DONE = new Object();

    private final Settings settings;
    private final PeerCommands peers;
    private final Drain drain;
    private final NetworkCommands networks;
    private final GatewayCommands gateways;
    private final PolicyReviews reviews;
    private final Jobs jobs;
    private final List<FamilyRib> ribs;
    private final Views views;
    private final EffectiveRoutes effective;
    private final SinkFeeds sinks;

    Commands(
            Settings settings,
            PeerCommands peers,
            Drain drain,
            NetworkCommands networks,
            GatewayCommands gateways,
            PolicyReviews reviews,
            Jobs jobs,
            List<FamilyRib> ribs,
            Views views,
            EffectiveRoutes effective,
            SinkFeeds sinks) {
        this.settings = settings;
        this.peers = peers;
        this.drain = drain;
        this.networks = networks;
        this.gateways = gateways;
        this.reviews = reviews;
        this.jobs = jobs;
        this.ribs = ribs;
        this.views = views;
        this.effective = effective;
        this.sinks = sinks;
    }

    /** Performs a command and returns its result. */
    @Nullable
    Object perform(Command command, long nowNanos) {
        return switch (command.kind()) {
            case START -> done(() -> peers.startAll(nowNanos));
            case STOP -> done(() -> peers.stopAll(((Command.Stop) command).text(), nowNanos));
            case DRAIN -> {
                Command.Drain asked = (Command.Drain) command;
                yield done(() -> drain.begin(asked.text(), asked.after(), nowNanos));
            }
            case RESUME -> done(() -> drain.resume(nowNanos));
            case PEERS -> peers.snapshots(nowNanos);
            case ADD_PEER -> done(() -> peers.add(((Command.AddPeer) command).peer(), nowNanos));
            case UPDATE_PEER -> done(() -> peers.update(((Command.UpdatePeer) command).peer(), nowNanos));
            case REMOVE_PEER -> peers.remove(((Command.RemovePeer) command).name(), nowNanos);
            case ENABLE_PEER -> {
                Command.EnablePeer enable = (Command.EnablePeer) command;
                yield done(() -> peers.enable(enable.name(), enable.enabled(), nowNanos));
            }
            case RESET_PEER -> {
                Command.ResetPeer reset = (Command.ResetPeer) command;
                yield done(() -> peers.reset(reset.name(), reset.reset(), reset.text(), nowNanos));
            }
            case PEER_DOWN -> {
                Command.PeerDown down = (Command.PeerDown) command;
                yield done(() -> peers.down(down.name(), down.reason(), nowNanos));
            }
            case NETWORKS -> settings.config().networks();
            case ADD_NETWORK -> done(() -> networks.add(((Command.AddNetwork) command).space()));
            case REMOVE_NETWORK -> networks.remove(((Command.RemoveNetwork) command).prefix());
            case CHANGE_NETWORK -> networks.change(((Command.ChangeNetwork) command).change(), nowNanos);
            case CONFIGURATION -> settings.config();
            case VPN_GATEWAYS -> gateways.all();
            case ADD_VPN_GATEWAY -> done(() -> gateways.add(((Command.AddVpnGateway) command).gateway(), nowNanos));
            case UPDATE_VPN_GATEWAY ->
                done(() -> gateways.update(((Command.UpdateVpnGateway) command).gateway(), nowNanos));
            case REMOVE_VPN_GATEWAY -> gateways.remove(((Command.RemoveVpnGateway) command).name(), nowNanos);
            case SET_PREFERENCE -> done(() -> setPreference(((Command.SetPreference) command).preference()));
            case SET_BRANCH_TO_BRANCH -> done(() -> setBranchToBranch(((Command.SetBranchToBranch) command).on()));
            case SET_POLICY -> {
                Command.SetPolicy set = (Command.SetPolicy) command;
                yield setPolicy(set.isImport(), set.policy());
            }
            case PAGE -> {
                Command.Page page = (Command.Page) command;
                yield views.page(page.query(), page.cursor(), page.limit());
            }
            case EFFECTIVE_PAGE -> {
                Command.EffectivePage page = (Command.EffectivePage) command;
                yield effective.page(page.table(), page.cursor(), page.limit());
            }
            case ATTACH_TABLE_SINK -> {
                Command.AttachTableSink attach = (Command.AttachTableSink) command;
                yield done(() -> attach(attach));
            }
            case ATTACH_SINK -> {
                Command.AttachSink attach = (Command.AttachSink) command;
                yield done(() -> sinks.attach(attach.sink(), attach.name()));
            }
            case DETACH_SINK -> sinks.detach(((Command.DetachSink) command).sink());
        };
    }

    private static Object done(Runnable action) {
        action.run();
        return DONE;
    }

    private void attach(Command.AttachTableSink attach) {
        settings.requireTable(attach.table(), "sink." + attach.name());
        sinks.attach(attach.sink(), attach.name(), attach.table());
    }

    private void setPreference(RoutingPreference preference) {
        settings.setPreference(preference);
        jobs.add(new Redecision(ribs));
    }

    private void setBranchToBranch(boolean on) {
        settings.replace(settings.config().toBuilder()
                .export(export -> export.withBranchToBranch(on))
                .build());
        for (FamilyRib rib : ribs) {
            rib.rebuildGroups();
        }
    }

    private long setPolicy(boolean isImport, Optional<RoutePolicy> policy) {
        policy.ifPresent(changed -> changed.check(settings.config()));
        long version = settings.setPolicy(isImport, policy);
        if (isImport) {
            reviews.imports(version);
            return version;
        }
        for (FamilyRib rib : ribs) {
            for (UpdateGroup group : rib.groups()) {
                if (group.key().usesServerPolicy()) {
                    group.changePolicy(policy);
                }
            }
        }
        reviews.exports(version);
        return version;
    }
}
