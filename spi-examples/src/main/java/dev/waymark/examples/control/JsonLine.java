package dev.waymark.examples.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Collects the fields of a JSON object that is written as one line. Not thread-safe. */
public final class JsonLine {
    private static final JsonFactory JSON =
            new JsonFactoryBuilder().rootValueSeparator("").build();

    private final Map<String, Object> fields = new LinkedHashMap<>();

    private JsonLine() {}

    /** Returns a line without fields. */
    public static JsonLine empty() {
        return new JsonLine();
    }

    /** Returns a line of a type. */
    public static JsonLine of(String type) {
        return new JsonLine().put("type", type);
    }

    /**
     * Puts a field after those that are there. Numbers, booleans, maps and lists are written as such, other values as text; an
     * empty {@link Optional} is left out.
     */
    public JsonLine put(String name, Object value) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(there -> fields.put(name, there));
        } else {
            fields.put(name, value);
        }
        return this;
    }

    /** Returns the fields. */
    public Map<String, Object> fields() {
        return fields;
    }

    /** Returns the object, without a line feed. */
    @Override
    public String toString() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(json, fields);
        } catch (IOException e) {
            throw new UncheckedIOException("to memory", e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof JsonLine line) {
            write(json, line.fields);
        } else if (value instanceof Iterable<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else {
            json.writeString(value.toString());
        }
    }
}
