package dev.waymark.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host outside of the build: compiled against Waymark's jars alone, it starts a server whose transport and sink are found
 * by ServiceLoader, on the module path (by its module-info) and on the class path (by META-INF/services).
 */
class OutsideHostIT {
    private static final Set<String> NOT_FOR_HOSTS = Set.of("spi-examples", "benchmarks");
    private static final List<String> JARS = List.of("jspecify", "netty-buffer", "netty-common", "slf4j-api");

    @TempDir
    Path folder;

    @Test
    @DisplayName("STYLE 2, rule 4: providers are found on the module path")
    void providersAreFoundOnTheModulePath() throws Exception {
        Path classes = compile(true);
        String path = classes + File.pathSeparator + waymark();
        assertEquals(
                "sink 'outside' has its snapshot", run("java", List.of("-p", path, "-m", "outside.host/outside.Host")));
    }

    @Test
    @DisplayName("STYLE 2, rule 4: providers are found on the class path")
    void providersAreFoundOnTheClassPath() throws Exception {
        Path classes = compile(false);
        String path = classes + File.pathSeparator + waymark();
        assertEquals("sink 'outside' has its snapshot", run("java", List.of("-cp", path, "outside.Host")));
    }

    private Path compile(boolean asModule) throws IOException, InterruptedException {
        Path sources = Files.createDirectories(folder.resolve("src/outside"));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "--release", "17", "-Xlint:all"));
        arguments.addAll(List.of(asModule ? "-p" : "-cp", waymark()));
        try (Stream<Path> files =
                Files.list(Path.of(System.getProperty("waymark.root"), "spi-examples/src/test/outside"))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.equals("module-info.java") && !asModule) {
                    continue;
                }
                Path target =
                        name.endsWith(".java") ? sources.resolve(name) : classes.resolve("META-INF/services/" + name);
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
                if (name.endsWith(".java")) {
                    arguments.add(target.toString());
                }
            }
        }
        assertEquals("", run("javac", arguments), "what the compiler says");
        return classes;
    }

    /** What a host gets by depending on waymark-rib, from this test's own class path. */
    private static String waymark() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            String name = Path.of(entry).getFileName().toString();
            boolean isThirdParty = JARS.stream().anyMatch(name::startsWith);
            boolean isJar = name.startsWith("waymark-") && !name.contains("tests");
            boolean isFolder = entry.endsWith("/target/classes".replace('/', File.separatorChar));
            boolean isOurs = (isJar || isFolder) && NOT_FOR_HOSTS.stream().noneMatch(entry::contains);
            if (isThirdParty || isOurs) {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private String run(String program, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", program).toString());
        command.addAll(arguments);
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(output);
        return String.join(
                "\n", lines.stream().filter(line -> !line.startsWith("SLF4J")).toList());
    }
}
