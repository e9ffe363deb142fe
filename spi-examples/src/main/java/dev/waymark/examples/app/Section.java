package dev.waymark.examples.app;

import dev.waymark.api.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.NodeType;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One mapping of the file. Whoever reads it asks for every key that is allowed, then calls {@link #end()}, which refuses the
 * keys that nobody asked for. Problems are collected; what is asked for and wrong counts as absent. Confined to the reader.
 */
final class Section {
    private final String path;
    private final Node node;
    private final Problems problems;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
    private final Set<String> allowed = new LinkedHashSet<>();
    private final boolean isMapping;

    /**
     * Opens a section.
     *
     * @param path how the section is called in messages and in the parameters of the API, {@code session}; empty for the whole
     */
    Section(String path, Node node, Problems problems) {
        this.path = path;
        this.node = node;
        this.problems = problems;
        boolean isNull = isNull(node);
        isMapping = isNull || node.getNodeType() == NodeType.MAPPING;
        if (isNull || !isMapping) {
            if (!isNull) {
                problems.add(node, name() + "wants keys with values, one a line: key: value");
            }
            return;
        }
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (entries.putIfAbsent(key, tuple) != null) {
                problems.add(tuple.getKeyNode(), name(key) + " is there twice");
            }
            problems.place(path.isEmpty() ? key : path + "." + key, tuple.getKeyNode());
        }
    }

    Node node() {
        return node;
    }

    /** Returns a value; empty if the key is absent, or its value is wrong. */
    <V> Optional<V> value(String key, ValueParser<V> parser) {
        Node value = take(key);
        return value == null ? Optional.empty() : scalar(name(key), value, parser);
    }

    /** Returns a value that must be there; empty if it is not, which is then a problem. */
    <V> Optional<V> required(String key, ValueParser<V> parser) {
        if (!entries.containsKey(key) && isMapping) {
            problems.add(node, name(key) + " is missing");
        }
        return value(key, parser);
    }

    /** Gives each element of a list, or the one that stands in its place, with where it stands. */
    <V> void each(String key, ValueParser<V> parser, BiConsumer<V, Node> taker) {
        Node whole = entries.containsKey(key) ? take(key) : null;
        if (whole != null && whole.getNodeType() == NodeType.MAPPING) {
            problems.add(whole, name(key) + " wants a value, or a list of values: [one, two]");
            return;
        }
        eachNode(key, element -> scalar(name(key), element, parser).ifPresent(value -> taker.accept(value, element)));
    }

    /** Returns a list of values; empty if the key is absent. */
    <V> Optional<List<V>> list(String key, ValueParser<V> parser) {
        if (!entries.containsKey(key)) {
            allowed.add(key);
            return Optional.empty();
        }
        List<V> values = new ArrayList<>();
        each(key, parser, (value, where) -> values.add(value));
        return Optional.of(values);
    }

    /** Gives each element of a list, whatever it is. */
    void eachNode(String key, Consumer<Node> taker) {
        Node value = take(key);
        if (value == null || isNull(value)) {
            return;
        }
        if (value.getNodeType() == NodeType.SEQUENCE) {
            ((SequenceNode) value).getValue().forEach(taker);
        } else {
            taker.accept(value);
        }
    }

    /** Returns a value as it stands; null if the key is absent. */
    @Nullable
    Node take(String key) {
        allowed.add(key);
        NodeTuple tuple = entries.get(key);
        return tuple == null ? null : tuple.getValueNode();
    }

    /** Returns the section under a key; empty if the key is absent. */
    Optional<Section> section(String key) {
        Node value = take(key);
        return value == null ? Optional.empty() : Optional.of(new Section(inside(key), value, problems));
    }

    /** Starts to change settings by the values of this section. */
    <S> Settings<S> change(S settings) {
        return new Settings<>(settings);
    }

    /** Refuses the keys that were not asked for. */
    void end() {
        entries.forEach((key, tuple) -> {
            if (!allowed.contains(key)) {
                problems.add(
                        tuple.getKeyNode(), name(key) + " is not a setting: allowed are " + String.join(", ", allowed));
            }
        });
    }

    private <V> Optional<V> scalar(String called, Node value, ValueParser<V> parser) {
        return scalarOf(called, value, parser, problems);
    }

    /** Returns the value of a scalar; empty, with a problem, if it is none or wrong. */
    static <V> Optional<V> scalarOf(String called, Node value, ValueParser<V> parser, Problems problems) {
        if (!(value instanceof ScalarNode scalar) || isNull(value)) {
            problems.add(value, called + " wants a single value");
            return Optional.empty();
        }
        try {
            return Optional.of(parser.parse(scalar.getValue()));
        } catch (ConfigurationException e) {
            problems.add(value, String.valueOf(e.getMessage()));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            problems.add(value, called + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private String inside(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private String name() {
        return path.isEmpty() ? "the file " : path + " ";
    }

    private String name(String key) {
        return inside(key);
    }

    static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && (scalar.getValue().isEmpty() || scalar.getValue().equals("null"));
    }

    /**
     * Changes immutable settings key by key. A value that is refused is tried again after the others, since its range may
     * depend on them.
     */
    final class Settings<S> {
        private S settings;
        private final List<Change<S>> waiting = new ArrayList<>();

        private Settings(S settings) {
            this.settings = settings;
        }

        /** Sets a value, if the key is there. */
        <V> Settings<S> set(String key, ValueParser<V> parser, BiFunction<S, V, S> with) {
            Node where = take(key);
            if (where != null) {
                scalar(name(key), where, parser).ifPresent(value -> add(where, s -> with.apply(s, value)));
            }
            return this;
        }

        /** Sets a list, if the key is there. */
        <V> Settings<S> setList(String key, ValueParser<V> parser, BiFunction<S, List<V>, S> with) {
            Node where = take(key);
            if (where != null) {
                list(key, parser).ifPresent(values -> add(where, s -> with.apply(s, values)));
            }
            return this;
        }

        /** Returns the settings with all changes that could be made; the others are problems. */
        S get() {
            boolean progress = true;
            while (progress && !waiting.isEmpty()) {
                progress = waiting.removeIf(change -> tryChange(change) == null);
            }
            for (Change<S> change : waiting) {
                problems.add(change.where, String.valueOf(tryChange(change)));
            }
            return settings;
        }

        private void add(Node where, UnaryOperator<S> change) {
            waiting.add(new Change<>(where, change));
        }

        private @Nullable String tryChange(Change<S> change) {
            try {
                settings = change.change.apply(settings);
                return null;
            } catch (IllegalArgumentException e) {
                return String.valueOf(e.getMessage());
            }
        }
    }

    private record Change<S>(Node where, UnaryOperator<S> change) {}
}
