package dev.waymark.examples.interop;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of what a daemon's tool prints as JSON, to look into without checking at every step: what isn't there is an empty
 * object. Immutable.
 */
record Json(Object value) {
    private static final Json NOTHING = new Json(Map.of());
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Reads all documents of a text that has one after the other. */
    static List<Json> readAll(String text) {
        List<Json> documents = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(text)) {
            while (parser.nextToken() != null) {
                documents.add(read(parser));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + text, e);
        }
        return documents;
    }

    /** Reads a text that is one document. */
    static Json read(String text) {
        List<Json> documents = readAll(text);
        return documents.isEmpty() ? NOTHING : documents.get(0);
    }

    private static Json read(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Json> fields = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, read(parser));
            }
            return new Json(fields);
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Json> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(read(parser));
            }
            return new Json(items);
        }
        return new Json(parser.getText());
    }

    /** Returns an object's field; several names go down as many levels. */
    Json get(String... names) {
        Json at = this;
        for (String name : names) {
            at = at.fields().getOrDefault(name, NOTHING);
        }
        return at;
    }

    boolean has(String name) {
        return fields().containsKey(name);
    }

    /** Returns an object's fields by name; of anything else, none. */
    @SuppressWarnings("unchecked") // read() puts nothing else into a map
    Map<String, Json> fields() {
        return value instanceof Map<?, ?> map ? (Map<String, Json>) map : Map.of();
    }

    /** Returns a list's items; of anything else, none. */
    @SuppressWarnings("unchecked") // read() puts nothing else into a list
    List<Json> items() {
        return value instanceof List<?> list ? (List<Json>) list : List.of();
    }

    /** Returns the items as text. */
    List<String> texts() {
        return items().stream().map(Json::text).toList();
    }

    /** Returns text and numbers as they stand. */
    String text() {
        return value.toString();
    }
}
