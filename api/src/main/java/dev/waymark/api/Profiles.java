package dev.waymark.api;

import dev.waymark.api.net.Asn;
import java.util.List;

/** The two profiles, as values (SEMANTICS, opening). */
final class Profiles {
    private static final String AZURE_PUBLIC = "a public number reserved by Azure";
    private static final String AZURE_PRIVATE = "a private number reserved by Azure";

    private Profiles() {}

    static RouteServerConfigBuilder azure() {
        return new RouteServerConfigBuilder(
                        Asn.of(65515),
                        SessionSettings.azure(),
                        LimitSettings.azure(),
                        SelectionSettings.azure(),
                        ExportSettings.azure(),
                        List.of(
                                range(0, 0, "not an AS number (RFC 7607)"),
                                range(8074, 8075, AZURE_PUBLIC),
                                range(12076, 12076, AZURE_PUBLIC),
                                range(65515, 65515, AZURE_PRIVATE),
                                range(65517, 65520, AZURE_PRIVATE),
                                range(23456, 23456, "reserved by IANA: AS_TRANS (RFC 6793)"),
                                range(64496, 64511, "reserved by IANA: for documentation (RFC 5398)"),
                                range(65535, 65551, "reserved by IANA (RFC 7300, RFC 5398)")),
                        RouteMapRestrictions.azure(),
                        false)
                .gateways(any -> GatewaySettings.azure());
    }

    static RouteServerConfigBuilder standard() {
        return new RouteServerConfigBuilder(
                Asn.of(65515),
                SessionSettings.standard(),
                LimitSettings.standard(),
                SelectionSettings.standard(),
                ExportSettings.standard(),
                List.of(
                        range(0, 0, "not an AS number (RFC 7607)"),
                        range(23456, 23456, "AS_TRANS (RFC 6793)"),
                        range(65535, 65535, "reserved (RFC 7300)"),
                        range(4294967295L, 4294967295L, "reserved (RFC 7300)")),
                RouteMapRestrictions.none(),
                true);
    }

    private static AsnRange range(long first, long last, String reason) {
        return new AsnRange(Asn.of(first), Asn.of(last), reason);
    }
}
