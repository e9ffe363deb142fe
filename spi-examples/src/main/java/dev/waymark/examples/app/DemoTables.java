package dev.waymark.examples.app;

import dev.waymark.api.PeerSnapshot;
import dev.waymark.api.RouteCounts;
import dev.waymark.api.SessionState;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The state of the demo as tables: sessions and programmed routes. Used by one thread. */
final class DemoTables {
    private static final int ROWS = 5;

    private final DemoNetwork network;
    private final Map<IpAddress, String> names = new TreeMap<>();

    DemoTables(DemoNetwork network) {
        this.network = network;
        network.nvas().forEach(nva -> names.put(nva.nextHop(), nva.name()));
    }

    /** Returns the sessions: one row for each NVA, with the routes learned from it and sent to it. */
    List<String> sessions() {
        List<Map<String, PeerSnapshot>> peers = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("NVA", "AS"));
        for (DemoInstance instance : network.instances()) {
            header.add("ON " + instance.name());
            header.add("LEARNED");
            header.add("SENT");
            peers.add(snapshots(instance));
        }
        TextTable table = new TextTable(header.toArray(String[]::new));
        for (DemoNva nva : network.nvas()) {
            List<String> row = new ArrayList<>(List.of(nva.name(), nva.asn().toString()));
            for (Map<String, PeerSnapshot> snapshots : peers) {
                PeerSnapshot peer = snapshots.get(nva.name());
                row.add(peer == null ? "stopped" : state(peer));
                row.add(peer == null ? "-" : "" + sum(peer, RouteCounts::acceptedNow));
                row.add(peer == null ? "-" : "" + sum(peer, RouteCounts::advertisedNow));
            }
            table.row(row.toArray(String[]::new));
        }
        return table.lines();
    }

    /** Returns the programmed routes: one row for each prefix, with what the sink holds of both instances. */
    List<String> routes() {
        Map<IpPrefix, List<IpAddress>> rows = new TreeMap<>(network.sink().rows());
        TextTable table = new TextTable("PREFIX", "NEXT HOPS");
        rows.entrySet().stream()
                .limit(ROWS)
                .forEach(row -> table.row(row.getKey().toString(), hops(row.getValue())));
        List<String> lines = new ArrayList<>(table.lines());
        if (rows.size() > ROWS) {
            lines.add("and " + (rows.size() - ROWS) + " more");
        }
        return lines;
    }

    private static Map<String, PeerSnapshot> snapshots(DemoInstance instance) {
        try {
            return instance.server().peers().stream()
                    .collect(Collectors.toMap(peer -> peer.config().name(), peer -> peer));
        } catch (IllegalStateException e) {
            return Map.of(); // it has stopped
        }
    }

    private static String state(PeerSnapshot peer) {
        return peer.state() == SessionState.ESTABLISHED
                ? "Established"
                : peer.lastDownReason().isPresent() ? "down" : "connecting";
    }

    private static long sum(PeerSnapshot peer, ToLongFunction<RouteCounts> number) {
        return peer.routes().values().stream().mapToLong(number).sum();
    }

    private String hops(List<IpAddress> nextHops) {
        return nextHops.isEmpty()
                ? "-"
                : nextHops.stream()
                        .map(nextHop -> nextHop + (names.containsKey(nextHop) ? " (" + names.get(nextHop) + ")" : ""))
                        .collect(Collectors.joining(", "));
    }
}
