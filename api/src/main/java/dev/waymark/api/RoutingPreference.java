package dev.waymark.api;

/** Which source class wins before AS_PATH length is compared (ARS-31). */
public enum RoutingPreference {
    /** ExpressRoute before VPN and NVA; the default of {@code azure}. */
    EXPRESS_ROUTE,
    /** VPN and NVA before ExpressRoute. */
    VPN_GATEWAY,
    /** AS_PATH length alone. */
    AS_PATH
}
