package dev.waymark.examples.policy;

import dev.waymark.spi.RoutePolicy;
import dev.waymark.spi.RoutePolicyProvider;
import dev.waymark.spi.SpiContext;

/** Makes a {@link PrefixLengthPolicy} of /24 and /48, what the Internet carries, under the name {@code internet-lengths}. */
public final class PrefixLengthPolicyProvider implements RoutePolicyProvider {
    /** Creates the provider; ServiceLoader does. */
    public PrefixLengthPolicyProvider() {}

    @Override
    public String name() {
        return "internet-lengths";
    }

    @Override
    public RoutePolicy create(SpiContext context) {
        return new PrefixLengthPolicy(24, 48);
    }
}
