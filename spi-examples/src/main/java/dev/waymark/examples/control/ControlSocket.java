package dev.waymark.examples.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's end of the control socket. Each client has a thread of its own, so that one that is slow, or stops reading, holds
 * up nobody; a bounded number of clients at a time. Thread-safe.
 */
public final class ControlSocket implements AutoCloseable {
    /** The most clients at a time. */
    static final int MOST_CLIENTS = 32;

    private static final long GRACE_NANOS = 500_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);

    private final SocketFile file;
    private final Set<ControlConnection> clients = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    private ControlSocket(SocketFile file) {
        this.file = file;
    }

    /**
     * Makes the socket, for its owner alone. A socket that a killed server left is replaced.
     *
     * @throws java.net.BindException if another server has it, or something else is there
     */
    public static ControlSocket open(Path path) throws IOException {
        return new ControlSocket(SocketFile.open(path));
    }

    /** Returns where it is. */
    public Path path() {
        return file.path();
    }

    /** Begins to serve clients. */
    public void start(ControlHandler handler) {
        thread("waymark-control", () -> accept(handler)).start();
        thread("waymark-control-watch", this::watch).start();
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void accept(ControlHandler handler) {
        while (file.channel().isOpen()) {
            try {
                SocketChannel channel = file.channel().accept();
                ControlConnection client = new ControlConnection(channel);
                clients.add(client);
                boolean isTooMany = clients.size() > MOST_CLIENTS;
                thread("waymark-control-client", () -> serve(client, isTooMany ? null : handler))
                        .start();
            } catch (IOException e) {
                if (file.channel().isOpen()) {
                    LOG.atWarn().setCause(e).log("a client of the control socket could not be accepted");
                    pause();
                }
            }
        }
    }

    /** Without file descriptors, say, accepting fails at once, again and again. */
    private void pause() {
        try {
            if (closed.await(1, TimeUnit.SECONDS)) {
                LOG.atDebug().log("the control socket is closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(ControlConnection client, @Nullable ControlHandler handler) {
        try (client) {
            if (handler == null) {
                refuse(client, "there are " + MOST_CLIENTS + " clients already");
                return;
            }
            boolean goesOn = true;
            while (goesOn) {
                goesOn = answer(client, handler);
            }
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("a client of the control socket is gone");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (clients) {
                clients.remove(client);
                clients.notifyAll();
            }
        }
    }

    /** Answers one request; returns whether another may come. */
    private static boolean answer(ControlConnection client, ControlHandler handler)
            throws IOException, InterruptedException {
        String line;
        try {
            line = client.readLine();
        } catch (ControlRefusal tooLong) {
            refuse(client, String.valueOf(tooLong.getMessage()));
            return false;
        }
        if (line == null) {
            return false;
        }
        try {
            client.setAnswering(true);
            JsonLine last = JsonLine.of("done");
            last.fields()
                    .putAll(handler.handle(ControlRequest.parse(line), client).fields());
            client.line(last);
            client.flush();
        } catch (ControlRefusal | IllegalArgumentException | IllegalStateException refused) {
            refuse(client, String.valueOf(refused.getMessage()));
        } catch (RuntimeException bug) {
            LOG.atWarn().setCause(bug).log("a request on the control socket failed");
            refuse(client, "the request failed: " + bug);
        } finally {
            client.setAnswering(false);
        }
        return true;
    }

    private static void refuse(ControlConnection client, String message) throws IOException {
        client.line(JsonLine.of("error").put("message", message));
        client.flush();
    }

    /** Ends clients that are waited for too long. */
    private void watch() {
        try {
            while (!closed.await(1, TimeUnit.SECONDS)) {
                long now = System.nanoTime();
                for (ControlConnection client : clients) {
                    if (client.isLate(now)) {
                        end(client);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(ControlConnection client) {
        try {
            client.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("a client of the control socket could not be closed");
        }
    }

    /** Removes the socket, and ends all clients; those that are being answered are given half a second. Idempotent. */
    @Override
    public synchronized void close() {
        closed.countDown();
        try {
            file.close();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("the control socket could not be removed");
        }
        clients.stream().filter(client -> !client.isAnswering()).forEach(ControlSocket::end);
        awaitAnswers();
        clients.forEach(ControlSocket::end);
    }

    /** Gives answers that are under way, such as the last events, a moment. */
    private void awaitAnswers() {
        long end = System.nanoTime() + GRACE_NANOS;
        synchronized (clients) {
            for (long left = GRACE_NANOS; left > 0 && !clients.isEmpty(); left = end - System.nanoTime()) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(clients, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }
}
