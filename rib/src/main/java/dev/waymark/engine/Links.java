package dev.waymark.engine;

import dev.waymark.api.net.IpAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The open connections of a server, by number. Confined to the engine loop. */
final class Links {
    private final Map<Long, Link> links = new LinkedHashMap<>();

    void add(Link link) {
        links.put(link.id(), link);
    }

    @Nullable
    Link find(long connection) {
        return links.get(connection);
    }

    void remove(long connection) {
        links.remove(connection);
    }

    Iterable<Link> all() {
        return links.values();
    }

    /** Returns how many connections that peers opened are not Established; our own attempts are not theirs to pay for. */
    int unfinished() {
        int count = 0;
        for (Link link : links.values()) {
            count += isUnfinished(link) ? 1 : 0;
        }
        return count;
    }

    /** Returns how many connections that an address opened are not Established. */
    int unfinished(IpAddress address) {
        int count = 0;
        for (Link link : links.values()) {
            boolean isOfAddress = link.peer().config().address().equals(address);
            count += isOfAddress && isUnfinished(link) ? 1 : 0;
        }
        return count;
    }

    private static boolean isUnfinished(Link link) {
        return link.session() == null && link.machine().isIncoming();
    }

    /** Runs the send hold timers (RFC 9687). */
    void watchSending(long nowNanos) {
        for (Link link : links.values()) {
            link.recordTaken(0, nowNanos);
        }
    }
}
