package dev.waymark.examples.app;

import dev.waymark.examples.control.JsonLine;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which instance of a pair a verb is about. */
final class InstanceOption {
    @Option(names = "--instance", paramLabel = "NAME", description = "Of a pair, only this instance.")
    private @Nullable String instance;

    /** Puts it into a request. */
    JsonLine in(JsonLine request) {
        return request.put("instance", Optional.ofNullable(instance));
    }
}
