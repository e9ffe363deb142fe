package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.ServerEvent;
import dev.waymark.spi.MonotonicClock;
import dev.waymark.spi.RouteSink;
import dev.waymark.spi.RouteSinkProvider;
import dev.waymark.spi.ServerEventListener;
import dev.waymark.spi.ServerEventListenerProvider;
import dev.waymark.spi.SpiConfigurationException;
import dev.waymark.spi.SpiContext;
import dev.waymark.spi.Transport;
import dev.waymark.spi.TransportProvider;
import dev.waymark.spi.contract.LoopbackTransport;
import dev.waymark.spi.contract.RecordingSink;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How providers are found (STYLE §2, "Rules for finding providers"). */
class SpiLoaderTest {
    @TempDir
    @Nullable
    Path folder;

    /** Finds nothing but what the test names. */
    private ServiceFiles files() {
        if (folder == null) {
            throw new AssertionError("no folder");
        }
        return ServiceFiles.in(folder);
    }

    private static RouteServerConfigBuilder config() {
        return RouteExchangeTest.azure(Speaker.of("a", 65001, "10.0.1.1"));
    }

    private static RouteServerConfig resolve(RouteServerConfigBuilder config) {
        return new SpiLoader(config.build()).resolve();
    }

    /** A sink that knows who made it. */
    record NamedSink(String name) implements RouteSink {
        @Override
        public void snapshotBegin(long revision) {}

        @Override
        public void snapshotPage(dev.waymark.api.route.RouteBatch page) {}

        @Override
        public void snapshotEnd(long revision) {}

        @Override
        public void onChanges(dev.waymark.api.route.RouteBatch changes) {}
    }

    public static final class LateSink implements RouteSinkProvider {
        @Override
        public String name() {
            return "a-late";
        }

        @Override
        public int order() {
            return 7;
        }

        @Override
        public RouteSink create(SpiContext context) {
            return new NamedSink("late for " + context.serverName());
        }
    }

    public static final class FirstSink implements RouteSinkProvider {
        @Override
        public String name() {
            return "b-first";
        }

        @Override
        public RouteSink create(SpiContext context) {
            return new NamedSink("first");
        }
    }

    public static final class SecondSink implements RouteSinkProvider {
        @Override
        public String name() {
            return "c-second";
        }

        @Override
        public RouteSink create(SpiContext context) {
            return new NamedSink("second");
        }
    }

    public static final class SameNameSink implements RouteSinkProvider {
        @Override
        public String name() {
            return "b-first";
        }

        @Override
        public RouteSink create(SpiContext context) {
            return new NamedSink("another first");
        }
    }

    public static final class BrokenSink implements RouteSinkProvider {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public RouteSink create(SpiContext context) {
            throw new IllegalArgumentException("no file given");
        }
    }

    public static final class NullSink implements RouteSinkProvider {
        @Override
        public String name() {
            return "null";
        }

        @Override
        @SuppressWarnings("NullAway") // what a host without null checks can do
        public RouteSink create(SpiContext context) {
            return null;
        }
    }

    public static final class BadNameSink implements RouteSinkProvider {
        @Override
        public String name() {
            return "Bad Name";
        }

        @Override
        public RouteSink create(SpiContext context) {
            return new NamedSink("bad");
        }
    }

    public static final class OneTransport implements TransportProvider {
        @Override
        public String name() {
            return "one";
        }

        @Override
        public Transport create(SpiContext context) {
            return new LoopbackTransport();
        }
    }

    public static final class OtherTransport implements TransportProvider {
        @Override
        public String name() {
            return "other";
        }

        @Override
        public Transport create(SpiContext context) {
            throw new AssertionError("one is enough");
        }
    }

    public static final class QuietListener implements ServerEventListenerProvider, ServerEventListener {
        @Override
        public String name() {
            return "quiet";
        }

        @Override
        public ServerEventListener create(SpiContext context) {
            return this;
        }

        @Override
        public void onEvent(ServerEvent event) {}
    }

    @Test
    @DisplayName("STYLE §2 rule 1: nothing is looked for unless the host asks")
    void discoveryIsOptIn() {
        RouteServerConfig config = config().build();
        assertSame(config, new SpiLoader(config).resolve());
        SpiConfigurationException missing =
                assertThrows(SpiConfigurationException.class, () -> RouteServerEngine.create(config));
        assertTrue(missing.toString().contains("Transport"), missing::toString);
        assertTrue(missing.toString().contains("discoverProviders"), missing::toString);
    }

