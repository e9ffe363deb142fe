package dev.waymark.bgp.codec;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;

/** Runs programs of others, to compare with what they say; a test whose program isn't there is skipped. */
final class Tool {

    private Tool() {}

    /** Returns what a program writes to standard output. */
    static byte[] output(String... command) throws IOException {
        String path = System.getenv().getOrDefault("PATH", "");
        boolean isThere = Arrays.stream(path.split(File.pathSeparator, -1))
                .anyMatch(folder -> Path.of(folder, command[0]).toFile().canExecute());
        Assumptions.assumeTrue(isThere, () -> command[0] + " is not installed");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        return process.getInputStream().readAllBytes();
    }
}
