package dev.waymark.benchmarks.engine;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.benchmarks.CorpusPeer;
import dev.waymark.benchmarks.Shares;
import dev.waymark.benchmarks.policy.LongLists;
import dev.waymark.policy.PolicyChains;
import dev.waymark.spi.RoutePolicy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What does a change of policy cost a running server, and what do others notice? 20 peers announce 100,000 routes each to one
 * another; then the import policy becomes a route map of 50 rules with lists of 10,000 entries, whose last rule changes every
 * route; then there is none again; then the map is the export policy. Printed is the time until every peer has been told every
 * route anew, as a multiple of the first load (of the same server, without a policy, from the first octet to everything
 * received) and of a loop that copies the octets of that load to the receivers.
 *
 * <p>Meanwhile a peer with a policy of its own announces a single route again and again, and another, which speaks IPv6 and is
 * told nothing, gets keepalives every second at the latest. Printed are: the longest time that the single route took to all 20 as
 * a multiple of the median at rest, how many other routes and how many writes (one a turn) came to a peer before it, and the
 * longest time between two keepalives.
 *
 * <pre>
 * java -Xmx3g -cp benchmarks/target/benchmarks.jar dev.waymark.benchmarks.engine.PolicyChange
 * </pre>
 *
 * <p>Arguments: peers (20, at most 90), routes of each (100,000; 2,000,000 in all at most).
 */
public final class PolicyChange {
    private static final int RULES = 50;
    private static final int ENTRIES = 10_000;
    private static final int SHORTEST_HOLD_SECONDS = 3;
    private static final int REST_MILLIS = 3_000;

    private final int count;
    private final int routes;
    private final Shares shares;
    private final Exchange exchange;
    private final List<DirectPeer> peers;
    private final DirectPeer prober;
    private final KeepaliveWatch keepalives;
    private int probes;
    private int rounds;
    private long loadNanos;
    private long floorNanos;
    private long restNanos;

    private PolicyChange(int count, int routes) throws InterruptedException {
        this.count = count;
        this.routes = routes;
        shares = new Shares(count, routes);
        exchange = new Exchange(count);
        peers = List.copyOf(exchange.peers());
        RoutePolicy itsOwn = PolicyChains.acceptAll();
        prober = exchange.join(count, 0, AddressFamily.IPV4_UNICAST, peer -> peer.importPolicy(itsOwn));
        keepalives = new KeepaliveWatch(exchange.join(
                count + 1, SHORTEST_HOLD_SECONDS, AddressFamily.IPV6_UNICAST, peer -> peer.importPolicy(itsOwn)));
    }

    /** Runs it and prints a table. */
    public static void main(String[] args) throws InterruptedException {
        int peers = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        int routes = args.length > 1 ? Integer.parseInt(args[1]) : 100_000;
        new PolicyChange(peers, routes).run();
    }

    private void run() throws InterruptedException {
        keepalives.start();
        RoutePolicy map = LongLists.map(RULES, ENTRIES, true);
        floorNanos = floor();
        System.out.printf(Locale.ROOT, "%d peers x %,d routes, %,d deliveries%n%n", count, routes, deliveries());
        System.out.println("| what | time / load | time / copy | single route: longest / median at rest"
                + " | longest / time | probes | routes before it | writes before it | keepalives, longest seconds |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        Probe resting = probe();
        Thread.sleep(REST_MILLIS);
        probes = resting.end();
        restNanos = resting.medianNanos();
        row("rest", REST_MILLIS * 1_000_000L, resting);
        Probe loading = probe();
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            peers.get(i).say(shares.streams().get(i));
        }
        awaitAll();
        loadNanos = System.nanoTime() - begin;
        probes = loading.end();
        row("first load", loadNanos, loading);
        measure("import policy: none to map", () -> exchange.server().setImportPolicy(Optional.of(map)));
        measure("import policy: map to none", () -> exchange.server().setImportPolicy(Optional.empty()));
        measure("export policy: none to map", () -> exchange.server().setExportPolicy(Optional.of(map)));
        exchange.close();
    }

    private void measure(String what, Runnable change) throws InterruptedException {
        exchange.settle();
        keepalives.takeLongestNanos();
        Probe probe = probe();
        long begin = System.nanoTime();
        change.run();
        awaitAll();
        long nanos = System.nanoTime() - begin;
        probes = probe.end();
        row(what, nanos, probe);
    }

    /** Waits until all have been told all routes of the others once more. */
    private void awaitAll() throws InterruptedException {
        rounds++;
        for (int i = 0; i < count; i++) {
            peers.get(i).hearing().awaitOthersThanHosts((long) rounds * shares.toldTo(i));
        }
    }

    private Probe probe() {
        Probe probe = new Probe(prober, CorpusPeer.of(count), shares.corpus(), peers, probes);
        probe.start();
        return probe;
    }

    private long floor() {
        RouteCounter counter = new RouteCounter();
        long begin = System.nanoTime();
        for (byte[] stream : shares.streams()) {
            for (int receiver = 1; receiver < count; receiver++) {
                counter.take(ByteBuffer.wrap(stream));
            }
        }
        long nanos = System.nanoTime() - begin;
        if (counter.announced() != deliveries()) {
            throw new AssertionError(counter.announced() + " copied");
        }
        return nanos;
    }

    private long deliveries() {
        return (long) shares.corpus().routes() * (count - 1);
    }

    private void row(String what, long nanos, Probe probe) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.1f | %.1f | %.4f | %d | %,d | %,d | %.2f |%n",
                what,
                loadNanos == 0 ? Double.NaN : (double) nanos / loadNanos,
                loadNanos == 0 ? Double.NaN : (double) nanos / floorNanos,
                (double) probe.longestNanos() / restNanos,
                (double) probe.longestNanos() / nanos,
                probe.count(),
                probe.mostRoutes(),
                probe.mostWrites(),
                keepalives.takeLongestNanos() / 1e9);
    }
}
