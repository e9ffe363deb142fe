package dev.waymark.examples.app;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Reads fields of JSON rows as people like to see them. What is not there is empty. Stateless. */
final class Cells {
    /** The header of the column that tells the instances of a pair apart. */
    static final String INSTANCE = "INSTANCE";

    private Cells() {}

    static String text(Map<String, Object> row, String field) {
        Object value = row.get(field);
        if (value instanceof Collection<?> list) {
            return list.stream().map(Objects::toString).collect(Collectors.joining(" "));
        }
        return value == null ? "" : value.toString();
    }

    static long longOf(Map<String, Object> row, String field) {
        return row.get(field) instanceof Number number ? number.longValue() : 0;
    }

    static boolean flag(Map<String, Object> row, String field) {
        return Boolean.TRUE.equals(row.get(field));
    }

    /** Returns a number with separators of thousands. */
    static String number(Map<String, Object> row, String field) {
        return row.containsKey(field) ? number(longOf(row, field)) : "";
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Returns {@code 1 route} or {@code 1,000 routes}. */
    static String count(long count, String what) {
        return number(count) + " " + what + (count == 1 ? "" : "s");
    }

    @SuppressWarnings("unchecked") // maps are made by JsonTree only
    static Map<String, Object> object(Map<String, Object> row, String field) {
        return row.get(field) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    @SuppressWarnings("unchecked") // maps are made by JsonTree only
    static List<Map<String, Object>> objects(Map<String, Object> row, String field) {
        return row.get(field) instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
    }

    /** Returns a text without what would steer a terminal: it may have come from a peer. */
    static String shown(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return text.replaceAll("\\p{Cntrl}", "?");
            }
        }
        return text;
    }
}
