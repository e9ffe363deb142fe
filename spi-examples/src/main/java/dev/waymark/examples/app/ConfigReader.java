package dev.waymark.examples.app;

import dev.waymark.api.AsnRange;
import dev.waymark.api.ConfigurationException;
import dev.waymark.api.InstanceConfig;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.RouteServerPairConfig;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.RouterId;
import dev.waymark.spi.RoutePolicy;
import dev.waymark.spi.RouteSinkProvider;
import dev.waymark.spi.ServerMetricsProvider;
import dev.waymark.spi.SpiContext;
import dev.waymark.spi.Transport;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads the YAML file of {@code waymark serve}. Keys are named as in the API. Nothing is ignored: a key or value that isn't
 * allowed is refused with file, line and column, and all problems are told at once.
 */
final class ConfigReader {
    /** Room for a hundred thousand peers. */
    private static final int MOST_CHARACTERS = 64 << 20;

    private static final int MOST_NESTED = 100;

    private enum Profile {
        AZURE,
        STANDARD
    }

    private final Problems problems;
    private final Providers providers;
    private final Transport transport;

    private ConfigReader(String file, Providers providers, Transport transport) {
        this.problems = new Problems(file);
        this.providers = providers;
        this.transport = transport;
    }

    /**
     * Reads a configuration.
     *
     * @param file what the text is called in messages
     * @param text the YAML text
     * @param providers what it can name
     * @param transport what the server will use; it decides which protection is available
     */
    static ServeConfig read(String file, String text, Providers providers, Transport transport)
            throws ConfigFileException {
        return new ConfigReader(file, providers, transport).read(text);
    }

    private ServeConfig read(String text) throws ConfigFileException {
        Optional<Node> root = compose(text, problems);
        if (root.isEmpty() || Section.isNull(root.get())) {
            if (problems.isEmpty()) {
                problems.add(0, 0, "the file is empty; `waymark serve --sample` prints one to start from");
            }
            problems.check();
        }
        Section top = new Section("", root.orElseThrow(), problems);
        RouteServerConfigBuilder builder =
                switch (top.value("profile", Values.oneOf(Profile.class)).orElse(Profile.AZURE)) {
                    case AZURE -> RouteServerConfig.azure();
                    case STANDARD -> RouteServerConfig.standard();
                };
        builder.transport(transport);
        NetworkReader network = new NetworkReader(builder, providers::sink, problems);
        ValueParser<RoutePolicy> policies = readServer(top, builder, network);
        List<InstanceConfig> instances = new InstanceReader(problems).read(top);
        Optional<List<RouteSinkProvider>> sinks = top.list("sinks", providers::sink);
        Optional<ServerMetricsProvider> metrics = top.value("metrics", providers::metrics);
        Optional<String> control = top.value("control", value -> value);
        top.end();
        problems.check();
        Optional<RouteServerPairConfig> pair = instances.isEmpty()
                ? Optional.empty()
                : Optional.of(build(() -> RouteServerPairConfig.of(builder, instances.get(0), instances.get(1))));
        RouteServerConfig server = pair.isPresent() ? pair.get().shared() : build(builder::build);
        problems.check();
        return new ServeConfig(
                top.value("name", value -> value).orElse("waymark"),
                server,
                pair,
                sinks,
                network.tableSinks(),
                metrics,
                control,
                policies);
    }

