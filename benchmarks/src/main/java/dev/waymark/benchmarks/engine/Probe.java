package dev.waymark.benchmarks.engine;

import dev.waymark.benchmarks.CorpusPeer;
import dev.waymark.benchmarks.UpdateCorpus;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What an UPDATE sees of a server that is busy with something else: again and again a peer announces a single address,
 * withdraws the one before it, and waits until all others have been told. Confined to its own thread until it has ended.
 */
final class Probe extends Thread {
    private static final int HEADER_OCTETS = 19;
    private static final int HOST_OCTETS = 5;
    private static final int UPDATE = 2;
    private static final int FIRST_ADDRESS = 0xc612_0000; // 198.18.0.0/15, for benchmarks (RFC 2544 appendix C.2.2)
    private static final int PAUSE_MILLIS = 2;

    private final DirectPeer peer;
    private final List<DirectPeer> watchers;
    private final byte[] attributes;
    private final List<Long> nanos = new ArrayList<>();
    private int announced;
    private long mostRoutes;
    private long mostWrites;
    private volatile boolean isEnding;

    /** Makes a probe; so many addresses were announced by others before it. */
    Probe(DirectPeer peer, CorpusPeer identity, UpdateCorpus corpus, List<DirectPeer> watchers, int announced) {
        super("probe");
        this.peer = peer;
        this.watchers = watchers;
        this.announced = announced;
        attributes = corpus.attributes(0, identity, 1);
        setDaemon(true);
    }

    /** Ends after the announcement that is under way; returns how many there have been, those before it included. */
    int end() throws InterruptedException {
        isEnding = true;
        join();
        return announced;
    }

    /** Returns the longest time until all had been told. */
    long longestNanos() {
        return Collections.max(nanos);
    }

    /** Returns the median. */
    long medianNanos() {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    /** Returns how many announcements were made. */
    int count() {
        return nanos.size();
    }

    /** Returns how many other routes the first of the others was told meanwhile, at most. */
    long mostRoutes() {
        return mostRoutes;
    }

    /** Returns how many writes that took, at most; the server writes to a peer once a turn. */
    long mostWrites() {
        return mostWrites;
    }

    @Override
    public void run() {
        try {
            do {
                announce();
                sleep(PAUSE_MILLIS);
            } while (!isEnding);
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts it", e);
        }
    }

    private void announce() throws InterruptedException {
        announced++;
        byte[] update = update();
        Hearing first = watchers.get(0).hearing();
        long routes = first.told();
        long writes = first.writes();
        long begin = System.nanoTime();
        peer.say(update);
        for (DirectPeer watcher : watchers) {
            watcher.hearing().awaitHost(FIRST_ADDRESS + announced);
        }
        nanos.add(System.nanoTime() - begin);
        mostRoutes = Math.max(mostRoutes, first.told() - routes - 2);
        mostWrites = Math.max(mostWrites, first.writes() - writes);
    }

    /** Withdraws an address and announces the next (RFC 4271 §4.3). */
    private byte[] update() {
        ByteBuffer update = ByteBuffer.allocate(HEADER_OCTETS + 4 + 2 * HOST_OCTETS + attributes.length);
        update.putLong(-1).putLong(-1).putShort((short) update.capacity()).put((byte) UPDATE);
        update.putShort((short) HOST_OCTETS);
        update.put((byte) Integer.SIZE).putInt(FIRST_ADDRESS + announced - 1);
        update.putShort((short) attributes.length).put(attributes);
        update.put((byte) Integer.SIZE).putInt(FIRST_ADDRESS + announced);
        return update.array();
    }
}
