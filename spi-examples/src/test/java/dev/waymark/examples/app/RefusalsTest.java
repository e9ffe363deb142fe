package dev.waymark.examples.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every configuration that a rule forbids, in Java and as a file, from one list; and that the list is complete. */
class RefusalsTest {
    private static final Path ROOT = Path.of(System.getProperty("waymark.root", ".."));

    /** Where a check with a rule is made; the wrappers that only pass a rule on are not. */
    private static final Pattern CHECK = Pattern.compile(
            "(?:Checks\\.(?:require|range)|RouteMapValues\\.(?:require|list|name)|new ConfigurationException)\\(");

    private static final Set<String> WRAPPERS = Set.of("Checks", "PolicyChecks", "RouteMapValues");

    @TempDir
    private Path folder;

    static Stream<Refused> all() {
        return Stream.of(RefusedPeers.all(), RefusedNetworks.all(), RefusedSettings.all())
                .flatMap(cases -> cases);
    }

    static Stream<Refused> files() {
        return all().filter(refused -> !refused.yaml().isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    @DisplayName(
            "ARS-5, ARS-11 to 16, ARS-20 to 27, ARS-33, ARS-40 to 45, ARS-52, ARS-53, ARS-55, ARS-60 to 63, ARS-70:"
                    + " what a rule forbids is a ConfigurationException with the parameter and the rule")
    void javaIsRefused(Refused refused) {
        ConfigurationException thrown = assertThrows(ConfigurationException.class, refused.java());
        assertEquals(refused.parameter(), thrown.parameter());
        assertEquals(refused.rule(), thrown.rule());
        assertTrue(String.valueOf(thrown.getMessage()).startsWith(refused.parameter() + ": "), thrown::getMessage);
        assertTrue(String.valueOf(thrown.getMessage()).endsWith(" [" + refused.rule() + "]"), thrown::getMessage);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    @DisplayName("ARS-5, ARS-11 to 16, ARS-20 to 27, ARS-33, ARS-40 to 45, ARS-52, ARS-53, ARS-55, ARS-60 to 63:"
            + " `serve` tells file, line, column, parameter and rule, and exits with 2")
    void fileIsRefused(Refused refused) throws IOException {
        Path file = Files.writeString(folder.resolve("waymark.yaml"), refused.text());
        StringWriter errors = new StringWriter();
        CommandLine waymark = Waymark.commandLine().setErr(new PrintWriter(errors, true));
        assertEquals(ServeCommand.WRONG, waymark.execute("serve", "--config", file.toString()), errors::toString);
        List<String> lines = errors.toString().lines().toList();
        assertEquals(1, lines.size(), errors::toString);
        String line = lines.get(0);
        assertTrue(line.startsWith(file + ":" + refused.place() + ": "), () -> refused.place() + " but " + line);
        assertTrue(line.contains(refused.parameter() + ": "), line);
        assertTrue(line.endsWith(" [" + refused.rule() + "]"), line);
    }

    @Test
    @DisplayName("ARS-5, ARS-16: every check with a rule in api and policy has a case in this list that runs into it")
    void listIsComplete() throws IOException {
        List<Check> unseen = new ArrayList<>(checks());
        assertTrue(unseen.size() > 80, () -> "found " + unseen.size());
        all().forEach(refused -> {
            ConfigurationException thrown = assertThrows(ConfigurationException.class, refused.java());
            List<StackTraceElement> frames = List.of(thrown.getStackTrace());
            unseen.removeIf(check -> frames.stream().anyMatch(check::isIn));
        });
        assertEquals(List.of(), unseen, "checks that no case of RefusedPeers, RefusedNetworks, RefusedSettings meets");
    }

    /** A check in the sources, with its first and last line. */
    private record Check(String file, long first, long last) {
        boolean isIn(StackTraceElement frame) {
            return frame.getClassName().startsWith("dev.waymark.")
                    && file.equals(frame.getFileName())
                    && frame.getLineNumber() >= first
                    && frame.getLineNumber() <= last;
        }
    }

    private static List<Check> checks() throws IOException {
        List<Check> checks = new ArrayList<>();
        for (String module : List.of("api", "policy")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String name = file.getFileName().toString();
                    if (!WRAPPERS.contains(name.replace(".java", ""))) {
                        addChecks(name, Files.readString(file, UTF_8), checks);
                    }
                }
            }
        }
        return checks;
    }

    private static void addChecks(String name, String source, List<Check> checks) {
        Matcher check = CHECK.matcher(source);
        while (check.find()) {
            int end = source.indexOf(");\n", check.start());
            String call = source.substring(check.start(), end);
            // Names of route maps have their rule in the wrapper.
            if (call.contains("\"ARS-") || call.contains("RULE") || call.contains("Values.name(")) {
                checks.add(new Check(name, line(source, check.start()), line(source, end)));
            }
        }
    }

    private static long line(String source, int offset) {
        return source.substring(0, offset).lines().count();
    }
}
