package dev.waymark.examples.app;

import dev.waymark.examples.app.StreamTable.Column;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Prints peers as a table, and below it what is wrong with them. Used by one thread. */
final class PeerTable implements CtlOutput {
    private final PrintStream out;
    private final StreamTable table;
    private final List<String> notes = new ArrayList<>();

    PeerTable(PrintStream out) {
        this.out = out;
        this.table = new StreamTable(
                out,
                List.of(
                        Column.text("PEER", "name"),
                        Column.text(Cells.INSTANCE, "instance").optional(),
                        Column.text("ADDRESS", "address"),
                        new Column("AS", true, false, row -> Cells.text(row, "asn")),
                        new Column("STATE", false, false, PeerText::state),
                        new Column("FOR", true, false, PeerText::inState),
                        number("RECEIVED", "receivedNow"),
                        number("ACCEPTED", "acceptedNow"),
                        number("REJECTED", "rejectedNow"),
                        number("ADVERTISED", "advertisedNow"),
                        Column.number("UPS", "establishedCount")));
    }

    private static Column number(String header, String counter) {
        return new Column(header, true, false, row -> PeerText.isUp(row) ? sum(row, counter) : "-");
    }

    private static String sum(Map<String, Object> row, String counter) {
        Map<String, Object> families = Cells.object(row, "routes");
        return Cells.number(families.keySet().stream()
                .mapToLong(family -> Cells.longOf(Cells.object(families, family), counter))
                .sum());
    }

    @Override
    public boolean row(Map<String, Object> row) {
        for (String note : PeerText.notes(row)) {
            notes.add(PeerText.named(row) + ": " + note);
        }
        return table.row(row);
    }

    @Override
    public void end(Map<String, Object> last) {
        table.end();
        out.println(Cells.count(Cells.longOf(last, "count"), "peer"));
        if (!notes.isEmpty()) {
            out.println();
        }
        notes.forEach(note -> out.println(Cells.shown(note)));
    }
}
