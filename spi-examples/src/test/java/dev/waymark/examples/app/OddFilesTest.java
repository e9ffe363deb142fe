package dev.waymark.examples.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Files that are no configuration: what `serve` says about each has a line and what is wanted, and is never a stack trace. */
class OddFilesTest {
    @TempDir
    private Path folder;

    static Stream<List<String>> files() {
        return Stream.of(
                List.of("", "1:1: the file is empty; `waymark serve --sample` prints one to start from"),
                List.of("# nothing\n---\n...\n", "1:1: the file is empty; "),
                List.of("- a\n- b\n", "1:1: the file wants keys with values, one a line: key: value"),
                List.of("hello\n", "1:1: the file wants keys with values"),
                List.of("asn: 1\npeers:\n\t- name: a\n", "3:1: not YAML: found character '\\t(TAB)'"),
                List.of("asn: 1\n peers: x\n", "2:7: not YAML: mapping values are not allowed here"),
                List.of("asn: \"1\n", "2:1: not YAML: found unexpected end of stream"),
                List.of("asn: 1\n---\nasn: 2\n", "2:1: not YAML: but found another document"),
                List.of("asn: *b\n", "1:6: not YAML: found undefined alias b"),
                List.of("asn: 1\nname: \u00ff\n", "2:7: not a text in UTF-8"),
                List.of("\u00ff\u00fea\0", "1:1: not a text in UTF-8"),
                List.of("asn: 1\nname: \"a\\0b\"\n", "2:7: name: 'a?b' is not valid: allowed is a name of 1 to 80"),
                List.of("asn: 1\nasn: 2\n", "2:1: asn is there twice"),
                List.of("peers:\n  - {name: a, asn: 1, asn: 2}\n", "2:23: peer.a.asn is there twice"),
                List.of("session: [1]\n", "1:10: session wants keys with values, one a line: key: value"),
                List.of("limits: 5\n", "1:9: limits wants keys with values, one a line: key: value"),
                List.of("sinks: {}\n", "1:8: sinks wants a value, or a list of values: [one, two]"),
                List.of("asn: [1]\n", "1:6: asn wants a single value"),
                List.of("peers: x\n", "1:8: peer.? wants keys with values"),
                List.of("peers: &p [*p]\n", "1:8: peer.? wants keys with values"),
                List.of("? [a]\n: 1\n", "1:3: ? is not a setting: allowed are profile, "),
                List.of(
                        "seed: 99999999999999999999\n",
                        "1:7: seed: '99999999999999999999' is not valid: allowed is a whole"),
                List.of(
                        "limits: {maxPeers: 1e3}\n",
                        "1:20: limits.maxPeers: '1e3' is not valid: allowed is a whole number"),
                List.of("peers: " + "[".repeat(50_000), "1:107: lists and keys are nested more than 100 deep"));
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName("TRAPS 23: an odd file: each mistake with file, line, column and what is wanted, exit code 2")
    void tellsWhatIsWanted(List<String> textAndProblem) throws IOException {
        Path file = Files.writeString(folder.resolve("odd.yaml"), textAndProblem.get(0), ISO_8859_1);
        StringWriter errors = new StringWriter();
        CommandLine waymark = Waymark.commandLine().setErr(new PrintWriter(errors, true));
        assertEquals(ServeCommand.WRONG, waymark.execute("serve", "--config", file.toString()), errors::toString);
        String expected = file + ":" + textAndProblem.get(1);
        assertTrue(errors.toString().lines().anyMatch(line -> line.startsWith(expected)), errors::toString);
        assertTrue(errors.toString().lines().allMatch(line -> line.startsWith(file + ":")), errors::toString);
        assertFalse(errors.toString().contains("Exception"), errors::toString);
    }
}
