package dev.waymark.engine.model;

import dev.waymark.api.PeerRole;
import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What comes of a candidate on its way to a peer (SEMANTICS F). */
final class Export {
    private final Model model;
    private final ModelPeer target;
    private final IpPrefix prefix;

    Export(Model model, ModelPeer target, IpPrefix prefix) {
        this.model = model;
        this.target = target;
        this.prefix = prefix;
    }

    /** Returns whether the target may have the candidate at all: other routes take the place of one that it may not. */
    boolean isOffered(Choice.Candidate candidate) {
        Optional<ModelPeer> source = candidate.source();
        if (source.isPresent() && (source.get() == target || !mayExchange(source.get()))) {
            return false;
        }
        return isHeldBack(candidate) || judged(candidate).isPresent();
    }

    /** ARS-51: seen before export policy could remove the community; nothing takes the place of such a route. */
    private boolean isHeldBack(Choice.Candidate candidate) {
        return isHidden(candidate.received()) || isHidden(candidate.effective());
    }

    /** Returns what the target is sent if this is what was chosen, and offered. */
    Optional<Attrs> sent(Choice.Candidate chosen) {
        Optional<ModelPeer> source = chosen.source();
        if (source.isPresent() && model.isInSystemSpace(prefix)) {
            return Optional.empty(); // ARS-41
        }
        if (isHeldBack(chosen)) {
            return Optional.empty();
        }
        return judged(chosen).filter(attrs -> !isHidden(attrs)).map(attrs -> shaped(attrs, source));
    }

    private Optional<Attrs> judged(Choice.Candidate candidate) {
        Optional<MapSpec> map = target.spec.exportMap().or(() -> model.exportMap);
        if (map.isEmpty()) {
            return model.setup.requirePolicy() ? Optional.empty() : Optional.of(candidate.effective()); // RFC 8212
        }
        boolean isKept = candidate.source().isEmpty() && model.setup.isAzure(); // ARS-63
        return map.get().judge(prefix, candidate.effective(), isKept, model.keptCommunities());
    }

    /** The table of ARS-52. */
    private boolean mayExchange(ModelPeer source) {
        PeerRole from = source.spec.role();
        PeerRole to = target.spec.role();
        if (from == PeerRole.NVA && to == PeerRole.NVA) {
            return true;
        }
        boolean isPointToSite = from == PeerRole.VPN_GATEWAY
                && source.spec.pointToSite().stream().anyMatch(space -> space.contains(prefix));
        if (isPointToSite && to == PeerRole.EXPRESS_ROUTE_GATEWAY) {
            return false;
        }
        return model.branchToBranch && from != to;
    }

    private boolean isHidden(Attrs attrs) {
        boolean isLocal = attrs.communities().contains(Attrs.NO_EXPORT)
                || attrs.communities().contains(Attrs.NO_EXPORT_SUBCONFED);
        return attrs.communities().contains(Attrs.NO_ADVERTISE)
                || (model.setup.honourNoExport() && target.isExternal() && isLocal);
    }

    private Attrs shaped(Attrs attrs, Optional<ModelPeer> source) {
        boolean fromInternal = source.isPresent() && !source.get().isExternal();
        if (!target.isExternal()) {
            Attrs shaped = attrs.withLocalPref(Optional.of(attrs.localPref().orElse(100L)));
            if (fromInternal) { // RFC 4456 §8
                long identifier = model.setup.voice(source.get().spec.number()).identifier();
                List<Long> clusters = new ArrayList<>(attrs.clusters());
                clusters.add(0, Setup.OWN_IDENTIFIER);
                shaped = shaped.withReflection(Optional.of(attrs.originator().orElse(identifier)), clusters);
            }
            return shaped;
        }
        Attrs shaped = attrs.withLocalPref(Optional.empty()).withReflection(Optional.empty(), List.of());
        boolean prepends = target.spec.prependLocalAs().orElse(model.setup.prependLocalAs());
        if (source.isEmpty() || fromInternal || prepends) {
            shaped = shaped.prepended(Setup.OWN_AS);
        }
        if (source.isPresent() && model.setup.nextHopSelf()) {
            shaped = shaped.withNextHop(
                    Setup.ownAddress(attrs.nextHop().family()).orElseThrow());
        }
        return shaped;
    }
}