    @Test
    @DisplayName("STYLE §2 rule 1: an instance always wins, by kind where a server has one, by name where it has many")
    void instancesWin() {
        ClassLoader loader = files().provide(TransportProvider.class, OtherTransport.class)
                .provide(RouteSinkProvider.class, FirstSink.class)
                .provide(RouteSinkProvider.class, LateSink.class)
                .provide(ServerEventListenerProvider.class, QuietListener.class)
                .loader();
        Transport given = new LoopbackTransport();
        RecordingSink sink = new RecordingSink();
        MonotonicClock clock = () -> 7;
        RouteServerConfig resolved = resolve(config().discoverProviders(loader)
                .transport(given)
                .clock(clock)
                .sink("b-first", sink)
                .listener(event -> {}));
        assertSame(given, resolved.transport().orElseThrow());
        assertSame(clock, resolved.clock().orElseThrow());
        assertSame(sink, resolved.sinks().get("b-first"));
        assertEquals(Set.of("b-first", "a-late"), resolved.sinks().keySet());
        assertEquals(2, resolved.listeners().size(), "listeners add up");
    }

    @Test
    @DisplayName("STYLE §2 rule 2: the order is order(), then name(), whatever the class path's is")
    void orderIsTheProviders() {
        ClassLoader loader = files().provide(RouteSinkProvider.class, LateSink.class)
                .provide(RouteSinkProvider.class, SecondSink.class)
                .provide(RouteSinkProvider.class, FirstSink.class)
                .loader();
        RouteServerConfig resolved =
                resolve(config().name("rs1").transport(new LoopbackTransport()).discoverProviders(loader));
        assertEquals(
                List.of("b-first", "c-second", "a-late"),
                List.copyOf(resolved.sinks().keySet()));
        assertEquals(new NamedSink("late for rs1"), resolved.sinks().get("a-late"));
    }

    private void assertRefused(ClassLoader loader, Class<?> spi, String... named) {
        SpiConfigurationException refused =
                assertThrows(SpiConfigurationException.class, () -> resolve(config().discoverProviders(loader)));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(spi.getSimpleName()), message);
        for (String name : named) {
            assertTrue(message.contains(name), message);
        }
    }

    @Test
    @DisplayName("STYLE §2 rule 3: two providers with one name are refused, naming the SPI and both classes")
    void sameNamesAreRefused() {
        ClassLoader loader = files().provide(RouteSinkProvider.class, FirstSink.class)
                .provide(RouteSinkProvider.class, SameNameSink.class)
                .loader();
        assertRefused(
                loader,
                RouteSinkProvider.class,
                FirstSink.class.getName(),
                SameNameSink.class.getName(),
                "RouteServerConfigBuilder");
    }

    @Test
    @DisplayName("STYLE §2 rule 3: two transports are refused, naming the SPI, both classes and the way out")
    void twoTransportsAreRefused() {
        ClassLoader loader = files().provide(TransportProvider.class, OneTransport.class)
                .provide(TransportProvider.class, OtherTransport.class)
                .loader();
        assertRefused(
                loader,
                TransportProvider.class,
                OneTransport.class.getName(),
                OtherTransport.class.getName(),
                "RouteServerConfigBuilder");
    }

    @Test
    @DisplayName("STYLE §2 rule 3: a provider that throws is refused, with what it threw")
    void throwingProviderIsRefused() {
        ClassLoader loader =
                files().provide(RouteSinkProvider.class, BrokenSink.class).loader();
        assertRefused(loader, RouteSinkProvider.class, BrokenSink.class.getName(), "no file given");
    }

    @Test
    @DisplayName("STYLE §2 rule 3: a provider that makes nothing is refused")
    void nullIsRefused() {
        ClassLoader loader =
                files().provide(RouteSinkProvider.class, NullSink.class).loader();
        assertRefused(loader, RouteSinkProvider.class, NullSink.class.getName(), "null");
    }

    @Test
    @DisplayName("STYLE §2 rule 3: a provider that is not there is refused")
    void missingClassIsRefused() {
        ClassLoader loader = files().provide(RouteSinkProvider.class, "dev.waymark.engine.NoSuchProvider")
                .loader();
        assertRefused(loader, RouteSinkProvider.class, "NoSuchProvider");
    }

    @Test
    @DisplayName("STYLE §2: a provider's name is of a-z, 0-9 and -")
    void badNameIsRefused() {
        ClassLoader loader =
                files().provide(RouteSinkProvider.class, BadNameSink.class).loader();
        assertRefused(loader, RouteSinkProvider.class, BadNameSink.class.getName(), "Bad Name");
    }
}
