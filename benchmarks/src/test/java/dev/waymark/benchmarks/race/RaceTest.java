package dev.waymark.benchmarks.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RaceTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--peers 0                     | --peers 0 is not in 1 to 99",
                "--peers 100                   | --peers 100 is not in 1 to 99",
                "--peers many                  | Invalid value for option '--peers': 'many' is not an int",
                "--routes 0                    | --routes 0 is not in 1 to 200000",
                "--peers 2 --routes 1000001    | --routes 1000001 is not in 1 to 1000000",
                "--repeat 0                    | --repeat 0 is not in 1 to 99",
                "--repeat 100                  | --repeat 100 is not in 1 to 99",
                "--servers bird,frr            | expected one of [BIRD, WAYMARK] (case-insensitive) but was 'frr'",
                "--servers                     | Missing required parameter for option '--servers'",
                "--fast                        | Unknown option: '--fast'",
                "bird                          | Unmatched argument at index 0: 'bird'"
            })
    void wrongCommandLineIsRefused(String line, String complaint) {
        StringWriter errors = new StringWriter();
        int status = Race.commandLine()
                .setErr(new PrintWriter(errors))
                .execute(Arrays.stream(line.split(" +", -1)).toArray(String[]::new));
        assertEquals(CommandLine.ExitCode.USAGE, status);
        assertTrue(errors.toString().contains(complaint), errors::toString);
    }
}
