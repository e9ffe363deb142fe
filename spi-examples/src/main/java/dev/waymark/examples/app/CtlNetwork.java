package dev.waymark.examples.app;

import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code waymark ctl network}. */
@Command(
        name = "network",
        description = "Lists, adds or removes address spaces of the virtual network, announced to every peer.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class CtlNetwork {
    @ParentCommand
    private CtlCommand ctl;

    @Command(description = "Lists the address spaces.", mixinStandardHelpOptions = true)
    int list() {
        return ctl.call(CtlCommand.verb("networks"), CtlTables::networks);
    }

    @Command(description = "Adds an address space.", mixinStandardHelpOptions = true)
    int add(
            @Parameters(index = "0", paramLabel = "PREFIX", description = "Like 10.1.0.0/16.") IpPrefix prefix,
            @Parameters(
                            index = "1",
                            arity = "0..1",
                            paramLabel = "NEXTHOP",
                            description = "Default: the instance's own address.")
                    @Nullable
                    IpAddress nextHop) {
        return ctl.call(
                CtlCommand.verb("network-add").put("prefix", prefix).put("nextHop", Optional.ofNullable(nextHop)));
    }

    @Command(description = "Removes an address space.", mixinStandardHelpOptions = true)
    int remove(@Parameters(paramLabel = "PREFIX", description = "Like 10.1.0.0/16.") IpPrefix prefix) {
        return ctl.call(CtlCommand.verb("network-remove").put("prefix", prefix));
    }
}
