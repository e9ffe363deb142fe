package dev.waymark.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows as code is code that compiles: each block stands in the file that the comment above it names. */
class ReadmeTest {
    private static final Path ROOT = Path.of(System.getProperty("waymark.root", ".."));
    private static final Pattern BLOCK =
            Pattern.compile("<!-- (\\S+\\.java) -->\\s*```java\\n(.*?)```", Pattern.DOTALL);

    @Test
    void javaBlocksAreTheFilesThatTheyName() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        Matcher block = BLOCK.matcher(readme);
        int blocks = 0;
        while (block.find()) {
            String file = Files.readString(ROOT.resolve(block.group(1)));
            assertTrue(file.contains(block.group(2).strip()), block.group(1) + " does not contain its block");
            blocks++;
        }
        assertEquals(readme.split("```java", -1).length - 1, blocks, "a java block without the file it comes from");
    }

    @Test
    void modulesAreThoseOfTheBuild() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        Matcher module = Pattern.compile("<module>(\\S+)</module>").matcher(pom);
        while (module.find()) {
            assertTrue(readme.contains("| `" + module.group(1) + "` |"), module.group(1) + " is not in the module map");
        }
    }
}
