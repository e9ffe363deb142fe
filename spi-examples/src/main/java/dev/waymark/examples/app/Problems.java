package dev.waymark.examples.app;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Collects what is wrong with a file, so that all of it can be told at once, and knows where each parameter stands, for what
 * only the whole configuration shows. Confined to the reader.
 */
final class Problems {
    /** A file that is wrong all over is told in part. */
    private static final int MOST = 100;

    private final String file;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Map<String, Node> places = new HashMap<>();
    private final Map<String, Node> again = new HashMap<>();

    Problems(String file) {
        this.file = file;
    }

    void add(Node where, String message) {
        add(
                where.getStartMark().map(Mark::getLine).orElse(0),
                where.getStartMark().map(Mark::getColumn).orElse(0),
                message);
    }

    /** Adds a problem; line and column count from 0, as in marks. */
    void add(int line, int column, String message) {
        if (problems.size() < MOST) {
            problems.add(new ConfigProblem(file, line + 1, column + 1, message));
        }
    }

    /** Remembers where a parameter stands. */
    void place(String parameter, Node where) {
        places.putIfAbsent(parameter, where);
    }

    /** Remembers where one of several stands that are told apart by name; of two with one name, the second is blamed. */
    void placeElement(String parameter, Node where) {
        if (places.putIfAbsent(parameter, where) != null) {
            again.putIfAbsent(parameter, where);
        }
    }

    /** Tells that a parameter of the API stands in the file under another key. */
    void alias(String parameter, String key) {
        Node where = places.get(key);
        if (where != null) {
            place(parameter, where);
        }
    }

    /** Adds a problem where the parameter stands, or what it is part of, or at the top. */
    void addAtParameter(String parameter, String message) {
        if (again.containsKey(parameter)) {
            add(again.get(parameter), message);
            return;
        }
        for (String part = parameter; !part.isEmpty(); part = part.substring(0, Math.max(0, part.lastIndexOf('.')))) {
            Node where = places.get(part);
            if (where != null) {
                add(where, message);
                return;
            }
        }
        add(0, 0, message);
    }

    int size() {
        return problems.size();
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    /** Throws if there are problems, in the order of the file. */
    void check() throws ConfigFileException {
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(ConfigProblem::line).thenComparingInt(ConfigProblem::column));
            throw new ConfigFileException(problems);
        }
    }
}
