package dev.waymark.examples.app;

import dev.waymark.api.ServerEvent;
import dev.waymark.api.Subscription;
import dev.waymark.examples.control.ControlReply;
import dev.waymark.examples.control.ControlRequest;
import dev.waymark.examples.control.JsonLine;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Lets a client follow the events (ARS-72), until it goes or the server ends. What a slow client misses is counted; it holds up
 * nobody. Thread-safe.
 */
final class EventsVerb implements ControlVerbs.Verb {
    private static final int WAITING = 1_024;

    private final Served served;

    EventsVerb(Served served) {
        this.served = served;
    }

    /** An event and its time. */
    private record Heard(Instant time, ServerEvent event) {}

    @Override
    public JsonLine run(ControlRequest request, ControlReply reply) throws IOException, InterruptedException {
        boolean asText = request.value("text", Values::flag).orElse(false);
        request.end();
        BlockingQueue<Heard> waiting = new ArrayBlockingQueue<>(WAITING);
        AtomicLong lost = new AtomicLong();
        Subscription subscription = served.subscribe(event -> {
            if (!waiting.offer(new Heard(Instant.now(), event))) {
                lost.incrementAndGet();
            }
        });
        try {
            reply.line(JsonLine.of("following"));
            reply.flush();
            follow(waiting, lost, asText, reply);
        } finally {
            subscription.close();
        }
        return JsonLine.empty();
    }

    private void follow(BlockingQueue<Heard> waiting, AtomicLong lost, boolean asText, ControlReply reply)
            throws IOException, InterruptedException {
        ServerEvent.Kind last = ServerEvent.Kind.PEER_STATE_CHANGED;
        while (last != ServerEvent.Kind.SERVER_STOPPED && !reply.isGone()) {
            @Nullable Heard heard = waiting.poll(1, TimeUnit.SECONDS);
            while (heard != null) {
                reply.line(line(heard, asText));
                last = heard.event().kind();
                heard = waiting.poll();
            }
            long missed = lost.getAndSet(0);
            if (missed > 0) {
                reply.line(line(new Heard(Instant.now(), new ServerEvent.EventsLost(missed)), asText));
            }
            reply.flush();
        }
    }

    private String line(Heard heard, boolean asText) {
        String time = heard.time().toString();
        return asText
                ? JsonLine.of("event")
                        .put("time", time)
                        .put("text", EventText.of(heard.event()))
                        .toString()
                : EventJson.of(served.name(), time, heard.event());
    }
}
