package dev.waymark.bgp.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the seeds of a target as files, for a fuzzer: {@code SeedFiles CLASS FOLDER}. */
public final class SeedFiles {
    private SeedFiles() {}

    /** Writes one file for each seed. */
    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        Path folder = Files.createDirectories(Path.of(args[1]));
        List<?> seeds = (List<?>) Class.forName(args[0]).getMethod("seeds").invoke(null);
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(folder.resolve(String.format("seed-%04d", i)), (byte[]) seeds.get(i));
        }
    }
}
