package dev.waymark.examples.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Route;
import dev.waymark.spi.PolicyContext;
import dev.waymark.spi.RoutePolicy;
import dev.waymark.spi.contract.RoutePolicyContract;
import dev.waymark.spi.contract.SampleAttributes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrefixLengthPolicyTest extends RoutePolicyContract {
    @Override
    protected RoutePolicy create() {
        return new PrefixLengthPolicy(24, 48);
    }

    @Override
    protected List<Route> specialRoutes() {
        return List.of(route("192.0.2.128/25"), route("2001:db8::/49"));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, accept",
        "192.0.2.0/24, accept",
        "192.0.2.0/25, reject: longer than /24",
        "192.0.2.1/32, reject: longer than /24",
        "2001:db8::/48, accept",
        "2001:db8::/49, reject: longer than /48"
    })
    @DisplayName("prefixes up to the length pass, longer ones don't")
    void looksAtTheLength(String prefix, String verdict) {
        PolicyContext context =
                new PolicyContext(PolicyContext.Direction.IMPORT, Asn.of(65515), Optional.empty(), Optional.empty());
        assertEquals(verdict, create().evaluate(context, route(prefix)).toString());
    }

    @Test
    @DisplayName("lengths that no prefix has are refused")
    void refusesImpossibleLengths() {
        assertThrows(IllegalArgumentException.class, () -> new PrefixLengthPolicy(33, 48));
        assertThrows(IllegalArgumentException.class, () -> new PrefixLengthPolicy(24, -1));
    }

    private static Route route(String prefix) {
        return new Route(IpPrefix.parse(prefix), SampleAttributes.of("65001", "10.0.0.1"));
    }
}
