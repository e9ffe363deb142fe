package dev.waymark.examples.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waymark.api.ConfigurationException;
import dev.waymark.engine.RouteServerEngine;
import dev.waymark.examples.control.ControlSocket;
import dev.waymark.examples.transport.NioTransport;
import dev.waymark.spi.RouteSinkProvider;
import dev.waymark.spi.SpiConfigurationException;
import dev.waymark.spi.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code waymark serve}. */
@Command(
        name = "serve",
        description = {
            "Runs a route server until it is told to stop: SIGTERM or SIGINT ends all sessions (Cease/2).",
            "Events and changes of the programmed routes go to standard output.",
            "With instances: in the configuration it runs two, as one route server.",
            "Meanwhile `waymark ctl` looks into it and changes it, by a socket that control: names.%n"
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:stopped as it was told to, or printed what was asked for",
            "1:the server failed",
            "2:the command line or the configuration is wrong",
            "3:an address to listen on, or the control socket, can't be bound"
        })
final class ServeCommand implements Callable<Integer> {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int WRONG = 2;
    static final int CANT_LISTEN = 3;

    private static final String STANDARD_INPUT = "-";

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration, in YAML; - reads standard input.")
    private @Nullable String config;

    @Option(names = "--json", description = "Print JSON lines: one object for each event and each change of a route.")
    private boolean isJson;

    @Option(names = "--check", description = "Check the configuration, and don't run.")
    private boolean isCheck;

    @Option(names = "--sample", description = "Print a configuration with every setting explained, and don't run.")
    private boolean isSample;

    @Option(
            names = "--rehearse",
            paramLabel = "ROUTES",
            arity = "0..1",
            fallbackValue = "1000000",
            description = {
                "Before it listens, let made-up peers announce so many routes to a server that nobody sees, and pass single",
                "changes on over 127.0.0.1 to 127.0.0.5: takes seconds, and then the code is compiled, and the first routes",
                "are taken in twice as fast.",
                "Without a number: ${FALLBACK-VALUE}."
            })
    private long rehearsal;

    @Override
    public Integer call() throws InterruptedException {
        PrintStream out = System.out;
        if (isSample) {
            out.print(sample());
            return OK;
        }
        if (config == null) {
            throw new ParameterException(
                    spec.commandLine(), "Give a configuration with --config FILE; --sample prints one to start from.");
        }
        try (NioTransport transport = new NioTransport("serve")) {
            Providers providers = Providers.discover();
            ServeConfig read = ConfigReader.read(nameOf(config), textOf(config), providers, transport);
            if (isCheck) {
                out.println(nameOf(config) + ": correct");
                return OK;
            }
            List<RouteSinkProvider> sinks = List.of(providers.sink(isJson ? "json-lines" : "console"));
            ConsoleOutput output = new ConsoleOutput(read.name(), out, isJson, Clock.systemUTC());
            Optional<ControlSocket> control = ControlPaths.open(config, read.control());
            try {
                AtomicReference<Daemon> started = new AtomicReference<>();
                AtomicInteger status = new AtomicInteger(OK);
                Thread end = endAtSignal(started, control, transport, status);
                Daemon daemon = start(read, transport, sinks, output, end);
                started.set(daemon);
                control.ifPresent(socket -> {
                    socket.start(new ControlVerbs(daemon.served(), read.policies()));
                    output.say("`waymark ctl --socket " + socket.path() + "` looks into it and changes it");
                });
                return run(daemon, end, status);
            } finally {
                control.ifPresent(ControlSocket::close);
            }
        } catch (ConfigFileException e) {
            e.problems().forEach(spec.commandLine().getErr()::println);
            return WRONG;
        } catch (ConfigurationException | SpiConfigurationException e) {
            spec.commandLine().getErr().println("waymark: " + e.getMessage());
            return WRONG;
        } catch (UncheckedIOException e) {
            spec.commandLine().getErr().println("waymark: " + e.getMessage());
            return CANT_LISTEN;
        }
    }

    /** Returns the commented configuration. */
    static String sample() {
        try (InputStream in = ServeCommand.class.getResourceAsStream("waymark-sample.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the jar is damaged", e);
        }
    }

    /** Ends all when the JVM is told to stop, also while the server starts. */
    private static Thread endAtSignal(
            AtomicReference<Daemon> started,
            Optional<ControlSocket> control,
            Transport transport,
            AtomicInteger status) {
        Thread end = new Thread(
                () -> {
                    Daemon daemon = started.get();
                    if (daemon != null) {
                        daemon.stop("route server stops");
                    }
                    control.ifPresent(ControlSocket::close);
                    transport.close();
                    System.out.flush();
                    // The JVM would exit with 143 after a signal, but this is the end that was asked for.
                    Runtime.getRuntime().halt(status.get());
                },
                "waymark-end");
        Runtime.getRuntime().addShutdownHook(end);
        return end;
    }

    private Daemon start(
            ServeConfig read, Transport transport, List<RouteSinkProvider> sinks, ConsoleOutput output, Thread end)
            throws InterruptedException {
        try {
            if (rehearsal != 0) {
                RouteServerEngine.rehearse(read.server(), rehearsal, transport);
                Rest.await();
            }
            return Daemon.start(read, sinks, output);
        } catch (RuntimeException e) {
            Runtime.getRuntime().removeShutdownHook(end); // it would make this a good end
            throw e;
        }
    }

    private static int run(Daemon daemon, Thread end, AtomicInteger status) throws InterruptedException {
        Optional<String> error = daemon.awaitStop();
        if (error.isEmpty()) {
            end.join();
        }
        System.err.println("waymark: " + error.orElse("stopped"));
        status.set(FAILED);
        return FAILED;
    }

    private static String nameOf(String file) {
        return file.equals(STANDARD_INPUT) ? "standard input" : file;
    }

    /** Decodes UTF-8; names the line where it is not. */
    private static String textOf(String name, byte[] octets) throws ConfigFileException {
        ByteBuffer in = ByteBuffer.wrap(octets);
        CharBuffer out = CharBuffer.allocate(octets.length);
        if (!UTF_8.newDecoder().decode(in, out, true).isError()) {
            return out.flip().toString();
        }
        List<String> before = List.of(out.flip().toString().split("\n", -1));
        throw new ConfigFileException(List.of(new ConfigProblem(
                name, before.size(), before.get(before.size() - 1).length() + 1, "not a text in UTF-8")));
    }

    private String textOf(String file) throws ConfigFileException {
        try {
            return textOf(
                    nameOf(file),
                    file.equals(STANDARD_INPUT) ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file)));
        } catch (NoSuchFileException e) {
            throw new ParameterException(spec.commandLine(), "There is no file " + file, e);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "Can't read " + file + ": " + e.getMessage(), e);
        }
    }
}
