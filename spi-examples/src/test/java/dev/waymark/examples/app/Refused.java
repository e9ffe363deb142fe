package dev.waymark.examples.app;

import org.junit.jupiter.api.function.Executable;

/**
 * A configuration that a rule forbids, as Java and as YAML. Immutable.
 *
 * @param rule the rule
 * @param parameter the parameter that is blamed, as the API calls it
 * @param java makes it, and is refused
 * @param yaml the same in a file, with {@value #HERE} before what is blamed; empty if a file can't say it
 */
record Refused(String rule, String parameter, Executable java, String yaml) {
    static final String HERE = "§";
    private static final String ROUTER_ID = "routerId: 10.0.0.4\n";

    /** The file's text. */
    String text() {
        return marked().replace(HERE, "");
    }

    /** Returns {@code line:column} of what is blamed. */
    String place() {
        String before = marked().substring(0, marked().indexOf(HERE));
        int lineStart = before.lastIndexOf('\n') + 1;
        return before.split("\n", -1).length + ":" + (before.length() - lineStart + 1);
    }

    private String marked() {
        return yaml.contains("instances:") ? yaml : ROUTER_ID + yaml;
    }

    @Override
    public String toString() {
        return rule + " " + parameter + (yaml.isEmpty() ? "" : ": " + yaml.strip());
    }
}
