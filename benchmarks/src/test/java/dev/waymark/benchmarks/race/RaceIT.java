package dev.waymark.benchmarks.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** BIRD and {@code waymark serve}, as they are installed and built, tell every receiver everything. */
class RaceIT {
    @Test
    void birdAndWaymarkFinish() {
        for (Contestant contestant : Contestant.values()) {
            assumeTrue(contestant.obstacle().isEmpty(), () -> contestant + ": " + contestant.obstacle());
        }
        StringWriter out = new StringWriter();
        StringWriter progress = new StringWriter();
        int status = Race.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(progress))
                .execute("--peers", "3", "--routes", "2000", "--repeat", "1");
        assertEquals(0, status, () -> out + "\n" + progress);
        assertTrue(
                out.toString().lines().filter(line -> line.endsWith("| ok |")).count() == 2, out::toString);
    }
}
