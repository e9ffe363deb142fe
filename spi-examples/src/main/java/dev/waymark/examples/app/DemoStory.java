package dev.waymark.examples.app;

import dev.waymark.api.PairPeerState;
import dev.waymark.api.ServerEvent.RouteLimitExceeded;
import dev.waymark.api.ServerEvent.SessionEnded;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.examples.app.DemoStep.Claim;
import dev.waymark.examples.nva.NvaSpeaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What happens in the demo, and what must come of it. Used by one thread. */
final class DemoStory {
    private static final IpPrefix BRANCH = IpPrefix.parse("10.1.0.0/16");
    private static final IpPrefix INTERNET = IpPrefix.parse("0.0.0.0/0");
    private static final IpPrefix PRIVATE = IpPrefix.parse("10.3.0.0/16");
    private static final IpPrefix PUBLIC = IpPrefix.parse("10.4.0.0/16");
    private static final int MANY = 2_001;
    private static final String DRAINED = "rs0";
    private static final String MAINTENANCE = "maintenance of rs0";
    private static final String GOODBYE = "the demo is over";

    private final DemoNetwork network;

    DemoStory(DemoNetwork network) {
        this.network = network;
    }

    List<DemoStep> steps() {
        return List.of(
                connect(),
                learn(),
                share(),
                kill(),
                keepPrivate(),
                announceMany(),
                overflow(),
                drain(),
                endSessions(),
                stop());
    }

    private DemoStep connect() {
        return new DemoStep(
                "Three NVAs open BGP sessions with both route servers",
                network::connect,
                List.of(
                        new Claim(
                                "all six sessions are established, as both sides say",
                                () -> network.nvas().stream().allMatch(DemoNva::isEstablished)
                                        && network.pair().peers().stream()
                                                .allMatch(peer -> peer.state() == PairPeerState.CONNECTED),
                                () -> eachNva(speaker -> speaker.state().toString())),
                        new Claim(
                                "each NVA learns the virtual network " + DemoNetwork.VIRTUAL_NETWORK
                                        + " with AS path 65515",
                                () -> network.nvas().stream()
                                        .allMatch(nva -> hasPath(nva, DemoNetwork.VIRTUAL_NETWORK, "65515")),
                                () -> paths(DemoNetwork.VIRTUAL_NETWORK))));
    }

    private DemoStep learn() {
        DemoNva fw1 = network.fw1();
        return new DemoStep(
                "fw1 announces " + BRANCH,
                () -> fw1.announce(BRANCH),
                List.of(
                        programmed(BRANCH, fw1.nextHop()),
                        new Claim(
                                "fw2 and sdwan learn it, with the AS path that fw1 sent: 65001",
                                () -> hasPath(network.fw2(), BRANCH, "65001")
                                        && hasPath(network.sdwan(), BRANCH, "65001"),
                                () -> paths(BRANCH))));
    }

    private DemoStep share() {
        return new DemoStep(
                "fw1 and fw2 both announce " + INTERNET + " with AS paths of equal length",
                () -> {
                    network.fw1().announce(INTERNET);
                    network.fw2().announce(INTERNET);
                },
                List.of(programmed(
                        INTERNET, network.fw1().nextHop(), network.fw2().nextHop())));
    }

    private DemoStep kill() {
        return new DemoStep(
                "fw1 is killed: its connections break without a word",
                () -> network.fw1().kill(),
                List.of(
                        programmed(INTERNET, network.fw2().nextHop()),
                        programmed(BRANCH),
                        new Claim(
                                "sdwan learns that " + BRANCH + " is gone, " + INTERNET + " fw2's: AS path 65002",
                                () -> network.sdwan()
                                                .all(speaker ->
                                                        speaker.route(BRANCH).isEmpty())
                                        && hasPath(network.sdwan(), INTERNET, "65002"),
                                () -> paths(INTERNET))));
    }

