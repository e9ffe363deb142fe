package dev.waymark.engine;

import dev.waymark.spi.contract.LoopbackPeer;
import java.util.function.BooleanSupplier;

/** A scripted speaker at the far end of a connection of a real engine. For one test thread. */
final class LoopbackNva {
    final Speaker speaker;
    final LoopbackPeer end;

    LoopbackNva(Speaker speaker, LoopbackPeer end) {
        this.speaker = speaker;
        this.end = end;
        speaker.reset();
        speaker.isConnected = true;
    }

    /** Opens the session and waits until the server has sent its table. */
    LoopbackNva up() {
        end.send(speaker.open());
        await(() -> !speaker.endOfRibs.isEmpty());
        return this;
    }

    void say(byte[] octets) {
        end.send(octets);
    }

    /** Hears what the server says until something is true. */
    void await(BooleanSupplier condition) {
        hear(end.take());
        while (!condition.getAsBoolean()) {
            hear(end.awaitOctets(1));
        }
    }

    /** Waits for the end of the connection and hears the last octets. */
    void awaitClosed() {
        end.awaitClosed();
        hear(end.take());
    }

    private void hear(byte[] octets) {
        for (byte[] answer : speaker.hear(octets)) {
            if (!end.isClosed()) {
                end.send(answer);
            }
        }
    }
}
