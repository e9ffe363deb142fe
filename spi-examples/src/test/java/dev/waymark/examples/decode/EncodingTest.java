package dev.waymark.examples.decode;

import static dev.waymark.examples.decode.Hex.ATTRIBUTES;
import static dev.waymark.examples.decode.Hex.message;
import static dev.waymark.examples.decode.Hex.print;
import static dev.waymark.examples.decode.Hex.stream;
import static dev.waymark.examples.decode.Hex.update;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EncodingTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    @DisplayName("what was decoded is encoded to messages that mean the same: everything that was ever captured")
    void encodesWhatItDecoded() throws IOException {
        Path captures = Path.of(System.getProperty("waymark.shared", "../shared"), "data/pcap/messages.jsonl");
        Assumptions.assumeTrue(Files.exists(captures), () -> "recorded data is not there: " + captures);
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        new Decoding(DecodeContext.empty(), print(first), print(err)).read("in", Files.newInputStream(captures));
        List<String> encodable = first.toString(UTF_8)
                .lines()
                .filter(line -> !line.contains("\"session-reset\"") && !line.contains("\"error\""))
                .toList();
        ByteArrayOutputStream second = new ByteArrayOutputStream();
        Encoding encoding = new Encoding(DecodeContext.empty(), Encoding.Form.JSON, print(second), print(err));
        err.reset();
        encoding.read("in", stream(String.join("\n", encodable)));
        assertEquals("", err.toString(UTF_8));
        assertFalse(encoding.hasErrors());
        ByteArrayOutputStream third = new ByteArrayOutputStream();
        new Decoding(DecodeContext.empty().with(ContextKey.LOCAL_AS4, "false"), print(third), print(err))
                .read("in", new ByteArrayInputStream(second.toByteArray()));
        assertEquals(content(encodable), content(third.toString(UTF_8).lines().toList()));
        assertTrue(encodable.size() > 1000);
    }

    @Test
    @DisplayName("every attribute that has a name, path identifiers and both families survive the way back")
    void encodesEveryName() throws IOException {
        String attributes = "800e30" + "000201" + "20" + "20010db8" + "00".repeat(11) + "01" + "fe80" + "00".repeat(13)
                + "01" + "00" + "0000000930" + "20010db80001";
        String rest = "80040400000005" + "40050400000064" + "400600" + "c007080000fde9c0000201" + "e00804fde90001"
                + "800904c0000202" + "800a08c0000203c0000204" + "c010080002fde900000064"
                + "c01914000220010db8" + "00".repeat(11) + "010064" + "c0200c000000010000000200000003"
                + "c0230400000007"
                + "c06300";
        String hex = update("00000001100a01", attributes + ATTRIBUTES + rest, "00000007080a");
        DecodeContext context = DecodeContext.empty()
                .with(ContextKey.EBGP, "false")
                .with(ContextKey.ADD_PATH_RX, "ipv4-unicast,ipv6-unicast");
        new Decoding(context, print(out), print(err)).read("in", stream(hex));
        assertEquals("", err.toString(UTF_8));
        String line = out.toString(UTF_8).strip();
        for (String name : List.of(
                "next_hop_ipv6",
                "next_hop_link_local",
                "med",
                "local_pref",
                "atomic_aggregate",
                "aggregator",
                "communities",
                "originator_id",
                "cluster_list",
                "extended_communities",
                "ipv6_extended_communities",
                "large_communities",
                "only_to_customer",
                "partial",
                "unknown",
                "path_id")) {
            assertTrue(line.contains("\"" + name + "\":"), () -> name + ": " + line);
        }
        ByteArrayOutputStream second = new ByteArrayOutputStream();
        new Encoding(context, Encoding.Form.JSON, print(second), print(err)).read("in", stream(line));
        assertEquals("", err.toString(UTF_8));
        ByteArrayOutputStream third = new ByteArrayOutputStream();
        new Decoding(context, print(third), print(err)).read("in", new ByteArrayInputStream(second.toByteArray()));
        List<String> again = third.toString(UTF_8).lines().toList();
        assertEquals(3, again.size(), "one message for each kind of prefixes");
        String everything = String.join("\n", again);
        assertTrue(everything.contains("{\"prefix\":\"10.0.0.0/8\",\"path_id\":7}"), everything);
        assertTrue(everything.contains("{\"prefix\":\"2001:db8:1::/48\",\"path_id\":9}"), everything);
        assertTrue(everything.contains("\"next_hop_link_local\":\"fe80::1\""), everything);
        String passedOn = line.substring(line.indexOf("\"med\""));
        assertEquals(2, everything.split(Pattern.quote(passedOn), -1).length - 1, everything);
    }

    @Test
    @DisplayName("a line that can't be a message is refused with the field that is wrong")
    void refusesToEncode() throws IOException {
        Encoding encoding = new Encoding(DecodeContext.empty(), Encoding.Form.HEX, print(out), print(err));
        encoding.read("in", stream("""
                {"type":"update","outcome":"session-reset"}
                {"type":"open"}
                {}
                {"type":"update","announced":{"ipv4-unicast":["10.0.0.0/8"]}}
                {"type":"update","withdrawn":{"ipv4-unicast":["10.0.0.0/33"]}}
                {"type":"keepalive"}
                """));
        assertTrue(encoding.hasErrors());
        List<String> errors = err.toString(UTF_8).lines().toList();
        assertEquals(5, errors.size(), errors::toString);
        assertTrue(errors.get(0).startsWith("waymark: in:1: outcome"), errors::toString);
        assertTrue(errors.get(1).startsWith("waymark: in:2: version"), errors::toString);
        assertTrue(errors.get(2).startsWith("waymark: in:3: type"), errors::toString);
        assertTrue(errors.get(3).startsWith("waymark: in:4: origin"), errors::toString);
        assertEquals(message(4, "") + System.lineSeparator(), out.toString(UTF_8));
    }

    /** What lines say, whatever number of messages says it. */
    private static Map<String, Map<String, Object>> content(List<String> lines) {
        Map<String, Map<String, Object>> content = new TreeMap<>();
        for (String line : lines) {
            Map<String, Object> object = JsonTree.object(line);
            Map<String, Object> all = content.computeIfAbsent(String.valueOf(object.get("id")), id -> new TreeMap<>());
            for (String field : List.of(
                    "announced",
                    "withdrawn",
                    "attributes",
                    "capabilities",
                    "notification",
                    "end_of_rib",
                    "my_as",
                    "hold_time",
                    "router_id",
                    "afi",
                    "safi",
                    "subtype")) {
                Object value = object.get(field);
                if (value != null && !value.equals(Map.of())) {
                    all.put(field, value);
                }
            }
        }
        content.values().removeIf(Map::isEmpty);
        return content;
    }
}