    private DemoStep keepPrivate() {
        DemoNva sdwan = network.sdwan();
        PathAttributes tagged =
                sdwan.attributes().edit().addCommunity(Community.NO_ADVERTISE).build();
        return new DemoStep(
                "sdwan announces " + PRIVATE + " with NO_ADVERTISE, then " + PUBLIC + " without",
                () -> {
                    sdwan.announce(tagged, List.of(PRIVATE));
                    sdwan.announce(PUBLIC);
                },
                List.of(
                        programmed(PRIVATE, sdwan.nextHop()),
                        programmed(PUBLIC, sdwan.nextHop()),
                        new Claim(
                                "fw2 learns " + PUBLIC + " and not " + PRIVATE,
                                () -> hasPath(network.fw2(), PUBLIC, "65003")
                                        && network.fw2()
                                                .all(speaker ->
                                                        speaker.route(PRIVATE).isEmpty()),
                                () -> eachSession(
                                        network.fw2(),
                                        speaker -> "has " + speaker.received().keySet()))));
    }

    private DemoStep announceMany() {
        DemoNva sdwan = network.sdwan();
        return new DemoStep(
                "sdwan withdraws those two and announces " + MANY + " routes",
                () -> {
                    sdwan.withdraw(PRIVATE, PUBLIC);
                    sdwan.endOfRib();
                    sdwan.announce(sdwan.attributes(), many());
                },
                List.of(new Claim(
                        "all " + MANY + " are programmed, and nothing else of sdwan's",
                        () -> countOf(sdwan) == MANY,
                        () -> inTheTable(countOf(sdwan) + " prefixes"))));
    }

    private DemoStep overflow() {
        DemoNva sdwan = network.sdwan();
        return new DemoStep(
                "sdwan announces the same again: " + 2 * MANY + " as Azure counts, 4000 are allowed",
                () -> sdwan.announce(sdwan.attributes(), many()),
                List.of(
                        new Claim(
                                "both sessions end with Cease/1, maximum number of prefixes reached",
                                () -> sdwan.all(speaker -> wasTold(speaker, 6, 1)),
                                () -> eachSession(
                                        sdwan,
                                        speaker -> speaker.notification()
                                                .map(NotificationMessage::toString)
                                                .orElse("nothing"))),
                        new Claim(
                                "both route servers say why",
                                () -> network.instances().stream()
                                        .allMatch(instance -> overflowOf(instance)
                                                .filter(event -> event.snapshot() + event.incoming() == 2 * MANY
                                                        && event.limit() == 4_000)
                                                .isPresent()),
                                () -> eachInstance(instance ->
                                        overflowOf(instance).map(EventText::of).orElse("nothing"))),
                        new Claim(
                                "its routes are gone; fw2's session and route stay",
                                () -> isOnlyFw2Left() && network.fw2().isEstablished(),
                                () -> inTheTable(network.sink().rows().keySet().toString()))));
    }

    private DemoStep drain() {
        return new DemoStep(
                DRAINED + " is drained: it is about to be maintained",
                () -> network.pair().drainInstance(DRAINED, MAINTENANCE, Duration.ofHours(1)),
                List.of(new Claim(
                        "fw2 is sent " + DemoNetwork.VIRTUAL_NETWORK
                                + " by it with GRACEFUL_SHUTDOWN, by the other without",
                        () -> isGoing(network.fw2().speakers().get(0))
                                && !isGoing(network.fw2().speakers().get(1)),
                        () -> eachSession(
                                network.fw2(),
                                speaker -> speaker.route(DemoNetwork.VIRTUAL_NETWORK)
                                        .map(route -> "communities " + route.communities())
                                        .orElse("nothing")))));
    }

    private DemoStep endSessions() {
        return new DemoStep(
                "The time is over: " + DRAINED + " ends its sessions",
                () -> network.pair().drainInstance(DRAINED, MAINTENANCE, Duration.ZERO),
                List.of(
                        wasTold(0, MAINTENANCE),
                        new Claim(
                                "fw2 is DEGRADED: connected to one instance",
                                () -> state(network.fw2()) == PairPeerState.DEGRADED,
                                () -> List.of(state(network.fw2()).toString())),
                        programmed(INTERNET, network.fw2().nextHop())));
    }

    private PairPeerState state(DemoNva nva) {
        return network.pair().peer(nva.name()).orElseThrow().state();
    }

    private static boolean isGoing(NvaSpeaker speaker) {
        return speaker.route(DemoNetwork.VIRTUAL_NETWORK)
                .filter(route -> route.hasCommunity(Community.GRACEFUL_SHUTDOWN))
                .isPresent();
    }

    private DemoStep stop() {
        return new DemoStep("Both route servers stop", () -> network.stop(GOODBYE), List.of(wasTold(1, GOODBYE)));
    }

