package dev.waymark.examples.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Finds installed programs and runs those that end by themselves. */
final class Programs {
    private static final List<String> MORE_FOLDERS = List.of("/usr/sbin", "/sbin");
    private static final int SECONDS = 20;

    private Programs() {}

    /**
     * Skips the test that asks, with a message, unless a program is installed and may be run as it has to be.
     *
     * @param program its name, or where it is
     */
    static void need(String program, String debianPackage) {
        assumeTrue(
                find(program).isPresent(), program + " is not installed; it is in Debian's package " + debianPackage);
        assumeTrue(isRoot(), program + " has to be started by root");
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Returns where an installed program is. */
    static String path(String program) {
        return find(program).orElseThrow(() -> new AssertionError(program + " is not installed"));
    }

    private static Optional<String> find(String program) {
        String folders = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(folders.split(File.pathSeparator, -1)), MORE_FOLDERS.stream())
                .map(folder -> Path.of(folder).resolve(program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /**
     * Runs a program to its end and returns what it printed, errors included.
     *
     * @throws AssertionError if it fails, or takes longer than 20 s
     */
    static String run(String program, String... arguments) {
        List<String> command =
                Stream.concat(Stream.of(path(program)), Stream.of(arguments)).toList();
        Path output = createFile();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            String text = Files.readString(output, StandardCharsets.UTF_8);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(command + (ended ? " failed: " : " takes too long: ") + text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            output.toFile().delete();
        }
    }

    private static Path createFile() {
        try {
            return Files.createTempFile("tool", ".out");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
