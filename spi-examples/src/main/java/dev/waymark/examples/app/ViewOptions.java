package dev.waymark.examples.app;

import dev.waymark.api.RouteView;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.examples.control.JsonLine;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every view takes. */
final class ViewOptions {
    @Mixin
    private CtlOptions.OfInstance options = new CtlOptions.OfInstance();

    @Option(names = "--prefix", paramLabel = "PREFIX", description = "Only the route of this prefix.")
    private @Nullable IpPrefix prefix;

    @Option(names = "--longer", description = "With --prefix, also the prefixes inside it.")
    private boolean isLonger;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many rows.")
    private @Nullable Long limit;

    @Option(names = "--family", paramLabel = "FAMILY", description = "ipv4-unicast or ipv6-unicast. Default: both.")
    private @Nullable AddressFamily family;

    /** Asks for a view, of one peer or all. */
    int show(RouteView view, @Nullable String peer) {
        return show(Values.dashed(view), peer, out -> CtlTables.routes(out, view));
    }

    /** Asks for a view under another name. */
    int show(String verb, @Nullable String peer, Function<PrintStream, CtlOutput> output) {
        JsonLine request = CtlOptions.verb(verb)
                .put("peer", Optional.ofNullable(peer))
                .put("prefix", Optional.ofNullable(prefix))
                .put("limit", Optional.ofNullable(limit))
                .put("family", Optional.ofNullable(family));
        return options.call(isLonger ? request.put("longer", true) : request, output);
    }
}
