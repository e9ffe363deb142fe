package dev.waymark.examples.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.examples.nva.NvaConfig;
import dev.waymark.examples.nva.NvaSpeaker;
import dev.waymark.examples.transport.NioTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as its users run it: a process with an exit code. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ServeCommandTest {
    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    @DisplayName("SIGTERM: peers get Cease/2 with a text, the exit code is 0")
    void stopsOnSignal() throws Exception {
        Process process = start("serve", "--config", file("""
                listen: 127.0.0.1:0
                routerId: 127.0.0.1
                peers: [{name: nva1, address: 127.0.0.2, asn: 65001, passive: true}]
                """).toString());
        try (BufferedReader output = process.inputReader(UTF_8);
                NioTransport transport = new NioTransport("test")) {
            String greeting = Stream.generate(() -> line(output))
                    .filter(line -> line.contains("listening on"))
                    .findFirst()
                    .orElseThrow();
            int port = Integer.parseInt(greeting.replaceFirst(".*listening on 127\\.0\\.0\\.1:(\\d+).*", "$1"));
            NvaSpeaker nva = NvaSpeaker.connect(
                    NvaConfig.of(
                            "nva1",
                            IpAddress.parse("127.0.0.2"),
                            Asn.of(65001),
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                            Asn.of(65515)),
                    transport);
            assertTrue(nva.awaitEstablished(Duration.ofSeconds(30)), () -> "" + nva.notification() + nva.failure());
            process.toHandle().destroy(); // which leaves its output open
            assertTrue(nva.await(
                    Duration.ofSeconds(30), speaker -> speaker.notification().isPresent()));
            NotificationMessage last = nva.notification().orElseThrow();
            assertEquals(6, last.code());
            assertEquals(2, last.subcode());
            assertEquals("route server stops", last.shutdownText().orElse(""));
            String rest = output.lines().collect(Collectors.joining("\n"));
            assertTrue(rest.contains("stopped"), rest);
            assertEquals(0, process.waitFor());
        }
    }

    @Test
    @DisplayName("a wrong configuration: each mistake with file, line and column, exit code 2")
    void refusesWrongConfiguration() throws Exception {
        Path file = file("listen: 127.0.0.1:0\ncolour: blue\n");
        Process process = start("serve", "-c", file.toString());
        assertEquals(2, process.waitFor());
        try (BufferedReader errors = process.errorReader(UTF_8)) {
            String first = line(errors);
            assertTrue(first.startsWith(file + ":2:1: colour is not a setting: allowed are profile, name, "), first);
        }
    }

    @Test
    @DisplayName("no configuration, or no such file: exit code 2 and a way out")
    void wantsConfiguration() throws Exception {
        assertEquals(2, start("serve").waitFor());
        Process process = start("serve", "--config", folder.resolve("none.yaml").toString());
        assertEquals(2, process.waitFor());
        try (BufferedReader errors = process.errorReader(UTF_8)) {
            assertEquals("There is no file " + folder.resolve("none.yaml"), line(errors));
        }
    }

    @Test
    @DisplayName("an address in use: exit code 3 and its name")
    void tellsAddressInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path file = file("routerId: 10.0.0.1\nlisten: 127.0.0.1:" + taken.getLocalPort() + "\n");
            Process process = start("serve", "--config", file.toString());
            assertEquals(3, process.waitFor());
            try (BufferedReader errors = process.errorReader(UTF_8)) {
                String first = line(errors);
                assertTrue(first.contains("can't listen on /127.0.0.1:" + taken.getLocalPort()), first);
            }
        }
    }

    @Test
    @DisplayName("--rehearse, with a number or without, comes before listening; a number out of range: exit code 2")
    void rehearses() throws Exception {
        String config = file("listen: 127.0.0.1:0\nrouterId: 127.0.0.1\n").toString();
        Process process = start("serve", "--rehearse=30000", "--config", config);
        try (BufferedReader output = process.inputReader(UTF_8)) {
            assertTrue(Stream.generate(() -> line(output)).anyMatch(line -> line.contains("listening on")));
            process.toHandle().destroy();
            assertEquals(0, process.waitFor());
        }
        assertEquals(
                0, start("serve", "--rehearse", "--check", "--config", config).waitFor());
        Process wrong = start("serve", "--rehearse=-1", "--config", config);
        assertEquals(2, wrong.waitFor());
        try (BufferedReader errors = wrong.errorReader(UTF_8)) {
            assertEquals("waymark: routes: -1 is not in 0 to 1,000,000,000", line(errors));
        }
    }

    @Test
    @DisplayName("the sample, from standard input, is correct: exit code 0")
    void samplePassesItsOwnCheck() throws Exception {
        Process sample = start("serve", "--sample");
        Process check = start("serve", "--check", "--config", "-");
        sample.getInputStream().transferTo(check.getOutputStream());
        check.getOutputStream().close();
        assertEquals(0, sample.waitFor());
        assertEquals(0, check.waitFor());
        try (BufferedReader output = check.inputReader(UTF_8)) {
            assertEquals("standard input: correct", line(output));
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Waymark.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).start();
        started.add(process);
        return process;
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("waymark.yaml"), text);
    }

    private static String line(BufferedReader reader) {
        try {
            return String.valueOf(reader.readLine());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
