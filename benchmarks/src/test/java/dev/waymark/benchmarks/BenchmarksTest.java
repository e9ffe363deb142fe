package dev.waymark.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark runs, once and on few routes; what it measures here means nothing. */
class BenchmarksTest {
    @TempDir
    private static Path folder;

    private static Collection<RunResult> results = List.of();

    @BeforeAll
    static void run() throws RunnerException {
        System.setProperty("jmh.ignoreLock", "true"); // several may run at a time
        results = new Runner(new OptionsBuilder()
                        .include("dev\\.waymark\\.benchmarks\\..*")
                        .param("routes", "1000")
                        .param("stream", "seeded-1000")
                        .mode(Mode.SingleShotTime)
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(1))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .output(folder.resolve("jmh.log").toString())
                        .build())
                .run();
    }

    @Test
    void everyBenchmarkRuns() {
        Set<String> ran = results.stream()
                .map(result -> result.getParams().getBenchmark())
                .collect(Collectors.toCollection(TreeSet::new));
        OutputFormat quiet = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
        Set<String> all = BenchmarkList.defaultList().getAll(quiet, List.of()).stream()
                .map(BenchmarkListEntry::getUsername)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(all, ran);
        assertFalse(ran.isEmpty());
    }

    @Test
    void everyBenchmarkAnswersAQuestion() {
        Set<String> asked = Suite.QUESTIONS.stream()
                .map(question -> question.benchmark().getName())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> ran = results.stream().map(BenchmarksTest::type).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(ran, asked);
        assertEquals(
                Suite.QUESTIONS.size(),
                Suite.QUESTIONS.stream().map(Question::key).distinct().count());
    }

    @Test
    void everyRowIsBesideItsFloor() {
        for (Question question : Suite.QUESTIONS) {
            List<RunResult> own = results.stream()
                    .filter(result -> type(result).equals(question.benchmark().getName()))
                    .toList();
            List<Answer.Row> rows = new Answer(question, own).rows();
            assertEquals(own.size(), rows.size());
            assertTrue(rows.stream().allMatch(row -> row.ratio() > 0 && row.nanos() > 0), rows::toString);
            List<Double> ofFloors = rows.stream()
                    .filter(row -> row.name().endsWith("(floor)"))
                    .map(Answer.Row::ratio)
                    .distinct()
                    .toList();
            assertEquals(List.of(1.0), ofFloors, question::text);
            assertTrue(rows.stream().anyMatch(row -> !row.name().endsWith("(floor)")), question::text);
        }
    }

    private static String type(RunResult result) {
        String name = result.getParams().getBenchmark();
        return name.substring(0, name.lastIndexOf('.'));
    }
}
