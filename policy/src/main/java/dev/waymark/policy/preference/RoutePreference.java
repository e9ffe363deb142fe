package dev.waymark.policy.preference;

import dev.waymark.api.PeerRole;
import dev.waymark.api.RoutingPreference;

/**
 * Ranks routes by the role of the peer that sent them: the first step of selection in {@code azure} (ARS-30, ARS-31).
 * Stateless.
 */
public final class RoutePreference {

    private static final int FIRST = 0;
    private static final int SECOND = 1;

    private RoutePreference() {}

    /**
     * Returns the rank of a source. VPN gateways and NVAs have the same rank always.
     *
     * <table>
     * <caption>Ranks</caption>
     * <tr><th>preference</th><th>ExpressRoute</th><th>VPN</th><th>NVA</th></tr>
     * <tr><td>EXPRESS_ROUTE</td><td>0</td><td>1</td><td>1</td></tr>
     * <tr><td>VPN_GATEWAY</td><td>1</td><td>0</td><td>0</td></tr>
     * <tr><td>AS_PATH</td><td>0</td><td>0</td><td>0</td></tr>
     * </table>
     *
     * @param source the role of the peer that sent the route
     * @param preference the server's setting
     * @return 0 for the sources that win, 1 for the others
     */
    public static int rank(PeerRole source, RoutingPreference preference) {
        boolean expressRoute = source == PeerRole.EXPRESS_ROUTE_GATEWAY;
        return switch (preference) {
            case EXPRESS_ROUTE -> expressRoute ? FIRST : SECOND;
            case VPN_GATEWAY -> expressRoute ? SECOND : FIRST;
            case AS_PATH -> FIRST;
        };
    }
}
