package dev.waymark.examples.policy;

import dev.waymark.api.route.Route;
import dev.waymark.spi.PolicyContext;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;

/**
 * Rejects prefixes that are longer than a network operator would carry, and accepts all others unchanged. Its verdicts are made
 * once: on the hot path a policy should allocate nothing. Immutable.
 */
public final class PrefixLengthPolicy implements RoutePolicy {
    private final int longestIpv4;
    private final int longestIpv6;
    private final PolicyVerdict tooLongIpv4;
    private final PolicyVerdict tooLongIpv6;

    /**
     * Creates a policy.
     *
     * @param longestIpv4 the longest IPv4 prefix accepted, 0 to 32
     * @param longestIpv6 the longest IPv6 prefix accepted, 0 to 128
     */
    public PrefixLengthPolicy(int longestIpv4, int longestIpv6) {
        if (longestIpv4 < 0 || longestIpv4 > 32 || longestIpv6 < 0 || longestIpv6 > 128) {
            throw new IllegalArgumentException(
                    "/" + longestIpv4 + " is not in /0 to /32, or /" + longestIpv6 + " is not in /0 to /128");
        }
        this.longestIpv4 = longestIpv4;
        this.longestIpv6 = longestIpv6;
        tooLongIpv4 = PolicyVerdict.reject("longer than /" + longestIpv4);
        tooLongIpv6 = PolicyVerdict.reject("longer than /" + longestIpv6);
    }

    @Override
    public PolicyVerdict evaluate(PolicyContext context, Route route) {
        return switch (route.prefix().family()) {
            case IPV4_UNICAST -> route.prefix().length() > longestIpv4 ? tooLongIpv4 : PolicyVerdict.accept();
            case IPV6_UNICAST -> route.prefix().length() > longestIpv6 ? tooLongIpv6 : PolicyVerdict.accept();
        };
    }
}
