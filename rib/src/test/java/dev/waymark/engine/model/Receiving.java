package dev.waymark.engine.model;

import dev.waymark.api.RejectReason;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an UPDATE does (SEMANTICS C, and of ERROR-HANDLING 5 what is needed to say it). */
final class Receiving {
    private final Model model;

    Receiving(Model model) {
        this.model = model;
    }

    void say(Step.Say say) {
        ModelPeer peer = model.peers.get(say.peer());
        if (peer == null || !peer.isUp || !model.setup.families(say.peer()).contains(say.family())) {
            return;
        }
        List<IpPrefix> announced = new ArrayList<>(say.announced());
        announced.removeIf(Receiving::isMulticast);
        List<IpPrefix> withdrawn = new ArrayList<>(say.withdrawn());
        withdrawn.removeIf(Receiving::isMulticast);
        withdrawn.removeAll(say.announced()); // RFC 4271 §4.3: announced wins
        Ledger ledger = peer.ledger(say.family());
        ledger.ignored += say.announced().size() - announced.size();
        ledger.withdrawn += withdrawn.size();
        Optional<Batch> batch = Optional.ofNullable(peer.batches.get(say.family()));
        if (!announced.isEmpty() || !withdrawn.isEmpty()) {
            batch.ifPresent(each -> each.update(model.now));
        }
        withdrawn.forEach(prefix -> remove(peer, prefix));
        if (announced.isEmpty()) {
            return;
        }
        Attrs attrs = say.attrs().orElseThrow();
        if (isMalformed(peer, attrs, say.flaw())) {
            ledger.treatedAsWithdraw += announced.size();
            announced.forEach(prefix -> remove(peer, prefix));
            return;
        }
        Attrs received = peer.isExternal()
                ? attrs.withLocalPref(Optional.empty()).withReflection(Optional.empty(), List.of())
                : attrs;
        announce(peer, say.family(), announced, received, ledger, batch);
    }

    private void announce(
            ModelPeer peer,
            AddressFamily family,
            List<IpPrefix> announced,
            Attrs received,
            Ledger ledger,
            Optional<Batch> batch) {
        Set<Integer> refused = Set.of();
        if (batch.isPresent()) {
            Batch.Outcome outcome = batch.get()
                    .check(
                            model.now,
                            announced,
                            peer.held(family, false),
                            peer.held(family, true),
                            prefix -> model.judge(peer, prefix, received).isAccepted());
            outcome.event().ifPresent(event -> model.told(peer, family, event));
            if (outcome.isTornDown()) {
                peer.down(model.now);
                peer.rest(model.now, batch.get().limit());
                return;
            }
            refused = outcome.refused();
        }
        for (int i = 0; i < announced.size(); i++) {
            if (refused.contains(i)) {
                ledger.refusedByLimit++;
            } else {
                store(peer, announced.get(i), received, ledger);
            }
        }
    }

    private void store(ModelPeer peer, IpPrefix prefix, Attrs received, Ledger ledger) {
        ModelPeer.Heard judged = model.judge(peer, prefix, received);
        if (judged.isAccepted() && !model.room.admits(prefix)) {
            judged = new ModelPeer.Heard(received, judged.effective(), Optional.of(RejectReason.TOTAL_LIMIT));
        }
        ModelPeer.Heard before = peer.heard.put(prefix, judged);
        ledger.replaced += before != null && before.isAccepted() ? 1 : 0;
        ledger.arrived(judged.refusal());
        Set<IpPrefix> stale = peer.stale.get(prefix.family());
        if (stale != null) {
            stale.remove(prefix);
        }
        if (judged.isAccepted()) {
            model.room.letIn(prefix);
        } else {
            model.room.forget(prefix);
        }
    }

    private void remove(ModelPeer peer, IpPrefix prefix) {
        ModelPeer.Heard before = peer.heard.remove(prefix);
        if (before != null) {
            peer.ledger(prefix.family()).removed += before.isAccepted() ? 1 : 0;
            Batch batch = peer.batches.get(prefix.family());
            if (batch != null) {
                batch.withdrawn(prefix);
            }
            model.room.forget(prefix);
        }
    }

    /** Ends a refresh: what was not said again goes (RFC 7313 §4). */
    void endRefresh(ModelPeer peer, AddressFamily family) {
        Batch batch = peer.batches.get(family);
        if (batch != null) {
            batch.close();
        }
        peer.staleUntil.remove(family);
        Set<IpPrefix> stale = peer.stale.remove(family);
        if (stale != null) {
            stale.forEach(prefix -> remove(peer, prefix));
        }
    }

    private static boolean isMulticast(IpPrefix prefix) {
        return prefix.family() == AddressFamily.IPV4_UNICAST && prefix.length() >= 4 && prefix.high() >>> 60 == 0xe;
    }

    private static boolean isMalformed(ModelPeer peer, Attrs attrs, Step.Flaw flaw) {
        boolean isBad = flaw == Step.Flaw.BAD_ORIGIN || flaw == Step.Flaw.BAD_COMMUNITIES;
        boolean isForeign = peer.isExternal()
                && peer.spec.enforceFirstAs().orElse(true)
                && !attrs.path().stream()
                        .findFirst()
                        .filter(first -> first == peer.spec.asn())
                        .isPresent();
        boolean isEmpty = peer.isExternal() && attrs.path().isEmpty();
        return isBad || isForeign || isEmpty || attrs.path().contains(0L) || !isUsable(attrs.nextHop());
    }

    /** ARS-33. */
    private static boolean isUsable(IpAddress nextHop) {
        if (nextHop.equals(Setup.OWN_ADDRESS) || nextHop.equals(Setup.OWN_IPV6_ADDRESS)) {
            return false;
        }
        byte[] octets = nextHop.toBytes();
        int first = octets[0] & 0xff;
        if (nextHop.isIpv4()) {
            return first != 0 && first != 127 && first < 224;
        }
        boolean isUnspecifiedOrLoopback = nextHop.high() == 0 && (nextHop.low() == 0 || nextHop.low() == 1);
        return first != 0xff && !isUnspecifiedOrLoopback;
    }
}
