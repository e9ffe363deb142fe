package dev.waymark.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Looks in the sources of all modules for the tests that are there because of a defect of other BGP software. */
class NamedTrapsTest {
    /** The rows of TRAPS.md that must have a test by now. */
    private static final Set<Integer> ROWS = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 18, 19, 20, 23);

    private static final Path ROOT = Path.of(System.getProperty("waymark.root", ".."));
    private static final Pattern NAME = Pattern.compile("\\((?:name = )?\\s*\"TRAPS (\\d+): ");
    private static final Pattern OTHER =
            Pattern.compile("\"[^\"\n]*(?:[Tt]raps? \\d+|[^\"]TRAPS \\d+|TRAPS \\d+[^:\\d])");

    private static List<String> tests() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().replace('\\', '/').contains("/src/test/java/"))
                    .filter(file -> file.toString().endsWith("Test.java"))
                    .filter(file -> !file.endsWith("NamedTrapsTest.java"))
                    .sorted()
                    .map(NamedTrapsTest::read)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    @DisplayName(
            "every defect of others that this project answers for has a test whose display name begins with TRAPS and its row")
    void everyRowHasATest() throws IOException {
        Set<Integer> missing = new TreeSet<>(ROWS);
        Set<String> odd = new TreeSet<>();
        for (String source : tests()) {
            Matcher names = NAME.matcher(source);
            while (names.find()) {
                missing.remove(Integer.valueOf(names.group(1)));
            }
            Matcher others = OTHER.matcher(source);
            while (others.find()) {
                odd.add(others.group());
            }
        }
        assertEquals(Set.of(), missing, "rows without a test");
        assertEquals(Set.of(), odd, "names of another form");
    }
}
