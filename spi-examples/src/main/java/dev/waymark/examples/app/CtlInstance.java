package dev.waymark.examples.app;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code waymark ctl instance}. */
@Command(
        name = "instance",
        description = "Lists the instances; starts or stops one of a pair.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class CtlInstance {
    @ParentCommand
    private CtlCommand ctl;

    @Command(description = "Lists the instances.", mixinStandardHelpOptions = true)
    int list() {
        return ctl.call(CtlCommand.verb("instances"), CtlTables::instances);
    }

    @Command(description = "Starts an instance that was stopped.", mixinStandardHelpOptions = true)
    int start(@Parameters(paramLabel = "INSTANCE", description = "The instance.") String name) {
        return ctl.call(CtlCommand.verb("instance-start").put("instance", name));
    }

    @Command(
            description = "Stops an instance: its sessions end with Cease/2, and its routes leave what is programmed.",
            mixinStandardHelpOptions = true)
    int stop(
            @Parameters(paramLabel = "INSTANCE", description = "The instance.") String name,
            @Option(names = "--text", paramLabel = "TEXT", description = "What peers are told (RFC 9003).") @Nullable
                    String text) {
        return ctl.call(CtlCommand.verb("instance-stop").put("instance", name).put("text", Optional.ofNullable(text)));
    }
}
