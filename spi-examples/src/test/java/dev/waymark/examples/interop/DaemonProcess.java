package dev.waymark.examples.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that a test runs in the foreground, with its output in a file; it does not outlive the JVM. */
final class DaemonProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path log;

    /** Where in the log this start begins. */
    private final int begin;

    private final Thread atExit = new Thread(this::killAll);

    private DaemonProcess(Process process, Path log, int begin) {
        this.process = process;
        this.begin = begin;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Starts a program in a folder; its output goes to the end of {@code output} there. */
    static DaemonProcess start(Path folder, List<String> command) {
        Path log = folder.resolve("output");
        try {
            int begin = Files.exists(log) ? Files.readString(log).length() : 0;
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new DaemonProcess(process, log, begin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Returns what it has printed, over all starts in its folder. */
    String log() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has printed that since this start. */
    void awaitLog(String text) {
        Await.until(
                PATIENCE, () -> log().indexOf(text, begin) >= 0 || !isRunning(), () -> "'" + text + "' in " + log());
        if (log().indexOf(text, begin) < 0) {
            throw new AssertionError("it has ended: " + log());
        }
    }

    /** Asks it to do what SIGUSR1 means to it. */
    void signalUser1() {
        Programs.run("kill", "-USR1", Long.toString(process.pid()));
    }

    /** Ends it with SIGKILL, as {@code kill -9} does. */
    void kill9() {
        killAll();
        awaitEnd();
    }

    private void killAll() {
        List<ProcessHandle> all = family();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private List<ProcessHandle> family() {
        List<ProcessHandle> family = new ArrayList<>(List.of(process.toHandle()));
        try (Stream<ProcessHandle> descendants = process.descendants()) {
            descendants.forEach(family::add);
        }
        return family;
    }

    private boolean awaitEnd() {
        try {
            return process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Asks it to end, and if it doesn't, ends it. */
    @Override
    public void close() {
        List<ProcessHandle> family = family();
        process.destroy();
        awaitEnd();
        family.forEach(ProcessHandle::destroyForcibly);
        awaitEnd();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
