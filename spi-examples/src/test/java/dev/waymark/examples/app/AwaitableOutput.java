package dev.waymark.examples.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** Output to memory that a test can wait for: sinks and listeners print in threads of their own. */
final class AwaitableOutput extends ByteArrayOutputStream {
    private static final long AT_MOST_MILLIS = 30_000;

    PrintStream stream() {
        return new PrintStream(this, true, UTF_8);
    }

    @Override
    public synchronized void write(byte[] octets, int offset, int length) {
        super.write(octets, offset, length);
        notifyAll();
    }

    String text() {
        return toString(UTF_8);
    }

    /** Waits until the output contains this. */
    synchronized void await(String wanted) throws InterruptedException {
        long end = System.nanoTime() + AT_MOST_MILLIS * 1_000_000;
        while (!text().contains(wanted)) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError(wanted + " is not in\n" + text());
            }
            wait(left);
        }
    }
}
