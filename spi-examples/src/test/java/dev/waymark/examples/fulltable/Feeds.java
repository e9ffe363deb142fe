package dev.waymark.examples.fulltable;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What several peers announced, and what a route server is to make of it by the naive reference. Confined to one thread. */
final class Feeds {
    private final List<RouteTable> tables;

    Feeds(List<RouteTable> tables) {
        this.tables = tables;
    }

    /** Tells of every prefix with its candidates; those of peers before the first one are gone. */
    private void forEach(int first, PrefixVisitor visitor) {
        RouteTable seen = tables.get(first).emptyCopy();
        for (int peer = first; peer < tables.size(); peer++) {
            tables.get(peer).forEach((high, low, length, set) -> {
                if (seen.attributes(high, low, length) == null) {
                    seen.add(high, low, length, set);
                    visitor.visit(high, low, length, candidates(first, high, low, length));
                }
            });
        }
    }

    private List<NaiveBest> candidates(int first, long high, long low, int length) {
        List<NaiveBest> candidates = new ArrayList<>();
        for (int peer = first; peer < tables.size(); peer++) {
            byte[] set = tables.get(peer).attributes(high, low, length);
            if (set != null) {
                candidates.add(new NaiveBest(peer, set));
            }
        }
        return candidates;
    }

    /**
     * What a peer is sent while the feeds from a first one on are up: the best of each prefix, and where that is its own the
     * best of the others (RFC 7947 §2.3).
     */
    RouteTable sentTo(int receiver, int first) {
        RouteTable sent = tables.get(0).emptyCopy();
        forEach(first, (high, low, length, candidates) -> {
            NaiveBest best = NaiveBest.of(candidates);
            if (best.peer() == receiver) {
                List<NaiveBest> others =
                        candidates.stream().filter(c -> c.peer() != receiver).toList();
                if (others.isEmpty()) {
                    return;
                }
                best = NaiveBest.of(others);
            }
            if (!best.isLocal()) {
                sent.add(high, low, length, best.attributes());
            }
        });
        return sent;
    }

    /** What sinks hold: the next hops of what is chosen, in order and each once. */
    Map<IpPrefix, List<IpAddress>> programmed(int first, Function<List<NaiveBest>, List<NaiveBest>> choice) {
        Map<IpPrefix, List<IpAddress>> programmed = new HashMap<>();
        forEach(first, (high, low, length, candidates) -> {
            List<IpAddress> nextHops = choice.apply(candidates).stream()
                    .map(chosen -> nextHop(chosen.attributes()))
                    .distinct()
                    .sorted()
                    .toList();
            programmed.put(tables.get(0).prefix(high, low, length), nextHops);
        });
        return programmed;
    }

    /** Of an IPv6 next hop with a link-local address behind it, the global one. */
    private static IpAddress nextHop(byte[] set) {
        int at = AttributePool.find(set, AttributePool.NEXT_HOP);
        int octets = Math.min(AttributePool.length(set, at), AddressFamily.IPV6_UNICAST.maxPrefixLength() / 8);
        return IpAddress.of(Arrays.copyOfRange(set, at, at + octets));
    }

    /** Takes prefixes one by one. */
    private interface PrefixVisitor {
        void visit(long high, long low, int length, List<NaiveBest> candidates);
    }
}
