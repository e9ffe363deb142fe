package dev.waymark.examples.interop;

import dev.waymark.examples.control.ControlClient;
import dev.waymark.examples.control.JsonLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The packaged {@code waymark serve} in a namespace, what {@code waymark ctl} says of it, and what its sink was told. */
final class ServedPicture implements AutoCloseable {
    static final Path JAR = Path.of(System.getProperty("waymark.root"), "spi-examples/target/waymark.jar");
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final Path folder;
    private final DaemonProcess process;

    private ServedPicture(Path folder, DaemonProcess process) {
        this.folder = folder;
        this.process = process;
    }

    static ServedPicture start(NetworkNamespace namespace, Path folder, String yaml) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("waymark.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ServedPicture(folder, namespace.start(folder, java("serve", "--config", "waymark.yaml")));
    }

    private static List<String> java(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(JAVA, "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    DaemonProcess process() {
        return process;
    }

    /** Runs {@code waymark ctl --json}, a program of its own, and returns the lines that it prints. */
    List<Json> ctl(String... verb) {
        List<String> command = java("ctl", "--json");
        command.addAll(List.of(verb));
        try {
            Process ctl = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String text = new String(ctl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (ctl.waitFor() != 0) {
                throw new AssertionError(command + ": " + text + process.log());
            }
            return Json.readAll(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Asks the control socket what ctl would ask, without a new JVM each time, for what is looked at again and again. */
    List<Json> ask(JsonLine request) {
        List<Json> rows = new ArrayList<>();
        try (ControlClient client = ControlClient.connect(folder.resolve("waymark.sock"))) {
            client.send(request);
            for (String line = client.receive(); line != null; line = client.receive()) {
                Json row = Json.read(line);
                if (row.get("type").text().equals("done")) {
                    return rows;
                }
                rows.add(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError(request + ": " + rows);
    }

    /** Returns how many sessions of each instance are Established, with names as {@code nva1 rs0}. */
    List<String> established() {
        return ask(JsonLine.empty().put("verb", "peers")).stream()
                .filter(row -> row.get("state").text().equals("established"))
                .map(row -> row.get("name").text() + " " + row.get("instance").text())
                .sorted()
                .toList();
    }

    /** Returns how often each session was Established, by {@code nva1 rs0}. */
    Map<String, String> sessions() {
        return ask(JsonLine.empty().put("verb", "peers")).stream()
                .collect(Collectors.toMap(
                        row -> row.get("name").text() + " "
                                + row.get("instance").text(),
                        row -> row.get("establishedCount").text(),
                        (one, other) -> other,
                        TreeMap::new));
    }

    /** Returns what both sinks and each instance have for a prefix: the next hops of the union, of rs0, of rs1. */
    List<List<String>> programmed(String prefix) {
        Map<String, List<String>> views = new HashMap<>();
        for (Json row : ask(JsonLine.empty().put("verb", "programmed").put("prefix", prefix))) {
            views.put(row.get("instance").text(), row.get("nextHops").texts());
        }
        return List.of(
                sink().getOrDefault(prefix, List.of()),
                views.getOrDefault("rs0", List.of()),
                views.getOrDefault("rs1", List.of()));
    }

    /** Returns everything that the sink has. */
    Map<String, List<String>> sink() {
        Map<String, List<String>> table = new TreeMap<>();
        for (Json line : sinkLines()) {
            switch (line.get("type").text()) {
                case "snapshot-begin" -> table.clear();
                case "route" ->
                    table.put(line.get("prefix").text(), line.get("nextHops").texts());
                default -> {} // the snapshot's end: nothing was there before it
            }
        }
        table.values().removeIf(List::isEmpty);
        return table;
    }

    /** Returns all that the sink was told, one line after the other. */
    List<Json> sinkLines() {
        return process.log()
                .lines()
                .filter(line -> line.startsWith("{\"type\":") && line.endsWith("}"))
                .map(Json::read)
                .toList();
    }

    @Override
    public void close() {
        process.close();
    }
}
