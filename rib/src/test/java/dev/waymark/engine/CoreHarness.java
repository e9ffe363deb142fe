package dev.waymark.engine;

import dev.waymark.api.PeerSnapshot;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.RouteChange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A core, a manual clock and scripted speakers, in one thread: hours in milliseconds. */
final class CoreHarness {
    static final int UNITS = 1_024;

    final RouteServerCore core;
    final List<ServerEvent> events = new ArrayList<>();
    final List<Output.Measured> measured = new ArrayList<>();
    final Map<Long, Speaker> connected = new LinkedHashMap<>();
    final Map<Integer, Map<IpPrefix, List<IpAddress>>> sinks = new HashMap<>();
    final Deque<Output.CallSink> sinkCalls = new ArrayDeque<>();
    final List<Output.Connect> connects = new ArrayList<>();
    final List<Long> closed = new ArrayList<>();
    final Set<Long> deaf = new java.util.HashSet<>();
    final Map<Long, List<ByteBuf>> held = new HashMap<>();
    boolean autoSink = true;
    Runnable beforePoll = () -> {};
    long nowNanos = 1_000_000_000L;
    private long nextConnection = 2;
    private long nextCall = 1;
    /** Sees every step with its outputs, before they are performed. */
    StepObserver observer = (now, input, outputs) -> {};

    int units = UNITS;
    private Outbox last = new Outbox();
    private boolean isFeeding;
    private final Deque<Input> inputs = new ArrayDeque<>();
    final List<Recorded> recorded = new ArrayList<>();

    /** An input and its time. */
    record Recorded(long nowNanos, Input input) {}

    private Object result = "";

    /** Sees steps of the core. */
    interface StepObserver {
        void stepped(long nowNanos, Input input, Outbox outputs);
    }

    CoreHarness(RouteServerConfig config) {
        this(config, new UnpooledByteBufAllocator(false));
    }

    CoreHarness(RouteServerConfig config, ByteBufAllocator allocator) {
        core = new RouteServerCore(config, allocator);
        call(new Command.Start());
    }

    /** Feeds an input and does what the core wants, until it wants nothing. */
    void feed(Input input) {
        inputs.add(input);
        if (isFeeding) {
            return;
        }
        isFeeding = true;
        try {
            for (Input next = inputs.poll(); next != null; next = inputs.poll()) {
                recorded.add(new Recorded(nowNanos, next));
                last = core.step(nowNanos, next);
                observer.stepped(nowNanos, next, last);
                for (Output output : List.copyOf(last.outputs())) {
                    perform(output);
                }
            }
        } finally {
            isFeeding = false;
        }
    }

    /** Runs turns until one finds no work and nothing answers what it sent. */
    void settle() {
        for (int i = 0; i < 20_000; i++) {
            int before = recorded.size();
            feed(new Input.Turn(units));
            if (!last.hasWork() && recorded.size() == before + 1) {
                return;
            }
        }
        throw new AssertionError("the core never comes to rest");
    }

    /** Lets time pass, with a turn at every deadline. */
    void advance(Duration duration) {
        long end = nowNanos + duration.toNanos();
        settle();
        while (last.deadlineNanos() - end <= 0) {
            nowNanos = Math.max(nowNanos, last.deadlineNanos());
            settle();
            if (last.deadlineNanos() - nowNanos <= 0) {
                nowNanos += 1_000_000;
            }
        }
        nowNanos = end;
        settle();
    }

    Object call(Command command) {
        feed(new Input.Called(nextCall++, command));
        return result;
    }

    /** Connects a speaker to the server and lets both come to Established. */
    void connect(Speaker speaker) {
        accept(speaker);
        settle();
    }

    long accept(Speaker speaker) {
        long id = nextConnection;
        nextConnection += 2;
        speaker.reset();
        speaker.connection = id;
        speaker.isConnected = true;
        connected.put(id, speaker);
        InetSocketAddress remote = new InetSocketAddress(speaker.address.toInetAddress(), 40_000);
        inputs.add(new Input.Accepted(id, new InetSocketAddress("10.0.0.4", 179), remote));
        if (speaker.sendsOpen) {
            say(speaker, speaker.open());
        } else {
            settle();
        }
        return id;
    }

