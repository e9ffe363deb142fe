package dev.waymark.examples.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A client of a control socket. Not thread-safe. */
public final class ControlClient implements AutoCloseable {
    private static final int BUFFER = 65_536;

    private final SocketChannel channel;
    private final BufferedReader in;
    private @Nullable IOException sendFailure;

    private ControlClient(SocketChannel channel) {
        this.channel = channel;
        this.in = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), UTF_8), BUFFER);
    }

    /** Connects to a server; throws if none listens there. */
    public static ControlClient connect(Path path) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
            return new ControlClient(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Sends a request. That the server has ended the connection is said by {@link #receive}, after what it said before. */
    public void send(JsonLine request) {
        ByteBuffer octets = ByteBuffer.wrap((request + "\n").getBytes(UTF_8));
        try {
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
        } catch (IOException e) {
            sendFailure = e;
        }
    }

    /** Returns the next line of the answer, or null if the server has ended the connection; throws if it could not be asked. */
    public @Nullable String receive() throws IOException {
        String line = in.readLine();
        if (line == null && sendFailure != null) {
            throw sendFailure;
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
