package dev.waymark.benchmarks.race;

import dev.waymark.examples.transport.NioTransport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Which route server is faster, and which takes less memory? For each heat a server is started as a process of its own, on a
 * loopback address and a port that is free, and ended afterwards. Peers connect over TCP; then they send UPDATEs that were made
 * before, all at once, and the clock runs until every receiver is complete. What receivers hold is checked: no route missing,
 * none too many, each with the attributes that it was announced with. Printed are the times and the server's peak memory, as
 * ratios to the first server's median.
 *
 * <pre>
 * mvn -q -DskipTests package
 * java -cp benchmarks/target/benchmarks.jar dev.waymark.benchmarks.race.Race --peers 10 --routes 100000
 * </pre>
 *
 * <p>For Linux, when the machine does nothing else; {@code --help} has the options. The first heat of each server isn't counted: the
 * peers' code is compiled meanwhile. The servers take turns, so that what slows the machine down for a while slows all of them.
 */
@Command(
        name = "Race",
        description = "Races route servers that are installed here, over loopback addresses.",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every server told every receiver what it must",
            "1:one didn't, or none is there",
            "2:the command line is wrong"
        })
public final class Race implements Callable<Integer> {
    private static final int MOST_PEERS = 99;
    private static final int MOST_ROUTES = 2_000_000;
    private static final int MOST_HEATS = 99;
    /** No server should be silent for that long while it has something to say. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--peers",
            paramLabel = "N",
            description = "Peers that announce, each to all others; beside one alone there is another that only listens"
                    + " (1 to " + MOST_PEERS + "; default: ${DEFAULT-VALUE}).")
    private int peers = 10;

    @Option(
            names = "--routes",
            paramLabel = "N",
            description = "Routes of each peer, which no other has (times --peers, " + MOST_ROUTES
                    + " at most; default: ${DEFAULT-VALUE}).")
    private int routes = 100_000;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "Heats of each server (1 to " + MOST_HEATS + "; default: ${DEFAULT-VALUE}).")
    private int repeat = 5;

    @Option(
            names = "--servers",
            split = ",",
            paramLabel = "NAME",
            description = "Who races: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private List<Contestant> servers = List.of(Contestant.BIRD, Contestant.WAYMARK);

    private Race() {}

    /** Runs it. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine race = new CommandLine(new Race()).setCaseInsensitiveEnumValuesAllowed(true);
        race.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help message and exit.")
                        .build());
        return race;
    }

    @Override
    public Integer call() throws InterruptedException {
        check("--peers", peers, MOST_PEERS);
        check("--routes", routes, MOST_ROUTES / peers);
        check("--repeat", repeat, MOST_HEATS);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter progress = spec.commandLine().getErr();
        List<Contestant> runners = new ArrayList<>();
        for (Contestant server : servers) {
            Optional<String> obstacle = server.obstacle();
            obstacle.ifPresent(why -> progress.println(server + " can't race: " + why));
            if (obstacle.isEmpty()) {
                runners.add(server);
            }
        }
        if (runners.isEmpty()) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        Standings standings = run(runners, progress);
        out.printf(
                Locale.ROOT,
                "%d x %,d routes; medians of %d; %d processors%n%n%s",
                peers,
                routes,
                repeat,
                Runtime.getRuntime().availableProcessors(),
                standings.table());
        out.flush();
        return standings.isOk() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private void check(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new ParameterException(spec.commandLine(), option + " " + value + " is not in 1 to " + most);
        }
    }

    private Standings run(List<Contestant> runners, PrintWriter progress) throws InterruptedException {
        Course course = new Course(peers, routes);
        Standings standings =
                new Standings(runners.stream().map(Contestant::toString).toList());
        for (int round = 0; round <= repeat; round++) {
            for (int i = 0; i < runners.size(); i++) {
                Result result = heat(runners.get(i), course);
                progress.println(runners.get(i) + (round == 0 ? ", not counted: " : ", heat " + round + ": ") + result);
                if (round > 0 || !result.isOk()) {
                    standings.add(i, result);
                }
            }
        }
        return standings;
    }

    private static Result heat(Contestant contestant, Course course) throws InterruptedException {
        try {
            Path folder = Files.createTempDirectory("race-");
            Ground ground = Ground.of(course.peers(), folder);
            try (Server server = ServerProcess.start(contestant.program(ground), folder);
                    NioTransport transport = new NioTransport("race")) {
                return new Heat(server, ground.server(), course, PATIENCE).run(transport);
            }
        } catch (IOException e) {
            return Result.failed(e.toString());
        }
    }
}
