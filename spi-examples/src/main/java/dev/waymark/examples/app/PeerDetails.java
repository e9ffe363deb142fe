package dev.waymark.examples.app;

import java.io.PrintStream;
import java.util.Map;

/** Prints one peer with all its numbers. Used by one thread. */
final class PeerDetails implements CtlOutput {
    private static final String[] COUNTERS = {
        "announced",
        "announced",
        "accepted",
        "accepted on arrival",
        "rejected",
        "rejected on arrival",
        "treatedAsWithdraw",
        "treated as withdraw",
        "ignored",
        "ignored",
        "extraPaths",
        "of these, paths too many",
        "refusedByLimit",
        "refused by limit",
        "withdrawn",
        "withdrawn"
    };

    private final PrintStream out;
    private boolean isBegun;

    PeerDetails(PrintStream out) {
        this.out = out;
    }

    @Override
    public boolean row(Map<String, Object> peer) {
        if (!isBegun) {
            isBegun = true;
            String pair = Cells.text(peer, "pairState");
            say(
                    "",
                    Cells.text(peer, "name") + ": " + Cells.text(peer, "address") + ", AS " + Cells.text(peer, "asn")
                            + ", " + Cells.text(peer, "role") + (Cells.flag(peer, "passive") ? ", passive" : "")
                            + (Cells.flag(peer, "enabled") ? "" : ", disabled") + (pair.isEmpty() ? "" : ", " + pair));
        }
        instance(peer);
        return !out.checkError();
    }

    private void instance(Map<String, Object> peer) {
        String instance = Cells.text(peer, "instance");
        String zone = Cells.text(peer, "zone");
        String on = instance.isEmpty() ? "" : instance + (zone.isEmpty() ? "" : " (zone " + zone + ")") + ": ";
        if (!peer.containsKey("stateSeconds")) {
            say("  ", on + "the instance is stopped");
            return;
        }
        say(
                "  ",
                on + PeerText.state(peer) + " for " + PeerText.inState(peer) + ", came up "
                        + Cells.count(Cells.longOf(peer, "establishedCount"), "time") + session(peer));
        PeerText.warnings(peer).forEach(warning -> say("    ", warning));
        if (peer.containsKey("idleHoldSeconds")) {
            say("    ", "rests for another " + Lengths.of(Cells.longOf(peer, "idleHoldSeconds")));
        }
        if (peer.containsKey("lastEnd")) {
            say("    ", "last " + PeerText.lastEnd(peer));
        }
        Map<String, Object> families = Cells.object(peer, "routes");
        families.keySet().forEach(family -> family(family, Cells.object(families, family)));
    }

    private static String session(Map<String, Object> peer) {
        return PeerText.isUp(peer)
                ? ", router id " + Cells.text(peer, "routerId") + ", hold time "
                        + Lengths.of(Cells.longOf(peer, "holdTimeSeconds")) + ", " + Cells.text(peer, "families")
                        + paths(peer, "pathsReceived", "sends") + paths(peer, "pathsSent", "takes")
                : "";
    }

    private static String paths(Map<String, Object> peer, String key, String verb) {
        String families = Cells.text(peer, key);
        return families.isEmpty() ? "" : ", " + verb + " several paths of " + families;
    }

    private void family(String family, Map<String, Object> counts) {
        say(
                "    ",
                family + " now: " + Cells.number(counts, "receivedNow") + " received, "
                        + Cells.number(counts, "acceptedNow") + " accepted, " + Cells.number(counts, "rejectedNow")
                        + " rejected, " + Cells.number(counts, "advertisedNow") + " advertised");
        TextTable table = new TextTable("", "");
        for (int i = 0; i < COUNTERS.length; i += 2) {
            String number = Cells.number(counts, COUNTERS[i]);
            String by = COUNTERS[i].equals("rejected") ? PeerText.rejectedBy(counts) : "";
            table.row(
                    " ".repeat(Math.max(0, 12 - number.length())) + number,
                    COUNTERS[i + 1] + (by.isEmpty() ? "" : ": " + by));
        }
        table.lines().stream().skip(1).forEach(line -> say("    ", line));
    }

    private void say(String indent, String line) {
        out.println(indent + Cells.shown(line));
    }

    @Override
    public void end(Map<String, Object> last) {
        // all is said
    }
}
