package dev.waymark.bgp.codec;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Finds recorded data, which is not part of the repository; tests that need it are skipped where it is absent. */
final class SharedData {

    private SharedData() {}

    /** Returns a file or directory below the data directory, or skips the test. */
    static Path path(String relative) {
        Path path = Path.of(System.getProperty("waymark.shared", "../shared"), "data", relative);
        Assumptions.assumeTrue(Files.exists(path), () -> "recorded data is not there: " + path);
        return path;
    }

    /** Returns the streams of a folder of tables whose name ends in a suffix, sorted. */
    static List<Path> streams(String folder, String suffix) {
        try (Stream<Path> files = Files.list(path("updates/" + folder))) {
            return files.filter(file -> file.getFileName().toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a stream of BGP messages, decompressed. */
    static byte[] messages(Path file) {
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
