package dev.waymark.examples.app;

import dev.waymark.api.net.Asn;
import dev.waymark.policy.PolicyChains;
import dev.waymark.policy.asn.RemovePrivateAs;
import dev.waymark.spi.RoutePolicy;
import dev.waymark.spi.RoutePolicyProvider;
import dev.waymark.spi.RouteSinkProvider;
import dev.waymark.spi.ServerMetricsProvider;
import dev.waymark.spi.SpiContext;
import dev.waymark.spi.SpiProvider;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a configuration can name: the providers on the class path, those of this module and whatever the user added, and the
 * policies that are always there. Immutable.
 */
final class Providers {
    private static final String ACCEPT_ALL = "accept-all";
    private static final String REJECT_ALL = "reject-all";
    private static final String REMOVE_PRIVATE_AS = "remove-private-as";
    private static final String SHOWING = "remove-private-as-showing-";

    private final List<RouteSinkProvider> sinks;
    private final List<RoutePolicyProvider> policies;
    private final List<ServerMetricsProvider> metrics;

    private Providers(
            List<RouteSinkProvider> sinks, List<RoutePolicyProvider> policies, List<ServerMetricsProvider> metrics) {
        this.sinks = sinks;
        this.policies = policies;
        this.metrics = metrics;
    }

    static Providers discover() {
        return new Providers(
                list(ServiceLoader.load(RouteSinkProvider.class)),
                list(ServiceLoader.load(RoutePolicyProvider.class)),
                list(ServiceLoader.load(ServerMetricsProvider.class)));
    }

    RouteSinkProvider sink(String name) {
        return named(sinks, name, Stream.empty());
    }

    ServerMetricsProvider metrics(String name) {
        return named(metrics, name, Stream.empty());
    }

    /** Returns the names of all policies that are there whatever the file says. */
    Set<String> policyNames() {
        return Stream.concat(
                        Stream.of(ACCEPT_ALL, REJECT_ALL, REMOVE_PRIVATE_AS),
                        policies.stream().map(SpiProvider::name))
                .collect(Collectors.toSet());
    }

    /**
     * Returns the policy of a name.
     *
     * @param others the names that are known besides
     */
    RoutePolicy policy(String name, SpiContext context, Collection<String> others) {
        return switch (name) {
            case ACCEPT_ALL -> PolicyChains.acceptAll();
            case REJECT_ALL -> PolicyChains.rejectAll();
            case REMOVE_PRIVATE_AS -> PolicyChains.of(RemovePrivateAs.step(), PolicyChains.acceptAll());
            default ->
                showing(name)
                        .orElseGet(() -> named(
                                        policies,
                                        name,
                                        Stream.concat(
                                                Stream.of(ACCEPT_ALL, REJECT_ALL, REMOVE_PRIVATE_AS, SHOWING + "N"),
                                                others.stream()))
                                .create(context));
        };
    }

    /** Returns the policy that removes private AS numbers and shows another, if that is what the name says (ARS-54). */
    private static Optional<RoutePolicy> showing(String name) {
        if (!name.startsWith(SHOWING) || name.equals(SHOWING + "N")) {
            return Optional.empty();
        }
        Asn shown = Asn.parse(name.substring(SHOWING.length()));
        return Optional.of(PolicyChains.of(RemovePrivateAs.showing(shown), PolicyChains.acceptAll()));
    }

    private static <P extends SpiProvider> P named(List<P> providers, String name, Stream<String> others) {
        return providers.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Values.refused(
                        name,
                        Stream.concat(
                                        others,
                                        providers.stream()
                                                .map(SpiProvider::name)
                                                .sorted())
                                .collect(Collectors.joining(", "))));
    }

    private static <P extends SpiProvider> List<P> list(ServiceLoader<P> loader) {
        return loader.stream().map(ServiceLoader.Provider::get).toList();
    }
}
