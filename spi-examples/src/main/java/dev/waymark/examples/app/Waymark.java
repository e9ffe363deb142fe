package dev.waymark.examples.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code waymark}. */
@Command(
        name = "waymark",
        description = "A BGP route server.",
        mixinStandardHelpOptions = true,
        versionProvider = Waymark.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ServeCommand.class, DemoCommand.class, DecodeCommand.class, EncodeCommand.class, CtlCommand.class
        })
public final class Waymark {
    private Waymark() {}

    /** Runs a command and exits with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine waymark = new CommandLine(new Waymark());
        waymark.setCaseInsensitiveEnumValuesAllowed(true);
        CtlValues.register(waymark);
        waymark.getSubcommands().forEach((name, command) -> {
            if (name.equals("decode") || name.equals("encode")) {
                ContextOptions.addTo(command);
            }
        });
        return waymark;
    }

    /** Reads the version from the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Waymark.class.getPackage().getImplementationVersion();
            return new String[] {"waymark " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
