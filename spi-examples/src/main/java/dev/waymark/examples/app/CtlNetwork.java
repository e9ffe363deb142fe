package dev.waymark.examples.app;

import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code waymark ctl network}. */
@Command(
        name = "network",
        description = "Lists, adds or removes address spaces of the virtual network, announced to every peer.%n",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class CtlNetwork {
    @Command(description = "Lists the address spaces.", mixinStandardHelpOptions = true)
    int list(@Mixin CtlOptions options) {
        return options.call(CtlOptions.verb("networks"), CtlTables::networks);
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
                    IpAddress nextHop,
            @Mixin CtlOptions options) {
        return options.call(
                CtlOptions.verb("network-add").put("prefix", prefix).put("nextHop", Optional.ofNullable(nextHop)));
    }

    @Command(description = "Removes an address space.", mixinStandardHelpOptions = true)
    int remove(
            @Parameters(paramLabel = "PREFIX", description = "Like 10.1.0.0/16.") IpPrefix prefix,
            @Mixin CtlOptions options) {
        return options.call(CtlOptions.verb("network-remove").put("prefix", prefix));
    }
}
