package dev.waymark.examples.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.RouteBatch;
import dev.waymark.api.route.RouteChange;
import dev.waymark.spi.RouteSink;
import dev.waymark.spi.contract.RouteSinkContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is held is what the last table shows. */
class TableSinkTest extends RouteSinkContract {
    private final AtomicReference<String> screen = new AtomicReference<>("");

    @Override
    protected RouteSink create() {
        return new TableSink(Integer.MAX_VALUE, screen::set);
    }

    @Override
    protected Map<IpPrefix, List<IpAddress>> held(RouteSink created) {
        Map<IpPrefix, List<IpAddress>> routes = new HashMap<>();
        String text = Objects.requireNonNull(screen.get());
        text.lines().skip(1).forEach(line -> {
            String[] cells = line.split(" {2,}", 2);
            routes.put(
                    IpPrefix.parse(cells[0]),
                    Stream.of(cells[1].split(", ", -1)).map(IpAddress::parse).toList());
        });
        return routes;
    }

    @Test
    @DisplayName("rows are sorted and aligned; those that don't fit are counted")
    void showsTable() {
        TableSink sink = new TableSink(2, screen::set);
        sink.snapshotBegin(1);
        sink.snapshotPage(
                new RouteBatch(1, List.of(route("192.168.100.0/24"), route("0.0.0.0/0"), route("10.0.0.0/8"))));
        sink.snapshotEnd(1);
        assertEquals("""
                PREFIX              NEXT HOPS
                0.0.0.0/0           10.0.0.4, 10.0.0.5
                10.0.0.0/8          10.0.0.4, 10.0.0.5
                and 1 more
                """, screen.get());
        assertEquals(3, sink.rows().size());
    }

    private static RouteChange route(String prefix) {
        return new RouteChange(
                IpPrefix.parse(prefix), List.of(IpAddress.parse("10.0.0.4"), IpAddress.parse("10.0.0.5")));
    }
}
