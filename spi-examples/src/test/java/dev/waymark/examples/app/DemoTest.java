package dev.waymark.examples.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.RouteLimit;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.examples.app.DemoStep.Claim;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DemoTest {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(output, true, UTF_8);

    @Test
    @DisplayName("the demo comes true, and shows what it claims")
    void comesTrue() throws InterruptedException {
        assertTrue(run(builder -> builder, Duration.ofSeconds(60)), this::text);
        for (String shown : List.of(
                "10/10",
                "0.0.0.0/0    10.0.2.1 (fw1), 10.0.2.2 (fw2)",
                "0.0.0.0/0  10.0.2.2 (fw2)",
                "AS path that fw1 sent: 65001",
                "from rs1: 6/1 Cease, Maximum Number of Prefixes Reached",
                "limit 4000 passed",
                "All of it came true")) {
            assertTrue(text().contains(shown), () -> shown + " is not in\n" + text());
        }
    }

    static Stream<Arguments> otherServers() {
        return Stream.of(
                Arguments.of(change("no ECMP", builder -> builder.selection(s -> s.withMaxNextHops(1))), 3),
                Arguments.of(change("own AS prepended", builder -> builder.export(e -> e.withPrependLocalAs(true))), 2),
                Arguments.of(change("no limit", builder -> builder.limits(l -> l.withRouteLimit(Optional.empty()))), 7),
                Arguments.of(
                        change(
                                "a higher limit",
                                builder -> builder.limits(l -> l.withRouteLimit(Optional.of(RouteLimit.of(4_002))))),
                        7));
    }

    @ParameterizedTest
    @MethodSource("otherServers")
    @DisplayName("a server that does otherwise fails the demo at the step that shows it")
    void failsWithOtherServers(UnaryOperator<RouteServerConfigBuilder> change, int step) throws InterruptedException {
        assertFalse(run(change, Duration.ofSeconds(3)), this::text);
        assertTrue(text().contains("The demo failed at step " + step), this::text);
    }

    @Test
    @DisplayName("a terminal is repainted only when something changed")
    void repaintsOnChange() {
        try (DemoNetwork network = new DemoNetwork(builder -> builder)) {
            LiveScreen screen = new LiveScreen(out, new DemoTables(network));
            screen.begin(1, 1, "a step");
            int painted = output.size();
            screen.refresh();
            assertEquals(painted, output.size());
            screen.claim("a claim", true, List.of("seen"));
            assertTrue(output.size() > painted);
        }
    }

    @Test
    @DisplayName("a step with a claim that does not come true is the last")
    void stopsAtFalseClaim() throws InterruptedException {
        try (DemoNetwork network = new DemoNetwork(builder -> builder)) {
            Demo demo = new Demo(new PlainScreen(out, new DemoTables(network)), Duration.ofMillis(1), Duration.ZERO);
            Claim wrong = new Claim("one is two", () -> false, () -> List.of("it is not"));
            DemoStep never = new DemoStep(
                    "never",
                    () -> {
                        throw new AssertionError("went on");
                    },
                    List.of());
            assertFalse(demo.run(List.of(new DemoStep("first", () -> {}, List.of(wrong)), never)));
        }
    }

    private boolean run(UnaryOperator<RouteServerConfigBuilder> change, Duration patience) throws InterruptedException {
        try (DemoNetwork network = new DemoNetwork(change)) {
            PlainScreen screen = new PlainScreen(out, new DemoTables(network));
            return new Demo(screen, patience, Duration.ZERO).run(new DemoStory(network).steps());
        }
    }

    private String text() {
        return output.toString(UTF_8);
    }

    private static Named<UnaryOperator<RouteServerConfigBuilder>> change(
            String name, UnaryOperator<RouteServerConfigBuilder> change) {
        return Named.of(name, change);
    }
}
