package dev.waymark.bgp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.RouterId;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.CapabilityCode;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import dev.waymark.bgp.message.Octets;
import dev.waymark.bgp.message.OpenMessage;
import dev.waymark.bgp.message.RouteRefreshMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** OPEN, NOTIFICATION, ROUTE-REFRESH and KEEPALIVE: written, read, and refused when their form is wrong. */
class MessageRowsTest {

    private static final String FIXED = "04 fde9 00b4 c0000201"; // version, AS 65001, 180 s, 192.0.2.1
    private static final CodecOptions PLAIN = CodecOptions.builder().build();
    private static final CodecOptions ENHANCED =
            CodecOptions.builder().enhancedRefresh(true).build();

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @DisplayName("RFC 4271 §6.2: an OPEN whose form is wrong")
    void openRefused(String rule, String body, String notification, String data) {
        byte[] message = message(1, body);
        DecodeProblem problem = MessageDecoder.open(message, 0, message.length).problem();
        assertEquals(ErrorAction.SESSION_RESET, problem.action(), rule);
        assertEquals(
                notification,
                problem.notification().code() + "/" + problem.notification().subcode());
        assertEquals(data, problem.data().toString());
    }

    static Stream<Arguments> openRefused() {
        return Stream.of(
                arguments("RFC 4271 §6.2: version 3", "03 fde9 00b4 c0000201 00", "2/1", "0004"),
                arguments("RFC 4271 §6.2: version 5, parameters broken too", "05 fde9 00b4 c0000201 07", "2/1", "0004"),
                arguments("RFC 4271 §6.2: parameter 1, authentication", FIXED + "02 01 00", "2/4", ""),
                arguments("RFC 4271 §6.2: parameter 3, unknown", FIXED + "02 03 00", "2/4", ""),
                arguments("RFC 4271 §6.2: length 0 with octets after it", FIXED + "00 02 00", "2/0", ""),
                arguments("RFC 4271 §6.2: length over the message", FIXED + "03 02 00", "2/0", ""),
                arguments("RFC 4271 §6.2: length under the message", FIXED + "02 02 01 00", "2/0", ""),
                arguments("RFC 4271 §6.2: a parameter over the parameters", FIXED + "03 02 02 00", "2/0", ""),
                arguments("RFC 4271 §6.2: a parameter of one octet", FIXED + "01 02", "2/0", ""),
                arguments("RFC 5492 §4: a capability over its parameter", FIXED + "06 02 04 01 04 0001", "2/0", ""),
                arguments("RFC 5492 §4: a capability of one octet", FIXED + "03 02 01 02", "2/0", ""),
                arguments("RFC 9072 §2: the extended length is cut", FIXED + "ff ff 00", "2/0", ""),
                arguments("RFC 9072 §2: the extended length is wrong", FIXED + "ff ff 0004 02 0000", "2/0", ""),
                arguments("RFC 9072 §2: two octets where a header has three", FIXED + "ff ff 0002 02 00", "2/0", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @DisplayName("RFC 4271 §4.2: an OPEN that is read")
    void openAccepted(String rule, String parameters, String capabilities) {
        byte[] message = message(1, FIXED + parameters);
        DecodeResult<OpenMessage> result = MessageDecoder.open(message, 0, message.length);
        assertTrue(result.isMessage(), () -> rule + ": " + result.problem());
        assertEquals(capabilities, result.message().capabilities().toString());
        assertEquals("192.0.2.1", result.message().routerId().toString());
        assertEquals(180, result.message().holdTimeSeconds());
    }

    static Stream<Arguments> openAccepted() {
        return Stream.of(
                arguments("RFC 4271 §4.2: no parameters", "00", "[]"),
                arguments("RFC 4760 §8: multiprotocol", "08 02 06 01 04 0001 00 01", "[Multiprotocol[afi=1, safi=1]]"),
                arguments(
                        "RFC 5492 §4: one capability a parameter",
                        "08 02 02 02 00 02 02 46 00",
                        "[RouteRefresh[], EnhancedRouteRefresh[]]"),
                arguments(
                        "RFC 5492 §4: several in one parameter",
                        "06 02 04 02 00 46 00",
                        "[RouteRefresh[], EnhancedRouteRefresh[]]"),
                arguments("RFC 6793 §3: four-octet AS", "08 02 06 41 04 00010000", "[FourOctetAs[asn=65536]]"),
                arguments("RFC 5492 §3: an unknown one", "05 02 03 80 01 ff", "[Unknown[code=128, value=ff]]"),
                arguments("RFC 5492 §4: an empty parameter", "02 02 00", "[]"),
                arguments("RFC 5492 §4: copies", "06 02 04 02 00 02 00", "[RouteRefresh[], RouteRefresh[]]"),
                arguments(
                        "RFC 5492 §4: a known one of an impossible length",
                        "05 02 03 02 01 00",
                        "[Unknown[code=2, value=00]]"),
                arguments("RFC 9072 §2: extended", "ff ff 0005 02 0002 02 00", "[RouteRefresh[]]"),
                arguments(
                        "RFC 9072 §2: extended, with another first length",
                        "05 ff 0005 02 0002 02 00",
                        "[RouteRefresh[]]"));
    }

    @Test
    @DisplayName("RFC 5492 §4: a capability of an impossible length counts for those who use it only")
    void malformedCapability() {
        byte[] message = message(1, FIXED + "07 02 05 41 03 000001");
        OpenMessage open = MessageDecoder.open(message, 0, message.length).message();
        assertTrue(open.firstMalformed(Set.of(CapabilityCode.FOUR_OCTET_AS)).isPresent());
        assertFalse(open.firstMalformed(Set.of(CapabilityCode.ROUTE_REFRESH)).isPresent());
        assertEquals(Asn.of(65001), open.asn());
    }

    @Test
    @DisplayName("an OPEN with every capability is read as it was written; AS_TRANS stands for a wide AS")
    void openRoundTrip() {
        OpenMessage open = OpenMessage.of(
                Asn.of(70000),
                90,
                RouterId.ofBits(0x0a000001),
                List.of(
                        Capability.Multiprotocol.of(AddressFamily.IPV4_UNICAST),
                        Capability.Multiprotocol.of(AddressFamily.IPV6_UNICAST),
                        new Capability.RouteRefresh(),
                        new Capability.EnhancedRouteRefresh(),
                        new Capability.FourOctetAs(Asn.of(70000)),
                        new Capability.Unknown(200, Octets.of(1, 2, 3))));
        byte[] bytes = written(out -> MessageEncoder.write(out, open));
        assertEquals(open, MessageDecoder.open(bytes, 0, bytes.length).message());
        assertEquals(23456, open.myAs());
        assertEquals(Asn.of(70000), open.asn());
    }

    @Test
    @DisplayName("RFC 9072 §2: capabilities of more than 253 octets are written with extended lengths, and read back")
    void extendedOpenRoundTrip() {
        for (int total : new int[] {253, 254, 255, 256, 300, 2000, 4000}) {
            List<Capability> capabilities = new ArrayList<>();
            for (int left = total; left > 0; ) {
                int octets = Math.min(left, left - 257 == 1 ? 200 : 257);
                capabilities.add(new Capability.Unknown(200, Octets.copyOf(new byte[Math.max(0, octets - 2)])));
                left -= Math.max(2, octets);
            }
            OpenMessage open = OpenMessage.of(Asn.of(65001), 180, RouterId.ofBits(1), capabilities);
            byte[] bytes = written(out -> MessageEncoder.write(out, open));
            assertEquals(total > 253, bytes[28] == -1 && bytes[29] == -1, "extended at " + total);
            assertEquals(open, MessageDecoder.open(bytes, 0, bytes.length).message());
            assertEquals(bytes.length, Framer.frame(bytes, 0, bytes.length, PLAIN, new DecodeProblem()));
        }
    }

    @Test
    @DisplayName(
            "RFC 4271 §4.5: a NOTIFICATION of any content is read; RFC 9003 §2: its text too, as far as it is there")
    void notification() {
        byte[] bytes = message(3, "06 02 05 68656c6c6f");
        NotificationMessage message =
                MessageDecoder.notification(bytes, 0, bytes.length).message();
        assertEquals("6/2 Cease, Administrative Shutdown, \"hello\"", message.toString());
        bytes = message(3, "06 04 ff 61 0a c3 28");
        message = MessageDecoder.notification(bytes, 0, bytes.length).message();
        assertEquals("a\\u000a\ufffd(", message.shutdownText().orElseThrow());
        bytes = message(3, "fa fb 0102");
        message = MessageDecoder.notification(bytes, 0, bytes.length).message();
        assertEquals("250/251 Unknown, data 0102", message.toString());
        byte[] written = written(out -> MessageEncoder.write(
                out, NotificationMessage.withText(NotificationSubcode.ADMINISTRATIVE_RESET, "\u00e9".repeat(200))));
        assertEquals(21 + 1 + 254, written.length, "cut at 255 octets, and not inside a character");
        message = MessageDecoder.notification(written, 0, written.length).message();
        assertEquals("\u00e9".repeat(127), message.shutdownText().orElseThrow());
        assertEquals(
                ErrorAction.CLOSE,
                MessageDecoder.notification(HeaderRowsTest.header(20, 3), 0, 19)
                        .problem()
                        .action());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @DisplayName("RFC 7313 §5, RFC 2918 §4: ROUTE-REFRESH")
    void routeRefresh(String rule, CodecOptions options, String body, String expected) {
        byte[] bytes = message(5, body);
        DecodeResult<RouteRefreshMessage> result = MessageDecoder.routeRefresh(bytes, 0, bytes.length, options);
        String actual = result.isMessage()
                ? result.message().toString()
                : result.problem().action() + " " + result.problem().condition().name() + " "
                        + result.problem().data();
        assertEquals(expected.replace("*", HexFormat.of().formatHex(bytes)), actual, rule);
    }

    static Stream<Arguments> routeRefresh() {
        return Stream.of(
                arguments("RFC 2918 §3: plain", PLAIN, "0001 00 01", "RouteRefreshMessage[afi=1, safi=1, subtype=0]"),
                arguments(
                        "RFC 2918 §3: not negotiated: the octet is reserved",
                        PLAIN,
                        "0002 01 01",
                        "RouteRefreshMessage[afi=2, safi=1, subtype=0]"),
                arguments(
                        "RFC 2918 §3: not negotiated: extra octets",
                        PLAIN,
                        "0001 01 01 00",
                        "SESSION_RESET REFRESH_LENGTH 0018"),
                arguments(
                        "RFC 7313 §3.2: begin",
                        ENHANCED,
                        "0001 01 01",
                        "RouteRefreshMessage[afi=1, safi=1, subtype=1]"),
                arguments(
                        "RFC 7313 §3.2: end", ENHANCED, "0001 02 01", "RouteRefreshMessage[afi=1, safi=1, subtype=2]"),
                arguments("RFC 7313 §5: subtype 3", ENHANCED, "0001 03 01", "IGNORE REFRESH_SUBTYPE "),
                arguments("RFC 7313 §5: subtype 3 of any length", ENHANCED, "0001 ff 01 00", "IGNORE REFRESH_SUBTYPE "),
                arguments(
                        "RFC 7313 §5: begin with extra octets: 7/1 with the message",
                        ENHANCED,
                        "0001 01 01 00",
                        "SESSION_RESET ENHANCED_REFRESH_LENGTH *"),
                arguments(
                        "RFC 2918 §3: plain with extra octets",
                        ENHANCED,
                        "0001 00 01 00",
                        "SESSION_RESET REFRESH_LENGTH 0018"));
    }

    @Test
    @DisplayName("KEEPALIVE and ROUTE-REFRESH are written as RFC 4271 §4.4 and RFC 2918 §3 say")
    void writesShortMessages() {
        String marker = "ff".repeat(16);
        assertEquals(marker + "001304", HexFormat.of().formatHex(written(MessageEncoder::writeKeepalive)));
        byte[] refresh = written(out -> MessageEncoder.write(
                out, RouteRefreshMessage.of(AddressFamily.IPV6_UNICAST, RouteRefreshMessage.BEGIN)));
        assertEquals(marker + "00170500020101", HexFormat.of().formatHex(refresh));
    }

    @Test
    @DisplayName("TRAPS 24: an OPEN cut anywhere, inside its optional parameters too, is refused and never throws")
    void cutOpen() {
        OpenMessage open = OpenMessage.of(
                Asn.of(70000),
                90,
                RouterId.ofBits(0x0a000001),
                List.of(new Capability.FourOctetAs(Asn.of(70000)), new Capability.Unknown(9, Octets.of(3))));
        byte[] bytes = written(out -> MessageEncoder.write(out, open));
        for (int cut = 0; cut < bytes.length; cut++) {
            byte[] part = Arrays.copyOf(bytes, cut);
            assertFalse(MessageDecoder.open(part, 0, cut).isMessage(), "cut at " + cut);
            assertFalse(MessageDecoder.routeRefresh(part, 0, Math.min(cut, 22), PLAIN)
                    .isMessage());
        }
    }

    private static byte[] message(int type, String body) {
        byte[] octets = HexFormat.of().parseHex(body.replace(" ", ""));
        byte[] message = Arrays.copyOf(HeaderRowsTest.header(19 + octets.length, type), 19 + octets.length);
        System.arraycopy(octets, 0, message, 19, octets.length);
        return message;
    }

    private static byte[] written(Consumer<ByteBuf> writer) {
        ByteBuf out = Unpooled.buffer();
        writer.accept(out);
        return ByteBufUtil.getBytes(out);
    }
}
