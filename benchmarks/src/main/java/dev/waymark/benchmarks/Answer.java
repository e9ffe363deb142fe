package dev.waymark.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/** What the rows of one question measured, beside the floor of each. Immutable. */
final class Answer {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /**
     * One line.
     *
     * @param name the method, and the parameters in which rows differ
     * @param ratio the time as a multiple of the floor's
     * @param nanos the time for a unit
     * @param octets what is allocated for a unit; NaN if that wasn't measured
     */
    record Row(String name, double ratio, double nanos, double octets) {}

    private final Question question;
    private final List<Row> rows = new ArrayList<>();

    /**
     * Sets rows beside their floors.
     *
     * @throws IllegalStateException if a row has none
     */
    Answer(Question question, Collection<RunResult> results) {
        this.question = question;
        Map<String, Double> floors = new HashMap<>();
        for (RunResult result : results) {
            if (question.isFloor(result.getParams())) {
                floors.put(question.group(result.getParams()), nanos(result));
            }
        }
        for (RunResult result : results) {
            Double floor = floors.get(question.group(result.getParams()));
            if (floor == null) {
                throw new IllegalStateException("no row " + question.floor() + " beside " + result.getParams());
            }
            String name = name(result.getParams(), results) + (question.isFloor(result.getParams()) ? " (floor)" : "");
            rows.add(new Row(name, nanos(result) / floor, nanos(result), octets(result)));
        }
    }

    /** Returns the rows, in JMH's order. */
    List<Row> rows() {
        return List.copyOf(rows);
    }

    /** Returns the question and a table, in Markdown. */
    String text() {
        int width = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        text.append("\n### ").append(question.text()).append(" (").append(question.key());
        text.append("; per ").append(question.unit()).append(")\n\n");
        text.append(String.format("| %-" + width + "s | x floor |       ns |      B |%n", "row"));
        text.append("|").append("-".repeat(width + 2)).append("|--------:|---------:|-------:|\n");
        for (Row row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %-" + width + "s | %7.2f | %8.1f | %6.1f |%n",
                    row.name(),
                    row.ratio(),
                    row.nanos(),
                    row.octets()));
        }
        return text.toString();
    }

    private double nanos(RunResult result) {
        return result.getPrimaryResult().getScore() / question.units(result.getParams());
    }

    private double octets(RunResult result) {
        for (String label : result.getSecondaryResults().keySet()) {
            if (label.endsWith(ALLOCATED)) {
                double octets = Objects.requireNonNull(
                                result.getSecondaryResults().get(label))
                        .getScore();
                return octets / question.units(result.getParams());
            }
        }
        return Double.NaN;
    }

    /** Returns the method, and the values of those parameters that aren't the same in all rows. */
    private static String name(BenchmarkParams row, Collection<RunResult> all) {
        StringBuilder name = new StringBuilder(Question.method(row));
        for (String param : new TreeSet<>(row.getParamsKeys())) {
            String value = row.getParam(param);
            if (all.stream()
                    .anyMatch(other -> !other.getParams().getParam(param).equals(value))) {
                name.append(", ").append(param).append(' ').append(value);
            }
        }
        return name.toString();
    }
}