    void say(Speaker speaker, byte[] octets) {
        for (int at = 0; at < octets.length && speaker.isConnected; at += 65_536) {
            feed(new Input.Bytes(speaker.connection, octets, at, Math.min(65_536, octets.length - at)));
        }
    }

    /** Lets the network lose a speaker. */
    void kill(Speaker speaker) {
        connected.remove(speaker.connection);
        drop(speaker.connection);
        speaker.isConnected = false;
        feed(new Input.Closed(speaker.connection, "connection reset"));
    }

    /** Lets a speaker read what it was sent while it was deaf, and all that comes after. */
    void listen(Speaker speaker) {
        long connection = speaker.connection;
        hear(speaker, Integer.MAX_VALUE);
        deaf.remove(connection);
    }

    /** Lets a deaf speaker read as many of the pieces that wait, at most. */
    void hear(Speaker speaker, int pieces) {
        List<ByteBuf> waiting = held.getOrDefault(speaker.connection, new ArrayList<>());
        for (int i = 0; i < pieces && !waiting.isEmpty() && speaker.isConnected; i++) {
            deliver(speaker, waiting.remove(0));
        }
    }

    /** Forgets what waits for a connection that is gone. */
    private void drop(long connection) {
        deaf.remove(connection);
        List<ByteBuf> waiting = held.remove(connection);
        if (waiting != null) {
            waiting.forEach(ByteBuf::release);
        }
    }

    private void perform(Output output) {
        if (output instanceof Output.Send send) {
            Speaker speaker = connected.get(send.connection());
            if (speaker == null) {
                send.octets().release();
            } else if (deaf.contains(send.connection())) {
                held.computeIfAbsent(send.connection(), unused -> new ArrayList<>())
                        .add(send.octets());
            } else {
                deliver(speaker, send.octets());
            }
        } else if (output instanceof Output.Close close) {
            Speaker speaker = connected.remove(close.connection());
            closed.add(close.connection());
            drop(close.connection());
            if (speaker != null) {
                speaker.isConnected = false;
                speaker.hear(close.last());
            }
        } else if (output instanceof Output.Abort abort) {
            Speaker speaker = connected.remove(abort.connection());
            closed.add(abort.connection());
            drop(abort.connection());
            if (speaker != null) {
                speaker.isConnected = false;
            }
        } else if (output instanceof Output.Publish publish) {
            events.add(publish.event());
        } else if (output instanceof Output.Reply reply) {
            if (reply.error() != null) {
                throw reply.error();
            }
            result = reply.result() == null ? "" : reply.result();
        } else if (output instanceof Output.Connect connect) {
            connects.add(connect);
        } else if (output instanceof Output.Poll poll) {
            beforePoll.run();
            feed(new Input.Polled(poll.connection()));
        } else if (output instanceof Output.Measured numbers) {
            measured.add(numbers);
        } else if (output instanceof Output.CallSink call) {
            sinkCalls.add(call);
            if (autoSink) {
                runSink();
            }
        }
    }

    private void deliver(Speaker speaker, ByteBuf octets) {
        byte[] copy = new byte[octets.readableBytes()];
        octets.readBytes(copy);
        octets.release();
        long connection = speaker.connection;
        List<byte[]> answers = speaker.hear(copy);
        feed(new Input.Taken(connection, copy.length));
        for (byte[] answer : answers) {
            if (speaker.isConnected && speaker.connection == connection) {
                say(speaker, answer);
            }
        }
    }

    /** Performs the oldest call of a sink. */
    void runSink() {
        Output.CallSink call = sinkCalls.remove();
        Map<IpPrefix, List<IpAddress>> table = sinks.computeIfAbsent(call.sink(), unused -> new TreeMap<>());
        if (call.call().method() == Output.SinkMethod.SNAPSHOT_BEGIN) {
            table.clear();
        }
        for (RouteChange change : call.call().batch().changes()) {
            if (change.isWithdrawal()) {
                table.remove(change.prefix());
            } else {
                table.put(change.prefix(), change.nextHops());
            }
        }
        feed(new Input.SinkReady(call.sink(), null));
    }

    /** Returns a peer as hosts see it. */
    @SuppressWarnings("unchecked") // PEERS answers with snapshots
    PeerSnapshot peer(String name) {
        return ((List<PeerSnapshot>) call(new Command.Peers()))
                .stream()
                        .filter(peer -> peer.config().name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    <E extends ServerEvent> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
