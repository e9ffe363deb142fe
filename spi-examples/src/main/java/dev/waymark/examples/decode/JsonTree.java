package dev.waymark.examples.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a line of JSON as maps, lists, strings, numbers and booleans; a null is left out. Stateless. */
public final class JsonTree {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_DEPTH = 16;

    private JsonTree() {}

    /**
     * Returns the object of a line.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static Map<String, Object> object(String line) {
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("the line is not a JSON object");
            }
            Map<String, Object> object = objectOf(parser, 0);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("there is more on the line than one JSON object");
            }
            return object;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the line is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("from memory", e);
        }
    }

    /** Returns a string, number or boolean of an object as text; null when it isn't there. */
    static @Nullable String text(Map<String, Object> object, String key) {
        Object value = object.get(key);
        if (value instanceof Map || value instanceof List) {
            throw new IllegalArgumentException(key + ": one value is expected, not a list or an object");
        }
        return value == null ? null : value.toString();
    }

    /** Returns an object inside an object; an empty one when it isn't there. */
    @SuppressWarnings("unchecked") // maps are made here only
    static Map<String, Object> object(Map<String, Object> object, String key) {
        Object value = object.getOrDefault(key, Map.of());
        if (value instanceof Map) {
            return (Map<String, Object>) value;
        }
        throw new IllegalArgumentException(key + ": an object is expected");
    }

    /** Returns a list inside an object; an empty one when it isn't there. */
    static List<?> list(Map<String, Object> object, String key) {
        Object value = object.getOrDefault(key, List.of());
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException(key + ": a list is expected");
    }

    private static Map<String, Object> objectOf(JsonParser parser, int depth) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            Object value = valueOf(parser, depth);
            if (value != null) {
                object.put(name, value);
            }
        }
        return object;
    }

    private static List<Object> listOf(JsonParser parser, int depth) throws IOException {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Object value = valueOf(parser, depth);
            if (value != null) {
                list.add(value);
            }
        }
        return list;
    }

    private static @Nullable Object valueOf(JsonParser parser, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("the JSON is nested too deeply");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> objectOf(parser, depth + 1);
            case START_ARRAY -> listOf(parser, depth + 1);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }
}
