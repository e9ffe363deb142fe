package dev.waymark.benchmarks.engine;

import dev.waymark.bgp.codec.MessageEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How late keepalives come: a peer that is told no routes sends one keepalive for each that it gets, and notes the time
 * between two. Confined to its own thread but where it says so.
 */
final class KeepaliveWatch extends Thread {
    private final DirectPeer peer;
    private final List<Long> gaps = new ArrayList<>();

    KeepaliveWatch(DirectPeer peer) {
        super("keepalives");
        this.peer = peer;
        setDaemon(true);
    }

    /** Returns the longest time between two keepalives since the last call, 0 if there weren't two. Thread-safe. */
    synchronized long takeLongestNanos() {
        long longest = gaps.isEmpty() ? 0 : Collections.max(gaps);
        gaps.clear();
        return longest;
    }

    @Override
    public void run() {
        ByteBuf keepalive = Unpooled.buffer();
        MessageEncoder.writeKeepalive(keepalive);
        byte[] octets = new byte[keepalive.readableBytes()];
        keepalive.readBytes(octets);
        try {
            long last = 0;
            long count = peer.hearing().keepalives();
            while (true) {
                peer.hearing().awaitKeepalives(++count);
                long now = System.nanoTime();
                if (last != 0) {
                    note(now - last);
                }
                last = now;
                peer.say(octets);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts it", e);
        }
    }

    private synchronized void note(long gap) {
        gaps.add(gap);
    }
}
