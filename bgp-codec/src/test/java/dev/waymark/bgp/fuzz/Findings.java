package dev.waymark.bgp.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Inputs that a fuzzer found, each in a file of {@code src/test/resources/fuzz/TARGET} with the name of its defect: lines that
 * begin with {@code #} say what it was, the others are the input in hexadecimal.
 */
final class Findings {
    private Findings() {}

    /** Returns the inputs of a target, in the order of their names. */
    static List<byte[]> of(String target) {
        URL url = Objects.requireNonNull(Findings.class.getResource("/fuzz/" + target), target);
        try (Stream<Path> files = Files.list(Path.of(url.toURI()))) {
            return files.sorted().map(Findings::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] read(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return HexFormat.of()
                    .parseHex(lines.filter(line -> !line.startsWith("#")).collect(Collectors.joining()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
