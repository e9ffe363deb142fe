package dev.waymark.engine;

import dev.waymark.api.PeerIdentity;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.route.RouteBatch;
import dev.waymark.spi.ConnectTarget;
import io.netty.buffer.ByteBuf;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One thing that a {@link RouteServerCore} wants done. */
sealed interface Output {
    /** Open a connection. */
    record Connect(long connection, ConnectTarget target) implements Output {}

    /** Send octets; the reference goes to whoever performs this. */
    record Send(long connection, ByteBuf octets) implements Output {}

    /** Write what the connection takes at once, finish the message that is partly written, drop the rest, send the last octets, close. */
    @SuppressWarnings("ArrayRecordComponent") // handed over, and compared by nobody
    record Close(long connection, byte[] last) implements Output {}

    /** Close at once, dropping everything. */
    record Abort(long connection) implements Output {}

    /** Read what waits on the connection and answer with {@link Input.Polled}. */
    record Poll(long connection) implements Output {}

    /** The decoder failed on a message of a connection: a defect of ours, which the message's outcome has dealt with. */
    record Fault(long connection, RuntimeException bug) implements Output {}

    /** Tell the listeners. */
    record Publish(ServerEvent event) implements Output {}

    /** Call a sink; {@link Input.SinkReady} answers. */
    record CallSink(int sink, SinkCall call) implements Output {}

    /** Answer a command: its result, or what it throws. */
    record Reply(long id, @Nullable Object result, @Nullable RuntimeException error) implements Output {}

    /** From these addresses connections are accepted from now on. */
    record PeerAddresses(Set<IpAddress> addresses) implements Output {}

    /** A peer's numbers changed (ARS-73). */
    record Measured(PeerIdentity peer, int status, long learned, long advertised) implements Output {}

    /** Which method of a sink to call. */
    enum SinkMethod {
        SNAPSHOT_BEGIN,
        SNAPSHOT_PAGE,
        SNAPSHOT_END,
        CHANGES
    }

    /** A call of a sink: begin and end use the batch's revision only. */
    record SinkCall(SinkMethod method, RouteBatch batch) {}
}
