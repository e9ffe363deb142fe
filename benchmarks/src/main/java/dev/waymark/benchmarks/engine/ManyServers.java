package dev.waymark.benchmarks.engine;

import dev.waymark.benchmarks.CorpusPeer;
import dev.waymark.benchmarks.UpdateCorpus;
import dev.waymark.engine.EngineLoopGroup;
import dev.waymark.engine.RouteServerEngine;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * What do many small route servers in one process cost? Each has 8 peers with 4,000 routes each, which is Azure's shape; all
 * share the threads of one {@link EngineLoopGroup}, and there is no network. Printed are the memory of a server whose peers are
 * connected and silent, the memory of a route when all have all, the processor time until then as a multiple of a floor, which
 * copies the same octets to the same receivers and counts them there, and the processor time when nothing happens any more.
 *
 * <pre>
 * java -XX:+UseParallelGC -Xmx8g -cp benchmarks/target/benchmarks.jar dev.waymark.benchmarks.engine.ManyServers 1000
 * </pre>
 *
 * <p>Arguments: servers (1,000), threads (as many as there are processors), seconds of rest to look at (65: each peer gets a
 * keepalive in a minute). Memory is the live heap after full collections.
 */
public final class ManyServers {
    private static final int PEERS = 8;
    private static final int ROUTES = 4_000;
    private static final int HOLD_SECONDS = 600;

    private final com.sun.management.OperatingSystemMXBean process =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final List<byte[]> streams = new ArrayList<>();
    private final List<Integer> routes = new ArrayList<>();
    private final List<Exchange> servers = new ArrayList<>();

    private ManyServers() {
        UpdateCorpus corpus = UpdateCorpus.of(PEERS * ROUTES, UpdateCorpus.SEED);
        int group = 0;
        for (int i = 0; i < PEERS; i++) {
            int end = group;
            while (end < corpus.groups() && corpus.endRoute(end) <= (i + 1) * ROUTES) {
                end++;
            }
            streams.add(corpus.announcements(CorpusPeer.of(i), 1, group, end));
            routes.add(corpus.endRoute(end - 1) - corpus.firstRoute(group));
            group = end;
        }
    }

    /** Runs it and prints a table. */
    public static void main(String[] args) throws InterruptedException {
        int servers = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
        int threads = args.length > 1
                ? Integer.parseInt(args[1])
                : Runtime.getRuntime().availableProcessors();
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 65;
        new ManyServers().run(servers, threads, seconds);
    }

    private void run(int count, int threads, int seconds) throws InterruptedException {
        long[] floor = floor(count);
        long before = LiveHeap.octets();
        EngineLoopGroup group = EngineLoopGroup.of("many", threads);
        for (int i = 0; i < count; i++) {
            servers.add(new Exchange(
                    PEERS, HOLD_SECONDS, UnaryOperator.identity(), config -> RouteServerEngine.create(config, group)));
        }
        long atRest = LiveHeap.octets();
        long cpu = process.getProcessCpuTime();
        long wall = System.nanoTime();
        for (int peer = 0; peer < PEERS; peer++) {
            for (Exchange server : servers) {
                server.peers().get(peer).say(streams.get(peer));
            }
        }
        long delivered = 0;
        for (Exchange server : servers) {
            for (int peer = 0; peer < PEERS; peer++) {
                delivered += server.peers().get(peer).await(total() - routes.get(peer));
                server.peers().get(peer).trim();
            }
        }
        wall = System.nanoTime() - wall;
        cpu = process.getProcessCpuTime() - cpu;
        long full = LiveHeap.octets();
        long idle = process.getProcessCpuTime();
        Thread.sleep(1_000L * seconds);
        idle = process.getProcessCpuTime() - idle;
        long stored = (long) total() * count;
        print("servers", "%,d", count);
        print("peers", "%,d", count * PEERS);
        print("routes", "%,d", stored);
        print("deliveries", "%,d", delivered);
        print("threads", "%d", threads);
        print(
                "live heap of a server with connected peers and no routes, KiB",
                "%.1f",
                (atRest - before) / 1024.0 / count);
        print("live heap of a route, octets", "%.1f", (double) (full - atRest) / stored);
        print("live heap in all, MiB", "%,d", (full - before) >> 20);
        print("processor time until all have all, as a multiple of the floor", "%.1f", (double) cpu / floor[0]);
        print("elapsed time until then, as a multiple of the floor", "%.1f", (double) wall / floor[1]);
        print("processor use at rest, percent of one", "%.2f", idle / 1e7 / seconds);
        for (Exchange server : servers) {
            server.close();
        }
        group.close();
    }

    /** Copies what the servers would pass on, as often as they would; returns the processor time and the elapsed time. */
    private long[] floor(int count) {
        List<RouteCounter> counters = new ArrayList<>();
        for (int i = 0; i < PEERS; i++) {
            counters.add(new RouteCounter());
        }
        long cpu = process.getProcessCpuTime();
        long wall = System.nanoTime();
        for (int i = 0; i < count; i++) {
            for (byte[] stream : streams) {
                for (int receiver = 1; receiver < PEERS; receiver++) {
                    counters.get(receiver).take(ByteBuffer.wrap(stream));
                }
            }
        }
        return new long[] {process.getProcessCpuTime() - cpu, System.nanoTime() - wall};
    }

    private int total() {
        return routes.stream().mapToInt(Integer::intValue).sum();
    }

    private static void print(String what, String format, Object value) {
        System.out.printf(Locale.ROOT, "| %-64s | " + format + " |%n", what, value);
    }
}
