package dev.waymark.examples.sink;

import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.RouteBatch;
import dev.waymark.api.route.RouteChange;
import dev.waymark.spi.RouteSink;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Holds the programmed routes as a sorted table and gives the whole of it, as text, to somebody who shows it, after every
 * batch and snapshot. Called by one thread at a time; {@link #rows()} may be called by any.
 */
public final class TableSink implements RouteSink {
    private static final int PREFIX_WIDTH = 18;

    private final int rowsShown;
    private final Consumer<String> screen;
    private final NavigableMap<IpPrefix, List<IpAddress>> routes = new TreeMap<>();
    private final Map<IpPrefix, List<IpAddress>> incoming = new TreeMap<>();

    /**
     * Creates a sink that holds nothing yet.
     *
     * @param rowsShown the most rows in the text
     * @param screen takes the text, lines that end in a line feed
     */
    public TableSink(int rowsShown, Consumer<String> screen) {
        this.rowsShown = rowsShown;
        this.screen = screen;
    }

    @Override
    public void snapshotBegin(long revision) {
        incoming.clear();
    }

    @Override
    public void snapshotPage(RouteBatch page) {
        page.changes().forEach(change -> incoming.put(change.prefix(), change.nextHops()));
    }

    @Override
    public void snapshotEnd(long revision) {
        synchronized (this) {
            routes.clear();
            routes.putAll(incoming);
            incoming.clear();
        }
        screen.accept(text());
    }

    @Override
    public void onChanges(RouteBatch changes) {
        synchronized (this) {
            for (RouteChange change : changes.changes()) {
                if (change.isWithdrawal()) {
                    routes.remove(change.prefix());
                } else {
                    routes.put(change.prefix(), change.nextHops());
                }
            }
        }
        screen.accept(text());
    }

    /** Returns the table: each prefix with its next hops. */
    public synchronized Map<IpPrefix, List<IpAddress>> rows() {
        return new TreeMap<>(routes);
    }

    /** Returns the table as text. */
    public synchronized String text() {
        StringBuilder text = new StringBuilder();
        text.append(pad("PREFIX")).append("NEXT HOPS\n");
        routes.entrySet().stream()
                .limit(rowsShown)
                .forEach(row -> text.append(pad(row.getKey().toString()))
                        .append(row.getValue().stream().map(IpAddress::toString).collect(Collectors.joining(", ")))
                        .append('\n'));
        if (routes.size() > rowsShown) {
            text.append("and ").append(routes.size() - rowsShown).append(" more\n");
        }
        return text.toString();
    }

    private static String pad(String cell) {
        return cell + " ".repeat(Math.max(0, PREFIX_WIDTH - cell.length())) + "  ";
    }
}
