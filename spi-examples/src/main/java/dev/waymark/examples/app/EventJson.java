package dev.waymark.examples.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.waymark.api.PeerIdentity;
import dev.waymark.api.ServerEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event as a JSON object: its kind, and every component of the record under its own name. Values that JSON doesn't
 * have are written as text. Stateless.
 */
final class EventJson {
    private static final JsonFactory JSON =
            new JsonFactoryBuilder().rootValueSeparator("").build();

    private EventJson() {}

    /**
     * Returns the object, without a line feed.
     *
     * @param server the server's name
     * @param time when it happened, as text
     */
    static String of(String server, String time, ServerEvent event) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("type", "event");
            json.writeStringField("server", server);
            json.writeStringField("time", time);
            writeEvent(json, event);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("to memory", e);
        }
        return text.toString();
    }

    private static void writeEvent(JsonGenerator json, ServerEvent event) throws IOException {
        json.writeStringField("kind", Values.dashed(event.kind()));
        writeComponents(json, (Record) event);
    }

    private static void writeComponents(JsonGenerator json, Record event) throws IOException {
        for (RecordComponent component : event.getClass().getRecordComponents()) {
            json.writeFieldName(component.getName());
            write(json, valueOf(component, event));
        }
    }

    private static @Nullable Object valueOf(RecordComponent component, Record event) {
        try {
            return component.getAccessor().invoke(event);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("accessors of public records are public: " + component, e);
        }
    }

    private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value instanceof Optional<?> optional) {
            write(json, optional.orElse(null));
        } else if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else if (value instanceof Enum<?> constant) {
            json.writeString(Values.dashed(constant));
        } else if (value instanceof Iterable<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof ServerEvent event) {
            json.writeStartObject();
            writeEvent(json, event);
            json.writeEndObject();
        } else if (value instanceof PeerIdentity peer) {
            json.writeStartObject();
            writeComponents(json, peer);
            json.writeEndObject();
        } else {
            json.writeString(value.toString());
        }
    }
}
