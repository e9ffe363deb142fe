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
import dev.waymark.spi.TransportProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * Finds providers where the host asked for it. What the host gave as an instance always wins; the order is that of {@link
 * SpiProvider#order()}, then of names, never that of the class path.
 */
final class SpiLoader {
    private final RouteServerConfig config;
    private final SpiContext context;
    private boolean ownsTransport;

    SpiLoader(RouteServerConfig config) {
        this.config = config;
        this.context = new SpiContext(config.name(), config.localAsn(), config.routerId());
    }

    /** Returns whether the transport was made for this server, and is to be closed with it. */
    boolean ownsTransport() {
        return ownsTransport;
    }

    /** Returns the configuration with what was found, checked again. */
    RouteServerConfig resolve() {
        if (config.providers().isEmpty()) {
            return config;
        }
        ClassLoader loader = config.providers().get();
        RouteServerConfigBuilder builder = config.toBuilder();
        if (config.transport().isEmpty()) {
            for (TransportProvider found : only(find(TransportProvider.class, loader))) {
                builder.transport(create(found, provider -> provider.create(context)));
                ownsTransport = true;
            }
        }
        if (config.clock().isEmpty()) {
            for (MonotonicClockProvider found : only(find(MonotonicClockProvider.class, loader))) {
                builder.clock(create(found, provider -> provider.create(context)));
            }
        }
        if (config.metrics().isEmpty()) {
            for (ServerMetricsProvider found : only(find(ServerMetricsProvider.class, loader))) {
                builder.metrics(create(found, provider -> provider.create(context)));
            }
        }
        if (config.importPolicy().isEmpty()) {
            for (RoutePolicyProvider found : only(find(RoutePolicyProvider.class, loader))) {
                builder.importPolicy(create(found, provider -> provider.create(context)));
            }
        }
        for (RouteSinkProvider found : find(RouteSinkProvider.class, loader)) {
            if (!config.sinks().containsKey(found.name())) {
                builder.sink(found.name(), create(found, provider -> provider.create(context)));
            }
        }
        for (ServerEventListenerProvider found : find(ServerEventListenerProvider.class, loader)) {
            builder.listener(create(found, provider -> provider.create(context)));
        }
        return builder.build();
    }

    private static <P extends SpiProvider> List<P> find(Class<P> spi, ClassLoader loader) {
        List<P> found = new ArrayList<>();
        try {
            ServiceLoader.load(spi, loader).forEach(found::add);
        } catch (ServiceConfigurationError broken) {
            throw new SpiConfigurationException(
                    spi.getSimpleName() + ": a provider can't be created: " + broken.getMessage()
                            + "; fix it, take it off the path, or give an instance to the builder",
                    broken);
        }
        Map<String, P> names = new HashMap<>();
        for (P provider : found) {
            P other = names.putIfAbsent(provider.name(), provider);
            if (other != null) {
                throw new SpiConfigurationException(spi.getSimpleName() + ": "
                        + other.getClass().getName() + " and "
                        + provider.getClass().getName() + " have the same name '"
                        + provider.name() + "'; take one off the path, or give an instance to the builder");
            }
        }
        found.sort(Comparator.comparingInt(SpiProvider::order).thenComparing(SpiProvider::name));
        return found;
    }

    /** Returns the one provider of an SPI of which a server has one at most. */
    private static <P extends SpiProvider> List<P> only(List<P> found) {
        if (found.size() > 1) {
            P first = found.get(0);
            P second = found.get(1);
            throw new SpiConfigurationException("a server has one of these, and there are " + found.size() + ": '"
                    + first.name() + "' (" + first.getClass().getName() + ") and '" + second.name() + "' ("
                    + second.getClass().getName() + "); give an instance to the builder");
        }
        return found;
    }

    private static <P extends SpiProvider, T> T create(P provider, Function<P, T> factory) {
        try {
            return factory.apply(provider);
        } catch (RuntimeException | LinkageError broken) {
            throw new SpiConfigurationException(
                    "provider '" + provider.name() + "' (" + provider.getClass().getName() + ") failed: " + broken,
                    broken);
        }
    }
}
