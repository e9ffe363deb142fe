package dev.waymark.engine.model;

import dev.waymark.api.NetworkSpace;
import dev.waymark.api.net.AddressFamily;
import java.util.List;
import java.util.Optional;

/** What everything but an UPDATE does. */
final class Doing {
    private final Model model;

    Doing(Model model) {
        this.model = model;
    }

    void act(Step step) {
        if (step instanceof Step.Add add) {
            model.peers.putIfAbsent(add.peer().number(), new ModelPeer(add.peer()));
        } else if (step instanceof Step.Remove remove) {
            model.peers.remove(remove.peer());
        } else if (step instanceof Step.Update update) {
            update(update.peer());
        } else if (step instanceof Step.Pass pass) {
            pass(pass.millis());
        } else if (step instanceof Step.AddNetwork add) {
            model.networks.putIfAbsent(add.prefix(), new NetworkSpace(add.prefix(), add.nextHop()));
        } else if (step instanceof Step.RemoveNetwork remove) {
            model.networks.remove(remove.prefix());
        } else if (step instanceof Step.Prefer prefer) {
            model.setPreference(prefer.preference());
        } else if (step instanceof Step.Branches branches) {
            model.branchToBranch = branches.on();
        } else if (step instanceof Step.Policy policy) {
            model.setPolicy(policy.isImport(), policy.map());
        } else if (step instanceof Step.Sink sink) {
            if (!model.sinks().remove(sink.sink())) {
                model.sinks().add(sink.sink());
            }
        } else {
            actOnPeer(step);
        }
    }

    private void actOnPeer(Step step) {
        if (step instanceof Step.Enable enable) {
            peer(enable.peer()).ifPresent(peer -> enable(peer, enable.on()));
        } else if (step instanceof Step.Connect connect) {
            peer(connect.peer()).ifPresent(this::connect);
        } else if (step instanceof Step.Cut cut) {
            up(cut.peer()).ifPresent(peer -> cut(peer, cut.how()));
        } else if (step instanceof Step.EndOfRib end) {
            up(end.peer()).ifPresent(peer -> closeBatch(peer, end.family()));
        } else if (step instanceof Step.Mark mark) {
            up(mark.peer()).ifPresent(peer -> mark(peer, mark));
        } else if (step instanceof Step.Soft soft && soft.in()) {
            up(soft.peer()).ifPresent(peer -> peer.batches.values().forEach(Batch::close)); // ARS-21
        }
    }

    private Optional<ModelPeer> peer(int number) {
        return Optional.ofNullable(model.peers.get(number));
    }

    private Optional<ModelPeer> up(int number) {
        return peer(number).filter(peer -> peer.isUp);
    }

    private void update(PeerSpec changed) {
        ModelPeer peer = model.peers.get(changed.number());
        if (peer == null) {
            return;
        }
        PeerSpec before = peer.spec;
        peer.spec = changed;
        if (!peer.isUp || !before.isSameSession(changed)) {
            peer.down(model.now);
        }
        if (peer.isUp && !before.limit().equals(changed.limit())) {
            peer.setLimit(model.limitOf(changed));
        }
        peer.start();
        if (!before.importMap().equals(changed.importMap())) {
            model.judgeAnew(peer);
        }
    }

    private void enable(ModelPeer peer, boolean on) {
        peer.isEnabled = on;
        peer.start();
        if (!on && peer.isUp) {
            peer.down(model.now);
        }
    }

    private void connect(ModelPeer peer) {
        int number = peer.spec.number();
        if (!peer.isUp && model.comesUp(number).orElse(false)) {
            peer.up(model.now, model.setup.families(number), model.limitOf(peer.spec));
        }
    }

    private void cut(ModelPeer peer, Step.End how) {
        if (how == Step.End.SILENCE) {
            pass(Model.HOLD_MILLIS);
        }
        peer.down(model.now);
        if (how == Step.End.HARD_RESET) {
            peer.start();
        } else {
            peer.restsAfterError = true;
        }
    }

    private static void closeBatch(ModelPeer peer, AddressFamily family) {
        Batch batch = peer.batches.get(family);
        if (batch != null) {
            batch.close();
        }
    }

    private void mark(ModelPeer peer, Step.Mark mark) {
        if (model.setup.isAzure()
                || !model.setup.voice(mark.peer()).isEnhanced()
                || !peer.ledgers.containsKey(mark.family())) {
            return;
        }
        if (mark.begins()) {
            closeBatch(peer, mark.family());
            peer.stale.put(mark.family(), peer.held(mark.family(), false));
            peer.staleUntil.put(mark.family(), model.now + Model.STALE_MILLIS);
        } else {
            new Receiving(model).endRefresh(peer, mark.family());
        }
    }

    private void pass(long millis) {
        model.now += millis;
        for (ModelPeer peer : model.peers.values()) {
            for (AddressFamily family : List.copyOf(peer.staleUntil.keySet())) {
                if (peer.staleUntil.getOrDefault(family, Long.MAX_VALUE) <= model.now) {
                    new Receiving(model).endRefresh(peer, family);
                }
            }
        }
    }
}
