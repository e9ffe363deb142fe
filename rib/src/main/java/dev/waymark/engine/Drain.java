package dev.waymark.engine;

import dev.waymark.api.ServerEvent;
import java.time.Duration;
import java.util.List;

/**
 * Takes an instance out of service without a loss (ARS-4): first everything that is advertised gets GRACEFUL_SHUTDOWN (RFC
 * 8326 §4), so that peers prefer what they have from elsewhere, then the sessions end. Confined to the engine loop.
 */
final class Drain {
    private enum Phase {
        NONE,
        WAITING,
        DONE
    }

    private final Settings settings;
    private final List<FamilyRib> ribs;
    private final PeerCommands peers;
    private final Outbox out;
    private Phase phase = Phase.NONE;
    private long deadlineNanos;
    private String text = "";
    private Duration after = Duration.ZERO;

    Drain(Settings settings, List<FamilyRib> ribs, PeerCommands peers, Outbox out) {
        this.settings = settings;
        this.ribs = ribs;
        this.peers = peers;
        this.out = out;
    }

    /** Begins a drain, or replaces the text and the time of one whose sessions are up. */
    void begin(String reason, Duration grace, long nowNanos) {
        if (phase == Phase.DONE) {
            return;
        }
        text = reason;
        after = grace;
        deadlineNanos = nowNanos + grace.toNanos();
        phase = Phase.WAITING;
        mark(true);
        publish(ServerEvent.Drain.Phase.STARTED);
    }

    /** Takes a drain back. */
    void resume(long nowNanos) {
        if (phase == Phase.NONE) {
            return;
        }
        boolean hasEnded = phase == Phase.DONE;
        phase = Phase.NONE;
        mark(false);
        publish(ServerEvent.Drain.Phase.RESUMED);
        if (hasEnded) {
            peers.startAll(nowNanos);
        }
    }

    /** Ends the sessions when their time has come. */
    void turn(long nowNanos) {
        if (phase == Phase.WAITING && deadlineNanos - nowNanos <= 0) {
            phase = Phase.DONE;
            peers.stopAll(text, nowNanos);
            publish(ServerEvent.Drain.Phase.SESSIONS_ENDED);
        }
    }

    /** Returns the time at which {@link #turn} has something to do, at most {@code latest}. */
    long nextDeadlineNanos(long latest) {
        return phase == Phase.WAITING && deadlineNanos - latest < 0 ? deadlineNanos : latest;
    }

    /** Has every group evaluated again with or without the community; only what differs is sent. */
    private void mark(boolean isDraining) {
        if (settings.isDraining() == isDraining) {
            return;
        }
        settings.setDraining(isDraining);
        for (FamilyRib rib : ribs) {
            for (UpdateGroup group : rib.groups()) {
                group.changeKey(group.key().withGracefulShutdown(isDraining));
            }
        }
    }

    private void publish(ServerEvent.Drain.Phase reached) {
        out.add(new Output.Publish(new ServerEvent.Drain(reached, text, after)));
    }
}
