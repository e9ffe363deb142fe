package dev.waymark.bgp.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captured messages, each in a TCP segment of its own: tshark and we say the same about them. */
class TsharkTest {

    private static final Pattern LINE = Pattern.compile("\"as4\": *(\\w+).*\"hex\": *\"([0-9a-f]*)\"");

    /** What is wrong with the form of an UPDATE; all else that we judge is none of tshark's business. */
    private static final Set<DecodeCondition> FORM = EnumSet.of(
            DecodeCondition.MESSAGE_LENGTH,
            DecodeCondition.WITHDRAWN_LENGTH,
            DecodeCondition.ATTRIBUTES_LENGTH,
            DecodeCondition.ATTRIBUTE_OVERRUN,
            DecodeCondition.NLRI,
            DecodeCondition.MP_NLRI,
            DecodeCondition.MP_REACH_LENGTH,
            DecodeCondition.MP_REACH_NEXT_HOP_LENGTH,
            DecodeCondition.AS_PATH_SYNTAX,
            DecodeCondition.UNKNOWN_WELL_KNOWN);

    /** RFC 4760 §8: what is malformed inside a family that was not negotiated is not read; tshark reads it. */
    private static final String FAMILY = "malformed in another family";
    /** RFC 4271 §6.3: tshark doesn't mind an unknown attribute that claims to be well-known. */
    private static final String FLAGS = "unknown and well-known";

    @TempDir
    private Path folder;

    @Test
    @DisplayName("tshark finds the same types and prefixes, and calls malformed what we do; differences are these")
    void agrees() throws IOException {
        List<String> lines = Files.readAllLines(SharedData.path("pcap/messages.jsonl"));
        List<byte[]> messages = new ArrayList<>();
        List<Boolean> widths = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            assertTrue(matcher.find(), line);
            messages.add(HexFormat.of().parseHex(matcher.group(2)));
            widths.add(!matcher.group(1).equals("false"));
        }
        List<String> others = tshark(messages);
        assertEquals(messages.size(), others.size());
        Map<String, Integer> differences = new TreeMap<>();
        CodecFixture codec = new CodecFixture();
        for (int i = 0; i < messages.size(); i++) {
            String difference = difference(codec, messages.get(i), widths.get(i), others.get(i));
            if (!difference.isEmpty()) {
                differences.merge(difference, 1, Integer::sum);
            }
            codec.table.sweep();
        }
        assertEquals(Map.of(FAMILY, 9, FLAGS, 1), differences);
    }

    private static String difference(CodecFixture codec, byte[] message, boolean isWide, String line) {
        String[] fields = line.split("\\|", -1);
        CodecOptions options = options(isWide);
        int framed = Framer.frame(message, 0, message.length, options, new DecodeProblem());
        if (framed == Framer.INCOMPLETE) {
            return fields[0].isEmpty() ? "" : "incomplete only here";
        }
        if (!fields[0].equals("" + Framer.type(message, 0).code())) {
            return "type " + fields[0];
        }
        if (!fields[0].equals("2")) {
            return "";
        }
        if (framed == Framer.BROKEN) {
            return fields[1].isEmpty() ? "broken header only here" : "";
        }
        codec.decode(message, options);
        if (codec.out.problem().condition() == DecodeCondition.AS_PATH_SYNTAX) {
            codec.decode(message, options(!isWide)); // the OPEN was not always captured, and tshark guesses too
        }
        DecodeCondition condition = codec.out.problem().condition();
        boolean isMalformedThere = !fields[1].isEmpty();
        if (isMalformedThere && !FORM.contains(condition)) {
            return codec.out.ignoredFamilies() > 0 ? FAMILY : "only tshark: " + condition.name() + " " + fields[8];
        }
        if (!isMalformedThere && FORM.contains(condition)) {
            return condition == DecodeCondition.UNKNOWN_WELL_KNOWN ? FLAGS : "only here: " + condition.name();
        }
        String prefixes = prefixes(codec.out);
        String seen = String.join(" ", Arrays.asList(fields).subList(3, 8))
                .replaceAll(" +", " ")
                .strip();
        boolean isComparable = codec.out.ignoredFamilies() == 0 && !FORM.contains(condition);
        return isComparable && !prefixes.equals(seen)
                ? "prefixes " + prefixes + " - " + seen + " " + codec.out.problem()
                : "";
    }

    private static CodecOptions options(boolean isWide) {
        return CodecFixture.external()
                .fourOctetAs(true, isWide)
                .allowAsSet(true)
                .enforceFirstAs(false)
                .build();
    }

    private static String prefixes(DecodedUpdate out) {
        List<String> addresses = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) {
            for (NlriList list : List.of(out.withdrawn(family), out.announced(family))) {
                for (int i = 0; i < list.size(); i++) {
                    IpPrefix prefix = list.prefix(i);
                    addresses.add(prefix.address().toString());
                }
            }
        }
        return String.join(" ", addresses);
    }

    private List<String> tshark(List<byte[]> messages) throws IOException {
        Path capture = folder.resolve("messages.pcap");
        Files.write(capture, capture(messages));
        List<String> command = new ArrayList<>(List.of("tshark", "-r", capture.toString(), "-T", "fields"));
        command.addAll(List.of("-E", "separator=|", "-E", "aggregator= "));
        for (String field : List.of(
                "bgp.type",
                "_ws.malformed",
                "bgp.update.path_attribute.type_code",
                "bgp.withdrawn_prefix",
                "bgp.nlri_prefix",
                "bgp.mp_unreach_nlri_ipv6_prefix",
                "bgp.mp_reach_nlri_ipv4_prefix",
                "bgp.mp_reach_nlri_ipv6_prefix",
                "_ws.expert.message")) {
            command.addAll(List.of("-e", field));
        }
        String output = new String(Tool.output(command.toArray(String[]::new)), UTF_8);
        return output.lines().toList();
    }

    /** Puts each message into a segment of its own connection to port 179: raw IPv4, link type 101. */
    private static byte[] capture(List<byte[]> messages) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(ByteBuffer.allocate(24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(262_144)
                .putInt(101)
                .array());
        for (int i = 0; i < messages.size(); i++) {
            int length = 40 + messages.get(i).length;
            file.writeBytes(ByteBuffer.allocate(16)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(i)
                    .putInt(0)
                    .putInt(length)
                    .putInt(length)
                    .array());
            file.writeBytes(ByteBuffer.allocate(40)
                    .putInt(0x45000000 | length)
                    .putInt(0)
                    .putInt(0x40060000)
                    .putInt(0x0a000000 | i)
                    .putInt(0x0a010001)
                    .putShort((short) (1024 + i))
                    .putShort((short) 179)
                    .putInt(1)
                    .putInt(1)
                    .putInt(0x50182000)
                    .putInt(0)
                    .array());
            file.writeBytes(messages.get(i));
        }
        return file.toByteArray();
    }
}