    private ValueParser<RoutePolicy> readServer(Section top, RouteServerConfigBuilder builder, NetworkReader network) {
        Optional<String> name = top.value("name", Values::name);
        name.ifPresent(builder::name);
        Optional<Asn> asn = top.value("asn", Asn::parse);
        asn.ifPresent(builder::localAsn);
        problems.alias("localAsn", "asn");
        Optional<RouterId> routerId = top.value("routerId", RouterId::parse);
        routerId.ifPresent(builder::routerId);
        top.each("listen", Values::addressAndPort, (address, where) -> builder.listen(address));
        top.each("localAddress", IpAddress::parse, (address, where) -> builder.localAddress(address));
        top.list("reservedAsns", Values::asnRange).ifPresent((List<AsnRange> ranges) -> builder.reservedAsns(ranges));
        top.value("requirePolicy", Values::flag).ifPresent(builder::requirePolicy);
        top.value("seed", Values::longInteger).ifPresent(builder::seed);

        SpiContext context =
                new SpiContext(name.orElse("waymark"), asn.orElse(Asn.of(65515)), routerId.orElse(RouterId.ofBits(0)));
        RouteMapReader maps = new RouteMapReader(providers, problems);
        top.eachNode("routeMaps", maps::map);
        ValueParser<RoutePolicy> policies = text -> {
            RoutePolicy map = maps.maps().get(text);
            return map != null
                    ? map
                    : providers.policy(text, context, maps.maps().keySet());
        };
        top.value("importPolicy", policies).ifPresent(builder::importPolicy);
        top.value("exportPolicy", policies).ifPresent(builder::exportPolicy);

        top.section("session")
                .ifPresent(section -> builder.session(defaults -> SettingsReader.session(section, defaults)));
        top.section("limits")
                .ifPresent(section -> builder.limits(defaults -> SettingsReader.limits(section, defaults)));
        top.section("selection")
                .ifPresent(section -> builder.selection(defaults -> SettingsReader.selection(section, defaults)));
        top.section("export")
                .ifPresent(section -> builder.export(defaults -> SettingsReader.export(section, defaults)));

        top.section("routeMapRestrictions")
                .ifPresent(section -> builder.routeMapRestrictions(
                        defaults -> SettingsReader.routeMapRestrictions(section, defaults)));

        top.section("deployment").flatMap(SettingsReader::deployment).ifPresent(builder::deployment);
        PeerReader peers = new PeerReader(builder, policies, problems);
        top.section("gateways")
                .ifPresent(section -> builder.gateways(defaults -> SettingsReader.gateways(section, defaults)));
        top.eachNode("peers", peers::peer);
        top.eachNode("vpnGateways", peers::vpnGateway);
        network.read(top);
        return policies;
    }

    /** Checks what only the whole shows: its first mistake is told where the parameter stands. */
    private <C> C build(Supplier<C> builder) throws ConfigFileException {
        try {
            return builder.get();
        } catch (ConfigurationException e) {
            problems.addAtParameter(e.parameter(), String.valueOf(e.getMessage()));
            problems.check();
            throw new AssertionError("a problem was added", e);
        }
    }

    /** Returns what a text is as YAML; empty, perhaps with a problem, if it is nothing. */
    static Optional<Node> compose(String text, Problems problems) {
        LoadSettings settings = LoadSettings.builder()
                .setUseMarks(true)
                .setCodePointLimit(MOST_CHARACTERS)
                .build();
        try {
            return new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            String problem = "not YAML: " + String.valueOf(e.getProblem()).strip();
            e.getProblemMark()
                    .ifPresentOrElse(
                            mark -> problems.add(mark.getLine(), mark.getColumn(), problem),
                            () -> problems.add(0, 0, problem));
        } catch (YamlEngineException e) {
            problems.add(0, 0, "not YAML: " + e.getMessage());
        } catch (StackOverflowError e) {
            tellDepth(text, settings, problems);
        }
        return Optional.empty();
    }

    /** Tells where a text is nested more deeply than any configuration is. */
    private static void tellDepth(String text, LoadSettings settings, Problems problems) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof CollectionStartEvent && ++depth > MOST_NESTED) {
                Optional<Mark> mark = event.getStartMark();
                problems.add(
                        mark.map(Mark::getLine).orElse(0),
                        mark.map(Mark::getColumn).orElse(0),
                        "lists and keys are nested more than " + MOST_NESTED + " deep; a configuration needs 10");
                return;
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
        problems.add(0, 0, "not YAML that can be read: too deep"); // the stack was short from the start
    }
}
