package dev.waymark.examples.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.RouteBatch;
import dev.waymark.api.route.RouteChange;
import dev.waymark.spi.RouteSink;
import dev.waymark.spi.contract.RouteSinkContract;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is held is what a reader of the lines would believe. */
class ConsoleSinkTest extends RouteSinkContract {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @Override
    protected RouteSink create() {
        return sink(Integer.MAX_VALUE);
    }

    @Override
    protected Map<IpPrefix, List<IpAddress>> held(RouteSink created) {
        Map<IpPrefix, List<IpAddress>> routes = new HashMap<>();
        output.toString(UTF_8).lines().forEach(line -> {
            String[] words = line.split(" ");
            IpPrefix prefix = IpPrefix.parse(words[1]);
            if (words[0].equals("-")) {
                routes.remove(prefix);
            } else {
                routes.put(
                        prefix, Stream.of(words).skip(3).map(IpAddress::parse).toList());
            }
        });
        return routes;
    }

    @Test
    @DisplayName("a burst is cut, and the rest is counted")
    void cutsBursts() {
        RouteSink sink = sink(2);
        List<RouteChange> changes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            changes.add(new RouteChange(
                    IpPrefix.ofIpv4Bits(0x0a00_0000 + (i << 8), 24), List.of(IpAddress.parse("10.9.9.9"))));
        }
        sink.snapshotBegin(1);
        sink.snapshotPage(new RouteBatch(1, changes));
        sink.snapshotEnd(1);
        assertEquals(
                List.of(
                        "+ 10.0.0.0/24 via 10.9.9.9",
                        "+ 10.0.1.0/24 via 10.9.9.9",
                        "  and 3 more changes; 5 prefixes are programmed now"),
                output.toString(UTF_8).lines().toList());
    }

    private ConsoleSink sink(int lines) {
        return new ConsoleSink(new PrintStream(output, false, UTF_8), lines);
    }
}
