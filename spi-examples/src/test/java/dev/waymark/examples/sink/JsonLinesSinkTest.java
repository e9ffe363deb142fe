package dev.waymark.examples.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.RouteBatch;
import dev.waymark.api.route.RouteChange;
import dev.waymark.spi.RouteSink;
import dev.waymark.spi.contract.RouteSinkContract;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is held is what a reader of the lines would believe. */
class JsonLinesSinkTest extends RouteSinkContract {
    private final StringWriter output = new StringWriter();

    @Override
    protected RouteSink create() {
        return new JsonLinesSink("rs0", output);
    }

    @Override
    protected Map<IpPrefix, List<IpAddress>> held(RouteSink created) {
        Reader reader = new Reader();
        output.toString().lines().forEach(reader::take);
        return reader.routes;
    }

    @Test
    @DisplayName("ARS-42: lines of a route table's sink name the table")
    void namesTheTable() {
        RouteSink sink = new JsonLinesSink("rs0", Optional.of("frontend"), output);
        sink.snapshotBegin(7);
        assertEquals(
                "{\"type\":\"snapshot-begin\",\"server\":\"rs0\",\"table\":\"frontend\",\"revision\":7}\n",
                output.toString());
    }

    @Test
    @DisplayName("each change is a line with server, revision, prefix and next hops")
    void writesLines() {
        RouteSink sink = create();
        sink.snapshotBegin(7);
        sink.snapshotPage(new RouteBatch(
                7,
                List.of(new RouteChange(
                        IpPrefix.parse("10.1.0.0/16"),
                        List.of(IpAddress.parse("10.0.0.4"), IpAddress.parse("10.0.0.5"))))));
        sink.snapshotEnd(7);
        sink.onChanges(new RouteBatch(8, List.of(new RouteChange(IpPrefix.parse("10.1.0.0/16"), List.of()))));
        assertEquals("""
                {"type":"snapshot-begin","server":"rs0","revision":7}
                {"type":"route","server":"rs0","revision":7,"prefix":"10.1.0.0/16","nextHops":["10.0.0.4","10.0.0.5"]}
                {"type":"snapshot-end","server":"rs0","revision":7}
                {"type":"route","server":"rs0","revision":8,"prefix":"10.1.0.0/16","nextHops":[]}
                """, output.toString());
    }

    @Test
    @DisplayName("K5: a write that fails throws, so that the server starts over")
    void failedWriteThrows() {
        Writer full = new FilterWriter(output) {
            @Override
            public void write(String text, int offset, int length) throws IOException {
                throw new IOException("no space left");
            }
        };
        JsonLinesSink sink = new JsonLinesSink("rs0", full);
        assertThrows(UncheckedIOException.class, () -> sink.snapshotBegin(1));
    }

    /** Follows the lines as their documentation says. */
    private static final class Reader {
        private final Map<IpPrefix, List<IpAddress>> routes = new HashMap<>();
        private final Map<IpPrefix, List<IpAddress>> incoming = new HashMap<>();
        private boolean inSnapshot;

        void take(String line) {
            Map<String, String> fields = new HashMap<>();
            List<IpAddress> nextHops = new ArrayList<>();
            try (JsonParser json = new JsonFactory().createParser(line)) {
                json.nextToken();
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    String name = json.currentName();
                    if (json.nextToken() == JsonToken.START_ARRAY) {
                        while (json.nextToken() != JsonToken.END_ARRAY) {
                            nextHops.add(IpAddress.parse(json.getText()));
                        }
                    } else {
                        fields.put(name, json.getText());
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(line, e);
            }
            apply(fields, nextHops);
        }

        private void apply(Map<String, String> fields, List<IpAddress> nextHops) {
            switch (String.valueOf(fields.get("type"))) {
                case "snapshot-begin" -> {
                    incoming.clear();
                    inSnapshot = true;
                }
                case "snapshot-end" -> {
                    inSnapshot = false;
                    routes.clear();
                    routes.putAll(incoming);
                }
                case "route" -> {
                    Map<IpPrefix, List<IpAddress>> target = inSnapshot ? incoming : routes;
                    IpPrefix prefix = IpPrefix.parse(String.valueOf(fields.get("prefix")));
                    if (nextHops.isEmpty()) {
                        target.remove(prefix);
                    } else {
                        target.put(prefix, nextHops);
                    }
                }
                default -> throw new AssertionError("unknown type in " + fields);
            }
        }
    }
}
