package dev.waymark.policy.asn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.AsnRange;
import dev.waymark.api.ConfigurationException;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.RouterId;
import dev.waymark.policy.TestRoutes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReservedAsnsTest {

    @ParameterizedTest(name = "ARS-12: azure refuses {0} as one of {1}")
    @CsvSource({
        "0, 0",
        "8074, 8074-8075",
        "8075, 8074-8075",
        "12076, 12076",
        "23456, 23456",
        "64496, 64496-64511",
        "64511, 64496-64511",
        "65515, 65515",
        "65517, 65517-65520",
        "65520, 65517-65520",
        "65535, 65535-65551",
        "65551, 65535-65551"
    })
    void azureRefuses(long asn, String range) {
        refuses(azure(), asn, range);
    }

    @ParameterizedTest(name = "ARS-12: azure allows {0}")
    @CsvSource({
        "1", "8073", "8076", "12075", "12077", "23455", "23457", "64495", "64512", "65514", "65516", "65521", "65534"
    })
    void azureAllows(long asn) {
        allows(azure(), asn);
    }

    @ParameterizedTest(name = "ARS-12: standard refuses {0} as one of {1}")
    @CsvSource({"0, 0", "23456, 23456", "65535, 65535", "4294967295, 4294967295"})
    void standardRefuses(long asn, String range) {
        refuses(standard(), asn, range);
    }

    @ParameterizedTest(name = "ARS-12: standard allows {0}")
    @CsvSource({"1", "8074", "12076", "23455", "23457", "64496", "65517", "65534", "65536", "65551", "4294967294"})
    void standardAllows(long asn) {
        allows(standard(), asn);
    }

    @Test
    @DisplayName("ARS-12: the list is configuration")
    void rangesAreData() {
        AsnRange range = new AsnRange(Asn.of(100), Asn.of(199), "kept for the lab");
        ReservedAsns reserved =
                ReservedAsns.of(azure().reservedAsns(List.of(range)).build());

        assertEquals(List.of(range), reserved.ranges());
        assertEquals(Optional.of("150 is in 100-199, kept for the lab"), reserved.refusal(Asn.of(150)));
        assertEquals(Optional.empty(), reserved.refusal(Asn.of(8074)));
        assertEquals(Optional.empty(), reserved.refusal(Asn.of(200)));
        assertEquals(Optional.empty(), ReservedAsns.of(List.of()).find(Asn.ZERO));
    }

    @ParameterizedTest(name = "\"{0}\": {1}")
    @CsvSource(
            delimiter = '|',
            value = {"65001 65002|false", "65001 64500 65002|true", "65001 {64511}|true", "(64496)|true"})
    void findsReservedNumbersAnywhereInAPath(String path, boolean found) {
        var step = ReservedAsns.of(azure().build()).rejectInPath();

        var verdict = step.evaluate(TestRoutes.IMPORT, TestRoutes.route("10.0.0.0/8", path));

        assertEquals(!found, verdict.isAccepted());
        assertEquals(found ? "reserved-asn-in-path" : "", verdict.reason());
    }

    private static void refuses(RouteServerConfigBuilder profile, long asn, String range) {
        String refusal = ReservedAsns.of(profile.build()).refusal(Asn.of(asn)).orElseThrow();
        assertTrue(refusal.startsWith(asn + " is in " + range + ", "), refusal);
        assertFalse(refusal.endsWith(", "), "says why");
        // the configuration refuses such a peer with the same words
        if (asn != 65515) {
            RouteServerConfigBuilder withPeer = profile.peer(peer(asn));
            var error = assertThrows(ConfigurationException.class, withPeer::build);
            assertEquals("peer.nva1.asn: " + refusal + " [ARS-12]", error.getMessage());
        }
    }

    private static void allows(RouteServerConfigBuilder profile, long asn) {
        assertEquals(Optional.empty(), ReservedAsns.of(profile.build()).refusal(Asn.of(asn)));
        assertEquals(1, profile.peer(peer(asn)).build().peers().size());
    }

    private static PeerConfig peer(long asn) {
        return PeerConfig.builder("nva1", IpAddress.parse("10.0.1.4"), Asn.of(asn))
                .build();
    }

    private static RouteServerConfigBuilder azure() {
        return RouteServerConfig.azure().routerId(RouterId.parse("10.0.0.4"));
    }

    private static RouteServerConfigBuilder standard() {
        return RouteServerConfig.standard().routerId(RouterId.parse("10.0.0.4"));
    }
}
