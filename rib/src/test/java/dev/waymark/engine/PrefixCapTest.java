package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.RejectReason;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.RoutePage;
import dev.waymark.api.RouteQuery;
import dev.waymark.api.RouteView;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PrefixCapTest {
    private static List<IpPrefix> prefixes(int from, int count) {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            prefixes.add(IpPrefix.ofIpv4Bits((20 << 24) + (i << 8), 24));
        }
        return prefixes;
    }

    @Test
    @DisplayName(
            "ARS-27: prefixes beyond the total limit are rejected, sessions stay, and they come in as room appears")
    void prefixesBeyondTheTotalWaitForRoom() {
        Speaker a = Speaker.of("a", 65001, "10.0.1.1");
        Speaker b = Speaker.of("b", 65002, "10.0.1.2");
        CoreHarness net = new CoreHarness(RouteExchangeTest.azure(a, b)
                .limits(limits -> limits.withTotalPrefixes(100))
                .build());
        net.connect(a);
        net.connect(b);
        net.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), prefixes(0, 103)));
        net.settle();
        assertEquals(100, b.routes.size());
        RoutePage rejected = (RoutePage) net.call(new Command.Page(RouteQuery.of(RouteView.REJECTED, "a"), 0, 4_096));
        assertEquals(
                List.of(RejectReason.TOTAL_LIMIT, RejectReason.TOTAL_LIMIT, RejectReason.TOTAL_LIMIT),
                rejected.entries().stream()
                        .map(RouteEntry::rejectReason)
                        .map(Optional::orElseThrow)
                        .toList());
        assertEquals(3, net.events(ServerEvent.RoutesRejected.class).get(0).count());

        net.say(a, a.withdraw(prefixes(10, 2)));
        net.settle();
        assertEquals(100, b.routes.size());
        assertTrue(b.routes.containsKey(prefixes(100, 1).get(0)));
        assertTrue(b.routes.containsKey(prefixes(101, 1).get(0)));
        assertTrue(a.isConnected);
    }
}
