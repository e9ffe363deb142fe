package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.bgp.message.RouteRefreshMessage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What peers do that is peculiar, and has to have no effect on tables (rows of bgp-codec/ERRORS.md). */
class ErrorRowsTest {

    private final Speaker speaker =
            new Speaker("a", 65001, "10.0.1.1", true, Set.of(AddressFamily.IPV4_UNICAST, AddressFamily.IPV6_UNICAST));
    private final List<IpPrefix> prefixes = IntStream.range(0, 20)
            .mapToObj(i -> IpPrefix.parse("10." + i + ".0.0/16"))
            .toList();
    private final byte[] all = speaker.announce(RouteExchangeTest.path("65001", "10.0.1.1"), prefixes);
    private final CoreHarness server = server();

    private CoreHarness server() {
        speaker.isEnhanced = true;
        CoreHarness harness = new CoreHarness(RouteServerConfig.standard()
                .localAddress(IpAddress.parse("10.0.0.4"))
                .requirePolicy(false)
                .peer(PeerConfig.builder(speaker.name, speaker.address, speaker.asn)
                        .passive(true)
                        .build())
                .build());
        harness.observer = new AccountAudit(harness.core.tables());
        harness.connect(speaker);
        return harness;
    }

    @Test
    @DisplayName("RFC 4271 §3.1: a withdrawal of what was never announced has no effect, and no count goes below zero")
    void withdrawsNothing() {
        server.say(speaker, speaker.withdraw(prefixes));
        server.settle();
        server.say(speaker, all);
        server.say(speaker, speaker.withdraw(prefixes));
        server.say(speaker, speaker.withdraw(prefixes));
        server.settle();

        assertEquals(0, held());
        assertTrue(speaker.isConnected);
    }

    @Test
    @DisplayName("RFC 7313 §4: an end of refresh without a beginning is ignored")
    void endWithoutBeginning() {
        server.say(speaker, all);
        server.say(speaker, Speaker.refresh(AddressFamily.IPV4_UNICAST, RouteRefreshMessage.END));
        server.settle();

        assertEquals(20, held());
        assertTrue(speaker.isConnected);
    }

    @Test
    @DisplayName("RFC 7313 §4: what a refresh without an end has not renewed goes after the stale time, and not before")
    void beginningWithoutEnd() {
        server.say(speaker, all);
        server.say(speaker, Speaker.refresh(AddressFamily.IPV4_UNICAST, RouteRefreshMessage.BEGIN));
        server.say(speaker, speaker.announce(RouteExchangeTest.path("65001", "10.0.1.1"), prefixes.subList(0, 5)));
        for (int half = 1; half < 12; half++) {
            server.advance(Duration.ofSeconds(30));
            server.say(speaker, Speaker.keepalive());
        }
        server.advance(Duration.ofSeconds(29));
        assertEquals(20, held());
        server.advance(Duration.ofSeconds(1));

        assertEquals(5, held());
        assertTrue(speaker.isConnected);
    }

    private int held() {
        return server.core.tables().ribs().get(0).paths().size();
    }
}
