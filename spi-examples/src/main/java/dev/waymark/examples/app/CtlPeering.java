package dev.waymark.examples.app;

import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code waymark ctl peering}. */
@Command(
        name = "peering",
        description = "Lists, adds or removes virtual networks that are peered with the own one.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class CtlPeering {
    @ParentCommand
    private CtlCommand ctl;

    @Command(
            description = "Lists the address spaces of the peered networks, and what comes of each.",
            mixinStandardHelpOptions = true)
    int list() {
        return ctl.call(CtlCommand.verb("peerings"), CtlTables::peerings);
    }

    @Command(
            description = {
                "Adds a peered network. As in Azure, every NVA is then asked for its routes again; the session of one that "
                        + "can't be asked ends with Cease/4 and starts again.%n"
            },
            mixinStandardHelpOptions = true)
    int add(
            @Parameters(index = "0", paramLabel = "NAME", description = "A name that no other peering has.")
                    String name,
            @Parameters(
                            index = "1..*",
                            arity = "1..*",
                            paramLabel = "PREFIX",
                            description = "Its address spaces, like 10.2.0.0/16.")
                    List<IpPrefix> spaces,
            @Option(
                            names = "--next-hop",
                            paramLabel = "ADDRESS",
                            description = "With which they are announced. Default: the instance's own address.")
                    @Nullable
                    IpAddress nextHop,
            @Option(
                            names = "--no-remote-gateway",
                            description =
                                    "It doesn't use this network's gateway or route server: its spaces are not announced.")
                    boolean hasNoRemoteGateway) {
        return ctl.call(CtlCommand.verb("peering-add")
                .put("name", name)
                .put("spaces", spaces.stream().map(IpPrefix::toString).collect(Collectors.joining(",")))
                .put("nextHop", Optional.ofNullable(nextHop))
                .put("usesRemoteGateway", !hasNoRemoteGateway));
    }

    @Command(description = "Removes a peered network. Resets nothing.", mixinStandardHelpOptions = true)
    int remove(@Parameters(paramLabel = "NAME", description = "The peering.") String name) {
        return ctl.call(CtlCommand.verb("peering-remove").put("name", name));
    }
}
