package dev.waymark.examples.control;

import dev.waymark.examples.decode.JsonTree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a client asks for. Whoever reads it asks for every key that the verb takes, then calls {@link #end()}, which refuses the
 * others. Not thread-safe.
 */
public final class ControlRequest {
    private final Map<String, Object> fields;
    private final Set<String> allowed = new LinkedHashSet<>(Set.of("verb"));

    private ControlRequest(Map<String, Object> fields) {
        this.fields = fields;
    }

    /**
     * Reads a line.
     *
     * @throws ControlRefusal if it is no object
     */
    public static ControlRequest parse(String line) {
        try {
            return new ControlRequest(JsonTree.object(line));
        } catch (IllegalArgumentException e) {
            throw new ControlRefusal("not a request: " + e.getMessage());
        }
    }

    /** Returns the verb. */
    public String verb() {
        return required("verb", text -> text);
    }

    /** Returns a value; empty if it is not there. */
    public <V> Optional<V> value(String key, Function<String, V> parser) {
        allowed.add(key);
        Object value = fields.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Map || value instanceof List) {
            throw new ControlRefusal(key + ": one value is expected, not a list or an object");
        }
        try {
            return Optional.of(parser.apply(value.toString()));
        } catch (IllegalArgumentException e) {
            throw new ControlRefusal(key + ": " + e.getMessage());
        }
    }

    /** Returns a value that has to be there. */
    public <V> V required(String key, Function<String, V> parser) {
        return value(key, parser)
                .orElseThrow(() -> new ControlRefusal(
                        key.equals("verb") ? "the request has no verb" : verb() + " wants a " + key));
    }

    /** Refuses the keys that nobody asked for. */
    public void end() {
        List<String> unknown = new ArrayList<>(fields.keySet());
        unknown.removeAll(allowed);
        if (!unknown.isEmpty()) {
            String verb = verb();
            allowed.remove("verb");
            throw new ControlRefusal(verb + " takes " + (allowed.isEmpty() ? "nothing" : String.join(", ", allowed))
                    + "; not " + unknown.get(0));
        }
    }
}
