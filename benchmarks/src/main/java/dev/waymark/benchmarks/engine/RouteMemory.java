package dev.waymark.benchmarks.engine;

import dev.waymark.benchmarks.CorpusPeer;
import dev.waymark.benchmarks.UpdateCorpus;
import java.util.Locale;

/**
 * What does a route cost in memory? A server with a million prefixes is filled step by step; after each step the live heap is
 * measured. The first row is the whole of what a route needs: its prefix, one path, its share of an attribute set, what the
 * sinks would be told, and what the receivers were told, who share one table.
 *
 * <pre>
 * java -XX:+UseSerialGC -Xmx2g -cp benchmarks/target/benchmarks.jar dev.waymark.benchmarks.engine.RouteMemory
 * </pre>
 *
 * <p>The argument is the number of routes, 1,000,000 if not given.
 */
public final class RouteMemory {
    private static final int SENDER = 0;
    private static final int SAME = 1;
    private static final int OTHER = 2;
    private static final int RECEIVER = 3;

    private final Exchange exchange;
    private final UpdateCorpus corpus;
    private final byte[] routes;
    private final byte[] otherRoutes;

    private RouteMemory(int count) throws InterruptedException {
        corpus = UpdateCorpus.of(count, UpdateCorpus.SEED);
        routes = corpus.announcements(CorpusPeer.of(SENDER), 1);
        otherRoutes = corpus.announcements(CorpusPeer.of(OTHER), 2);
        exchange = new Exchange(4, config -> config.session(session -> session.withEnforceFirstAs(false)));
    }

    /** Runs it and prints a table. */
    public static void main(String[] args) throws InterruptedException {
        new RouteMemory(args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000).run();
    }

    private void run() throws InterruptedException {
        int count = corpus.routes();
        System.out.printf(Locale.ROOT, "%,d routes, %,d sets of attributes%n%n", count, corpus.groups());
        long empty = heapAtRest();
        say(SENDER, routes);
        exchange.peers().get(RECEIVER).await(count);
        long one = heapAtRest();
        print("a route: prefix, path, share of a set, told to all", one - empty, count);
        say(SAME, routes);
        long two = heapAtRest();
        print("one more path with the same attributes", two - one, count);
        say(OTHER, otherRoutes);
        long three = heapAtRest();
        print("a set of attributes", three - two - (two - one), corpus.groups());
        for (int peer : new int[] {OTHER, SAME, SENDER}) {
            say(peer, corpus.withdrawals());
        }
        print("what is left of it when all is withdrawn", heapAtRest() - empty, count);
        exchange.close();
    }

    private void say(int peer, byte[] stream) throws InterruptedException {
        exchange.peers().get(peer).say(stream);
    }

    /** Waits until the live heap no longer changes: work in the background goes on when all has been told. */
    private long heapAtRest() throws InterruptedException {
        long before = Long.MAX_VALUE;
        while (true) {
            exchange.settle();
            exchange.peers().forEach(peer -> peer.hearing().trim());
            long now = LiveHeap.octets();
            if (Math.abs(before - now) <= corpus.routes() / 4) { // a quarter of an octet for each route
                return now;
            }
            before = now;
        }
    }

    private static void print(String what, long octets, int count) {
        System.out.printf(Locale.ROOT, "| %-50s | %6.1f |%n", what, (double) octets / count);
    }
}
