package dev.waymark.engine;

import dev.waymark.api.InstanceConfig;
import dev.waymark.api.PairPeer;
import dev.waymark.api.PeerRole;
import dev.waymark.api.PeerSnapshot;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.RoutePage;
import dev.waymark.api.RouteQuery;
import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteView;
import dev.waymark.api.SessionState;
import dev.waymark.api.TwinFinding;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.rib.IntColumn;
import dev.waymark.rib.PrefixTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Looks for what two instances lack to stand in for each other (ARS-3). Reads views a page at a time and keeps, of each prefix,
 * its key and some numbers only. For one thread, any but a loop.
 */
final class TwinChecker {
    private static final int PAGE = 4_096;
    private static final int MANY = -1;

    private final InstanceConfig first;
    private final InstanceConfig second;
    private final RouteServer firstServer;
    private final RouteServer secondServer;
    private final List<TwinFinding> findings = new ArrayList<>();

    TwinChecker(InstanceConfig first, RouteServer firstServer, InstanceConfig second, RouteServer secondServer) {
        this.first = first;
        this.firstServer = firstServer;
        this.second = second;
        this.secondServer = secondServer;
    }

    /** Returns what was found, in the order of the peers, then of the families. */
    List<TwinFinding> check(List<PairPeer> peers, Collection<AddressFamily> families) {
        for (PairPeer peer : peers) {
            boolean isUpOnFirst = isUp(peer, first);
            if (isUpOnFirst != isUp(peer, second)) {
                findings.add(new TwinFinding.OneInstanceOnly(
                        peer.config().identity(), isUpOnFirst ? first : second, isUpOnFirst ? second : first));
            }
        }
        for (AddressFamily family : AddressFamily.values()) {
            if (families.contains(family)) {
                check(peers, family);
            }
        }
        return List.copyOf(findings);
    }

    private static boolean isUp(PairPeer peer, InstanceConfig instance) {
        PeerSnapshot snapshot = peer.instances().get(instance.name());
        return snapshot != null && snapshot.state() == SessionState.ESTABLISHED;
    }

    private void check(List<PairPeer> peers, AddressFamily family) {
        Providers providers = new Providers(family);
        for (int i = 0; i < peers.size(); i++) {
            PairPeer peer = peers.get(i);
            int provider = i + 1;
            boolean isNva = peer.config().role() == PeerRole.NVA;
            Consumer<RouteEntry> provide = isNva ? entry -> providers.add(entry, provider) : entry -> {};
            TwinRoutes twins = new TwinRoutes(family);
            boolean isOnFirst = isUp(peer, first) && read(firstServer, peer, family, provide.andThen(twins::first));
            boolean isOnSecond = isUp(peer, second) && read(secondServer, peer, family, provide.andThen(twins::second));
            if (isOnFirst && isOnSecond) {
                twins.finding(peer.config().identity()).ifPresent(findings::add);
            }
        }
        providers.find(peers);
    }

    /** Reads what a peer sends an instance; returns false if the instance or the peer goes meanwhile. */
    private static boolean read(RouteServer server, PairPeer peer, AddressFamily family, Consumer<RouteEntry> each) {
        RouteQuery query =
                RouteQuery.of(RouteView.RECEIVED, peer.config().name()).withFamily(family);
        try {
            OptionalInt next = OptionalInt.of(0);
            while (next.isPresent()) {
                RoutePage page = server.page(query, next.getAsInt(), PAGE);
                for (RouteEntry entry : page.entries()) {
                    if (!entry.isLeaving()) {
                        each.accept(entry);
                    }
                }
                next = page.next();
            }
            return true;
        } catch (IllegalStateException | IllegalArgumentException gone) {
            return false;
        }
    }

    /** Which NVA provides a prefix: its number, or that there are several. */
    private final class Providers {
        private final PrefixTable prefixes;
        private final IntColumn provider = new IntColumn(0);

        Providers(AddressFamily family) {
            this.prefixes = new PrefixTable(family, 0);
        }

        void add(RouteEntry entry, int number) {
            if (entry.rejectReason().isEmpty()) {
                int row = prefixes.findOrAdd(entry.prefix());
                int before = provider.get(row);
                provider.set(row, before == 0 || before == number ? number : MANY);
            }
        }

        void find(List<PairPeer> peers) {
            List<PrefixSample> alone = new ArrayList<>();
            peers.forEach(peer -> alone.add(new PrefixSample()));
            for (int row = 0; row < prefixes.rowLimit(); row++) {
                if (provider.get(row) != MANY) {
                    alone.get(provider.get(row) - 1).add(prefixes.prefix(row));
                }
            }
            for (int i = 0; i < peers.size(); i++) {
                if (!alone.get(i).isEmpty()) {
                    findings.add(new TwinFinding.SingleNva(
                            peers.get(i).config().identity(),
                            prefixes.family(),
                            alone.get(i).prefixes()));
                }
            }
        }
    }
}
