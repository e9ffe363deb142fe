package dev.waymark.examples.app;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code waymark demo}. */
@Command(
        name = "demo",
        description = {
            "Shows what a route server does: two instances and three small NVAs exchange routes over TCP on addresses of this "
                    + "machine, 127.0.1.4 and 5 and 127.0.2.1 to 3, on free ports. Nothing has to be configured.",
            "It ends by itself, and checks each thing that it shows.%n"
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all that was shown came true", "1:something did not", "2:the command line is wrong"})
final class DemoCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration TIME_TO_READ = Duration.ofMillis(3_500);

    @Option(names = "--plain", description = "Print one thing after the other, as when the output is no terminal.")
    private boolean isPlain;

    @Override
    public Integer call() throws InterruptedException {
        boolean isLive = !isPlain && Terminal.isThere();
        try (DemoNetwork network = new DemoNetwork(builder -> builder)) {
            DemoTables tables = new DemoTables(network);
            DemoScreen screen = isLive ? new LiveScreen(System.out, tables) : new PlainScreen(System.out, tables);
            Demo demo = new Demo(screen, PATIENCE, isLive ? TIME_TO_READ : Duration.ZERO);
            return demo.run(new DemoStory(network).steps()) ? 0 : 1;
        } catch (UncheckedIOException e) {
            System.err.println("waymark: the demo can't run here: " + e.getMessage());
            return 1;
        }
    }
}
