package dev.waymark.examples.sink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.route.RouteBatch;
import dev.waymark.api.route.RouteChange;
import dev.waymark.spi.RouteSink;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Writes one JSON object a line for each change, in UTF-8:
 *
 * <pre>
 * {"type":"snapshot-begin","server":"rs0","revision":7}
 * {"type":"route","server":"rs0","revision":7,"prefix":"10.1.0.0/16","nextHops":["10.0.0.4","10.0.0.5"]}
 * {"type":"snapshot-end","server":"rs0","revision":7}
 * {"type":"route","server":"rs0","revision":8,"prefix":"10.1.0.0/16","nextHops":[]}
 * </pre>
 *
 * No next hops: the prefix is gone. Whatever is not between begin and end of a snapshot is gone at its end. A write that fails
 * throws, so the server detaches the sink and starts over with a snapshot. Called by one thread at a time.
 */
public final class JsonLinesSink implements RouteSink {
    private static final JsonFactory JSON =
            new JsonFactoryBuilder().rootValueSeparator("").build();

    private final String server;
    private final Optional<String> table;
    private final Appendable out;

    /**
     * Creates a sink that writes; a {@link java.io.Flushable} is flushed after every batch.
     *
     * @param server the name of the route server, repeated in each line
     * @param out where to; each call gets whole lines
     */
    public JsonLinesSink(String server, Appendable out) {
        this(server, Optional.empty(), out);
    }

    /**
     * Creates a sink that writes what one route table has.
     *
     * @param server the name of the route server, repeated in each line
     * @param table the name of the route table, repeated in each line as {@code "table"}; empty: it is left out
     * @param out where to; each call gets whole lines
     */
    public JsonLinesSink(String server, Optional<String> table, Appendable out) {
        this.server = server;
        this.table = table;
        this.out = out;
    }

    @Override
    public void snapshotBegin(long revision) {
        write(json -> marker(json, "snapshot-begin", revision));
    }

    @Override
    public void snapshotPage(RouteBatch page) {
        onChanges(page);
    }

    @Override
    public void snapshotEnd(long revision) {
        write(json -> marker(json, "snapshot-end", revision));
    }

    @Override
    public void onChanges(RouteBatch changes) {
        write(json -> {
            for (RouteChange change : changes.changes()) {
                begin(json, "route", changes.revision());
                json.writeStringField("prefix", change.prefix().toString());
                json.writeArrayFieldStart("nextHops");
                for (IpAddress nextHop : change.nextHops()) {
                    json.writeString(nextHop.toString());
                }
                json.writeEndArray();
                end(json);
            }
        });
    }

    private void marker(JsonGenerator json, String type, long revision) throws IOException {
        begin(json, type, revision);
        end(json);
    }

    private void begin(JsonGenerator json, String type, long revision) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
        json.writeStringField("server", server);
        if (table.isPresent()) {
            json.writeStringField("table", table.get());
        }
        json.writeNumberField("revision", revision);
    }

    private static void end(JsonGenerator json) throws IOException {
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private void write(Lines lines) {
        try {
            StringWriter text = new StringWriter();
            try (JsonGenerator json = JSON.createGenerator(text)) {
                lines.write(json);
            }
            out.append(text.getBuffer());
            if (out instanceof java.io.Flushable flushable) {
                flushable.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't write routes of " + server, e);
        }
    }

    /** Writes some lines. */
    private interface Lines {
        void write(JsonGenerator json) throws IOException;
    }
}
