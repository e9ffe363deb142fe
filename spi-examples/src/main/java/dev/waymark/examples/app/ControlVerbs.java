package dev.waymark.examples.app;

import dev.waymark.examples.control.ControlHandler;
import dev.waymark.examples.control.ControlRefusal;
import dev.waymark.examples.control.ControlReply;
import dev.waymark.examples.control.ControlRequest;
import dev.waymark.examples.control.JsonLine;
import dev.waymark.spi.RoutePolicy;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers what {@code waymark ctl} asks of a running server. Thread-safe. */
final class ControlVerbs implements ControlHandler {
    private final Map<String, Verb> verbs = new LinkedHashMap<>();

    /** One thing that can be asked. */
    interface Verb {
        JsonLine run(ControlRequest request, ControlReply reply) throws IOException, InterruptedException;
    }

    /**
     * Makes the verbs of a server.
     *
     * @param policies what finds a policy by its name
     */
    ControlVerbs(Served served, ValueParser<RoutePolicy> policies) {
        new PeerVerbs(served, policies).addTo(verbs);
        new ViewVerbs(served).addTo(verbs);
        new ServerVerbs(served).addTo(verbs);
        verbs.put("events", new EventsVerb(served));
        new NetworkVerbs(served).addTo(verbs);
    }

    @Override
    public JsonLine handle(ControlRequest request, ControlReply reply) throws IOException, InterruptedException {
        Verb verb = verbs.get(request.verb());
        if (verb == null) {
            throw new ControlRefusal("there is no verb '" + Values.printable(request.verb()) + "'; there are "
                    + String.join(", ", verbs.keySet()));
        }
        return verb.run(request, reply);
    }

    /** Returns an answer for people. */
    static JsonLine said(String message) {
        return JsonLine.empty().put("message", message);
    }
}
