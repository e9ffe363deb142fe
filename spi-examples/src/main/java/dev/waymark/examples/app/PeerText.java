package dev.waymark.examples.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says what a peer's JSON says. Stateless. */
final class PeerText {
    private static final Map<String, String> STATES = Map.of(
            "idle", "Idle",
            "connect", "Connect",
            "active", "Active",
            "open-sent", "OpenSent",
            "open-confirm", "OpenConfirm",
            "established", "Established");

    private PeerText() {}

    static boolean isUp(Map<String, Object> peer) {
        return Cells.text(peer, "state").equals("established");
    }

    /** Returns the state under the name that RFC 4271 §8 gives it. */
    static String state(Map<String, Object> peer) {
        String state = Cells.text(peer, "state");
        String named = STATES.getOrDefault(state, state);
        return Cells.flag(peer, "enabled") ? named : named + " (disabled)";
    }

    static String inState(Map<String, Object> peer) {
        return peer.containsKey("stateSeconds") ? Lengths.of(Cells.longOf(peer, "stateSeconds")) : "-";
    }

    static String named(Map<String, Object> peer) {
        String instance = Cells.text(peer, "instance");
        return Cells.text(peer, "name") + (instance.isEmpty() ? "" : " on " + instance);
    }

    /** Returns what is wrong with a peer, or was, if it is not up. */
    static List<String> notes(Map<String, Object> peer) {
        List<String> notes = new ArrayList<>(warnings(peer));
        if (peer.containsKey("idleHoldSeconds")) {
            notes.add("rests for another " + Lengths.of(Cells.longOf(peer, "idleHoldSeconds")));
        }
        if (peer.containsKey("lastEnd") && !isUp(peer)) {
            notes.add(lastEnd(peer));
        }
        return notes;
    }

    static List<String> warnings(Map<String, Object> peer) {
        return Cells.objects(peer, "warnings").stream()
                .map(warning -> "warning, " + Cells.number(warning, "counted") + " of " + Cells.number(warning, "limit")
                        + " " + Cells.text(warning, "family") + " routes allowed")
                .toList();
    }

    /** Returns how the last connection ended. */
    static String lastEnd(Map<String, Object> peer) {
        Map<String, Object> end = Cells.object(peer, "lastEnd");
        long code = Cells.longOf(end, "code");
        String number = code + "/" + Cells.longOf(end, "subcode");
        String text = Cells.text(end, "text");
        return (Cells.flag(end, "established") ? "session" : "connection") + " ended "
                + Lengths.of(Cells.longOf(end, "secondsAgo")) + " ago "
                + (Cells.flag(end, "byPeer") ? "by the peer" : "by us")
                + (code == 0 || text.startsWith(number) ? "" : ", NOTIFICATION " + number) + ": " + text;
    }

    /** Returns {@code 3 policy, 1 own-as-in-path}; empty if nothing was rejected. */
    static String rejectedBy(Map<String, Object> counts) {
        Map<String, Object> reasons = Cells.object(counts, "rejectedBy");
        return reasons.keySet().stream()
                .map(reason -> Cells.number(reasons, reason) + " " + reason)
                .collect(Collectors.joining(", "));
    }
}
