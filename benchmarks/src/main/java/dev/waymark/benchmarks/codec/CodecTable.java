package dev.waymark.benchmarks.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks of the codec and prints a table: each row beside the floor {@code deep} of its class and stream. A busy
 * machine is slow for one row and not for the next, so figures are {@link CpuTime}, all rows run in rounds, one
 * fork each, and what is printed is the median of the rounds; of ratios, of the ratios within a round.
 *
 * <pre>
 * java -Dwaymark.shared=FOLDER -cp benchmarks/target/benchmarks.jar dev.waymark.benchmarks.codec.CodecTable
 * </pre>
 *
 * <p>Options are JMH's, such as {@code -p stream=order -wi 3}; {@code -Drounds=5} sets the number of rounds, 3 if not given.
 * A row that can't run, because its stream isn't there, is missing, with the reason above the table.
 */
public final class CodecTable {
    private static final String FLOOR = "deep";

    private final Map<String, Row> rows = new LinkedHashMap<>();

    private CodecTable() {}

    /** Runs the benchmarks and prints the table. */
    public static void main(String[] args) throws RunnerException, CommandLineOptionException {
        CodecTable table = new CodecTable();
        CommandLineOptions options = new CommandLineOptions(args);
        for (int round = 0; round < Integer.getInteger("rounds", 3); round++) {
            OptionsBuilder one = new OptionsBuilder();
            one.parent(options);
            if (options.getIncludes().isEmpty()) {
                one.include("\\.codec\\.[A-Za-z]+Benchmark\\.");
            }
            table.add(new Runner(one.forks(1)
                            .jvmArgsAppend("-XX:+UseSerialGC")
                            .addProfiler(GCProfiler.class)
                            .addProfiler(CpuTime.class)
                            .verbosity(round == 0 ? VerboseMode.NORMAL : VerboseMode.SILENT)
                            .build())
                    .run());
        }
        table.print();
    }

    private void add(Collection<RunResult> results) {
        Map<String, Double> floors = new LinkedHashMap<>();
        for (RunResult result : results) {
            if (name(result).endsWith("." + FLOOR)) {
                floors.put(group(result) + type(result), nanos(result));
            }
        }
        for (RunResult result : results) {
            String key = group(result) + " | " + name(result);
            double score = nanos(result);
            Row row = rows.computeIfAbsent(key, unused -> new Row());
            row.nanos.add(score);
            Double floor = floors.get(group(result) + type(result));
            if (floor != null) {
                row.ratios.add(score / floor);
            }
            result.getSecondaryResults().forEach((label, secondary) -> {
                if (label.endsWith("gc.alloc.rate.norm")) {
                    row.octets.add(secondary.getScore());
                }
            });
        }
    }

    private void print() {
        System.out.println("\nJDK " + Runtime.version() + ", one thread, processor time, medians\n");
        System.out.println("| stream | row | ns/op | x deep | B/op |\n|---|---|---:|---:|---:|");
        rows.forEach((key, row) -> System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.2f | %.1f |%n",
                key,
                median(row.nanos),
                median(row.ratios),
                median(row.octets)));
    }

    private static double nanos(RunResult result) {
        return Objects.requireNonNull(result.getSecondaryResults().get(CpuTime.LABEL))
                .getScore();
    }

    private static String group(RunResult result) {
        String stream = result.getParams().getParam("stream");
        return stream == null ? "-" : stream;
    }

    /** Returns class and method. */
    private static String name(RunResult result) {
        String name = result.getParams().getBenchmark();
        int method = name.lastIndexOf('.');
        return name.substring(name.lastIndexOf('.', method - 1) + 1);
    }

    private static String type(RunResult result) {
        return name(result).substring(0, name(result).indexOf('.'));
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    /** What the rounds measured. */
    private static final class Row {
        private final List<Double> nanos = new ArrayList<>();
        private final List<Double> ratios = new ArrayList<>();
        private final List<Double> octets = new ArrayList<>();
    }
}
