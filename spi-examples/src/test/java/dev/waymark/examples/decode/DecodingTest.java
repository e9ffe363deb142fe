package dev.waymark.examples.decode;

import static dev.waymark.examples.decode.Hex.ATTRIBUTES;
import static dev.waymark.examples.decode.Hex.OPEN;
import static dev.waymark.examples.decode.Hex.SOUND;
import static dev.waymark.examples.decode.Hex.ipv4OverIpv6;
import static dev.waymark.examples.decode.Hex.message;
import static dev.waymark.examples.decode.Hex.path;
import static dev.waymark.examples.decode.Hex.print;
import static dev.waymark.examples.decode.Hex.stream;
import static dev.waymark.examples.decode.Hex.update;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DecodingTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void judges(String rule, String context, String hex, String expected) throws IOException {
        assertEquals(expected, summary(decode("{\"hex\":\"" + hex + "\",\"context\":{" + context + "}}")), rule);
    }

    static Stream<Arguments> judges() {
        String set = update("", "40010100" + "400208" + "01010000000202" + "0a", "080a");
        return Stream.of(
                arguments("a sound UPDATE", "", SOUND, "update accept"),
                arguments("an UPDATE in OpenSent", "\"state\":\"OpenSent\"", SOUND, "update session-reset 5/1"),
                arguments("an UPDATE in OpenConfirm", "\"state\":\"OpenConfirm\"", SOUND, "update session-reset 5/2"),
                arguments("an UPDATE in Idle", "\"state\":\"Idle\"", SOUND, "update ignore"),
                arguments("an UPDATE in Active", "\"state\":\"Active\"", SOUND, "update close"),
                arguments("an OPEN", "", OPEN, "open accept"),
                arguments("an OPEN in Established", "\"state\":\"Established\"", OPEN, "open session-reset 5/3"),
                arguments("an OPEN of any external AS", "\"ebgp\":true", OPEN, "open accept"),
                arguments(
                        "an OPEN of our AS from outside",
                        "\"ebgp\":true,\"local_as\":65001",
                        OPEN,
                        "open session-reset 2/2"),
                arguments("an OPEN of another AS from inside", "\"ebgp\":false", OPEN, "open session-reset 2/2"),
                arguments("an OPEN of another AS", "\"peer_as\":65002", OPEN, "open session-reset 2/2"),
                arguments(
                        "an OPEN of an internal peer with our identifier",
                        "\"local_as\":65001,\"peer_as\":65001,\"local_id\":\"192.0.2.1\"",
                        OPEN,
                        "open session-reset 2/3"),
                arguments("an OPEN without IPv6", "\"families\":[\"ipv6-unicast\"]", OPEN, "open session-reset 2/7"),
                arguments(
                        "an OPEN without the role that matches",
                        "\"local_role\":\"rs\"",
                        message(1, "04fde900b4c0000201" + "05" + "0203" + "090101"),
                        "open session-reset 2/11"),
                arguments("KEEPALIVE", "", message(4, ""), "keepalive accept"),
                arguments("NOTIFICATION", "", message(3, "0602"), "notification close"),
                arguments("an unknown type", "", message(9, ""), "unknown session-reset 1/3"),
                arguments("ROUTE-REFRESH", "", message(5, "00010001"), "route-refresh accept"),
                arguments(
                        "ROUTE-REFRESH, not offered",
                        "\"route_refresh\":false",
                        message(5, "00010001"),
                        "route-refresh ignore"),
                arguments(
                        "ROUTE-REFRESH of another family",
                        "\"families\":\"ipv6-unicast\"",
                        message(5, "00010001"),
                        "route-refresh ignore"),
                arguments(
                        "a marked ROUTE-REFRESH of 5 octets",
                        "\"enhanced_refresh\":true",
                        message(5, "0001010100"),
                        "route-refresh session-reset 7/1"),
                arguments(
                        "LOCAL_PREF from outside",
                        "",
                        update("", ATTRIBUTES + "40050400000064", "080a"),
                        "update attribute-discard [5]"),
                arguments(
                        "LOCAL_PREF from inside",
                        "\"ebgp\":false",
                        update("", ATTRIBUTES + "40050400000064", "080a"),
                        "update accept"),
                arguments(
                        "MED of one octet",
                        "",
                        update("", ATTRIBUTES + "80040100", "080a"),
                        "update treat-as-withdraw"),
                arguments("the first AS is enforced", "\"peer_as\":65009", SOUND, "update treat-as-withdraw"),
                arguments(
                        "the first AS is not enforced",
                        "\"peer_as\":65009,\"enforce_first_as\":false",
                        SOUND,
                        "update accept"),
                arguments("our address as next hop", "\"local_addr\":\"192.0.2.1\"", SOUND, "update treat-as-withdraw"),
                arguments(
                        "more hops than the limit",
                        "\"max_as_path\":1",
                        update("", "40010100" + "40020a02020000fde900000002" + "400304c0000201", "080a"),
                        "update treat-as-withdraw"),
                arguments("AS_SET", "", path("01010000fde9"), "update treat-as-withdraw"),
                arguments(
                        "AS_SET, allowed",
                        "\"allow_as_set\":true",
                        path("0201" + "0000fde9" + "0101" + "00000002"),
                        "update accept"),
                arguments(
                        "four octets where two are spoken",
                        "\"as4\":false",
                        path("02010000fde9"),
                        "update treat-as-withdraw"),
                arguments("two octets", "\"as4\":false", path("0201fde9"), "update accept"),
                arguments(
                        "path identifiers",
                        "\"add_path_rx\":[\"ipv4-unicast\"]",
                        update("", ATTRIBUTES, "00000007080a"),
                        "update accept"),
                arguments(
                        "a cut path identifier",
                        "\"add_path_rx\":[\"ipv4-unicast\"]",
                        update("", ATTRIBUTES, "000007"),
                        "update session-reset 3/10"),
                arguments("an IPv6 next hop for IPv4", "\"ext_next_hop\":true", ipv4OverIpv6(), "update accept"),
                arguments("an IPv6 next hop for IPv4, not negotiated", "", ipv4OverIpv6(), "update session-reset 3/9"),
                arguments(
                        "over 4096 octets",
                        "",
                        message(2, "0000" + "0000" + "080a".repeat(2500)),
                        "update session-reset 1/2"),
                arguments(
                        "over 4096 octets, negotiated",
                        "\"ext_message\":true",
                        update("", ATTRIBUTES, "080a".repeat(2500)),
                        "update accept"),
                arguments(
                        "a leak",
                        "\"local_role\":\"rs\",\"peer_as\":65001",
                        update("", ATTRIBUTES + "c0230400000002", "080a"),
                        "update accept OTC_LEAK"),
                arguments("our own AS", "\"local_as\":65001,\"ebgp\":true", SOUND, "update accept OWN_AS_IN_PATH"),
                arguments("a multicast prefix", "", update("", ATTRIBUTES, "04e0"), "update ignore"),
                arguments(
                        "withdrawn routes over the message",
                        "",
                        set.substring(0, 38) + "ffff" + set.substring(42),
                        "update session-reset 3/1"));
    }

    @Test
    @DisplayName("an UPDATE has what is left of it after its outcome, and attributes as they are passed on")
    void showsWhatIsLeft() throws IOException {
        String unknown = "c06302abcd";
        Map<String, Object> line = decode(
                "{\"id\":\"x\",\"hex\":\"" + update("100a01", ATTRIBUTES + "c00804ffffff01" + unknown, "080a") + "\"}");
        assertEquals("x", line.get("id"));
        assertEquals("{ipv4-unicast=[10.0.0.0/8]}", String.valueOf(line.get("announced")));
        assertEquals("{ipv4-unicast=[10.1.0.0/16]}", String.valueOf(line.get("withdrawn")));
        assertEquals(
                "{origin=igp, as_path=65001, next_hop=192.0.2.1, communities=[65535:65281], "
                        + "unknown=[{type=99, flags=224, hex=abcd}]}",
                String.valueOf(line.get("attributes")));
        line = decode(update("", ATTRIBUTES + "80040100", "080a"));
        assertEquals("{}", String.valueOf(line.get("announced")));
        assertEquals("{ipv4-unicast=[10.0.0.0/8]}", String.valueOf(line.get("withdrawn")));
        assertFalse(line.containsKey("attributes"));
        assertEquals("RFC 7606 §7.4", line.get("rfc"));
        line = decode(update("", ATTRIBUTES, "21ffffffffff"));
        assertEquals("{} {}", line.get("announced") + " " + line.get("withdrawn"));
    }

    @Test
    @DisplayName("what is no message is said with its line, and the run goes on")
    void goesOnAfterErrors() throws IOException {
        String input = "# a comment\nzz\n\n" + message(4, "") + "\n{\"hex\":\"00\",\"context\":{\"as4\":\"maybe\"}}\n"
                + "{\"hex\":\"00\",\"context\":{\"colour\":1}}\n{\"id\":7}\n{]\n"
                + message(4, "").substring(0, 30) + "\n"
                + "{\"hex\":\"" + SOUND + "\",\"context\":{\"enforce_first_as\":true}}\n" + message(4, "");
        Decoding decoding = new Decoding(DecodeContext.empty(), print(out), print(err));
        decoding.read("in", new ByteArrayInputStream(input.getBytes(UTF_8)));

        assertTrue(decoding.hasErrors());
        List<String> errors = err.toString(UTF_8).lines().toList();
        assertEquals(7, errors.size(), errors::toString);
        assertTrue(errors.get(0).startsWith("waymark: in:2: not hexadecimal"), errors.get(0));
        assertTrue(errors.get(1).startsWith("waymark: in:5: as4: \"maybe\""), errors.get(1));
        assertTrue(errors.get(2).startsWith("waymark: in:6: context: there is no colour"), errors.get(2));
        assertTrue(errors.get(3).startsWith("waymark: in:7: hex: "), errors.get(3));
        assertTrue(errors.get(4).startsWith("waymark: in:8: the line is not JSON"), errors.get(4));
        assertTrue(errors.get(5).startsWith("waymark: in:9: the message is incomplete"), errors.get(5));
        assertTrue(errors.get(6).startsWith("waymark: in:10: enforce_first_as: needs peer_as"), errors.get(6));
        List<String> lines = out.toString(UTF_8).lines().toList();
        assertEquals(9, lines.size());
        assertTrue(
                lines.get(1).contains("\"outcome\":\"accept\"") && lines.get(8).contains("\"outcome\":\"accept\""));
    }

    @Test
    @DisplayName("octets are read as messages one after another; nothing can be told apart behind a broken header")
    void readsOctets() throws IOException {
        byte[] stream = HexFormat.of().parseHex(OPEN + message(4, "") + SOUND + "00".repeat(19) + message(4, ""));
        Decoding decoding = new Decoding(DecodeContext.empty(), print(out), print(err));
        decoding.read("in", new ByteArrayInputStream(stream));

        List<String> types = new ArrayList<>();
        for (String line : out.toString(UTF_8).lines().toList()) {
            types.add(summary(JsonTree.object(line)));
        }
        assertEquals(
                List.of("open accept", "keepalive accept", "update accept", "unknown session-reset 1/1", "null null"),
                types);
        assertTrue(err.toString(UTF_8).contains("in, octet "), err.toString(UTF_8));
    }

    @Test
    @DisplayName("for people: octets beside their meaning, in colours only where asked")
    void dissects() throws IOException {
        Decoding.pretty(DecodeContext.empty(), print(out), print(err), Paint.PLAIN)
                .read("in", new ByteArrayInputStream(SOUND.getBytes(UTF_8)));
        String text = out.toString(UTF_8);
        assertTrue(text.contains("40020602") || text.contains("400206"), text);
        assertTrue(text.contains("AS_PATH (2), well-known transitive, 6 octets"), text);
        assertTrue(text.contains("announced 10.0.0.0/8"), text);
        assertTrue(text.contains("=> accept"), text);
        assertFalse(text.contains("\u001b"));
        Decoding.pretty(DecodeContext.empty(), print(out), print(err), Paint.COLOURED)
                .read("in", new ByteArrayInputStream(SOUND.getBytes(UTF_8)));
        assertTrue(out.toString(UTF_8).contains("\u001b[32m"));
    }

    @Test
    @DisplayName("the dissection of a captured message, cut at every length, never throws")
    void dissectsAnything() throws IOException {
        for (String hex : List.of(OPEN, SOUND, ipv4OverIpv6(), message(3, "060205"), message(5, "00010101"))) {
            byte[] octets = HexFormat.of().parseHex(hex);
            for (int length = 0; length <= octets.length; length++) {
                byte[] cut = Arrays.copyOf(octets, length);
                assertFalse(
                        Dissector.lines(cut, DecodeContext.empty(), Paint.PLAIN).isEmpty());
                for (int at = 19; at < length; at++) {
                    byte before = cut[at];
                    cut[at] = -1;
                    Dissector.lines(cut, DecodeContext.empty(), Paint.PLAIN);
                    cut[at] = before;
                }
            }
        }
    }

    private Map<String, Object> decode(String line) throws IOException {
        out.reset();
        new Decoding(DecodeContext.empty(), print(out), print(err)).read("in", stream(line));
        assertEquals("", err.toString(UTF_8));
        return JsonTree.object(out.toString(UTF_8).strip());
    }

    private static String summary(Map<String, Object> line) {
        String text = line.get("type") + " " + line.get("outcome");
        text += line.containsKey("code") ? " " + line.get("code") + "/" + line.get("subcode") : "";
        text += line.getOrDefault("discarded", List.of()).equals(List.of()) ? "" : " " + line.get("discarded");
        return text + (line.containsKey("ineligible") ? " " + line.get("ineligible") : "");
    }
}
