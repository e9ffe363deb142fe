package dev.waymark.benchmarks.race;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The results of all heats, and the table of their medians as ratios to the first server's. Confined to one thread. */
final class Standings {
    private static final String LINE = "| %-7s | %12s | %-14s | %14s | %s |\n";

    private final List<Row> rows;

    /** The heats of one server. */
    private record Row(String server, List<Result> results) {
        boolean isOk() {
            return results.stream().allMatch(Result::isOk);
        }

        double[] sorted(ToDoubleFunction<Result> figure) {
            return results.stream().mapToDouble(figure).sorted().toArray();
        }

        /** Returns the mean of the two in the middle if there are an even number. */
        double median(ToDoubleFunction<Result> figure) {
            double[] sorted = sorted(figure);
            return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        }

        String verdict() {
            return results.stream()
                    .filter(result -> !result.isOk())
                    .map(result -> "failed: " + result.fault().replaceAll("\\s+", " "))
                    .findFirst()
                    .orElse("ok");
        }
    }

    Standings(List<String> servers) {
        rows = servers.stream()
                .map(server -> new Row(server, new ArrayList<>()))
                .toList();
    }

    /** Adds a heat of a server, by its index. */
    void add(int server, Result result) {
        rows.get(server).results.add(result);
    }

    /** Tells whether all heats count. */
    boolean isOk() {
        return rows.stream().allMatch(Row::isOk);
    }

    /** Returns the table; every server must have had a heat. One that failed in any has its fault instead of ratios. */
    String table() {
        Row first = rows.get(0);
        StringBuilder text = new StringBuilder(
                LINE.formatted("server", "time / " + first.server, "from, to", "memory / " + first.server, "result"));
        text.append("|---|---:|---|---:|---|\n");
        for (Row row : rows) {
            String time = "-";
            String range = "-";
            String memory = "-";
            if (row.isOk() && first.isOk()) {
                double unit = first.median(Result::nanos);
                double[] times = row.sorted(Result::nanos);
                time = ratio(row.median(Result::nanos), unit);
                range = ratio(times[0], unit) + ", " + ratio(times[times.length - 1], unit);
                memory = ratio(row.median(Result::peakKib), first.median(Result::peakKib));
            }
            text.append(LINE.formatted(row.server, time, range, memory, row.verdict()));
        }
        return text.toString();
    }

    private static String ratio(double one, double other) {
        return other == 0 ? "-" : String.format(Locale.ROOT, "%.2f", one / other);
    }
}
