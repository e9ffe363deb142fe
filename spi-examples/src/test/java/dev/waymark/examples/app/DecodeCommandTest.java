package dev.waymark.examples.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.examples.decode.ContextKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodeCommandTest {
    private static final String KEEPALIVE = "ff".repeat(16) + "001304";

    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private String file = "";

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("keepalive.hex"), KEEPALIVE, UTF_8)
                .toString();
    }

    private int run(String... arguments) {
        return Waymark.commandLine().setErr(new PrintWriter(err)).execute(arguments);
    }

    @Test
    @DisplayName("exit codes: 0 for messages whatever comes out, 2 for what is none and for a wrong command line")
    void exitCodes() throws IOException {
        assertEquals(0, run("decode", file));
        assertEquals(0, run("decode", "--pretty", "--state=OpenSent", file));
        assertEquals(
                2, run("decode", Files.writeString(folder.resolve("bad"), "xyz").toString()));
        assertEquals(2, run("decode", "--state=Asleep", file));
        assertTrue(err.toString().contains("--state: state: \"Asleep\" is not Idle"), err::toString);
        assertEquals(2, run("decode", folder.resolve("nowhere").toString()));
        assertEquals(
                0,
                run(
                        "encode",
                        Files.writeString(folder.resolve("k"), "{\"type\":\"keepalive\"}")
                                .toString()));
        assertEquals(2, run("encode", "--form=morse", file));
        assertEquals(2, run("encode", file));
    }

    @Test
    @DisplayName("a flag stands alone before a file, or with true or false behind it")
    void flags() {
        assertEquals(0, run("decode", "--as4", file));
        assertEquals(0, run("decode", "--as4", "false", file));
        assertEquals(0, run("decode", "--as4=false", file));
        assertEquals(0, run("decode", file, "--as4"));
        assertEquals(2, run("decode", "--as4=maybe", file));
    }

    @Test
    @DisplayName("the help names every part of a context, with its default")
    void help() {
        StringWriter out = new StringWriter();
        Waymark.commandLine().setOut(new PrintWriter(out)).execute("decode", "--help");
        String help = out.toString();
        for (ContextKey key : ContextKey.values()) {
            assertTrue(help.contains(key.optionName()), key.optionName());
        }
        assertTrue(help.contains("Examples:"), help);
    }
}
