package dev.waymark.examples.app;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.examples.control.JsonLine;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every view takes. */
final class ViewOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee;

    @Mixin
    private InstanceOption instance = new InstanceOption();

    @Option(names = "--prefix", paramLabel = "PREFIX", description = "Only the route of this prefix.")
    private @Nullable IpPrefix prefix;

    @Option(names = "--longer", description = "With --prefix, also the prefixes inside it.")
    private boolean isLonger;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many rows.")
    private @Nullable Long limit;

    @Option(names = "--family", paramLabel = "FAMILY", description = "ipv4-unicast or ipv6-unicast. Default: both.")
    private @Nullable AddressFamily family;

    /** Makes the request for a view, of one peer or all. */
    JsonLine request(String verb, @Nullable String peer) {
        if (isLonger && prefix == null) {
            throw new ParameterException(
                    mixee.commandLine(), "--longer goes with --prefix, such as --prefix 10.0.0.0/8");
        }
        JsonLine request = CtlCommand.verb(verb)
                .put("peer", Optional.ofNullable(peer))
                .put("prefix", Optional.ofNullable(prefix))
                .put("limit", Optional.ofNullable(limit))
                .put("family", Optional.ofNullable(family));
        return instance.in(isLonger ? request.put("longer", true) : request);
    }
}
