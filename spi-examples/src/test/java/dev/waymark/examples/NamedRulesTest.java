package dev.waymark.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each rule of the specification can be pointed at: by the name of a test, and where the FAQ asks for it, in the README. */
class NamedRulesTest {
    /** The rules of the sections A to H, but for explain and preview. */
    private static final int[][] RULES = {{1, 8}, {10, 18}, {20, 28}, {30, 35}, {40, 45}, {50, 56}, {60, 64}, {70, 74}};

    private static final Path ROOT = Path.of(System.getProperty("waymark.root", ".."));
    private static final String TEXT = "\"(?:[^\"\\\\\\n]|\\\\.)*\"";
    private static final Pattern NAME =
            Pattern.compile("(?:@DisplayName\\(|\\bname =)\\s*(" + TEXT + "(?:\\s*\\+\\s*" + TEXT + ")*)");
    private static final Pattern RULE = Pattern.compile("ARS-\\d+a?");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+\\?) \\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern CLASS = Pattern.compile("`(\\w+)`");

    private static Set<String> rules() {
        Set<String> rules = new LinkedHashSet<>();
        for (int[] range : RULES) {
            for (int rule = range[0]; rule <= range[1]; rule++) {
                rules.add("ARS-" + rule);
            }
        }
        rules.add("ARS-52a");
        return rules;
    }

    /** Returns for each test class the rules that its display names have. */
    private static Map<String, Set<String>> named() throws IOException {
        Map<String, Set<String>> named = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(NamedRulesTest::isTest).toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                named.computeIfAbsent(name, unused -> new TreeSet<>()).addAll(rulesIn(Files.readString(file)));
            }
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
        return named;
    }

    private static boolean isTest(Path file) {
        String path = file.toString().replace('\\', '/');
        return path.contains("/src/test/java/") && (path.endsWith("Test.java") || path.endsWith("IT.java"));
    }

    private static Set<String> rulesIn(String source) {
        Set<String> rules = new TreeSet<>();
        Matcher names = NAME.matcher(source);
        while (names.find()) {
            Matcher rule = RULE.matcher(names.group(1));
            while (rule.find()) {
                rules.add(rule.group());
            }
        }
        return rules;
    }

    @Test
    @DisplayName("every rule of the specification has a test whose display name has its id")
    void everyRuleHasATest() throws IOException {
        Set<String> missing = rules();
        named().values().forEach(missing::removeAll);
        assertEquals(Set.of(), missing, "rules without a test");
    }

    private record Question(String text, Set<String> rules, List<String> tests) {}

    private static List<Question> questions() throws IOException {
        List<Question> questions = new ArrayList<>();
        Matcher rows = ROW.matcher(Files.readString(ROOT.resolve("README.md")));
        while (rows.find()) {
            questions.add(new Question(
                    rows.group(1),
                    RULE.matcher(rows.group(2))
                            .results()
                            .map(found -> found.group())
                            .collect(Collectors.toSet()),
                    CLASS.matcher(rows.group(3))
                            .results()
                            .map(found -> found.group(1))
                            .toList()));
        }
        return questions;
    }

    @Test
    @DisplayName(
            "each row of the README's table about the FAQ names tests, and they carry the rules that the row names")
    void questionsHaveTests() throws IOException {
        Map<String, Set<String>> named = named();
        List<String> wrong = new ArrayList<>();
        for (Question question : questions()) {
            if (question.rules().isEmpty() || question.tests().isEmpty()) {
                wrong.add(question.text() + " names no rule or no test");
            }
            Set<String> shown = new TreeSet<>();
            for (String test : question.tests()) {
                if (!named.containsKey(test)) {
                    wrong.add(question.text() + " names " + test + ", which there is not");
                }
                shown.addAll(named.getOrDefault(test, Set.of()));
            }
            Set<String> unshown = new TreeSet<>(question.rules());
            unshown.removeAll(shown);
            if (!unshown.isEmpty()) {
                wrong.add(question.text() + ": no test of the row has " + unshown);
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    @DisplayName("the README answers as many questions as the FAQ asks (needs the shared folder)")
    void everyQuestionIsAnswered() throws IOException {
        Path faq = ROOT.resolve("../shared/reference/azure-route-server-faq.md");
        Assumptions.assumeTrue(Files.exists(faq), "no shared folder");
        long asked = Files.readAllLines(faq).stream()
                .filter(line -> line.startsWith("### "))
                .count();
        assertTrue(asked > 30, "the FAQ has " + asked + " questions");
        assertEquals(asked, questions().size());
    }
}
