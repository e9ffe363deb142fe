package dev.waymark.examples.app;

import dev.waymark.examples.control.ControlClient;
import dev.waymark.examples.control.JsonLine;
import dev.waymark.examples.decode.JsonTree;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/** Asks a server something and shows the answer. Used by one thread. */
final class CtlCall {
    private static final int CHECK_EVERY = 256;

    private final Path socket;
    private final boolean isJson;
    private final PrintStream out;
    private final PrintStream err;

    CtlCall(Path socket, boolean isJson, PrintStream out, PrintStream err) {
        this.socket = socket;
        this.isJson = isJson;
        this.out = out;
        this.err = err;
    }

    /** Returns the exit code. */
    int run(JsonLine request, CtlOutput output) {
        ControlClient client;
        try {
            client = ControlClient.connect(socket);
        } catch (IOException | IllegalArgumentException e) {
            err.println("waymark: no server answers at " + socket + " (" + e.getMessage()
                    + "); start one with `waymark serve`, or say where it is with --socket or in "
                    + ControlPaths.VARIABLE);
            return ServeCommand.FAILED;
        }
        try (client) {
            client.send(request);
            int code = show(client, output);
            out.flush();
            return code;
        } catch (IOException e) {
            out.flush();
            err.println("waymark: the server has ended the connection: " + e.getMessage());
            return ServeCommand.FAILED;
        }
    }

    private int show(ControlClient client, CtlOutput output) throws IOException {
        long lines = 0;
        for (String line = client.receive(); line != null; line = client.receive()) {
            if (isJson && !isSpecial(line)) {
                out.println(line);
                if (line.startsWith("{\"type\":\"done\"")) {
                    return ServeCommand.OK;
                }
                lines++;
                if ((lines % CHECK_EVERY == 0 || isEvent(line)) && out.checkError()) {
                    return ServeCommand.OK;
                }
                continue;
            }
            Map<String, Object> fields = JsonTree.object(line);
            switch (Cells.text(fields, "type")) {
                case "done" -> {
                    output.end(fields);
                    return ServeCommand.OK;
                }
                case "error" -> {
                    out.flush();
                    err.println("waymark: " + Cells.shown(Cells.text(fields, "message")));
                    return ServeCommand.FAILED;
                }
                case "note" -> err.println("waymark: " + Cells.shown(Cells.text(fields, "message")));
                case "following" -> out.flush();
                default -> {
                    if (!output.row(fields)) {
                        return ServeCommand.OK; // nobody reads on: | head
                    }
                }
            }
        }
        out.flush();
        err.println("waymark: the server has ended the connection");
        return ServeCommand.FAILED;
    }

    private static boolean isSpecial(String line) {
        return line.startsWith("{\"type\":\"error\"") || line.startsWith("{\"type\":\"note\"") || isFollowing(line);
    }

    private static boolean isFollowing(String line) {
        return line.startsWith("{\"type\":\"following\"");
    }

    private static boolean isEvent(String line) {
        return line.startsWith("{\"type\":\"event\"");
    }
}
