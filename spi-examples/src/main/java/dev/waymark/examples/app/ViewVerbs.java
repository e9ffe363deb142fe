package dev.waymark.examples.app;

import dev.waymark.api.PairPeer;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.RoutePage;
import dev.waymark.api.RouteQuery;
import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteView;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.examples.control.ControlRefusal;
import dev.waymark.examples.control.ControlReply;
import dev.waymark.examples.control.ControlRequest;
import dev.waymark.examples.control.JsonLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Shows the tables (ARS-70), read in pieces as the client takes them, so that a million routes cost neither memory nor any
 * session its timers. Thread-safe.
 */
final class ViewVerbs {
    private static final int PAGE = 1_024;

    private final Served served;

    ViewVerbs(Served served) {
        this.served = served;
    }

    void addTo(Map<String, ControlVerbs.Verb> verbs) {
        verbs.put("learned", (request, reply) -> show(RouteView.RECEIVED, true, request, reply));
        for (RouteView view : RouteView.values()) {
            verbs.put(Values.dashed(view), (request, reply) -> show(view, false, request, reply));
        }
    }

    /** What a request wants to see. */
    private record Filter(
            RouteView view, Optional<IpPrefix> prefix, boolean isLonger, long limit, Optional<AddressFamily> family) {
        private RouteQuery query(Optional<String> peer, AddressFamily of) {
            return new RouteQuery(view, peer, of, prefix);
        }

        private boolean takes(RouteEntry entry) {
            return isLonger || prefix.isEmpty() || prefix.get().equals(entry.prefix());
        }
    }

    private JsonLine show(RouteView view, boolean isLearned, ControlRequest request, ControlReply reply)
            throws IOException {
        Optional<String> peer = view == RouteView.ADVERTISED
                ? Optional.of(request.required("peer", this::peer))
                : request.value("peer", this::peer);
        Optional<String> instance = InstanceChoice.optional(served, request);
        Optional<IpPrefix> prefix = request.value("prefix", IpPrefix::parse);
        boolean isLonger = request.value("longer", Values::flag).orElse(false);
        if (isLonger && prefix.isEmpty()) {
            throw new ControlRefusal("longer goes with a prefix");
        }
        long limit = request.value("limit", Values::longInteger).orElse(Long.MAX_VALUE);
        Optional<AddressFamily> family = request.value("family", AddressFamily::parse);
        if (prefix.isPresent() && family.isPresent() && prefix.get().family() != family.get()) {
            throw new ControlRefusal(prefix.get() + " is no prefix of " + family.get());
        }
        request.end();
        Filter filter = new Filter(view, prefix, isLonger, limit, family.or(() -> prefix.map(IpPrefix::family)));
        Rows rows = new Rows(filter, isLearned, reply);
        for (String name : InstanceChoice.running(served, instance, reply)) {
            for (Optional<String> of : peers(view, peer)) {
                for (AddressFamily in : families(filter)) {
                    rows.addAll(name, of, in);
                }
            }
        }
        JsonLine last = JsonLine.empty().put("count", rows.count);
        return rows.hasMore ? last.put("more", true) : last;
    }

    private List<Optional<String>> peers(RouteView view, Optional<String> asked) {
        if (asked.isPresent() || !view.needsPeer()) {
            return List.of(asked);
        }
        return served.peers().stream()
                .map(peer -> Optional.of(peer.config().name()))
                .toList();
    }

    private List<AddressFamily> families(Filter filter) {
        return filter.family()
                .map(List::of)
                .orElseGet(() ->
                        served.config().session().families().stream().sorted().toList());
    }

    private String peer(String name) {
        List<String> names = served.peers().stream()
                .map(PairPeer::config)
                .map(peer -> peer.name())
                .toList();
        if (!names.contains(name)) {
            throw new ControlRefusal(noSuchPeer(name, names));
        }
        return name;
    }

    static String noSuchPeer(String name, List<String> names) {
        return "there is no peer '" + Values.printable(name) + "'; there "
                + (names.isEmpty()
                        ? "are none"
                        : names.stream().limit(20).collect(Collectors.joining(", ", "are ", ""))
                                + (names.size() > 20 ? " and " + (names.size() - 20) + " more" : ""));
    }

    /** Writes the rows of one request. For one thread. */
    private final class Rows {
        private final Filter filter;
        private final boolean isLearned;
        private final ControlReply reply;
        private long count;
        private boolean hasMore;

        private Rows(Filter filter, boolean isLearned, ControlReply reply) {
            this.filter = filter;
            this.isLearned = isLearned;
            this.reply = reply;
        }

        private void addAll(String instance, Optional<String> peer, AddressFamily family) throws IOException {
            RouteServer server = served.instance(instance);
            RouteQuery query = filter.query(peer, family);
            OptionalInt next = OptionalInt.of(0);
            while (next.isPresent() && !hasMore) {
                RoutePage page = server.page(query, next.getAsInt(), PAGE);
                for (RouteEntry entry : taken(page)) {
                    if (count >= filter.limit()) {
                        hasMore = true;
                        return;
                    }
                    count++;
                    JsonLine row =
                            JsonLine.of("route").put("instance", served.pair().map(pair -> instance));
                    reply.line(
                            isLearned
                                    ? RouteJson.learned(
                                            row, entry, served.config().localAsn())
                                    : RouteJson.route(row, entry, filter.view()));
                }
                next = page.next();
            }
        }

        private List<RouteEntry> taken(RoutePage page) {
            List<RouteEntry> taken = new ArrayList<>(page.entries());
            taken.removeIf(entry -> !filter.takes(entry));
            return taken;
        }
    }
}
