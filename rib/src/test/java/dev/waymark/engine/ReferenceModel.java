package dev.waymark.engine;

import dev.waymark.api.NetworkSpace;
import dev.waymark.api.PeerRole;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.AttributesEdit;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.Origin;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.codec.WireAttributes;
import dev.waymark.engine.ReferenceDecision.Candidate;
import dev.waymark.engine.ReferenceDecision.Choice;
import dev.waymark.engine.ReferencePolicy.Judged;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What peers and sinks must hold at rest, reckoned from the rules alone (SEMANTICS D to F): plain collections, every row from
 * nothing each time, no part of the engine.
 */
final class ReferenceModel {
    private final RouteServerConfig config;
    private final ReferencePolicy policy;
    private final ReferenceDecision decision;
    private final Map<IpPrefix, NetworkSpace> networks;
    private final Collection<SimPeer> peers;
    /** What import makes of each peer's routes that go into aggregates. */
    private final Map<SimPeer, Map<IpPrefix, Candidate>> aggregates = new HashMap<>();

    ReferenceModel(SimWorld world) {
        this.config = world.config;
        this.policy = new ReferencePolicy(world);
        this.decision = new ReferenceDecision(world.config, world.preference);
        this.networks = world.networks;
        this.peers = world.upPeers();
        for (SimPeer peer : peers) {
            aggregates.put(peer, aggregates(peer));
        }
    }

    /** Returns what every sink must hold (ARS-32, ARS-41). */
    Map<IpPrefix, List<IpAddress>> programmed() {
        Map<IpPrefix, List<IpAddress>> table = new TreeMap<>();
        for (IpPrefix prefix : prefixes()) {
            Choice choice = choose(prefix);
            if (choice != null && !isInSystemSpace(prefix)) {
                Set<IpAddress> nextHops = new TreeSet<>();
                int most = config.selection().maxNextHops();
                for (Candidate candidate : choice.programmed()) {
                    if (most == 0 || nextHops.size() < most) {
                        nextHops.add(candidate.effective().nextHop());
                    }
                }
                table.put(prefix, List.copyOf(nextHops));
            }
        }
        return table;
    }

    /** Returns what a peer must have been sent (ARS-50 to ARS-56). */
    Map<IpPrefix, PathAttributes> sentTo(SimPeer target) {
        Map<IpPrefix, PathAttributes> table = new TreeMap<>();
        ExportedAggregates made = new ExportedAggregates(target);
        Set<IpPrefix> all = prefixes();
        all.addAll(made.prefixes());
        for (IpPrefix prefix : all) {
            PathAttributes sent = target.speaker.families.contains(prefix.family()) ? sent(prefix, target, made) : null;
            if (sent != null) {
                table.put(prefix, sent);
            }
        }
        return table;
    }

    /**
     * A route of exactly the prefix comes before the aggregate that export policy makes (ARS-62). The peer that the aggregate's next
     * hop comes from is sent one of the others' routes, all others the one of all routes.
     */
    private @Nullable PathAttributes sent(IpPrefix prefix, SimPeer target, ExportedAggregates made) {
        PathAttributes ordinary = resolve(prefix, target, target).route();
        if (resolve(prefix, target, null).route() != null) {
            return ordinary != null ? ordinary : made.of(prefix, target);
        }
        SimPeer nearest = made.nearest(prefix);
        if (made.exists(prefix, null)) {
            boolean isNearest = nearest == target;
            return isNearest && ordinary != null ? ordinary : made.of(prefix, isNearest ? target : null);
        }
        // What is left is for the source of the best alone.
        if (peers.stream().anyMatch(peer -> resolve(prefix, target, peer).route() != null)) {
            return ordinary;
        }
        Optional<SimPeer> first = peers.stream()
                .filter(peer -> made.exists(prefix, peer))
                .min(Comparator.comparing(peer -> peer.config.address()));
        return first.filter(peer -> peer == target).isPresent() ? made.of(prefix, target) : null;
    }

    /** The aggregates that export policy makes for one kind of peers; for each of them, or for none of those that sent routes. */
    private final class ExportedAggregates {
        private final SimPeer kind;
        private final Map<Optional<SimPeer>, Map<IpPrefix, List<Candidate>>> parts = new HashMap<>();

        ExportedAggregates(SimPeer kind) {
            this.kind = kind;
            parts.put(Optional.empty(), collect(null));
            peers.forEach(peer -> parts.put(Optional.of(peer), collect(peer)));
        }

