package dev.waymark.examples.app;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waymark ctl instance}. */
@Command(
        name = "instance",
        description = "Lists the instances; starts or stops one of a pair.%n",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class CtlInstance {
    @Command(description = "Lists the instances.", mixinStandardHelpOptions = true)
    int list(@Mixin CtlOptions options) {
        return options.call(CtlOptions.verb("instances"), CtlTables::instances);
    }

    @Command(description = "Starts an instance that was stopped.", mixinStandardHelpOptions = true)
    int start(
            @Parameters(paramLabel = "INSTANCE", description = "The instance.") String name,
            @Mixin CtlOptions options) {
        return options.call(CtlOptions.verb("instance-start").put("instance", name));
    }

    @Command(
            description = "Stops an instance: its sessions end with Cease/2, and its routes leave what is programmed.",
            mixinStandardHelpOptions = true)
    int stop(
            @Parameters(paramLabel = "INSTANCE", description = "The instance.") String name,
            @Option(names = "--text", paramLabel = "TEXT", description = "What peers are told (RFC 9003).") @Nullable
                    String text,
            @Mixin CtlOptions options) {
        return options.call(
                CtlOptions.verb("instance-stop").put("instance", name).put("text", Optional.ofNullable(text)));
    }
}
