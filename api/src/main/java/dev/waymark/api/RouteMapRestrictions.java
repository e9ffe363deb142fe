package dev.waymark.api;

import dev.waymark.api.net.Asn;
import dev.waymark.api.route.Community;
import java.util.List;
import java.util.Optional;

/**
 * What route maps may not do in a server (ARS-63). A map that shows by itself that it would is refused when it is configured;
 * what only a route shows is left undone on that route. Immutable.
 *
 * @param refusedPrepends AS numbers that maps may not put before paths
 * @param protectedCommunities communities that maps may not take from routes: replacing all communities leaves these
 * @param keepsNetworks whether the routes of the server's own networks may be dropped, but not changed, and no aggregate may be one
 *     of them or inside one
 */
public record RouteMapRestrictions(
        List<AsnRange> refusedPrepends, List<Community> protectedCommunities, boolean keepsNetworks) {

    private static final String AZURE = "reserved by Azure";
    private static final String PRIVATE = "private (RFC 6996)";
    private static final RouteMapRestrictions NONE = new RouteMapRestrictions(List.of(), List.of(), false);
    private static final RouteMapRestrictions AZURES = new RouteMapRestrictions(
            List.of(
                    range(8074, 8075, AZURE),
                    range(12076, 12076, AZURE),
                    range(65515, 65515, AZURE),
                    range(65517, 65520, AZURE),
                    range(64512, 65534, PRIVATE),
                    range(4_200_000_000L, 4_294_967_294L, PRIVATE)),
            List.of(
                    Community.of(65517, 12001),
                    Community.of(65517, 12002),
                    Community.of(65517, 12003),
                    Community.of(65517, 12005),
                    Community.of(65517, 12006),
                    Community.of(65518, 65518),
                    Community.of(65517, 65517),
                    Community.of(65517, 12076),
                    Community.of(65518, 12076),
                    Community.of(65515, 10000),
                    Community.of(65515, 20000)),
            true);

    /** Copies the lists. */
    public RouteMapRestrictions {
        refusedPrepends = List.copyOf(refusedPrepends);
        protectedCommunities = List.copyOf(protectedCommunities);
    }

    /** Returns Azure's: no private or Azure-reserved AS numbers in prepends, eleven protected communities, networks kept. */
    public static RouteMapRestrictions azure() {
        return AZURES;
    }

    /** Returns those of a server in which route maps may do everything. */
    public static RouteMapRestrictions none() {
        return NONE;
    }

    /** Returns these restrictions with other {@code refusedPrepends}. */
    public RouteMapRestrictions withRefusedPrepends(List<AsnRange> value) {
        return new RouteMapRestrictions(value, protectedCommunities, keepsNetworks);
    }

    /** Returns these restrictions with other {@code protectedCommunities}. */
    public RouteMapRestrictions withProtectedCommunities(List<Community> value) {
        return new RouteMapRestrictions(refusedPrepends, value, keepsNetworks);
    }

    /** Returns these restrictions with another {@code keepsNetworks}. */
    public RouteMapRestrictions withKeepsNetworks(boolean value) {
        return new RouteMapRestrictions(refusedPrepends, protectedCommunities, value);
    }

    /** Returns the range that forbids to prepend a number; empty if it may be prepended. */
    public Optional<AsnRange> refusedPrepend(Asn asn) {
        return refusedPrepends.stream().filter(range -> range.contains(asn)).findFirst();
    }

    private static AsnRange range(long first, long last, String reason) {
        return new AsnRange(Asn.of(first), Asn.of(last), reason);
    }
}
