package dev.waymark.examples.sink;

import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.RouteBatch;
import dev.waymark.api.route.RouteChange;
import dev.waymark.spi.RouteSink;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Prints each change of the programmed routes as a line: {@code + 10.1.0.0/16 via 10.0.0.4 10.0.0.5} or
 * {@code - 10.1.0.0/16}; of a route table, with its name before it. A burst is cut, with a line that says how much was left out. Called by one thread at a time, as the
 * contract says.
 */
public final class ConsoleSink implements RouteSink {
    private final PrintStream out;
    private final int linesAtOnce;
    private final String label;
    private final Map<IpPrefix, List<IpAddress>> routes = new TreeMap<>();
    private final Map<IpPrefix, List<IpAddress>> incoming = new TreeMap<>();

    /**
     * Creates a sink that prints.
     *
     * @param out where to
     * @param linesAtOnce the most lines for one batch, or one snapshot, 1 or more
     */
    public ConsoleSink(PrintStream out, int linesAtOnce) {
        this(out, linesAtOnce, "");
    }

    /**
     * Creates a sink that prints lines with something before them.
     *
     * @param out where to
     * @param linesAtOnce the most lines for one batch, or one snapshot, 1 or more
     * @param label what comes before each line
     */
    public ConsoleSink(PrintStream out, int linesAtOnce, String label) {
        if (linesAtOnce < 1) {
            throw new IllegalArgumentException("linesAtOnce " + linesAtOnce + " is less than 1");
        }
        this.out = out;
        this.linesAtOnce = linesAtOnce;
        this.label = label;
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
        List<RouteChange> difference = new ArrayList<>();
        for (IpPrefix prefix : routes.keySet()) {
            if (!incoming.containsKey(prefix)) {
                difference.add(new RouteChange(prefix, List.of()));
            }
        }
        incoming.forEach((prefix, nextHops) -> {
            if (!nextHops.equals(routes.get(prefix))) {
                difference.add(new RouteChange(prefix, nextHops));
            }
        });
        incoming.clear();
        take(difference);
    }

    @Override
    public void onChanges(RouteBatch batch) {
        take(batch.changes());
    }

    private void take(List<RouteChange> changes) {
        for (RouteChange change : changes) {
            if (change.isWithdrawal()) {
                routes.remove(change.prefix());
            } else {
                routes.put(change.prefix(), change.nextHops());
            }
        }
        StringBuilder lines = new StringBuilder();
        Iterator<RouteChange> rest = changes.iterator();
        for (int i = 0; i < linesAtOnce && rest.hasNext(); i++) {
            lines.append(label).append(line(rest.next())).append(System.lineSeparator());
        }
        if (rest.hasNext()) {
            lines.append(label)
                    .append("  and ")
                    .append(changes.size() - linesAtOnce)
                    .append(" more changes; ")
                    .append(routes.size())
                    .append(" prefixes are programmed now")
                    .append(System.lineSeparator());
        }
        out.print(lines);
        out.flush();
    }

    private static String line(RouteChange change) {
        return change.isWithdrawal()
                ? "- " + change.prefix()
                : "+ " + change.prefix() + " via " + spaced(change.nextHops());
    }

    private static String spaced(List<IpAddress> nextHops) {
        return nextHops.stream().map(IpAddress::toString).collect(Collectors.joining(" "));
    }
}
