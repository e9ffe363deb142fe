package dev.waymark.bgp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each row of ERRORS.md names tests that exist, by class and display name. */
class ErrorsTableTest {

    private static final Path TABLE = Path.of("ERRORS.md");
    private static final List<Path> SOURCES = List.of(Path.of("src/test/java"), Path.of("../rib/src/test/java"));
    private static final Pattern TEST = Pattern.compile("`(\\w+)` (.+)");
    private static final Pattern SPLIT_STRING = Pattern.compile("\"\\s*\\+\\s*\"");

    private final Map<String, String> sources = new HashMap<>();

    @Test
    @DisplayName("every row has an outcome and tests that are there, and those of sections 2 to 6 begin with an RFC")
    void rowsNameTests() throws IOException {
        List<String> wrong = new ArrayList<>();
        int section = 0;
        int rows = 0;
        for (String line : Files.readAllLines(TABLE)) {
            if (line.startsWith("## ")) {
                section = Integer.parseInt(line.replaceAll("^## (\\d+).*", "$1"));
            }
            if (line.startsWith("| ") && !line.startsWith("| Condition") && !line.startsWith("| ---")) {
                rows++;
                check(section, line, wrong);
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(rows >= 100, "rows: " + rows);
    }

    @Test
    @DisplayName("a test that isn't there is found missing")
    void canFail() {
        List<String> wrong = new ArrayList<>();
        check(2, "| a | b | `HeaderRowsTest` RFC 4271 §6.1: a test that nobody wrote |", wrong);
        check(2, "| a | b | `NoSuchTest` RFC 4271 §6.1: x |", wrong);
        check(2, "| a | b | |", wrong);
        check(2, "| a | | `HeaderRowsTest` RFC 4271 §6.1: length 0 |", wrong);
        check(
                2,
                "| a | b | `SessionTimersTest` what the read brings restarts the timer, and the doubt is gone |",
                wrong);
        assertEquals(5, wrong.size(), wrong::toString);
    }

    private void check(int section, String line, List<String> wrong) {
        String[] cells = line.substring(1).split("(?<!\\\\)\\|", -1);
        assertEquals(4, cells.length, line);
        if (cells[1].isBlank()) {
            wrong.add("no outcome: " + line);
        }
        if (cells[2].isBlank()) {
            wrong.add("no test: " + line);
            return;
        }
        for (String test : cells[2].split("<br>", -1)) {
            Matcher matcher = TEST.matcher(test.strip());
            assertTrue(matcher.matches(), test);
            String name = matcher.group(2);
            if (!source(matcher.group(1)).contains('"' + name + '"')) {
                wrong.add("no such test: " + test);
            } else if (section < 7 && !name.startsWith("RFC ")) {
                wrong.add("begins with no RFC: " + test);
            }
        }
    }

    private String source(String testClass) {
        return sources.computeIfAbsent(testClass, ErrorsTableTest::read);
    }

    private static String read(String testClass) {
        for (Path root : SOURCES) {
            assertTrue(Files.isDirectory(root), root::toString);
            try (Stream<Path> files = Files.walk(root)) {
                List<Path> found =
                        files.filter(file -> file.endsWith(testClass + ".java")).toList();
                assertFalse(found.size() > 1, testClass + " is there twice");
                if (!found.isEmpty()) {
                    return SPLIT_STRING.matcher(Files.readString(found.get(0))).replaceAll("");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return "";
    }
}
