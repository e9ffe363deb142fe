package dev.waymark.examples.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The control socket with clients of all kinds, good and bad. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ControlSocketTest {
    @TempDir
    private Path folder;

    private Path path;
    private ControlSocket socket;
    private final CountDownLatch blocked = new CountDownLatch(1);

    @BeforeEach
    void open() throws IOException {
        path = folder.resolve("w.sock");
        socket = ControlSocket.open(path);
        socket.start(this::answer);
    }

    @AfterEach
    void close() {
        blocked.countDown();
        socket.close();
    }

    private JsonLine answer(ControlRequest request, ControlReply reply) throws IOException, InterruptedException {
        switch (request.verb()) {
            case "rows" -> {
                int count = request.required("count", Integer::valueOf);
                request.end();
                for (int i = 0; i < count; i++) {
                    reply.line(JsonLine.of("row").put("number", i));
                }
                return JsonLine.empty().put("count", count);
            }
            case "wait" -> {
                reply.line(JsonLine.of("waiting"));
                reply.flush();
                blocked.await();
                return JsonLine.empty();
            }
            case "bug" -> throw new UnsupportedOperationException("a bug");
            default -> throw new ControlRefusal("there is no verb " + request.verb());
        }
    }

    private List<String> ask(String line) throws IOException {
        try (ControlClient client = ControlClient.connect(path)) {
            return ask(client, line);
        }
    }

    private static List<String> ask(ControlClient client, String request) throws IOException {
        client.send(line(request));
        List<String> lines = new ArrayList<>();
        String next = client.receive();
        while (next != null) {
            lines.add(next);
            boolean isLast = next.startsWith("{\"type\":\"done\"") || next.startsWith("{\"type\":\"error\"");
            next = isLast ? null : client.receive();
        }
        return lines;
    }

    private static JsonLine line(String request) {
        JsonLine line = JsonLine.empty();
        for (String field : request.split(",", -1)) {
            line.put(field.replaceFirst("=.*", ""), field.replaceFirst(".*=", ""));
        }
        return line;
    }

    private SocketChannel raw(String octets) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(path));
        ByteBuffer out = ByteBuffer.wrap(octets.getBytes(UTF_8));
        try {
            while (out.hasRemaining()) {
                channel.write(out);
            }
        } catch (IOException e) {
            assertTrue(octets.length() > ControlConnection.LONGEST_LINE, "closed early: " + e);
        }
        return channel;
    }

    @Test
    @DisplayName("a client asks again and again, and gets each answer in full")
    void answers() throws IOException {
        try (ControlClient client = ControlClient.connect(path)) {
            assertEquals(
                    List.of(
                            "{\"type\":\"row\",\"number\":0}",
                            "{\"type\":\"row\",\"number\":1}",
                            "{\"type\":\"done\",\"count\":2}"),
                    ask(client, "verb=rows,count=2"));
            List<String> many = ask(client, "verb=rows,count=100000");
            assertEquals(100_001, many.size());
            assertEquals("{\"type\":\"row\",\"number\":99999}", many.get(99_999));
        }
    }

    @ParameterizedTest(name = "{0} is answered with {1}, and the next request as ever")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "garbage; the line is not JSON",
                "[1,2]; the line is not a JSON object",
                "{}; the request has no verb",
                "{\"verb\":[1]}; verb: one value is expected",
                "{\"verb\":\"rows\"}; rows wants a count",
                "{\"verb\":\"rows\",\"count\":1,\"x\":2}; rows takes count; not x",
                "{\"verb\":\"bug\"}; the request failed: java.lang.UnsupportedOperationException: a bug",
                "{\"verb\":\"nope\"}; there is no verb nope",
                "ÿ; the line is not JSON"
            })
    void refusesGarbage(String line, String wanted) throws IOException {
        try (SocketChannel channel = raw(line + "\n{\"verb\":\"rows\",\"count\":0}\n")) {
            channel.shutdownOutput();
            String answer = readAll(channel);
            assertTrue(answer.startsWith("{\"type\":\"error\",\"message\":\""), answer);
            assertTrue(answer.contains(wanted.replace("\"", "\\\"")), answer);
            assertTrue(answer.endsWith("\n{\"type\":\"done\",\"count\":0}\n"), answer);
        }
    }

    private static String readAll(SocketChannel channel) throws IOException {
        StringBuilder text = new StringBuilder();
        ByteBuffer in = ByteBuffer.allocate(4_096);
        try {
            while (channel.read(in) >= 0) {
                text.append(UTF_8.decode(in.flip()));
                in.clear();
            }
        } catch (IOException e) {
            text.append(UTF_8.decode(in.flip())); // closed with octets unread at the other end
        }
        return text.toString();
    }

    @Test
    @DisplayName("a line without end is refused at 65,536 octets, and that client ended; others don't notice")
    void refusesHugeLine() throws IOException {
        try (SocketChannel channel = raw("x".repeat(1_000_000))) {
            assertTrue(readAll(channel).contains("the line is longer than 65536 octets"));
        }
        assertEquals(1, ask("verb=rows,count=0").size());
    }

    @Test
    @DisplayName("clients that stop reading hold up nobody; more than 32 are told so, and there is room when one goes")
    void stuckClientsHurtNobody() throws IOException {
        List<SocketChannel> stuck = new ArrayList<>();
        for (int i = 0; i < ControlSocket.MOST_CLIENTS - 1; i++) {
            stuck.add(raw("{\"verb\":\"rows\",\"count\":1000000}\n"));
        }
        assertEquals(1_001, ask("verb=rows,count=1000").size());
        try (ControlClient last = served()) {
            try (SocketChannel refused = raw("")) {
                assertEquals("{\"type\":\"error\",\"message\":\"there are 32 clients already\"}\n", readAll(refused));
            }
            assertEquals(2, ask(last, "verb=rows,count=1").size(), "it has its thread");
        }
        for (SocketChannel channel : stuck) {
            channel.close();
        }
        served().close();
    }

    /** Connects until there is room: the server may not have seen yet that others have gone. */
    private ControlClient served() throws IOException {
        while (true) {
            ControlClient client = ControlClient.connect(path);
            if (ask(client, "verb=rows,count=1").size() == 2) {
                return client;
            }
            client.close();
        }
    }

    @Test
    @DisplayName("a client that asks when it has been refused already hears why")
    void refusedClientHearsWhy() throws IOException {
        List<SocketChannel> others = new ArrayList<>();
        for (int i = 0; i < ControlSocket.MOST_CLIENTS; i++) {
            others.add(raw("{\"verb\":\"rows\",\"count\":1000000}\n"));
        }
        try (ControlClient refused = ControlClient.connect(path)) {
            awaitEnd(); // the refusal has been written and the connection ended
            assertEquals(
                    List.of("{\"type\":\"error\",\"message\":\"there are 32 clients already\"}"),
                    ask(refused, "verb=rows,count=1"));
        }
        for (SocketChannel other : others) {
            other.close();
        }
    }

    /** Returns when a client that came later than all others has been refused, too. */
    private void awaitEnd() throws IOException {
        try (SocketChannel later = raw("")) {
            readAll(later);
        }
    }

    @Test
    @DisplayName("the socket and its lock are for their owner alone")
    void isPrivate() throws IOException {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        Path lock = folder.resolve("w.sock.lock");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(lock)));
    }

    @Test
    @DisplayName("a second server is refused, also while the first has many clients, and the first goes on")
    void refusesSecondServer() throws IOException {
        BindException refused = assertThrows(BindException.class, () -> ControlSocket.open(path));
        assertEquals("another server has the control socket " + path.toAbsolutePath(), refused.getMessage());
        assertEquals(1, ask("verb=rows,count=0").size());
    }

    @Test
    @DisplayName("a socket that a killed server left is replaced; what is no socket is left alone")
    void replacesStaleSocket() throws IOException {
        socket.close();
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList(), "a server that ends leaves nothing");
        }
        ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        killed.bind(UnixDomainSocketAddress.of(path));
        killed.close(); // which leaves the file, as a kill does
        assertTrue(Files.exists(path));
        assertThrows(IOException.class, () -> ControlClient.connect(path));
        socket = ControlSocket.open(path);
        socket.start(this::answer);
        assertEquals(1, ask("verb=rows,count=0").size());
        socket.close();

        Files.writeString(path, "precious");
        BindException refused = assertThrows(BindException.class, () -> ControlSocket.open(path));
        assertTrue(String.valueOf(refused.getMessage()).endsWith("is there and is no socket"), refused::toString);
        assertEquals("precious", Files.readString(path));
    }

    @Test
    @DisplayName("the end of the server ends clients that are being answered, after a moment")
    void endsClients() throws IOException {
        try (ControlClient client = ControlClient.connect(path)) {
            client.send(line("verb=wait"));
            assertEquals("{\"type\":\"waiting\"}", client.receive());
            socket.close();
            assertNull(client.receive());
        }
    }
}
