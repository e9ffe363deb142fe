package dev.waymark.policy.asn;

import dev.waymark.api.AsnRange;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.net.Asn;
import dev.waymark.policy.PolicyStep;
import dev.waymark.policy.PolicySteps;
import dev.waymark.policy.RouteMatcher;
import java.util.List;
import java.util.Optional;

/**
 * AS numbers that peers may not have (ARS-12). The ranges and their reasons are data of the configuration: the profiles
 * bring their own, and {@code RouteServerConfigBuilder.reservedAsns} replaces them. A configuration with such a peer is
 * refused when it is built; this class answers for a number alone, and makes steps that look for such numbers in paths.
 * Immutable.
 */
public final class ReservedAsns {

    private final List<AsnRange> ranges;

    private ReservedAsns(List<AsnRange> ranges) {
        this.ranges = ranges;
    }

    /**
     * Returns the numbers of the given ranges.
     *
     * @param ranges the ranges; copied
     * @return the numbers
     */
    public static ReservedAsns of(List<AsnRange> ranges) {
        return new ReservedAsns(List.copyOf(ranges));
    }

    /**
     * Returns the numbers that a configuration refuses.
     *
     * @param config the configuration
     * @return the numbers
     */
    public static ReservedAsns of(RouteServerConfig config) {
        return of(config.reservedAsns());
    }

    /**
     * Returns the ranges.
     *
     * @return an immutable list, in the order in which they were given
     */
    public List<AsnRange> ranges() {
        return ranges;
    }

    /**
     * Returns the range that a number lies in.
     *
     * @param asn the AS number
     * @return the first such range, or empty when the number may be used
     */
    public Optional<AsnRange> find(Asn asn) {
        for (AsnRange range : ranges) {
            if (range.contains(asn)) {
                return Optional.of(range);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns why a peer may not have a number, in words.
     *
     * @param asn the AS number
     * @return the number, the range and the reason, such as {@code 64500 is in 64496-64511, reserved by IANA}; empty when
     *     the number may be used
     */
    public Optional<String> refusal(Asn asn) {
        return find(asn).map(range -> asn + " is in " + range + ", " + range.reason());
    }

    /**
     * Matches routes with one of these numbers anywhere in the AS_PATH.
     *
     * @return the matcher
     */
    public RouteMatcher inPath() {
        return (context, route) -> {
            for (Asn asn : route.attributes().asPath().asns()) {
                if (find(asn).isPresent()) {
                    return true;
                }
            }
            return false;
        };
    }

    /**
     * Returns a step that rejects routes with one of these numbers anywhere in the AS_PATH. Not part of either profile: with
     * two-octet AS numbers, AS_TRANS (23456) stands in paths rightly (ARS-13).
     *
     * @return the step
     */
    public PolicyStep rejectInPath() {
        return PolicySteps.rejectWhen("reserved-asn-in-path", inPath());
    }

    /** Returns the ranges as text. */
    @Override
    public String toString() {
        return ranges.toString();
    }
}
