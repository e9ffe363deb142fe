package dev.waymark.benchmarks.engine;

import dev.waymark.benchmarks.Shares;
import dev.waymark.engine.EngineLoopGroup;
import dev.waymark.engine.RouteServerEngine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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
 *
 * <p>With {@code tcp} as the fourth, the same is done once more over TCP, each server on a loopback address of its own, and set
 * beside it, both after a small round to warm up:
 *
 * <pre>
 * ulimit -n 4096
 * java -XX:+UseParallelGC -Xmx2g -cp benchmarks/target/benchmarks.jar dev.waymark.benchmarks.engine.ManyServers 100 2 65 tcp
 * </pre>
 *
 * <p>The transport is that of {@code spi-examples}, with one thread for all servers; the peers have another one in this process,
 * so that their reads and writes are in the figures too. One thread says everything; without a network it waits until each
 * server has read, where TCP has buffers, so that TCP may well be done sooner. A server needs 17 file descriptors, its peers' ends included: 1,700
 * for a hundred, more than the 1,024 that many systems allow by default. Linux only, for its loopback addresses.
 */
public final class ManyServers {
    private static final int PEERS = 8;
    private static final int ROUTES = 4_000;
    private static final int HOLD_SECONDS = 600;
    private static final int WARM_UP_SERVERS = 20;
    private static final Path STATUS = Path.of("/proc/self/status");

    /** Starts a server of a number with its peers. */
    private interface Place {
        Ring start(int number, EngineLoopGroup group) throws InterruptedException;
    }

    /** What was measured in one place. */
    private record Figures(
            long atRestOctets,
            long fullOctets,
            String resident,
            long delivered,
            long cpuNanos,
            long wallNanos,
            long idleNanos) {}

    private final com.sun.management.OperatingSystemMXBean process =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Shares shares = new Shares(PEERS, ROUTES);

    private ManyServers() {}

    /** Runs it and prints a table. */
    public static void main(String[] args) throws InterruptedException {
        int servers = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
        int threads = args.length > 1
                ? Integer.parseInt(args[1])
                : Runtime.getRuntime().availableProcessors();
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 65;
        new ManyServers().run(servers, threads, seconds, args.length > 3 && args[3].equals("tcp"));
    }

    private void run(int count, int threads, int seconds, boolean withTcp) throws InterruptedException {
        long[] floor = floor(count);
        System.out.printf(
                Locale.ROOT,
                "%,d servers, %,d peers, %,d routes, %d threads%n%n",
                count,
                count * PEERS,
                (long) total() * count,
                threads);
        Place memory = (number, group) -> new Exchange(
                PEERS, HOLD_SECONDS, UnaryOperator.identity(), config -> RouteServerEngine.create(config, group));
        if (!withTcp) {
            print("without a network", measure(count, threads, seconds, memory), floor, count, seconds);
            return;
        }
        try (TcpRing.Transports transports = new TcpRing.Transports()) {
            Place network = (number, group) -> new TcpRing(number, PEERS, HOLD_SECONDS, group, transports);
            measure(
                    WARM_UP_SERVERS,
                    threads,
                    0,
                    memory); // so that the one that comes first isn't the one that is compiled
            measure(WARM_UP_SERVERS, threads, 0, network);
            Figures direct = measure(count, threads, seconds, memory);
            print("without a network", direct, floor, count, seconds);
            Figures tcp = measure(count, threads, seconds, network);
            print("over TCP", tcp, floor, count, seconds);
            row("processor time until all have all, TCP / none", "%.1f", ratio(tcp.cpuNanos, direct.cpuNanos));
            row("elapsed time until all have all, TCP / none", "%.1f", ratio(tcp.wallNanos, direct.wallNanos));
        }
    }

    private Figures measure(int count, int threads, int seconds, Place place) throws InterruptedException {
        List<Ring> servers = new ArrayList<>();
        long before = LiveHeap.octets();
        EngineLoopGroup group = EngineLoopGroup.of("many", threads);
        for (int i = 0; i < count; i++) {
            servers.add(place.start(i, group));
        }
        long atRest = LiveHeap.octets();
        long cpu = process.getProcessCpuTime();
        long wall = System.nanoTime();
        for (int peer = 0; peer < PEERS; peer++) {
            for (Ring server : servers) {
                server.peers().get(peer).say(shares.streams().get(peer));
            }
        }
        long delivered = 0;
        for (Ring server : servers) {
            for (int peer = 0; peer < PEERS; peer++) {
                Hearing hearing = server.peers().get(peer).hearing();
                delivered += hearing.await(shares.toldTo(peer));
                hearing.trim();
            }
        }
        wall = System.nanoTime() - wall;
        cpu = process.getProcessCpuTime() - cpu;
        long full = LiveHeap.octets();
        long idle = process.getProcessCpuTime();
        Thread.sleep(1_000L * seconds);
        idle = process.getProcessCpuTime() - idle;
        String resident = resident();
        servers.forEach(Ring::close);
        group.close();
        return new Figures(atRest - before, full - before, resident, delivered, cpu, wall, idle);
    }

    private void print(String place, Figures figures, long[] floor, int count, int seconds) {
        System.out.println(place);
        row("deliveries", "%,d", figures.delivered);
        row(
                "live heap of a server with connected peers and no routes, KiB",
                "%.1f",
                figures.atRestOctets / 1024.0 / count);
        row(
                "live heap of a route, octets",
                "%.1f",
                ratio(figures.fullOctets - figures.atRestOctets, (long) total() * count));
        row("live heap in all, MiB", "%,d", figures.fullOctets >> 20);
        row("resident memory of the process, with the garbage in its heap", "%s", figures.resident);
        row("processor time until all have all, as a multiple of the floor", "%.1f", ratio(figures.cpuNanos, floor[0]));
        row("elapsed time until then, as a multiple of the floor", "%.1f", ratio(figures.wallNanos, floor[1]));
        row("processor use at rest, percent of one", "%.2f", figures.idleNanos / 1e7 / seconds);
    }

    private static String resident() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException notLinux) {
            return "unknown";
        }
    }

    private static double ratio(long one, long other) {
        return (double) one / other;
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
            for (byte[] stream : shares.streams()) {
                for (int receiver = 1; receiver < PEERS; receiver++) {
                    counters.get(receiver).take(ByteBuffer.wrap(stream));
                }
            }
        }
        return new long[] {process.getProcessCpuTime() - cpu, System.nanoTime() - wall};
    }

    private int total() {
        return shares.corpus().routes();
    }

    private static void row(String what, String format, Object value) {
        System.out.printf(Locale.ROOT, "| %-64s | " + format + " |%n", what, value);
    }
}
