package dev.waymark.benchmarks.race;

import dev.waymark.spi.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * One race of one server, started for it. All sessions are established and nothing happens any more when the clock starts with
 * the first octet; it stops with the octet that completes the last receiver. The heat counts if every receiver then holds exactly
 * what it must, and still does when nothing has come for a while. Confined to one thread.
 */
final class Heat {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofMillis(300);
    private static final int LOOK_MILLIS = 5;
    private static final int RETRY_MILLIS = 100;

    private final Server server;
    private final InetSocketAddress address;
    private final Course course;
    private final Duration patience;
    private final List<RacePeer> peers;

    /**
     * Prepares a heat.
     *
     * @param address where the server listens, or will soon
     * @param patience after how long a silence the heat is over though a receiver isn't complete
     */
    Heat(Server server, InetSocketAddress address, Course course, Duration patience) {
        this.server = server;
        this.address = address;
        this.course = course;
        this.patience = patience;
        peers = IntStream.range(0, course.peers())
                .mapToObj(index -> new RacePeer(index, course))
                .toList();
    }

    /** Runs the heat with connections of a transport, which stay open. */
    Result run(Transport transport) throws InterruptedException {
        String hitch = establish(transport);
        if (!hitch.isEmpty()) {
            return Result.failed(hitch);
        }
        TimeUnit.MILLISECONDS.sleep(QUIET.toMillis());
        long first = System.nanoTime();
        for (int peer = 0; peer < peers.size(); peer++) {
            peers.get(peer).send(course.stream(peer));
        }
        do {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            hitch = hitch();
        } while (hitch.isEmpty() && !isSilent(first, isComplete() ? QUIET : patience));
        long last = peers.stream()
                .filter(RacePeer::isComplete)
                .mapToLong(peer -> peer.completeNanos() - first)
                .max()
                .orElse(0);
        return new Result(last, server.peakKib(), hitch.isEmpty() ? firstOf(RacePeer::faults) : hitch);
    }

    /** Returns what went wrong; empty if all sessions are established. */
    private String establish(Transport transport) throws InterruptedException {
        long began = System.nanoTime();
        int established = 0;
        while (established < peers.size()) {
            if (peers.get(established).connect(transport, address)) {
                established++;
                continue;
            }
            if (!server.isAlive()) {
                return hitch();
            }
            if (System.nanoTime() - began > START.toNanos()) {
                return "not all sessions within " + START.toSeconds() + " s; " + hitch() + " " + server.lastWords();
            }
            TimeUnit.MILLISECONDS.sleep(established == 0 ? RETRY_MILLIS : 1);
        }
        return "";
    }

    private String hitch() {
        return server.isAlive() ? firstOf(RacePeer::end) : "the server has ended: " + server.lastWords();
    }

    private String firstOf(Function<RacePeer, String> question) {
        return peers.stream()
                .map(question)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private boolean isComplete() {
        return peers.stream().allMatch(RacePeer::isComplete);
    }

    /** Tells whether no peer has been told anything for some time, all being counted from the first octet sent. */
    private boolean isSilent(long first, Duration time) {
        long heard = peers.stream()
                .mapToLong(peer -> peer.heardNanos() - first)
                .max()
                .orElse(0);
        return System.nanoTime() - first - Math.max(0, heard) > time.toNanos();
    }
}
