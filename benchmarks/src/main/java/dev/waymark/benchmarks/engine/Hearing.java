package dev.waymark.benchmarks.engine;

import java.nio.ByteBuffer;

/** What a peer has been sent, for others to wait for. Thread-safe. */
final class Hearing {
    private final RouteCounter counter = new RouteCounter();
    private long writes;

    /** Takes octets, all that are there. */
    synchronized void take(ByteBuffer octets) {
        counter.take(octets);
        notifyAll();
    }

    /** Takes octets of several buffers, all that are there; returns how many. */
    synchronized long take(ByteBuffer[] buffers, int offset, int length) {
        long taken = 0;
        writes++;
        for (int i = offset; i < offset + length; i++) {
            taken += buffers[i].remaining();
            counter.take(buffers[i]);
        }
        notifyAll();
        return taken;
    }

    /** Waits until the peer has been sent so many announcements, withdrawals included; returns the announcements. */
    synchronized long await(long routes) throws InterruptedException {
        while (told() < routes) {
            wait();
        }
        return counter.announced();
    }

    /** Waits until the peer has been sent so many routes that aren't single addresses. */
    synchronized void awaitOthersThanHosts(long routes) throws InterruptedException {
        while (told() - counter.hosts() < routes) {
            wait();
        }
    }

    /** Waits until the peer has been told of a single address, or one above it. */
    synchronized void awaitHost(int address) throws InterruptedException {
        while (counter.lastHost() < address) {
            wait();
        }
    }

    /** Waits until so many keepalives have come. */
    synchronized void awaitKeepalives(long count) throws InterruptedException {
        while (counter.keepalives() < count) {
            wait();
        }
    }

    /** Returns how many keepalives have come. */
    synchronized long keepalives() {
        return counter.keepalives();
    }

    /** Returns how many announcements and withdrawals have come. */
    synchronized long told() {
        return counter.announced() + counter.withdrawn();
    }

    /** Returns how often there was something. */
    synchronized long writes() {
        return writes;
    }

    /** Gives memory back that isn't needed while nothing is sent. */
    synchronized void trim() {
        counter.trim();
    }
}
