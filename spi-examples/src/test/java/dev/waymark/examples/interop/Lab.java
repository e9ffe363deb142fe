package dev.waymark.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.api.PeerConfig;
import dev.waymark.api.PeerSnapshot;
import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.SessionState;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.engine.RouteServerEngine;
import dev.waymark.examples.sink.TableSink;
import dev.waymark.examples.transport.NioTransport;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A route server on TCP, with real daemons as its peers, all on loopback addresses of their own. */
final class Lab implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern COMPLAINT = Pattern.compile(
            "(?i)malformed|error|invalid|unexpected|unrecogni[sz]ed|reject|refus|fail|fatal|panic|bad ");

    private final Path folder;
    private final NioTransport transport = new NioTransport("interop");
    private final TableSink table = new TableSink(0, this::recordSize);
    private final List<Integer> sizes = new CopyOnWriteArrayList<>();
    private final List<ServerEvent> events = new CopyOnWriteArrayList<>();
    private final List<Nva> nvas = new ArrayList<>();
    private final RouteServer server;

    Lab(Path folder, RouteServerConfigBuilder profile) {
        this.folder = folder;
        RouteServerConfig config = profile.localAddress(Loopback.address(Site.SERVER))
                .listen(new InetSocketAddress(Loopback.address(Site.SERVER).toInetAddress(), Site.PORT))
                .requirePolicy(false)
                .session(session -> session.withConnectRetry(Duration.ofSeconds(1)))
                .transport(transport)
                .sink("table", table)
                .listener(events::add)
                .build();
        server = RouteServerEngine.create(config);
        server.start();
    }

    RouteServer server() {
        return server;
    }

    /** Returns a site whose daemon opens the connection. */
    Site site(int number, long asn) {
        return Site.of(number, asn, folder.resolve(Integer.toString(number)));
    }

    /** Adds a daemon as a peer and starts it. */
    void join(Nva nva) {
        joinAs(nva, nva.site().asn());
    }

    /** Adds a daemon as a peer that should have that AS number, and starts it. */
    void joinAs(Nva nva, long asn) {
        join(nva, asn, peer -> peer);
    }

    /** Adds a daemon as a peer with settings of its own, and starts it. */
    void joinWith(Nva nva, UnaryOperator<PeerConfig.Builder> settings) {
        join(nva, nva.site().asn(), settings);
    }

    private void join(Nva nva, long asn, UnaryOperator<PeerConfig.Builder> settings) {
        Site site = nva.site();
        PeerConfig.Builder peer = PeerConfig.builder(peer(nva), site.ip(), Asn.of(asn))
                .port(Site.PORT)
                .passive(!site.listens());
        server.addPeer(settings.apply(peer).build());
        startOnly(nva);
    }

    /** Starts a daemon that is no peer of the route server. */
    void startOnly(Nva nva) {
        nvas.add(nva);
        nva.start();
    }

    /** Returns what a daemon is called as a peer. */
    static String peer(Nva nva) {
        return nva.name() + "-" + nva.site().number();
    }

    PeerSnapshot snapshot(Nva nva) {
        return server.peer(peer(nva)).orElseThrow();
    }

    void awaitEstablished(Nva... peers) {
        for (Nva nva : peers) {
            awaitSession(nva, peer -> peer.state() == SessionState.ESTABLISHED);
        }
    }

    void awaitSession(Nva nva, Predicate<PeerSnapshot> condition) {
        await(
                nva,
                () -> condition.test(snapshot(nva)),
                () -> snapshot(nva) + "\n" + events + "\n" + nva.process().log());
    }

    /** Waits until a daemon has a route, with everything it should have, and nothing else for that prefix. */
    void awaitSeen(Nva at, SeenRoute route) {
        awaitSeen(at, seen -> seen.equals(List.of(route)), route.prefix(), route.toString());
    }

    private static void await(Nva nva, BooleanSupplier condition, Supplier<?> what) {
        Await.until(
                PATIENCE,
                () -> {
                    if (!nva.process().isRunning()) {
                        throw new AssertionError(
                                nva.name() + " has ended: " + nva.process().log());
                    }
                    return condition.getAsBoolean();
                },
                what);
    }

    /** Waits until what a daemon passes on to the router behind it has all of the route's unknown attributes. */
    void awaitUnknown(ExaBgp behind, Nva at, SeenRoute route) {
        await(
                at,
                () -> behind.seenFrom(at.site().address()).stream()
                        .anyMatch(seen -> seen.prefix().equals(route.prefix())
                                && seen.unknown().equals(route.unknown())),
                () -> route + " is not among " + behind.seenFrom(at.site().address()));
    }

    /** Waits until a daemon has no route to a prefix. */
    void awaitGone(Nva at, String prefix) {
        awaitSeen(at, List::isEmpty, prefix, "none");
    }

    private void awaitSeen(Nva at, Predicate<List<SeenRoute>> condition, String prefix, String wanted) {
        await(
                at,
                () -> condition.test(seen(at, prefix)),
                () -> at.name() + " has\n" + at.seen() + "\nand not\n" + wanted + "\n" + events);
    }

    static List<SeenRoute> seen(Nva at, String prefix) {
        return at.seen().stream().filter(route -> route.prefix().equals(prefix)).toList();
    }

    /** Does something and waits until a counter has grown by so much. */
    void awaitMore(Nva nva, LongSupplier counter, long more, Runnable action) {
        long before = counter.getAsLong();
        action.run();
        await(
                nva,
                () -> counter.getAsLong() >= before + more,
                () -> nva.name() + ": " + counter.getAsLong() + " is not " + more + " more than " + before + "\n"
                        + events);
    }

    /** Waits until the sink has just the next hops of these daemons for a prefix; none: until it has no such route. */
    void awaitProgrammed(String prefix, Nva... via) {
        List<IpAddress> nextHops = Stream.of(via)
                .map(nva -> IpAddress.parse(nva.site().nextHop()))
                .sorted()
                .toList();
        Await.until(
                PATIENCE,
                () -> programmed(prefix).equals(nextHops),
                () -> prefix + " via " + programmed(prefix) + ", not " + nextHops + "\n" + events);
    }

    /** Waits until the number of prefixes in the sink is as it should be. */
    void awaitPrefixes(IntPredicate condition) {
        Await.until(
                PATIENCE,
                () -> condition.test(table.rows().size()),
                () -> table.rows().size() + "\n" + events);
    }

    /** Forgets how many prefixes the sink has had. */
    void forgetSizes() {
        sizes.clear();
    }

    /** Returns how many prefixes the sink had after each batch since then. */
    List<Integer> sizes() {
        return List.copyOf(sizes);
    }

    private void recordSize(String text) {
        sizes.add(text.lines()
                .filter(line -> line.startsWith("and "))
                .map(line -> Integer.valueOf(line.split(" ", -1)[1]))
                .findFirst()
                .orElse(0));
    }

    /** Waits until the route server holds so many routes for a daemon. */
    void awaitAdvertised(Nva nva, long routes) {
        awaitSession(
                nva,
                peer -> Optional.ofNullable(peer.routes().get(AddressFamily.IPV4_UNICAST))
                        .filter(counts -> counts.advertisedNow() == routes)
                        .isPresent());
    }

    List<IpAddress> programmed(String prefix) {
        return Optional.ofNullable(table.rows().get(IpPrefix.parse(prefix))).orElse(List.of());
    }

    /** Waits for an event of a class. */
    <E extends ServerEvent> E awaitEvent(Class<E> type, Predicate<E> condition) {
        Await.until(PATIENCE, () -> events(type).anyMatch(condition), () -> "an event among " + events);
        return events(type).filter(condition).findFirst().orElseThrow();
    }

    <E extends ServerEvent> Stream<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast);
    }

    /** Fails if a daemon's log, or the route server, complains about anything. */
    void assertNoComplaints() {
        assertNoComplaintsBut(Set.of());
    }

    /** Fails if anybody but these complains. */
    void assertNoComplaintsBut(Set<? extends Nva> refused) {
        List<String> complaints = new ArrayList<>();
        for (Nva nva : nvas.stream().filter(nva -> !refused.contains(nva)).toList()) {
            nva.process()
                    .log()
                    .lines()
                    .filter(line -> COMPLAINT.matcher(line).find())
                    .filter(line -> nva.ownNoise().stream().noneMatch(line::contains))
                    .forEach(line -> complaints.add(nva.name() + ": " + line));
        }
        Stream.of(
                        ServerEvent.UpdateMalformed.class,
                        ServerEvent.RoutesRejected.class,
                        ServerEvent.ConnectionRefused.class)
                .flatMap(this::events)
                .filter(event -> refused.stream().noneMatch(nva -> isFrom(nva, event)))
                .forEach(event -> complaints.add(event.toString()));
        assertEquals(List.of(), complaints);
    }

    private static boolean isFrom(Nva nva, ServerEvent event) {
        return event instanceof ServerEvent.ConnectionRefused refused
                && refused.remote().getAddress().equals(nva.site().ip().toInetAddress());
    }

    @Override
    public void close() {
        nvas.forEach(Nva::close);
        server.close();
        transport.close();
    }
}
