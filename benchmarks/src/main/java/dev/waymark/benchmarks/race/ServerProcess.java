package dev.waymark.benchmarks.race;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server in a process of its own. Neither it nor its folder outlive this JVM, unless that is killed. Thread-safe. */
final class ServerProcess implements Server {
    private static final int PATIENCE_SECONDS = 10;
    private static final int LAST_CHARACTERS = 500;

    private final Path folder;
    private final Path log;
    private final Thread atExit = new Thread(this::end, "end of the server");
    private @Nullable Process process;
    private boolean hasEnded;

    private ServerProcess(Path folder) {
        this.folder = folder;
        log = folder.resolve("log");
    }

    /**
     * Starts a server, which gets its folder too.
     *
     * @throws IllegalStateException if this JVM is about to end
     */
    static ServerProcess start(ProcessBuilder program, Path folder) throws IOException {
        ServerProcess server = new ServerProcess(folder);
        Runtime.getRuntime().addShutdownHook(server.atExit); // before there is something to end
        try {
            server.begin(program);
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private synchronized void begin(ProcessBuilder program) throws IOException {
        if (hasEnded) {
            throw new IOException("interrupted");
        }
        process = program.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    @Override
    public synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    @Override
    public synchronized long peakKib() {
        if (process == null) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException notThere) {
            return 0;
        }
    }

    @Override
    public String lastWords() {
        try {
            String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
            return text.substring(Math.max(0, text.length() - LAST_CHARACTERS));
        } catch (IOException none) {
            return "";
        }
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException atExitRuns) {
            // It finds nothing left to do.
        }
    }

    /** Asks it to end, and ends it if it doesn't. */
    private synchronized void end() {
        hasEnded = true;
        if (process != null) {
            process.destroy();
            if (!awaitEnd(process)) {
                process.destroyForcibly();
                awaitEnd(process);
            }
        }
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static boolean awaitEnd(Process ending) {
        try {
            return ending.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