        private Map<IpPrefix, List<Candidate>> collect(@Nullable SimPeer member) {
            Map<IpPrefix, List<Candidate>> collected = new TreeMap<>();
            for (IpPrefix prefix : ReferenceModel.this.prefixes()) {
                Export export = resolve(prefix, kind, member);
                PathAttributes part = export.sent();
                if (part != null && export.aggregate() != null) {
                    collected
                            .computeIfAbsent(export.aggregate(), unused -> new ArrayList<>())
                            .add(new Candidate(export.source(), part, part, false));
                }
            }
            return collected;
        }

        Set<IpPrefix> prefixes() {
            Set<IpPrefix> all = new TreeSet<>();
            parts.values().forEach(each -> all.addAll(each.keySet()));
            return all;
        }

        boolean exists(IpPrefix prefix, @Nullable SimPeer member) {
            return parts(member).containsKey(prefix);
        }

        private Map<IpPrefix, List<Candidate>> parts(@Nullable SimPeer member) {
            return Objects.requireNonNull(parts.get(Optional.ofNullable(member)));
        }

        @Nullable
        SimPeer nearest(IpPrefix prefix) {
            return nearest(parts(null).getOrDefault(prefix, List.of()));
        }

        /** The source of the lowest next hop, of more than one that with the lowest address, the server itself before all. */
        private static @Nullable SimPeer nearest(List<Candidate> all) {
            Comparator<Candidate> order = Comparator.comparing(
                            (Candidate part) -> part.effective().nextHop())
                    .thenComparing(part -> part.source() != null)
                    .thenComparing(part -> part.source() == null
                            ? part.effective().nextHop()
                            : part.peer().config.address());
            return all.stream().min(order).map(Candidate::source).orElse(null);
        }

        @Nullable
        PathAttributes of(IpPrefix prefix, @Nullable SimPeer member) {
            List<Candidate> all = parts(member).getOrDefault(prefix, List.of());
            if (all.isEmpty()) {
                return null;
            }
            return shaped(
                    AggregateModel.merged(
                            config, all.stream().map(Candidate::effective).toList()),
                    nearest(all),
                    kind,
                    true);
        }
    }

    /** Returns one route for each aggregate that import makes of a peer's routes. */
    private Map<IpPrefix, Candidate> aggregates(SimPeer peer) {
        Map<IpPrefix, List<PathAttributes>> parts = new TreeMap<>();
        Map<IpPrefix, Set<Community>> restrictions = new TreeMap<>();
        peer.said.forEach((prefix, received) -> {
            Judged judged = policy.imported(peer, prefix, received);
            if (judged != null && judged.aggregate().isPresent()) {
                IpPrefix aggregate = judged.aggregate().get();
                parts.computeIfAbsent(aggregate, unused -> new ArrayList<>()).add(judged.attributes());
                Set<Community> kept = restrictions.computeIfAbsent(aggregate, unused -> new TreeSet<>());
                List.of(Community.NO_ADVERTISE, Community.NO_EXPORT).stream()
                        .filter(received::hasCommunity)
                        .forEach(kept::add);
            }
        });
        Map<IpPrefix, Candidate> made = new TreeMap<>();
        parts.forEach((aggregate, all) -> {
            PathAttributes effective = AggregateModel.merged(config, all);
            AttributesEdit received = effective.edit();
            Objects.requireNonNull(restrictions.get(aggregate)).forEach(received::addCommunity);
            made.put(aggregate, new Candidate(peer, received.build(), effective, true));
        });
        return made;
    }

    /** Of all, or with per-client best (ARS-34, RFC 7947 2.3) of those that policy lets out and others sent, the best one. */
    private Export resolve(IpPrefix prefix, SimPeer target, @Nullable SimPeer member) {
        List<Candidate> left = new ArrayList<>(candidates(prefix));
        while (!left.isEmpty()) {
            Candidate best = decision.select(left).best();
            SimPeer source = best.source();
            Export export = export(prefix, best, target);
            boolean isItsOwn = source != null && source == member;
            if (!isItsOwn && !export.givesWay()) {
                return export;
            }
            if (!config.selection().perClientBest()) {
                return Export.STAYS;
            }
            if (isItsOwn && !export.givesWay()) {
                left.removeIf(each -> each.source() == member);
            } else {
                left.remove(best);
            }
        }
        return Export.STAYS;
    }

    private Set<IpPrefix> prefixes() {
        Set<IpPrefix> all = new TreeSet<>(networks.keySet());
        for (SimPeer peer : peers) {
            all.addAll(peer.said.keySet());
            all.addAll(aggregatesOf(peer).keySet());
        }
        return all;
    }

    private Map<IpPrefix, Candidate> aggregatesOf(SimPeer peer) {
        return aggregates.getOrDefault(peer, Map.of());
    }

