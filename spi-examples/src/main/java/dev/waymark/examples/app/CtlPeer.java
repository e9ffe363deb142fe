package dev.waymark.examples.app;

import dev.waymark.examples.control.JsonLine;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code waymark ctl peer}. */
@Command(
        name = "peer",
        description = "Shows one peer with all its numbers; or adds, updates or removes one.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[COMMAND]")
final class CtlPeer implements Callable<Integer> {
    @ParentCommand
    private CtlCommand ctl;

    private static final Pattern SETTING = Pattern.compile("([A-Za-z]+)=(.*)", Pattern.DOTALL);

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "PEER", description = "The peer to show.")
    private @Nullable String peer;

    @Mixin
    private InstanceOption instance = new InstanceOption();

    @Override
    public Integer call() {
        if (peer == null) {
            throw new ParameterException(
                    spec.commandLine(), "Which peer? `waymark ctl peers` lists them; or add, update or remove one");
        }
        return ctl.call(instance.in(CtlCommand.verb("peer").put("peer", peer)), PeerDetails::new);
    }

    @Command(
            description = {
                "Adds a peer. The keys are those of a peer in the configuration file, where `waymark serve --sample` "
                        + "explains them; name, address and asn are required.%n"
            },
            mixinStandardHelpOptions = true,
            footerHeading = "%nExample:%n",
            footer = "  waymark ctl peer add name=nva3 address=10.0.2.6 asn=65003 routeLimit='{routes: 1000}'")
    int add(
            @Parameters(arity = "1..*", paramLabel = "KEY=VALUE", description = "What the peer is.")
                    List<String> settings) {
        return ctl.call(CtlCommand.verb("peer-add").put("settings", yaml("add", settings)));
    }

    @Command(
            description = {
                "Changes what is given of a peer, and leaves the rest. Another address, port, asn, role, passive, holdTime, "
                        + "enforceFirstAs or protection restarts its session.",
                "--unset gives a key its default again: what the server has for all peers.%n"
            },
            mixinStandardHelpOptions = true,
            footerHeading = "%nExample:%n",
            footer = {
                "  waymark ctl peer update nva1 importPolicy=branches routeLimit=2000",
                "  waymark ctl peer update nva1 --unset importPolicy --unset routeLimit"
            })
    int update(
            @Parameters(index = "0", paramLabel = "PEER", description = "The peer.") String name,
            @Parameters(index = "1..*", arity = "0..*", paramLabel = "KEY=VALUE", description = "What changes.")
                    @Nullable
                    List<String> settings,
            @Option(names = "--unset", paramLabel = "KEY", description = "What gets its default again.") @Nullable
                    List<String> unset) {
        if (settings == null && unset == null) {
            throw new ParameterException(
                    spec.subcommands().get("update"), "Update what? Give KEY=VALUE, or --unset KEY for its default");
        }
        JsonLine request = CtlCommand.verb("peer-update")
                .put("peer", name)
                .put("settings", yaml("update", settings == null ? List.of() : settings));
        return ctl.call(unset == null ? request : request.put("unset", String.join(",", unset)));
    }

    @Command(description = "Ends a peer's sessions with Cease/3, and forgets it.", mixinStandardHelpOptions = true)
    int remove(@Parameters(paramLabel = "PEER", description = "The peer.") String name) {
        return ctl.call(CtlCommand.verb("peer-remove").put("peer", name));
    }

    /** Makes a mapping of settings; what begins as a mapping or a list stays what it is, all else is a plain value. */
    private String yaml(String command, List<String> settings) {
        return settings.stream()
                .map(setting -> {
                    Matcher matcher = SETTING.matcher(setting);
                    if (!matcher.matches()) {
                        throw new ParameterException(
                                spec.subcommands().get(command),
                                "'" + Values.printable(setting) + "' is no KEY=VALUE, such as address=10.0.2.4");
                    }
                    String value = matcher.group(2);
                    boolean isNested = value.startsWith("{") || value.startsWith("[");
                    return matcher.group(1) + ": " + (isNested ? value : "'" + value.replace("'", "''") + "'");
                })
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
