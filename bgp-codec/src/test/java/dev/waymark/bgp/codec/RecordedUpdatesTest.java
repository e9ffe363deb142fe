package dev.waymark.bgp.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.route.Community;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message that collectors recorded: read as bgpdump reads it, written again, and cut everywhere. */
class RecordedUpdatesTest {

    private static final AddressFamily[] FAMILIES = AddressFamily.values();

    // Why bgpdump and we read some messages differently. Each is counted, and left out of the comparison.

    /** RFC 4760 §8: we read what was negotiated; bgpdump prints routes for multicast RPF as if they were unicast. */
    private static final String FAMILY = "another family";
    /** RFC 7606 §3(e): a next hop of :: is treat-as-withdraw; bgpdump prints it. */
    private static final String NO_NEXT_HOP = "next hop ::";
    /** RFC 6793 §4.2.3: AGGREGATOR says that AS4_PATH is stale only beside AS4_AGGREGATOR; bgpdump takes it alone. */
    private static final String LONE_AGGREGATOR = "lone AGGREGATOR";
    /** RFC 8050 §3: an old BIRD recorded messages with path identifiers under the subtype for those without. */
    private static final String PATH_IDS = "unannounced path identifiers";

    /** Of the oldest type of record, bgpdump prints the peer's address where the withdrawn prefix should be. */
    private static final String OLD_WITHDRAWAL = "withdrawal in an old record";

    @TempDir
    private Path folder;

    static Stream<Arguments> files() {
        return Stream.of(
                arguments("lab-bird-mrtdump_bgp", 15, 4, Map.of()),
                arguments("lab-bird_bgp", 17, 4, Map.of(PATH_IDS, 6)),
                arguments("lab-quagga_bgp", 47, 2, Map.of(FAMILY, 12)),
                arguments("ris-20020722.2238.gz", 1028, 0, Map.of()),
                arguments("ris-20071015.1505.gz", 4297, 0, Map.of(NO_NEXT_HOP, 21)),
                arguments("ris-20160811.1600.gz", 17384, 11263, Map.of()),
                arguments("ris-long-withdrawal.gz", 1, 1, Map.of()),
                arguments("ris-rrc00-20000102-oldtype5.gz", 3941, 0, Map.of(OLD_WITHDRAWAL, 404)),
                arguments("ris-rrc01-20001104.gz", 922, 0, Map.of()),
                arguments("ris-rrc06-20140530.gz", 1557, 1421, Map.of()),
                arguments("ris-rrc15-20100227.1600.gz", 6595, 6004, Map.of(LONE_AGGREGATOR, 3)),
                arguments("rv-20090501.0000.bz2", 22507, 743, Map.of(FAMILY, 8, LONE_AGGREGATOR, 63)),
                arguments("rv-20260222.1530.first-half.mrt.gz", 24610, 23671, Map.of()),
                arguments("rv-jinx-20140530.bz2", 644, 642, Map.of()),
                arguments("rv-jinx-20150401.bz2", 1756, 1745, Map.of()));
    }

