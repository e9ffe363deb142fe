package dev.waymark.api;

import dev.waymark.api.net.Asn;
import java.util.Optional;

/**
 * What a VPN gateway must be (ARS-53). Immutable.
 *
 * @param activeActive whether a VPN gateway must be configured as one, with {@link VpnGateway}, and have two instances
 * @param vpnAsn the AS number that VPN gateways must have; empty: any that peers may have
 */
public record GatewaySettings(boolean activeActive, Optional<Asn> vpnAsn) {

    /** How many instances an active-active gateway has. */
    static final int INSTANCES = 2;

    /** Returns Azure's: active-active, with ASN 65515. */
    public static GatewaySettings azure() {
        return new GatewaySettings(true, Optional.of(Asn.of(65515)));
    }

    /** Returns those that ask for nothing. */
    public static GatewaySettings standard() {
        return new GatewaySettings(false, Optional.empty());
    }

    /** Returns these settings with another {@code activeActive}. */
    public GatewaySettings withActiveActive(boolean value) {
        return new GatewaySettings(value, vpnAsn);
    }

    /** Returns these settings with another {@code vpnAsn}. */
    public GatewaySettings withVpnAsn(Optional<Asn> value) {
        return new GatewaySettings(activeActive, value);
    }
}