    /** Claims that fw2's session with an instance was ended in the operator's words. */
    private Claim wasTold(int index, String words) {
        return new Claim(
                "fw2 is told by " + network.instances().get(index).name() + " with Cease/2 and the operator's words",
                () -> wasTold(network.fw2().speakers().get(index), 6, 2)
                        && network.fw2()
                                .speakers()
                                .get(index)
                                .notification()
                                .flatMap(NotificationMessage::shutdownText)
                                .equals(Optional.of(words)),
                () -> eachSession(
                        network.fw2(),
                        speaker -> speaker.notification()
                                .map(NotificationMessage::toString)
                                .orElse("nothing")));
    }

    /** Claims that the sink holds exactly these next hops for a prefix. */
    private Claim programmed(IpPrefix prefix, IpAddress... nextHops) {
        List<IpAddress> wanted = List.of(nextHops);
        String text = wanted.isEmpty()
                ? prefix + " is not programmed any more"
                : prefix + " is programmed with next hop" + (wanted.size() > 1 ? "s " : " ") + joined(wanted);
        return new Claim(text, () -> nextHops(prefix).equals(wanted), () -> inTheTable(joined(nextHops(prefix))));
    }

    private List<IpAddress> nextHops(IpPrefix prefix) {
        return network.sink().rows().getOrDefault(prefix, List.of());
    }

    private static List<String> inTheTable(String text) {
        return List.of("the table: " + text);
    }

    private boolean isOnlyFw2Left() {
        return network.sink().rows().keySet().stream()
                        .allMatch(prefix -> prefix.equals(INTERNET) || prefix.equals(DemoNetwork.VIRTUAL_NETWORK))
                && nextHops(INTERNET).equals(List.of(network.fw2().nextHop()))
                && network.instances().stream()
                        .flatMap(instance -> instance.events(SessionEnded.class))
                        .noneMatch(event ->
                                event.peer().name().equals(network.fw2().name()));
    }

    private static Optional<RouteLimitExceeded> overflowOf(DemoInstance instance) {
        return instance.events(RouteLimitExceeded.class).findFirst();
    }

    private static boolean wasTold(NvaSpeaker speaker, int code, int subcode) {
        return speaker.notification()
                .filter(told -> told.code() == code && told.subcode() == subcode)
                .isPresent();
    }

    private static boolean hasPath(DemoNva nva, IpPrefix prefix, String asPath) {
        AsPath wanted = AsPath.parse(asPath);
        return nva.all(speaker -> speaker.route(prefix)
                .filter(attributes -> attributes.asPath().equals(wanted))
                .isPresent());
    }

    /** Returns the AS path of a prefix that each NVA has received, from each instance. */
    private List<String> paths(IpPrefix prefix) {
        return eachNva(speaker -> speaker.route(prefix)
                .map(attributes -> prefix + " with " + attributes.asPath())
                .orElse("no " + prefix));
    }

    private List<String> eachInstance(Function<DemoInstance, String> text) {
        return network.instances().stream()
                .map(instance -> instance.name() + ": " + text.apply(instance))
                .toList();
    }

    private List<String> eachNva(Function<NvaSpeaker, String> text) {
        return network.nvas().stream()
                .map(nva ->
                        nva.name() + ": " + nva.speakers().stream().map(text).collect(Collectors.joining(", ")))
                .toList();
    }

    private List<String> eachSession(DemoNva nva, Function<NvaSpeaker, String> text) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < nva.speakers().size(); i++) {
            lines.add("from " + network.instances().get(i).name() + ": "
                    + text.apply(nva.speakers().get(i)));
        }
        return lines;
    }

    private static List<IpPrefix> many() {
        List<IpPrefix> many = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            many.add(IpPrefix.ofIpv4Bits(0x6440_0000 + (i << 8), 24));
        }
        return many;
    }

    private long countOf(DemoNva nva) {
        return network.sink().rows().values().stream()
                .filter(nextHops -> nextHops.equals(List.of(nva.nextHop())))
                .count();
    }

    private static String joined(List<IpAddress> nextHops) {
        return nextHops.isEmpty()
                ? "none"
                : nextHops.stream().map(IpAddress::toString).collect(Collectors.joining(" and "));
    }
}
