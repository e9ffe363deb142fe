package dev.waymark.examples.app;

import dev.waymark.examples.control.ControlSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the control socket is: for the server by its configuration, for clients by options and environment. Stateless. */
final class ControlPaths {
    /** What a client is told the path by. */
    static final String VARIABLE = "WAYMARK_SOCKET";

    /** Where a client looks if it isn't told: the socket of a server whose file is {@code waymark.yaml} here. */
    static final Path DEFAULT = Path.of("waymark.sock");

    private static final String NOWHERE = "none";

    private ControlPaths() {}

    /** Returns where a client finds its server. */
    static Path ofClient(@Nullable Path option) {
        String variable = System.getenv(VARIABLE);
        if (option != null) {
            return option;
        }
        return variable == null || variable.isEmpty() ? DEFAULT : Path.of(variable);
    }

    /** Returns where a server listens; empty for nowhere. */
    static Optional<Path> ofServer(String configFile, Optional<String> control) {
        if (control.isPresent()) {
            Path folder = configFile.equals("-") ? Path.of("") : Path.of(configFile);
            return control.filter(text -> !text.equals(NOWHERE)).map(folder::resolveSibling);
        }
        if (configFile.equals("-")) {
            return Optional.empty();
        }
        Path file = Path.of(configFile);
        String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        return Optional.of(file.resolveSibling(name + ".sock"));
    }

    /**
     * Opens the socket of a server. One that nobody asked for may be missing, with a warning, where it can't be made.
     *
     * @throws UncheckedIOException if another server has it, or one was asked for and can't be made
     */
    static Optional<ControlSocket> open(String configFile, Optional<String> control) {
        Optional<Path> path = ofServer(configFile, control);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ControlSocket.open(path.get()));
        } catch (IOException e) {
            String why = e instanceof BindException
                    ? String.valueOf(e.getMessage())
                    : "can't make the control socket " + path.get() + ": " + e;
            if (control.isPresent() || e instanceof BindException) {
                throw new UncheckedIOException(why, e);
            }
            System.err.println("waymark: " + why + "; going on without, give another path with control:");
            return Optional.empty();
        }
    }
}
