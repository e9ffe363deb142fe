package dev.waymark.engine;

import dev.waymark.bgp.codec.CodecOptions;
import dev.waymark.bgp.session.Negotiated;
import dev.waymark.bgp.session.PeerConnection;
import dev.waymark.bgp.session.SendHold;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One open connection of a peer: octets of a message that is not complete yet, octets on the way out, and how to read what
 * comes. Confined to the engine loop.
 */
final class Link {
    private static final byte[] NOTHING = {};

    private final long id;
    private final Peer peer;
    private final PeerConnection machine;
    private final SendWindow window;
    private CodecOptions options;
    private byte[] partial = NOTHING;
    private int partialOctets;
    private boolean isClosed;
    private @Nullable Session session;

    Link(long id, Peer peer, PeerConnection machine, int windowOctets, CodecOptions beforeOpen) {
        this.id = id;
        this.peer = peer;
        this.machine = machine;
        this.window = new SendWindow(windowOctets);
        this.options = beforeOpen;
    }

    long id() {
        return id;
    }

    Peer peer() {
        return peer;
    }

    PeerConnection machine() {
        return machine;
    }

    SendWindow window() {
        return window;
    }

    CodecOptions options() {
        return options;
    }

    /** Changes how messages are read from now on: after OPEN. */
    void setOptions(CodecOptions negotiated) {
        options = negotiated;
    }

    @Nullable
    Session session() {
        return session;
    }

    void setSession(Session established) {
        session = established;
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Takes no more octets in either direction. */
    void markClosed() {
        isClosed = true;
        partial = NOTHING;
        partialOctets = 0;
    }

    /** Hands octets to the transport, and the reference to them with it. */
    void send(ByteBuf octets, Outbox out) {
        if (isClosed) {
            octets.release();
            return;
        }
        window.recordSent(octets.readableBytes());
        out.add(new Output.Send(id, octets));
    }

    /** Counts octets that the transport took, and runs the send hold timer (RFC 9687). */
    void recordTaken(long octets, long nowNanos) {
        window.recordTaken(octets);
        Negotiated negotiated = machine.negotiated();
        if (negotiated != null && !isClosed) {
            SendHold.update(machine.timers(), negotiated.sendHoldSeconds(), octets, window.unsentOctets(), nowNanos);
        }
    }

    /** Returns how many octets of an incomplete message are kept. */
    int partialOctets() {
        return partialOctets;
    }

    /** Returns the octets of the incomplete message. */
    byte[] partial() {
        return partial;
    }

    /** Keeps more octets of an incomplete message, as far as the largest message goes; returns how many. */
    int keep(byte[] octets, int offset, int length) {
        int most = options.maxMessageOctets();
        int taken = Math.min(length, most - partialOctets);
        if (partialOctets + taken > partial.length) {
            partial = Arrays.copyOf(partial, Math.min(most, Math.max(512, (partialOctets + taken) * 2)));
        }
        System.arraycopy(octets, offset, partial, partialOctets, taken);
        partialOctets += taken;
        return taken;
    }

    /** Forgets what was kept. */
    void dropPartial() {
        partialOctets = 0;
    }
}
