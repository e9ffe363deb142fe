package dev.waymark.examples.app;

import dev.waymark.api.RouteView;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.examples.app.StreamTable.Column;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The tables that {@code waymark ctl} prints. Stateless. */
final class CtlTables {
    private static final Column INSTANCE =
            Column.text(Cells.INSTANCE, "instance").optional();
    private static final Column NETWORK = Column.text("NETWORK", "network");
    private static final Column NEXT_HOP = Column.text("NEXT HOP", "nextHop");
    private static final Column AS_PATH = Column.text("AS PATH", "asPath");

    private CtlTables() {}

    /** Azure's columns of learned routes (ARS-70). */
    static CtlOutput learned(PrintStream out) {
        return routes(
                out,
                List.of(
                        INSTANCE,
                        Column.text("LOCAL ADDRESS", "localAddress"),
                        NETWORK,
                        NEXT_HOP,
                        Column.text("SOURCE PEER", "sourcePeer"),
                        Column.text("ORIGIN", "origin"),
                        AS_PATH,
                        new Column("WEIGHT", true, false, row -> Cells.text(row, "weight"))));
    }

    static CtlOutput routes(PrintStream out, RouteView view) {
        Column peer = Column.text(view == RouteView.ADVERTISED ? "FROM" : "PEER", "peer");
        List<Column> columns = new ArrayList<>(List.of(INSTANCE));
        boolean isOfPeers = view == RouteView.RECEIVED || view == RouteView.ACCEPTED || view == RouteView.REJECTED;
        if (isOfPeers) {
            columns.add(peer);
        }
        columns.add(NETWORK);
        columns.add(Column.number("PATH ID", "pathId").optional());
        columns.add(view == RouteView.PROGRAMMED ? Column.text("NEXT HOPS", "nextHops") : NEXT_HOP);
        if (view == RouteView.REJECTED) {
            columns.addAll(List.of(
                    AS_PATH,
                    Column.text("REASON", "rejected"),
                    Column.text("RULE", "rule"),
                    Column.text("DETAIL", "detail").optional()));
            return routes(out, columns);
        }
        if (!isOfPeers) {
            columns.add(peer);
        }
        columns.addAll(List.of(
                Column.text("ORIGIN", "origin"),
                Column.number("MED", "med").optional(),
                AS_PATH,
                Column.text("COMMUNITIES", "communities").optional(),
                Column.text("LARGE COMMUNITIES", "largeCommunities").optional(),
                Column.text("EXTENDED COMMUNITIES", "extendedCommunities").optional()));
        if (view == RouteView.RECEIVED) {
            columns.add(Column.text("REJECTED", "rejected").optional());
        }
        columns.add(new Column("", false, true, row -> Cells.flag(row, "leaving") ? "leaving" : ""));
        return routes(out, columns);
    }

    private static CtlOutput routes(PrintStream out, List<Column> columns) {
        Comparator<Map<String, Object>> order = Comparator.<Map<String, Object>, IpPrefix>comparing(
                        row -> IpPrefix.parse(Cells.text(row, "network")))
                .thenComparing(row -> Cells.text(row, "peer"))
                .thenComparingLong(row -> Cells.longOf(row, "pathId"))
                .thenComparing(row -> Cells.text(row, "instance"));
        return CtlOutput.table(out, new StreamTable(out, order, columns), "route");
    }

    static CtlOutput networks(PrintStream out) {
        return table(
                out,
                "network",
                Column.text("PREFIX", "prefix"),
                new Column(
                        "NEXT HOP",
                        false,
                        false,
                        row -> row.containsKey("nextHop") ? Cells.text(row, "nextHop") : "own address"));
    }

    static CtlOutput peerings(PrintStream out) {
        return table(
                out,
                "peering",
                Column.text("PEERING", "name"),
                Column.text("PREFIX", "prefix"),
                Column.text("NEXT HOP", "nextHop").optional(),
                Column.text("STATE", "state"));
    }

    /** Azure's columns of effective routes, and why. */
    static CtlOutput effective(PrintStream out) {
        return table(
                out,
                "route",
                Column.text("SOURCE", "source"),
                new Column("STATE", false, false, row -> Cells.flag(row, "active") ? "Active" : "Invalid"),
                NETWORK,
                Column.text("NEXT HOP TYPE", "nextHopType"),
                Column.text("NEXT HOPS", "nextHops").optional(),
                Column.text("REASON", "reason"),
                Column.text("RULE", "rule"));
    }

    static CtlOutput instances(PrintStream out) {
        return table(
                out,
                "instance",
                Column.text(Cells.INSTANCE, "name"),
                Column.text("STATE", "state"),
                Column.text("ZONE", "zone").optional(),
                Column.text("ADDRESS", "addresses"),
                Column.text("ROUTER ID", "routerId"),
                Column.text("LISTENING ON", "listening"));
    }

    static CtlOutput findings(PrintStream out) {
        return table(out, "finding", Column.text("PEER", "peer"), Column.text("FINDING", "text"));
    }

    private static CtlOutput table(PrintStream out, String what, Column... columns) {
        return CtlOutput.table(out, new StreamTable(out, List.of(columns)), what);
    }
}
