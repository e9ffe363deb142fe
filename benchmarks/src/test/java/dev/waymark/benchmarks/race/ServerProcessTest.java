package dev.waymark.benchmarks.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
    @TempDir
    private Path parent;

    @Test
    void closingEndsTheProcessAndDeletesItsFolder() throws IOException {
        Path folder = Files.createDirectory(parent.resolve("heat"));
        ServerProcess server = ServerProcess.start(new ProcessBuilder("cat"), folder); // waits for input
        assertTrue(server.isAlive());
        assertTrue(Files.exists(folder.resolve("log")));
        server.close();
        assertFalse(server.isAlive());
        assertFalse(Files.exists(folder));
        server.close();
    }

    @Test
    void lastWordsAreThoseOnEitherStream() throws IOException {
        Path folder = Files.createDirectory(parent.resolve("heat"));
        ProcessBuilder program = new ProcessBuilder("sh", "-c", "echo one; echo two >&2");
        try (ServerProcess server = ServerProcess.start(program, folder)) {
            while (server.isAlive()) {
                Thread.onSpinWait();
            }
            assertEquals("one\ntwo", server.lastWords());
            assertEquals(0, server.peakKib());
        }
    }

    @Test
    void programThatIsNotThereLeavesNothing() throws IOException {
        Path folder = Files.createDirectory(parent.resolve("heat"));
        ProcessBuilder program =
                new ProcessBuilder(parent.resolve("no-such-program").toString());
        assertThrows(IOException.class, () -> ServerProcess.start(program, folder));
        assertFalse(Files.exists(folder));
    }
}
