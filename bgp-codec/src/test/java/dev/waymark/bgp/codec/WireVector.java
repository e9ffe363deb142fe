package dev.waymark.bgp.codec;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One message from {@code src/test/resources/vectors}: a name, where it comes from, what the session negotiated, the
 * octets, what they mean, and what they are written as again.
 *
 * <p>A file has lines {@code key: value}; lines that begin with two blanks belong to the key before them. The context is a
 * list of words, see {@link #options()}; without one the peer is external, AS 65001, with four-octet AS numbers and both
 * families. {@code written: same} stands for the same octets.
 */
public final class WireVector {

    private final String file;
    private final Map<String, String> fields;

    private WireVector(String file, Map<String, String> fields) {
        this.file = file;
        this.fields = fields;
    }

    /** Reads all files. */
    public static List<WireVector> all() {
        URL url = Objects.requireNonNull(WireVector.class.getResource("/vectors"), "the vectors are not there");
        try (Stream<Path> files = Files.list(Path.of(url.toURI()))) {
            return files.sorted().map(WireVector::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static WireVector read(Path path) {
        Map<String, String> fields = new LinkedHashMap<>();
        String key = "";
        try {
            for (String line : Files.readAllLines(path)) {
                if (line.startsWith("  ")) {
                    fields.merge(key, line.substring(2), (a, b) -> a.isEmpty() ? b : a + "\n" + b);
                } else {
                    key = line.substring(0, line.indexOf(':'));
                    fields.put(key, line.substring(key.length() + 1).strip());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new WireVector(path.getFileName().toString(), fields);
    }

    /** Returns the octets of the message. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(field("bytes").replace("\n", ""));
    }

    String expected() {
        return field("expected");
    }

    /** Returns the octets that the message is written as, in hexadecimal; nothing when it can't be. */
    String written() {
        String written = field("written").replace("\n", "");
        return written.equals("same") ? HexFormat.of().formatHex(bytes()) : written;
    }

    CodecOptions options() {
        boolean isNarrow = has("two-octet") || has("no-four-octet");
        return CodecOptions.builder()
                .families(List.of(AddressFamily.values()))
                .peerAsn(Asn.of(65001))
                .external(!has("internal"))
                .enforceFirstAs(!has("internal"))
                .fourOctetAs(!has("no-four-octet"), !isNarrow)
                .allowAsSet(has("allow-as-set"))
                .addPathReceive(has("add-path") ? List.of(AddressFamily.values()) : List.of())
                .extendedNextHop(has("extended-next-hop"))
                .enhancedRefresh(has("enhanced-refresh"))
                .build();
    }

    EncodeOptions encodeOptions() {
        boolean isNarrow = has("two-octet") || has("no-four-octet");
        return EncodeOptions.builder()
                .fourOctetAs(!has("no-four-octet"), !isNarrow)
                .addPathSend(has("add-path") ? List.of(AddressFamily.values()) : List.of())
                .extendedNextHop(has("extended-next-hop"))
                .build();
    }

    /** Tells whether a word stands in the context. */
    public boolean has(String word) {
        return List.of(fields.getOrDefault("context", "").split(" ")).contains(word);
    }

    private String field(String key) {
        return Objects.requireNonNull(fields.get(key), () -> file + " has no field " + key);
    }

    /** Returns name and source, for test names. */
    @Override
    public String toString() {
        return field("source") + ": " + field("name") + " (" + file + ")";
    }
}
