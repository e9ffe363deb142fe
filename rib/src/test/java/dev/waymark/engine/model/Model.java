package dev.waymark.engine.model;

import dev.waymark.api.LimitAction;
import dev.waymark.api.NetworkSpace;
import dev.waymark.api.RejectReason;
import dev.waymark.api.RouteCounts;
import dev.waymark.api.RouteLimit;
import dev.waymark.api.RoutingPreference;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a route server must hold and tell, by the rules: SEMANTICS C (receiving), D (choosing), E (networks, sinks), F (sending). */
public final class Model {
    /** How long a peer may take from the beginning of a refresh to its end. */
    public static final long STALE_MILLIS = 100_000;

    /** The hold time of all sessions. */
    public static final long HOLD_MILLIS = 180_000;

    private static final long[] PROTECTED = {0xffed_2ee1L, 0xffeb_2710L};

    final Setup setup;
    final Map<Integer, ModelPeer> peers = new TreeMap<>();
    final Map<IpPrefix, NetworkSpace> networks = new TreeMap<>();
    Optional<MapSpec> exportMap = Optional.empty();
    boolean branchToBranch;
    long now;
    final Room room = new Room(this);
    private final Set<Integer> sinks = new TreeSet<>();
    private final List<String> limitEvents = new ArrayList<>();
    private Optional<MapSpec> importMap = Optional.empty();
    private RoutingPreference preference;

    /** Makes a server without peers and networks. */
    public Model(Setup setup) {
        this.setup = setup;
        this.preference = setup.preference();
        this.branchToBranch = setup.branchToBranch();
    }

    /** Takes a step; a {@link Step.Repeat} as what it says. */
    public void apply(Step step) {
        if (step instanceof Step.Say say) {
            new Receiving(this).say(say);
        } else {
            new Doing(this).act(step);
        }
        if (setup.totalPrefixes() > 0) {
            room.retry();
        }
    }

    private ModelPeer peer(int number) {
        return Objects.requireNonNull(peers.get(number));
    }

    /** Returns whether a peer is configured. */
    public boolean has(int peer) {
        return peers.containsKey(peer);
    }

    /** Returns whether a peer's session is up. */
    public boolean isUp(int peer) {
        return has(peer) && peer(peer).isUp;
    }

    /** Returns the families of a peer's session, none if it is not up. */
    public Set<AddressFamily> families(int peer) {
        return isUp(peer) ? peer(peer).ledgers.keySet() : Set.of();
    }

    /** Returns whether a peer comes up when it connects; empty where the rules leave it open. */
    public Optional<Boolean> comesUp(int peer) {
        ModelPeer own = peer(peer);
        if (own.restsAfterError && own.isEnabled) {
            return Optional.empty();
        }
        return Optional.of(own.isEnabled && now >= own.restsUntil);
    }

    /** Returns whether the host wants a peer's session. */
    public boolean isEnabled(int peer) {
        return peer(peer).isEnabled;
    }

    /** Returns a peer's configuration. */
    public PeerSpec spec(int peer) {
        return peer(peer).spec;
    }

    /** Returns a peer's route limit. */
    public Optional<RouteLimit> limit(int peer) {
        return limitOf(spec(peer));
    }

    /** Returns whether a network is there. */
    public boolean hasNetwork(IpPrefix prefix) {
        return networks.containsKey(prefix);
    }

    /** Returns the sinks that are attached. */
    public Set<Integer> sinks() {
        return sinks;
    }

    /** Returns what a peer has said in a family and not taken back. */
    public Map<IpPrefix, Attrs> said(int peer, AddressFamily family) {
        Map<IpPrefix, Attrs> said = new TreeMap<>();
        peer(peer).heard.forEach((prefix, route) -> {
            if (prefix.family() == family) {
                said.put(prefix, route.received());
            }
        });
        return said;
    }

    /** Returns what was told of limits so far, as {@link #passed} and {@link #warned} write it. */
    public List<String> limitEvents() {
        return limitEvents;
    }

    void told(ModelPeer peer, AddressFamily family, String event) {
        limitEvents.add(peer.spec.name() + " " + family + ": " + event);
    }

    /** Writes what the event of a passed limit tells (ARS-24). */
    public static String passed(long snapshot, long incoming, int limit, IpPrefix first, LimitAction action) {
        return snapshot + " + " + incoming + " > " + limit + " at " + first + ", " + action;
    }

    /** Writes what a warning tells (ARS-23). */
    public static String warned(long counted, int limit) {
        return counted + " of " + limit;
    }

    /** Returns what every sink must hold (ARS-32, ARS-41). */
    public Map<IpPrefix, List<IpAddress>> programmed() {
        Map<IpPrefix, List<IpAddress>> table = new TreeMap<>();
        for (IpPrefix prefix : prefixes()) {
            List<Choice.Candidate> candidates = candidates(prefix);
            if (!candidates.isEmpty() && !isInSystemSpace(prefix)) {
                table.put(prefix, Choice.among(candidates, setup, preference).nextHops(setup.maxNextHops()));
            }
        }
        return table;
    }

    /** Returns what a peer must hold of the server's (ARS-50 to ARS-56). */
    public Map<IpPrefix, Attrs> sentTo(int peer) {
        ModelPeer target = peer(peer);
        Map<IpPrefix, Attrs> table = new TreeMap<>();
        for (IpPrefix prefix : prefixes()) {
            if (setup.families(peer).contains(prefix.family())) {
                sent(prefix, target).ifPresent(attrs -> table.put(prefix, attrs));
            }
        }
        return table;
    }

