package dev.waymark.examples.decode;

import dev.waymark.api.net.Asn;
import java.util.Map;

/** Reads fields, naming the one that is wrong. Stateless. */
final class JsonFields {
    private JsonFields() {}

    static String required(Map<String, Object> object, String key) {
        String text = JsonTree.text(object, key);
        if (text == null) {
            throw new IllegalArgumentException(key + ": is missing");
        }
        return text;
    }

    static int number(Map<String, Object> object, String key, int max) {
        long value = longNumber(required(object, key), key);
        if (value > max) {
            throw new IllegalArgumentException(key + ": " + value + " is out of range, allowed is 0 to " + max);
        }
        return (int) value;
    }

    static long longNumber(String text, String key) {
        try {
            return Asn.parse(text).value();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": \"" + text + "\" is not a number of 0 to 4294967295", e);
        }
    }

    @SuppressWarnings("unchecked") // maps are made by JsonTree only
    static Map<String, Object> object(String key, Object element) {
        if (element instanceof Map) {
            return (Map<String, Object>) element;
        }
        throw new IllegalArgumentException(key + ": a list of objects is expected");
    }
}
