package dev.waymark.engine;

import dev.waymark.api.net.IpAddress;
import dev.waymark.spi.Connection;
import dev.waymark.spi.MonotonicClock;
import dev.waymark.spi.Transport;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the core wants: drives the wires and hands calls of host code to {@link HostCalls}. Confined to the loop. */
final class OutputPerformer {
    private static final Logger LOG = LoggerFactory.getLogger(OutputPerformer.class);
    private static final long CLOSE_GRACE_NANOS = 10_000_000_000L;

    private final EngineLoop loop;
    private final MonotonicClock clock;
    private final Transport transport;
    private final HostCalls hosts;
    private final Map<Long, Wire> wires = new LinkedHashMap<>();
    private volatile Set<IpAddress> addresses = Set.of();

    OutputPerformer(EngineLoop loop, MonotonicClock clock, Transport transport, HostCalls hosts) {
        this.clock = clock;
        this.loop = loop;
        this.transport = transport;
        this.hosts = hosts;
    }

    /** Returns the addresses that connections are accepted from. Thread-safe. */
    Set<IpAddress> addresses() {
        return addresses;
    }

    /** Performs outputs in their order. */
    void perform(Outbox out) {
        List<Output> outputs = out.outputs();
        for (int i = 0; i < outputs.size(); i++) {
            perform(outputs.get(i));
        }
        out.clear();
    }

    private void perform(Output output) {
        if (output instanceof Output.Send send) {
            Wire wire = wires.get(send.connection());
            if (wire == null) {
                send.octets().release();
            } else {
                wire.send(send.octets());
            }
        } else if (output instanceof Output.Publish publish) {
            hosts.publish(publish.event());
        } else if (output instanceof Output.CallSink call) {
            hosts.callSink(call, ready -> loop.offer(later -> later.step(ready)));
        } else if (output instanceof Output.Reply reply) {
            hosts.reply(reply);
        } else if (output instanceof Output.Measured measured) {
            hosts.measured(measured);
        } else if (output instanceof Output.PeerAddresses changed) {
            addresses = changed.addresses();
        } else if (output instanceof Output.Connect connect) {
            connect(connect);
        } else if (output instanceof Output.Close close) {
            Wire wire = wires.get(close.connection());
            if (wire != null) {
                flush(wire); // an OPEN that waits makes the NOTIFICATION understood
                wire.closeAfter(Unpooled.wrappedBuffer(close.last()), clock.nanoTime() + CLOSE_GRACE_NANOS);
            }
        } else if (output instanceof Output.Abort abort) {
            abort(abort.connection());
        } else if (output instanceof Output.Poll poll) {
            poll(poll.connection());
        } else if (output instanceof Output.Fault fault) {
            LOG.atError()
                    .setCause(fault.bug())
                    .addKeyValue("connection", fault.connection())
                    .log("decoder failed on a message; please report this with the event that follows");
        }
    }

    private void poll(long id) {
        Wire wire = wires.get(id);
        Connection connection = wire == null ? null : wire.connection();
        if (connection != null) {
            try {
                connection.poll();
            } catch (RuntimeException thrown) {
                broken(id, thrown);
            }
        }
    }

    /** A transport threw: that connection is lost, and no other. */
    void broken(long id, RuntimeException thrown) {
        LOG.atWarn().setCause(thrown).addKeyValue("connection", id).log("transport threw, connection lost");
        abort(id);
        loop.offer(later -> later.closed(id, "the transport threw " + thrown));
    }

    private void connect(Output.Connect connect) {
        long id = connect.connection();
        wires.put(id, new Wire(id));
        try {
            transport.connect(connect.target(), new Pump(loop, id, false));
        } catch (RuntimeException refused) {
            loop.offer(later -> later.closed(id, "connect failed: " + refused.getMessage()));
        }
    }

    /** A connection is open. */
    void opened(Pump pump, Connection connection) {
        wires.computeIfAbsent(pump.id(), Wire::new).opened(connection);
    }

    void writable(long connection) {
        Wire wire = wires.get(connection);
        if (wire != null) {
            wire.writable();
        }
    }

    void closed(long connection) {
        Wire wire = wires.remove(connection);
        if (wire != null) {
            wire.closed();
        }
    }

    void abort(long connection) {
        Wire wire = wires.get(connection);
        if (wire != null) {
            wire.abort();
        }
    }

    void abortAll() {
        for (Wire wire : wires.values()) {
            wire.abort();
        }
        wires.clear();
    }

    /** Writes what can be written and tells the core; returns whether anything was taken. */
    boolean flush() {
        @Nullable List<Input> inputs = null;
        List<Long> gone = List.of();
        for (Wire wire : wires.values()) {
            if (!wire.hasWork() && !wire.isClosing()) {
                continue;
            }
            if (wire.isOverdue(clock.nanoTime())) {
                wire.abort();
            }
            long octets = flush(wire);
            if (octets > 0) {
                inputs = inputs == null ? new ArrayList<>() : inputs;
                inputs.add(new Input.Taken(wire.id(), octets));
            }
            if (wire.isGone()) {
                gone = gone.isEmpty() ? new ArrayList<>() : gone;
                gone.add(wire.id());
            }
        }
        for (long id : gone) {
            wires.remove(id);
        }
        if (inputs == null) {
            return false;
        }
        for (Input input : inputs) {
            loop.step(input);
        }
        return true;
    }

    private long flush(Wire wire) {
        try {
            return wire.flush();
        } catch (RuntimeException thrown) {
            broken(wire.id(), thrown);
            return 0;
        }
    }

    /** Returns whether a connection waits for its last octets to be taken. */
    boolean isClosing() {
        for (Wire wire : wires.values()) {
            if (wire.isClosing()) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether no connection is open any more. */
    boolean isIdle() {
        return wires.isEmpty();
    }
}