    private boolean isInSystemSpace(IpPrefix prefix) {
        return networks.keySet().stream().anyMatch(space -> space.contains(prefix));
    }

    private @Nullable Choice choose(IpPrefix prefix) {
        List<Candidate> candidates = candidates(prefix);
        return candidates.isEmpty() ? null : decision.select(candidates);
    }

    private List<Candidate> candidates(IpPrefix prefix) {
        List<Candidate> candidates = new ArrayList<>();
        NetworkSpace space = networks.get(prefix);
        if (space != null) {
            IpAddress nextHop = space.nextHop()
                    .or(() -> config.localAddress(prefix.family()))
                    .orElseThrow();
            PathAttributes own = WireAttributes.of(Origin.IGP, AsPath.empty(), nextHop);
            candidates.add(new Candidate(null, own, own, false));
        }
        for (SimPeer peer : peers) {
            Candidate aggregate = aggregatesOf(peer).get(prefix);
            if (aggregate != null) {
                candidates.add(aggregate);
            }
            PathAttributes received = peer.said.get(prefix);
            if (received == null) {
                continue;
            }
            Judged judged = policy.imported(peer, prefix, received);
            if (judged != null && judged.aggregate().isEmpty()) {
                candidates.add(new Candidate(peer, received, judged.attributes(), false));
            }
        }
        return candidates;
    }

    private boolean isExternal(SimPeer peer) {
        return !peer.config.asn().equals(config.localAsn());
    }

    /** What comes of a path on its way to a peer, and whether a refusal lets another path take its place. */
    private record Export(
            @Nullable PathAttributes sent,
            boolean givesWay,
            @Nullable IpPrefix aggregate,
            @Nullable SimPeer source) {
        static final Export STAYS = new Export(null, false, null, null);
        static final Export REFUSED = new Export(null, true, null, null);

        /** What goes to a peer by itself. */
        @Nullable
        PathAttributes route() {
            return aggregate == null ? sent : null;
        }
    }

    /** The rules up to who sent it. */
    private Export export(IpPrefix prefix, Candidate chosen, SimPeer target) {
        SimPeer source = chosen.source();
        if (source != null && isInSystemSpace(prefix)) {
            return Export.STAYS;
        }
        if (source != null && !mayExchange(source.config.role(), target.config.role())) {
            return Export.REFUSED; // ARS-52
        }
        if (isHidden(chosen.received(), target) || isHidden(chosen.effective(), target)) {
            return Export.STAYS; // ARS-51
        }
        if (policy.isWithoutExport(target)) {
            return Export.STAYS; // RFC 8212
        }
        Judged judged = policy.exported(prefix, chosen, target);
        if (judged == null) {
            return Export.REFUSED;
        }
        PathAttributes sent = judged.attributes();
        if (isHidden(sent, target)) {
            return Export.STAYS;
        }
        if (judged.aggregate().isPresent()) {
            return new Export(sent, false, judged.aggregate().get(), source);
        }
        PathAttributes shaped = shaped(sent, source, target, chosen.isAggregate());
        boolean isIpv6 = prefix.family() == AddressFamily.IPV6_UNICAST;
        return shaped.nextHop().isIpv4() == isIpv6 ? Export.REFUSED : new Export(shaped, false, null, source);
    }

    private boolean mayExchange(PeerRole from, PeerRole to) {
        boolean isAmongNvas = from == PeerRole.NVA && to == PeerRole.NVA;
        return isAmongNvas || (config.export().branchToBranch() && from != to);
    }

    private boolean isHidden(PathAttributes attributes, SimPeer target) {
        boolean isLocal =
                attributes.hasCommunity(Community.NO_EXPORT) || attributes.hasCommunity(Community.NO_EXPORT_SUBCONFED);
        return attributes.hasCommunity(Community.NO_ADVERTISE)
                || (config.export().honourNoExport() && isExternal(target) && isLocal);
    }

    private PathAttributes shaped(PathAttributes sent, @Nullable SimPeer source, SimPeer target, boolean isAggregate) {
        AttributesEdit edit = sent.edit();
        if (!isExternal(target)) {
            edit.localPref(sent.localPref().orElse(100)); // ARS-52a
            return edit.build();
        }
        edit.removeLocalPref();
        boolean prepends = target.config.prependLocalAs().orElse(config.export().prependLocalAs());
        if (source == null || isAggregate || !isExternal(source) || prepends) {
            edit.prepend(config.localAsn(), 1);
        }
        if (source != null && config.export().nextHopSelf()) {
            config.localAddress(sent.nextHop().family()).ifPresent(edit::nextHop);
        }
        return edit.build();
    }
}
