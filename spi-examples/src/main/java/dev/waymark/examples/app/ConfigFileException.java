package dev.waymark.examples.app;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration file was refused; its message has a line for each problem. */
final class ConfigFileException extends Exception {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // An immutable list of records, never serialised.
    private final List<ConfigProblem> problems;

    ConfigFileException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    List<ConfigProblem> problems() {
        return problems;
    }
}
