package dev.waymark.engine;

import dev.waymark.api.PeerConfig;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.message.MessageType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A peer of a simulation: its configuration, its speaker, and what it has said on its session, as the rules read it. */
final class SimPeer {
    final Speaker speaker;
    PeerConfig config;

    /** The routes that the server must hold as received, whatever it thinks of them. */
    final Map<IpPrefix, PathAttributes> said = new TreeMap<>();
    /** What {@link #said} had when a refresh began and has not been said again. */
    final Map<AddressFamily, Set<IpPrefix>> stale = new EnumMap<>(AddressFamily.class);
    /** Prefixes announced on this session, each time counted. */
    final Map<AddressFamily, Long> announced = new EnumMap<>(AddressFamily.class);

    private long session;

    SimPeer(Speaker speaker, PeerConfig config) {
        this.speaker = speaker;
        this.config = config;
    }

    String name() {
        return speaker.name;
    }

    /** Returns whether the session is up. Forgets what was said on one that is not. */
    boolean isUp() {
        boolean isUp = speaker.isConnected && speaker.received.contains(MessageType.KEEPALIVE);
        if (!isUp || session != speaker.connection) {
            said.clear();
            stale.clear();
            announced.clear();
            session = isUp ? speaker.connection : 0;
        }
        return isUp;
    }

    List<IpPrefix> saidOf(AddressFamily family) {
        List<IpPrefix> some = new ArrayList<>();
        for (IpPrefix prefix : said.keySet()) {
            if (prefix.family() == family) {
                some.add(prefix);
            }
        }
        return some;
    }

    Set<AddressFamily> families() {
        return EnumSet.copyOf(speaker.families);
    }

    void recordAnnounced(List<IpPrefix> prefixes, PathAttributes attributes) {
        count(prefixes);
        for (IpPrefix prefix : prefixes) {
            said.put(prefix, attributes);
            Set<IpPrefix> waiting = stale.get(prefix.family());
            if (waiting != null) {
                waiting.remove(prefix);
            }
        }
    }

    void recordWithdrawn(List<IpPrefix> prefixes) {
        for (IpPrefix prefix : prefixes) {
            said.remove(prefix);
        }
    }

    void count(List<IpPrefix> prefixes) {
        announced.merge(prefixes.get(0).family(), (long) prefixes.size(), Long::sum);
    }

    void recordBeginOfRefresh(AddressFamily family) {
        stale.put(family, new TreeSet<>(saidOf(family)));
    }

    void recordEndOfRefresh(AddressFamily family) {
        Set<IpPrefix> gone = stale.remove(family);
        if (gone != null) {
            said.keySet().removeAll(gone);
        }
    }
}