    @ParameterizedTest(name = "{0}: {1} messages, {3}")
    @MethodSource("files")
    @DisplayName("bgpdump finds the same routes with the same attributes in every recorded message")
    void agreesWithBgpdump(String name, int messages, int canonical, Map<String, Integer> reasons) throws IOException {
        List<MrtRecord> records = MrtRecord.read(SharedData.path("mrt/updates/" + name));
        Map<String, Integer> found = new TreeMap<>();
        Map<String, Integer> difference = new TreeMap<>();
        ByteArrayOutputStream compared = new ByteArrayOutputStream();
        CodecFixture codec = new CodecFixture();
        for (MrtRecord record : records) {
            codec.decode(record.message, options(record));
            String reason = reason(codec, record);
            if (reason.isEmpty()) {
                compared.writeBytes(record.raw);
                lines(codec, record).forEach(line -> difference.merge(line, -1, Integer::sum));
            } else {
                found.merge(reason, 1, Integer::sum);
            }
            codec.table.sweep();
        }
        Path rest = folder.resolve("rest");
        Files.write(rest, compared.toByteArray());
        for (String line : new String(Tool.output("bgpdump", "-m", rest.toString()), UTF_8).split("\n", -1)) {
            if (!line.isEmpty()) {
                difference.merge(ofBgpdump(line), 1, Integer::sum);
            }
        }
        difference.values().removeIf(count -> count == 0);
        assertEquals("", text(difference));
        assertEquals(new TreeMap<>(reasons), found);
        assertEquals(messages, records.size());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    @DisplayName(
            "every recorded message that is accepted means the same when it is written again, octet for octet where its sender wrote as we do")
    void survives(String name, int messages, int canonical, Map<String, Integer> reasons) throws IOException {
        CodecFixture codec = new CodecFixture();
        int same = 0;
        for (MrtRecord record : MrtRecord.read(SharedData.path("mrt/updates/" + name))) {
            MrtRecord read = reasons.containsKey(PATH_IDS) ? record.withPathIds() : record;
            if (Framer.type(record.message, 0).code() == 2) {
                same += checkSurvival(codec, read) ? 1 : 0;
            }
            codec.table.sweep();
        }
        assertEquals(0, codec.table.size());
        assertEquals(canonical, same);
    }

    /** Writes what was read, for a peer like the sender; returns whether the octets are the same. */
    private static boolean checkSurvival(CodecFixture codec, MrtRecord record) {
        CodecOptions options = options(record);
        codec.decode(record.message, options);
        EncodeOptions encoding = EncodeOptions.builder()
                .fourOctetAs(true, record.isFourOctet)
                .maxMessageOctets(Framer.MAX_EXTENDED_MESSAGE_OCTETS)
                .addPathSend(record.hasPathIds ? Arrays.asList(FAMILIES) : List.of())
                .build();
        boolean isCanonical = record.isFourOctet
                && CanonicalUpdate.isCanonical(record.message, record.hasPathIds)
                && codec.out.action() == ErrorAction.NONE
                && codec.out.ignoredPrefixes() == 0;
        List<String> before = lines(codec, record);
        byte[] written = codec.encode(encoding);
        if (isCanonical) {
            assertArrayEquals(record.message, written);
        }
        List<String> after = new ArrayList<>();
        for (byte[] message : CodecFixture.split(written)) {
            codec.decode(message, options);
            assertEquals(ErrorAction.NONE, codec.out.action());
            after.addAll(lines(codec, record));
        }
        before.removeIf(line -> line.startsWith("TREAT_AS_WITHDRAW"));
        before.sort(null);
        after.sort(null);
        assertEquals(before, after);
        return isCanonical;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    @DisplayName(
            "every recorded message cut at every length, its length field too or not, gives a result and never a throw")
    void neverThrows(String name, int messages, int canonical, Map<String, Integer> reasons) throws IOException {
        CodecFixture codec = new CodecFixture();
        for (MrtRecord record : MrtRecord.read(SharedData.path("mrt/updates/" + name))) {
            CodecOptions options = options(record);
            byte[] cut = record.message.clone();
            for (int length = cut.length; length >= 19; length--) {
                Wire.put16(cut, 16, length);
                MessageDecoder.open(cut, 0, length);
                MessageDecoder.notification(cut, 0, length);
                MessageDecoder.routeRefresh(cut, 0, length, options);
                codec.decoder.decode(cut, 0, length, options, codec.out);
                assertNull(codec.out.fault());
            }
            codec.table.sweep();
        }
    }

    private static String text(Map<String, Integer> difference) {
        return difference.entrySet().stream()
                .limit(20)
                .map(entry -> entry.getValue() + " x " + entry.getKey() + "\n")
                .collect(Collectors.joining());
    }

    static CodecOptions options(MrtRecord record) {
        return CodecOptions.builder()
                .families(Arrays.asList(FAMILIES))
                .fourOctetAs(true, record.isFourOctet)
                .addPathReceive(record.hasPathIds ? Arrays.asList(FAMILIES) : List.of())
                .maxMessageOctets(Framer.MAX_EXTENDED_MESSAGE_OCTETS)
                .external(record.peerAs != 65000) // the labs' own
                .allowAsSet(true)
                .enforceFirstAs(false)
                .build();
    }

    /** Returns why bgpdump is known to read a message differently; nothing if it should not. */
    private static String reason(CodecFixture codec, MrtRecord record) {
        assertNull(codec.out.fault());
        if (Framer.type(record.message, 0).code() != 2) {
            return "";
        }
        if (record.isOld() && codec.out.withdrawn(AddressFamily.IPV4_UNICAST).size() > 0) {
            return OLD_WITHDRAWAL;
        }
        DecodeCondition condition = codec.out.problem().condition();
        return switch (condition) {
            case FAMILY -> FAMILY;
            case MP_REACH_NEXT_HOP -> NO_NEXT_HOP;
            case NLRI -> PATH_IDS;
            default -> CanonicalUpdate.hasLoneAggregator(record) ? LONE_AGGREGATOR : "";
        };
    }

    /** Kind, prefix, path, origin, next hop, MED, communities, atomic, aggregator; LOCAL_PREF of others is not ours. */
    private static String ofBgpdump(String line) {
        List<String> fields = new ArrayList<>(Arrays.asList(line.split("\\|", -1)));
        boolean isAnnouncement = fields.get(2).equals("A");
        if (fields.get(0).equals("BGP") && isAnnouncement) {
            fields.add(11, ""); // the oldest type is printed without communities
        }
        if (fields.get(0).equals("BGP4MP_AP")) {
            fields.set(5, fields.get(5) + "#" + fields.remove(6));
        }
        String route = String.join("|", fields.get(2), fields.get(4), fields.get(5));
        return !isAnnouncement
                ? route
                : String.join(
                        "|",
                        route,
                        fields.get(6),
                        fields.get(7),
                        fields.get(8),
                        fields.get(10),
                        communities(fields.get(11)),
                        fields.get(12),
                        fields.get(13));
    }

    private static String communities(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> word.indexOf(':') < 0 ? Community.parse(word).toString() : word)
                .collect(Collectors.joining(" "));
    }

    private static List<String> lines(CodecFixture codec, MrtRecord record) {
        List<String> lines = new ArrayList<>();
        if (Framer.type(record.message, 0).code() != 2) {
            return lines;
        }
        for (AddressFamily family : FAMILIES) {
            NlriList withdrawn = codec.out.withdrawn(family);
            for (int i = 0; i < withdrawn.size(); i++) {
                lines.add("W|" + record.peerAs + "|" + prefix(withdrawn, i));
            }
            NlriList announced = codec.out.announced(family);
            int id = codec.out.attributes(family);
            for (int i = 0; i < announced.size(); i++) {
                String route = "|" + record.peerAs + "|" + prefix(announced, i);
                lines.add(id == 0 ? codec.out.action() + route : "A" + route + attributes(codec.table.view(id)));
            }
        }
        return lines;
    }

    private static String prefix(NlriList list, int index) {
        return list.prefix(index) + (list.hasPathIds() ? "#" + Integer.toUnsignedString(list.pathId(index)) : "");
    }

    private static String attributes(WireAttributes attributes) {
        return String.join(
                "|",
                "",
                "" + attributes.asPath(),
                "" + attributes.origin(),
                "" + attributes.nextHop(),
                "" + attributes.med().orElse(0),
                attributes.communities().stream().map(Community::toString).collect(Collectors.joining(" ")),
                attributes.atomicAggregate() ? "AG" : "NAG",
                attributes.aggregator().map(Object::toString).orElse(""));
    }
}
