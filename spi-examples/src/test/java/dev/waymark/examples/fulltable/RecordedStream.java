package dev.waymark.examples.fulltable;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waymark.api.net.Asn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * What a peer once sent, as UPDATEs one after another (see {@code data/INDEX.md} in the shared folder).
 *
 * @param name the stream's name
 * @param asn the peer's AS number
 * @param file the messages, gzipped
 */
record RecordedStream(String name, Asn asn, Path file) {
    private static final Pattern NAME = Pattern.compile("(.+-AS(\\d+))\\.(packed|order)\\.updates\\.gz");

    /** Returns the streams of a folder, in order; skips the test if there is no such folder. */
    static List<RecordedStream> all(String folder, String packing) {
        Path path = Path.of(System.getProperty("waymark.shared", "../shared"), "data", "updates", folder);
        assumeTrue(
                Files.isDirectory(path),
                () -> "missing: recorded tables in " + path
                        + "; set -Dwaymark.shared or WAYMARK_SHARED to the shared folder");
        try (Stream<Path> files = Files.list(path)) {
            return files.sorted().flatMap(file -> of(file, packing).stream()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<RecordedStream> of(Path file, String packing) {
        Matcher matcher = NAME.matcher(file.getFileName().toString());
        return matcher.matches() && matcher.group(3).equals(packing)
                ? List.of(new RecordedStream(matcher.group(1), Asn.parse(matcher.group(2)), file))
                : List.of();
    }

    /** Returns the stream of a folder that a peer sent; skips the test if there is no such folder. */
    static RecordedStream of(String folder, String packing, int asn) {
        return all(folder, packing).stream()
                .filter(stream -> stream.asn.value() == asn)
                .findFirst()
                .orElseThrow();
    }

    /** Reads all messages. */
    byte[] messages() {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file), 1 << 16)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
