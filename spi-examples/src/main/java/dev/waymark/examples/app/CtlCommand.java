package dev.waymark.examples.app;

import dev.waymark.api.ResetKind;
import dev.waymark.api.RouteView;
import dev.waymark.api.RoutingPreference;
import dev.waymark.examples.control.JsonLine;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code waymark ctl}. */
@Command(
        name = "ctl",
        description = {
            "Looks into a running `waymark serve`, and changes it.",
            "",
            "It speaks to the server by a Unix domain socket that only the server's user may use. Changes last until the server "
                    + "ends: its configuration file stays as it is.%n"
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = {CtlPeer.class, CtlNetwork.class, CtlPeering.class, CtlInstance.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  waymark ctl peers",
            "  waymark ctl learned nva1 --prefix 10.0.0.0/8 --longer",
            "  waymark ctl rejected --limit 20",
            "  waymark ctl selected --json | jq -r 'select(.type == \"route\") | .network'",
            "  waymark ctl peer add name=nva3 address=10.0.2.6 asn=65003 passive=true",
            "  waymark ctl reset soft-in --all"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the server refused, or there is none; the reason is on standard error",
            "2:the command line is wrong"
        })
final class CtlCommand {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-s", "--socket"},
            paramLabel = "PATH",
            scope = ScopeType.INHERIT,
            description =
                    "The server's control socket. Default: what WAYMARK_SOCKET says, else waymark.sock in this folder.")
    private @Nullable Path socket;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print the lines of JSON that the server sends, for programs.")
    private boolean isJson;

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

    private int show(RouteView view, @Nullable String peer, ViewOptions options) {
        return call(options.request(Values.dashed(view), peer), out -> CtlTables.routes(out, view));
    }

    @Command(
            description = "Lists peers: state and for how long, routes received, accepted, rejected, advertised.",
            mixinStandardHelpOptions = true)
    int peers(@Mixin InstanceOption instance) {
        return call(instance.in(verb("peers")), PeerTable::new);
    }

    @Command(
            description = "Lists what peers sent, with Azure's columns of learned routes.",
            mixinStandardHelpOptions = true)
    int learned(
            @Parameters(arity = "0..1", paramLabel = "PEER", description = "Only this peer.") @Nullable String peer,
            @Mixin ViewOptions options) {
        return call(options.request("learned", peer), CtlTables::learned);
    }

    @Command(
            description = "Lists what peers sent, before policy, and what of it is rejected.",
            mixinStandardHelpOptions = true)
    int received(
            @Parameters(arity = "0..1", paramLabel = "PEER", description = "Only this peer.") @Nullable String peer,
            @Mixin ViewOptions options) {
        return show(RouteView.RECEIVED, peer, options);
    }

    @Command(description = "Lists what was accepted, after policy.", mixinStandardHelpOptions = true)
    int accepted(
            @Parameters(arity = "0..1", paramLabel = "PEER", description = "Only this peer.") @Nullable String peer,
            @Mixin ViewOptions options) {
        return show(RouteView.ACCEPTED, peer, options);
    }

    @Command(
            description = "Lists what was rejected, why, by which rule, and by which rule of a policy.",
            mixinStandardHelpOptions = true)
    int rejected(
            @Parameters(arity = "0..1", paramLabel = "PEER", description = "Only this peer.") @Nullable String peer,
            @Mixin ViewOptions options) {
        return show(RouteView.REJECTED, peer, options);
    }

    @Command(description = "Lists the chosen route of every prefix.", mixinStandardHelpOptions = true)
    int selected(
            @Parameters(arity = "0..1", paramLabel = "PEER", description = "Only routes of this peer.") @Nullable
                    String peer,
            @Mixin ViewOptions options) {
        return show(RouteView.SELECTED, peer, options);
    }

    @Command(
            description = "Lists what is programmed: every prefix with its next hops.",
            mixinStandardHelpOptions = true)
    int programmed(
            @Parameters(arity = "0..1", paramLabel = "PEER", description = "Only routes of this peer.") @Nullable
                    String peer,
            @Mixin ViewOptions options) {
        return show(RouteView.PROGRAMMED, peer, options);
    }

    @Command(description = "Lists what a peer is sent.", mixinStandardHelpOptions = true)
    int advertised(
            @Parameters(paramLabel = "PEER", description = "The peer.") String peer, @Mixin ViewOptions options) {
        return show(RouteView.ADVERTISED, peer, options);
    }

    @Command(
            description = "Lists the effective routes of a route table: what is active, what is overridden, and why.",
            mixinStandardHelpOptions = true)
    int effective(@Parameters(paramLabel = "TABLE", description = "The route table.") String table) {
        return call(verb("effective").put("table", table), CtlTables::effective);
    }

    @Command(
            description = {
                "Resets the session of a peer. soft-in asks it for its routes again, soft-out sends it all of ours again, "
                        + "hard ends the session with Cease/4 and lets it start again.%n"
            },
            mixinStandardHelpOptions = true)
    int reset(
            @Parameters(index = "0", paramLabel = "KIND", description = "soft-in, soft-out or hard.") ResetKind kind,
            @Parameters(index = "1", arity = "0..1", paramLabel = "PEER", description = "The peer.") @Nullable
                    String peer,
            @Option(names = "--all", description = "All peers.") boolean isAll,
            @Option(names = "--text", paramLabel = "TEXT", description = "What a hard reset tells the peer (RFC 9003).")
                    @Nullable
                    String text,
            @Mixin InstanceOption instance) {
        if (isAll == (peer != null)) {
            throw new ParameterException(
                    spec.subcommands().get("reset"), "Reset which peer? Give its name, or --all for every one");
        }
        if (text != null && kind != ResetKind.HARD) {
            throw new ParameterException(
                    spec.subcommands().get("reset"), "--text goes with hard: the other resets send no NOTIFICATION");
        }
        JsonLine request = verb("reset")
                .put("kind", Values.dashed(kind))
                .put("peer", Optional.ofNullable(peer))
                .put("text", Optional.ofNullable(text));
        return call(instance.in(isAll ? request.put("all", true) : request));
    }

    @Command(description = "Lets a disabled peer have sessions again.", mixinStandardHelpOptions = true)
    int enable(@Parameters(paramLabel = "PEER", description = "The peer.") String peer) {
        return call(verb("enable").put("peer", peer));
    }

    @Command(description = "Ends a peer's sessions with Cease/2, and holds none.", mixinStandardHelpOptions = true)
    int disable(@Parameters(paramLabel = "PEER", description = "The peer.") String peer) {
        return call(verb("disable").put("peer", peer));
    }

    @Command(
            name = "branch-to-branch",
            description =
                    "Turns on or off that NVAs and gateways exchange routes; without a word shows whether they do.",
            mixinStandardHelpOptions = true)
    int branchToBranch(
            @Parameters(arity = "0..1", paramLabel = "on|off", description = "on or off.")
                    CtlValues.@Nullable Switch on) {
        JsonLine request = verb("branch-to-branch");
        return call(on == null ? request : request.put("on", on == CtlValues.Switch.ON));
    }

    @Command(
            description =
                    "Changes which source wins before the AS path is looked at; without a source shows which does.",
            mixinStandardHelpOptions = true)
    int preference(
            @Parameters(arity = "0..1", paramLabel = "SOURCE", description = "express-route, vpn-gateway or as-path.")
                    @Nullable
                    RoutingPreference preference) {
        return call(verb("preference")
                .put("preference", Optional.ofNullable(preference).map(Values::dashed)));
    }

    @Command(
            description = "Prepares peers for the end of an instance's sessions (RFC 8326), then ends these.",
            mixinStandardHelpOptions = true)
    int drain(
            @Parameters(arity = "0..1", paramLabel = "INSTANCE", description = "The instance; a pair needs it.")
                    @Nullable
                    String instance,
            @Option(names = "--text", paramLabel = "TEXT", description = "What peers are told (RFC 9003).") @Nullable
                    String text,
            @Option(
                            names = "--after",
                            paramLabel = "TIME",
                            description = "How long peers have, like 30s or 5m. Default: 1m.")
                    @Nullable
                    Duration after) {
        return call(verb("drain")
                .put("instance", Optional.ofNullable(instance))
                .put("text", Optional.ofNullable(text))
                .put("after", Optional.ofNullable(after).map(time -> time.toMillis() + "ms")));
    }

    @Command(description = "Takes a drain back.", mixinStandardHelpOptions = true)
    int resume(
            @Parameters(arity = "0..1", paramLabel = "INSTANCE", description = "The instance; a pair needs it.")
                    @Nullable
                    String instance) {
        return call(verb("resume").put("instance", Optional.ofNullable(instance)));
    }

    @Command(
            description = "Looks for what a pair lacks to survive the loss of an instance or of an NVA.",
            mixinStandardHelpOptions = true)
    int check() {
        return call(verb("check"), CtlTables::findings);
    }

    @Command(description = "Follows the events, until it is interrupted.", mixinStandardHelpOptions = true)
    int events() {
        JsonLine request = verb("events");
        return call(isJson ? request : request.put("text", true), EventLines::new);
    }
}
