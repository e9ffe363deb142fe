package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.IpPrefix;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a host is told of an UPDATE with errors (RFC 7606 §8). */
class MalformedEventTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String HEADER = "ffffffffffffffffffffffffffffffff";

    private final Speaker a = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker b = Speaker.of("b", 65002, "10.0.1.2");
    private final CoreHarness net =
            new CoreHarness(RouteExchangeTest.azure(a, b).build());

    private ServerEvent.UpdateMalformed eventOf(String body) {
        net.connect(a);
        String message = HEADER + String.format("%04x", 19 + body.length() / 2) + "02" + body;
        net.say(a, HEX.parseHex(message));
        net.settle();
        List<ServerEvent.UpdateMalformed> events = net.events(ServerEvent.UpdateMalformed.class);
        assertEquals(1, events.size());
        assertEquals(message, events.get(0).message());
        return events.get(0);
    }

    @Test
    @DisplayName(
            "RFC 7606 §8: the event of a treat-as-withdraw has peer, condition, attribute, prefixes and the message")
    void treatAsWithdraw() {
        String noOrigin = "0000" + "000e" + "4002040201fde9" + "4003040a000101" + "100a01";
        ServerEvent.UpdateMalformed event = eventOf(noOrigin);
        assertEquals("a", event.peer().name());
        assertEquals("treat-as-withdraw", event.action());
        assertEquals(1, event.attributeType());
        assertEquals(List.of(IpPrefix.parse("10.1.0.0/16")), event.prefixes());
        assertEquals(1, event.prefixCount());
    }

    @Test
    @DisplayName("RFC 7606 §8: so has that of a session reset, before whose end nothing was applied")
    void sessionReset() {
        String prefixTooLong = "0000" + "0012" + "40010100" + "4002040201fde9" + "4003040a000101" + "210a01010101";
        ServerEvent.UpdateMalformed event = eventOf(prefixTooLong);
        assertEquals("session-reset", event.action());
        assertEquals(3, a.notifications.get(0).code());
        assertEquals(10, a.notifications.get(0).subcode());
    }
}
