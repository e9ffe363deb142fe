package dev.waymark.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * What a host asks, the benchmark that answers it, and the row that all others are compared with. Immutable.
 *
 * @param key a word for {@code -Dsuite.only}
 * @param text the question
 * @param unit what time and octets are for: one route or something else
 * @param benchmark the class
 * @param floor the row to compare with: a method, or {@code parameter=value}; among rows that are the same otherwise
 * @param params values of parameters, where they aren't those of the class
 * @param isPerRoute whether an operation is as many units as the parameter {@code routes} says
 * @param pace how long a row is measured
 */
record Question(
        String key,
        String text,
        String unit,
        Class<?> benchmark,
        String floor,
        Map<String, List<String>> params,
        boolean isPerRoute,
        Pace pace) {

    /** How long rows run: operations of nanoseconds are known sooner than whole tables. */
    enum Pace {
        /** For operations far below a millisecond. */
        SHORT(4, 300, 5, 300),
        /** For operations of up to a second, which need to be seen a few times. */
        LONG(3, 1_000, 3, 1_000);

        private final int warmups;
        private final int warmupMillis;
        private final int measurements;
        private final int measurementMillis;

        Pace(int warmups, int warmupMillis, int measurements, int measurementMillis) {
            this.warmups = warmups;
            this.warmupMillis = warmupMillis;
            this.measurements = measurements;
            this.measurementMillis = measurementMillis;
        }
    }

    static Question ofOperation(String key, String text, String unit, Class<?> benchmark, String floor) {
        return new Question(key, text, unit, benchmark, floor, Map.of(), false, Pace.SHORT);
    }

    static Question ofTable(String key, String text, Class<?> benchmark, String floor) {
        return new Question(key, text, "a route", benchmark, floor, Map.of(), true, Pace.LONG);
    }

    Question with(String param, String... values) {
        Map<String, List<String>> more = new TreeMap<>(params);
        more.put(param, List.of(values));
        return new Question(key, text, unit, benchmark, floor, more, isPerRoute, pace);
    }

    Question withPace(Pace other) {
        return new Question(key, text, unit, benchmark, floor, params, isPerRoute, other);
    }

    /** Says what to run, and for how long. */
    void configure(OptionsBuilder options) {
        options.include("^" + benchmark.getName().replace(".", "\\.") + "\\.");
        params.forEach((param, values) -> options.param(param, values.toArray(String[]::new)));
        options.warmupIterations(pace.warmups)
                .warmupTime(TimeValue.milliseconds(pace.warmupMillis))
                .measurementIterations(pace.measurements)
                .measurementTime(TimeValue.milliseconds(pace.measurementMillis));
    }

    /** Tells whether others are compared with a row. */
    boolean isFloor(BenchmarkParams row) {
        int equals = floor.indexOf('=');
        return equals < 0
                ? method(row).equals(floor)
                : row.getParam(floor.substring(0, equals)).equals(floor.substring(equals + 1));
    }

    /** Returns what rows that are compared with one another have in common. */
    String group(BenchmarkParams row) {
        Map<String, String> values = new TreeMap<>();
        for (String param : row.getParamsKeys()) {
            if (!floor.startsWith(param + "=")) {
                values.put(param, row.getParam(param));
            }
        }
        return (floor.indexOf('=') < 0 ? "" : method(row)) + values;
    }

    /** Returns how many units an operation of a row is. */
    int units(BenchmarkParams row) {
        return isPerRoute ? Integer.parseInt(row.getParam("routes")) : 1;
    }

    static String method(BenchmarkParams row) {
        return row.getBenchmark().substring(row.getBenchmark().lastIndexOf('.') + 1);
    }
}