    /**
     * With per-client best, what a peer may not be sent is passed over until the best may (RFC 7947 §2.3). What is passed over has
     * taken part in the comparison up to then, which matters for MED: it may have beaten others of its neighbouring AS.
     */
    private Optional<Attrs> sent(IpPrefix prefix, ModelPeer target) {
        Export export = new Export(this, target, prefix);
        List<Choice.Candidate> left = new ArrayList<>(candidates(prefix));
        while (!left.isEmpty()) {
            Choice.Candidate best = Choice.among(left, setup, preference).best();
            if (export.isOffered(best)) {
                return export.sent(best);
            }
            if (!setup.perClientBest()) {
                return Optional.empty();
            }
            left.remove(best);
        }
        return Optional.empty();
    }

    /**
     * Returns what the accounts of a peer must say (ARS-71).
     *
     * @param sent what {@link #sentTo} says
     */
    public Map<AddressFamily, RouteCounts> counts(int peer, Map<IpPrefix, Attrs> sent) {
        ModelPeer own = peer(peer);
        Map<AddressFamily, RouteCounts> counts = new EnumMap<>(AddressFamily.class);
        own.ledgers.forEach((family, ledger) -> {
            long held = own.held(family, false).size();
            long accepted = own.held(family, true).size();
            long advertised = sent.keySet().stream()
                    .filter(each -> each.family() == family)
                    .count();
            counts.put(family, ledger.counts(accepted, held - accepted, advertised));
        });
        return counts;
    }

    private Set<IpPrefix> prefixes() {
        Set<IpPrefix> all = new TreeSet<>(networks.keySet());
        peers.values().forEach(peer -> all.addAll(peer.heard.keySet()));
        return all;
    }

    private List<Choice.Candidate> candidates(IpPrefix prefix) {
        List<Choice.Candidate> candidates = new ArrayList<>();
        NetworkSpace space = networks.get(prefix);
        if (space != null) {
            IpAddress nextHop =
                    space.nextHop().or(() -> Setup.ownAddress(prefix.family())).orElseThrow();
            Attrs own = Attrs.of(0, List.of(), nextHop); // ARS-40
            candidates.add(new Choice.Candidate(Optional.empty(), 0, own, own));
        }
        for (ModelPeer peer : peers.values()) {
            ModelPeer.Heard route = peer.heard.get(prefix);
            if (route != null && route.isAccepted()) {
                long identifier = setup.voice(peer.spec.number()).identifier();
                candidates.add(
                        new Choice.Candidate(Optional.of(peer), identifier, route.received(), route.effective()));
            }
        }
        return candidates;
    }

    boolean isInSystemSpace(IpPrefix prefix) {
        return networks.keySet().stream().anyMatch(space -> space.contains(prefix));
    }

    /** Judges what a peer sent: loops, then policy (ARS-25, RFC 8212). */
    ModelPeer.Heard judge(ModelPeer peer, IpPrefix prefix, Attrs received) {
        if (received.path().contains(Setup.OWN_AS)) {
            return refused(received, RejectReason.OWN_AS_IN_PATH);
        }
        boolean isOwn =
                received.originator().filter(id -> id == Setup.OWN_IDENTIFIER).isPresent();
        if (isOwn || received.clusters().contains(Setup.OWN_IDENTIFIER)) {
            return refused(received, RejectReason.REFLECTION_LOOP);
        }
        Optional<MapSpec> map = peer.spec.importMap().or(() -> importMap);
        if (map.isEmpty()) {
            return setup.requirePolicy()
                    ? refused(received, RejectReason.NO_IMPORT_POLICY)
                    : new ModelPeer.Heard(received, received, Optional.empty());
        }
        return map.get()
                .judge(prefix, received, false, keptCommunities())
                .map(effective -> new ModelPeer.Heard(received, effective, Optional.empty()))
                .orElseGet(() -> refused(received, RejectReason.POLICY));
    }

    private static ModelPeer.Heard refused(Attrs received, RejectReason reason) {
        return new ModelPeer.Heard(received, received, Optional.of(reason));
    }

    /** ARS-64: stored routes are judged anew. */
    void judgeAnew(ModelPeer peer) {
        for (Map.Entry<IpPrefix, ModelPeer.Heard> entry : peer.heard.entrySet()) {
            IpPrefix prefix = entry.getKey();
            ModelPeer.Heard before = entry.getValue();
            ModelPeer.Heard after = judge(peer, prefix, before.received());
            Ledger ledger = peer.ledger(prefix.family());
            ledger.admitted += !before.isAccepted() && after.isAccepted() ? 1 : 0;
            ledger.evicted += before.isAccepted() && !after.isAccepted() ? 1 : 0;
            entry.setValue(after);
        }
    }

    void setPolicy(boolean isImport, Optional<MapSpec> map) {
        if (isImport) {
            importMap = map;
            peers.values().forEach(this::judgeAnew);
        } else {
            exportMap = map;
        }
    }

    void setPreference(RoutingPreference changed) {
        preference = changed;
    }

    Optional<RouteLimit> limitOf(PeerSpec spec) {
        return spec.limit().or(setup::routeLimit);
    }

    /** Returns the communities that maps leave on routes (ARS-63), as far as they occur. */
    Set<Long> keptCommunities() {
        Set<Long> kept = new HashSet<>();
        if (setup.isAzure()) {
            for (long each : PROTECTED) {
                kept.add(each);
            }
        }
        return kept;
    }
}
