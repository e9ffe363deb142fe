package dev.waymark.engine;

import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.spi.MonotonicClockProvider;
import dev.waymark.spi.RoutePolicyProvider;
import dev.waymark.spi.RouteSinkProvider;
import dev.waymark.spi.ServerEventListenerProvider;
import dev.waymark.spi.ServerMetricsProvider;
import dev.waymark.spi.SpiConfigurationException;
import dev.waymark.spi.SpiContext;
import dev.waymark.spi.SpiProvider;
import dev.waymark.spi.Transport;
import dev.waymark.spi.TransportProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds providers where the host asked for it. What the host gave as an instance always wins; the order is that of {@link
 * SpiProvider#order()}, then of names, never that of the class path.
 */
final class SpiLoader {
    private static final String WAY_OUT = "give an instance to RouteServerConfigBuilder";

    private final RouteServerConfig config;
    private final SpiContext context;
    private Optional<Transport> made = Optional.empty();

    SpiLoader(RouteServerConfig config) {
        this.config = config;
        this.context = new SpiContext(config.name(), config.localAsn(), config.routerId());
    }

    /** Returns whether the transport was made for this server, and is to be closed with it. */
    boolean ownsTransport() {
        return made.isPresent();
    }

    /** Returns the configuration with what was found, checked again. */
    RouteServerConfig resolve() {
        if (config.providers().isEmpty()) {
            return config;
        }
        ClassLoader loader = config.providers().get();
        RouteServerConfigBuilder builder = config.toBuilder();
        if (config.clock().isEmpty()) {
            for (MonotonicClockProvider found : only(MonotonicClockProvider.class, loader)) {
                builder.clock(create(MonotonicClockProvider.class, found, found::create));
            }
        }
        if (config.metrics().isEmpty()) {
            for (ServerMetricsProvider found : only(ServerMetricsProvider.class, loader)) {
                builder.metrics(create(ServerMetricsProvider.class, found, found::create));
            }
        }
        if (config.importPolicy().isEmpty()) {
            for (RoutePolicyProvider found : only(RoutePolicyProvider.class, loader)) {
                builder.importPolicy(create(RoutePolicyProvider.class, found, found::create));
            }
        }
        for (RouteSinkProvider found : find(RouteSinkProvider.class, loader)) {
            if (!config.sinks().containsKey(found.name())) {
                builder.sink(found.name(), create(RouteSinkProvider.class, found, found::create));
            }
        }
        for (ServerEventListenerProvider found : find(ServerEventListenerProvider.class, loader)) {
            builder.listener(create(ServerEventListenerProvider.class, found, found::create));
        }
        if (config.transport().isEmpty()) { // last, since it is the one that would have to be closed
            for (TransportProvider found : only(TransportProvider.class, loader)) {
                made = Optional.of(create(TransportProvider.class, found, found::create));
                builder.transport(made.get());
            }
        }
        try {
            return builder.build();
        } catch (RuntimeException refused) {
            made.ifPresent(Transport::close);
            throw refused;
        }
    }

    private static <P extends SpiProvider> List<P> find(Class<P> spi, ClassLoader loader) {
        List<P> found = new ArrayList<>();
        try {
            ServiceLoader.load(spi, loader).forEach(found::add);
        } catch (ServiceConfigurationError | LinkageError broken) {
            throw new SpiConfigurationException(
                    spi.getSimpleName() + ": a provider can't be created: " + broken.getMessage()
                            + "; fix it, or take it off the path, or " + WAY_OUT,
                    broken);
        }
        Map<String, P> names = new HashMap<>();
        for (P provider : found) {
            String name = provider.name();
            if (name == null || !name.matches("[a-z0-9-]+")) {
                throw refused(spi, provider, "has the name '" + name + "', which is not of a-z, 0-9 and -");
            }
            P other = names.putIfAbsent(name, provider);
            if (other != null) {
                throw refused(
                        spi,
                        provider,
                        "and " + other.getClass().getName() + " have the same name '" + name
                                + "'; take one off the path");
            }
        }
        found.sort(Comparator.comparingInt(SpiProvider::order).thenComparing(SpiProvider::name));
        return found;
    }

    /** Returns the one provider of an SPI of which a server has one at most. */
    private static <P extends SpiProvider> List<P> only(Class<P> spi, ClassLoader loader) {
        List<P> found = find(spi, loader);
        if (found.size() > 1) {
            throw refused(
                    spi,
                    found.get(0),
                    "and " + found.get(1).getClass().getName() + " are both on the path, and a server has one at most");
        }
        return found;
    }

    private <P extends SpiProvider, T> T create(Class<P> spi, P provider, Function<SpiContext, @Nullable T> factory) {
        try {
            T made = factory.apply(context);
            if (made != null) {
                return made;
            }
        } catch (RuntimeException | LinkageError thrown) {
            SpiConfigurationException refused = refused(spi, provider, "failed: " + thrown);
            refused.initCause(thrown);
            throw refused;
        }
        throw refused(spi, provider, "made nothing: it returned null");
    }

    private static SpiConfigurationException refused(Class<?> spi, SpiProvider provider, String why) {
        String text = spi.getSimpleName() + ": " + provider.getClass().getName() + " " + why + "; " + WAY_OUT;
        return new SpiConfigurationException(text);
    }
}
