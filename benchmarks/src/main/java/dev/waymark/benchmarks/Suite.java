package dev.waymark.benchmarks;

import dev.waymark.benchmarks.codec.DecodeBenchmark;
import dev.waymark.benchmarks.codec.EncodeBenchmark;
import dev.waymark.benchmarks.codec.FirstSightBenchmark;
import dev.waymark.benchmarks.engine.ExportBenchmark;
import dev.waymark.benchmarks.engine.FeatureBenchmark;
import dev.waymark.benchmarks.engine.RouteMapServerBenchmark;
import dev.waymark.benchmarks.engine.SinkBenchmark;
import dev.waymark.benchmarks.engine.ViewBenchmark;
import dev.waymark.benchmarks.policy.PolicyStepBenchmark;
import dev.waymark.benchmarks.policy.RouteMapBenchmark;
import dev.waymark.benchmarks.rib.ApplyBenchmark;
import dev.waymark.benchmarks.rib.DecisionBenchmark;
import dev.waymark.benchmarks.rib.LookupBenchmark;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Answers a host's questions: what does an UPDATE cost, a lookup, a step of a policy, passing routes on, a sink? Runs every
 * benchmark, one fork each and not for long, and prints a table for each question: each row beside its floor, with the octets
 * that it allocates. Takes less than 15 minutes on two processors; compare ratios, and don't do anything else meanwhile.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar</pre>
 *
 * <p>With {@code -Dsuite.only=REGEX}, only the questions whose word matches: {@code -Dsuite.only='sink|export'}. With any
 * argument it is JMH itself: {@code java -jar benchmarks/target/benchmarks.jar ApplyBenchmark -prof gc}, or {@code -h} for its
 * options. What a row is, its class's Javadoc says.
 */
public final class Suite {
    /** All questions; every benchmark class answers one. */
    static final List<Question> QUESTIONS = List.of(
            Question.ofOperation(
                            "read",
                            "What does it cost to read an UPDATE with known attributes?",
                            "an UPDATE",
                            DecodeBenchmark.class,
                            "deep")
                    .with("stream", "seeded-200000"),
            Question.ofOperation(
                            "read-new",
                            "What does it cost to read an UPDATE with attributes never seen before?",
                            "an UPDATE",
                            FirstSightBenchmark.class,
                            "deep")
                    .with("stream", "seeded-200000"),
            Question.ofOperation(
                            "write",
                            "What does it cost to write an UPDATE?",
                            "an UPDATE",
                            EncodeBenchmark.class,
                            "deep")
                    .with("stream", "seeded-200000"),
            Question.ofOperation(
                    "table",
                    "What does a route cost on its way into the tables?",
                    "a route",
                    ApplyBenchmark.class,
                    "key"),
            Question.ofOperation(
                    "lookup",
                    "What does it cost to find a prefix, in no order?",
                    "a lookup",
                    LookupBenchmark.class,
                    "array"),
            Question.ofOperation(
                    "decision",
                    "What does it cost to choose between the paths of a prefix?",
                    "a prefix",
                    DecisionBenchmark.class,
                    "walk"),
            Question.ofOperation(
                    "step", "What does a step of a policy cost?", "a route", PolicyStepBenchmark.class, "acceptAll"),
            Question.ofOperation(
                    "map", "What does a route map of 50 rules cost?", "a route", RouteMapBenchmark.class, "acceptAll"),
            Question.ofTable(
                            "policy",
                            "What does a million routes through a policy cost?",
                            RouteMapServerBenchmark.class,
                            "policy=NONE")
                    .with("routes", "1000000"),
            Question.ofTable(
                    "export", "What does it cost to pass a route on to n peers?", ExportBenchmark.class, "copy"),
            Question.ofTable(
                    "feature",
                    "What does a feature cost that is on, but has nothing to do?",
                    FeatureBenchmark.class,
                    "feature=NONE"),
            Question.ofTable("sink", "What does it cost to tell a sink of a change?", SinkBenchmark.class, "array"),
            Question.ofTable("view", "What does it cost to read a view?", ViewBenchmark.class, "array"));

    private Suite() {}

    /** Prints the tables, or is JMH's own main if there are arguments. */
    public static void main(String[] args) throws RunnerException, IOException {
        if (args.length > 0) {
            Main.main(args);
            return;
        }
        Pattern wanted = Pattern.compile(System.getProperty("suite.only", ""));
        long start = System.nanoTime();
        System.out.println("JDK " + Runtime.version() + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, one fork, wall time");
        for (Question question : QUESTIONS) {
            if (wanted.matcher(question.key()).find()) {
                OptionsBuilder options = new OptionsBuilder();
                question.configure(options);
                options.forks(1)
                        .addProfiler(GCProfiler.class)
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT);
                Collection<RunResult> results = new Runner(options.build()).run();
                System.out.print(new Answer(question, results).text());
            }
        }
        System.out.println("\n" + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) + " seconds in all");
    }
}
