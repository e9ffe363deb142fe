package dev.waymark.examples.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A network namespace of the test's own: a loopback interface, the addresses that it is given there, and no way out. */
final class NetworkNamespace implements AutoCloseable {
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final Path FOLDER = Path.of("/run/netns");

    private final String name;
    private final Thread atExit = new Thread(this::delete);

    private NetworkNamespace(String name) {
        this.name = name;
    }

    /** Makes one; skips the test that asks if this is not possible here. */
    static NetworkNamespace create(List<String> addresses) {
        Programs.need("ip", "iproute2");
        NetworkNamespace made =
                new NetworkNamespace("waymark-" + ProcessHandle.current().pid() + "-" + NEXT.getAndIncrement());
        try {
            Programs.run("ip", "netns", "add", made.name);
        } catch (AssertionError e) {
            assumeTrue(false, "no network namespace can be made here: " + e.getMessage());
        }
        Runtime.getRuntime().addShutdownHook(made.atExit);
        try {
            Programs.run("ip", "-n", made.name, "link", "set", "lo", "up");
            for (String address : addresses) {
                Programs.run("ip", "-n", made.name, "address", "add", address + "/32", "dev", "lo");
            }
        } catch (AssertionError e) {
            made.close();
            throw e;
        }
        return made;
    }

    /** Starts a program in it that ends when it is closed. */
    DaemonProcess start(Path folder, List<String> command) {
        List<String> inside = new ArrayList<>(List.of(Programs.path("ip"), "netns", "exec", name));
        inside.addAll(command);
        return DaemonProcess.start(folder, inside);
    }

    private void delete() {
        if (Files.exists(FOLDER.resolve(name))) {
            Programs.run("ip", "netns", "delete", name);
        }
    }

    /** Removes it; the programs in it must have ended. */
    @Override
    public void close() {
        delete();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
