package dev.waymark.examples.app;

import dev.waymark.examples.control.JsonLine;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every verb of {@code waymark ctl} takes. */
final class CtlOptions {
    @Option(
            names = {"-s", "--socket"},
            paramLabel = "PATH",
            description =
                    "The server's control socket. Default: what WAYMARK_SOCKET says, else waymark.sock in this folder.")
    private @Nullable Path socket;

    @Option(names = "--json", description = "Print the lines of JSON that the server sends, for programs.")
    private boolean isJson;

    boolean isJson() {
        return isJson;
    }

    /** Sends a request and shows the answer; returns the exit code. */
    int call(JsonLine request, Function<PrintStream, CtlOutput> output) {
        PrintStream out = DecodeCommand.bufferedOutput();
        int code = new CtlCall(ControlPaths.ofClient(socket), isJson, out, System.err).run(request, output.apply(out));
        out.flush();
        return code;
    }

    /** Sends a request that is answered with a word. */
    int call(JsonLine request) {
        return call(request, CtlOutput::message);
    }

    /** Begins a request. */
    static JsonLine verb(String verb) {
        return JsonLine.empty().put("verb", verb);
    }

    /** The options of those that look at one instance or all. */
    static final class OfInstance {
        @Mixin
        private CtlOptions options = new CtlOptions();

        @Option(names = "--instance", paramLabel = "NAME", description = "Of a pair, only this instance.")
        private @Nullable String instance;

        int call(JsonLine request, Function<PrintStream, CtlOutput> output) {
            return options.call(request.put("instance", Optional.ofNullable(instance)), output);
        }
    }
}
