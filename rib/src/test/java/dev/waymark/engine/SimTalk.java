package dev.waymark.engine;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.message.RouteRefreshMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What peers of a simulation say, well-formed and not; what they mean by it is noted as the rules have it. */
final class SimTalk {
    private static final int ORIGIN_AT = 26;
    private static final int HEADER = 19;

    private final SimWorld world;
    private final Random random;

    SimTalk(SimWorld world) {
        this.world = world;
        this.random = world.random;
    }

    /** Lets a peer say something in one of its families. */
    void say(SimPeer peer) {
        List<AddressFamily> families = new ArrayList<>(world.familiesOf(peer));
        AddressFamily family = families.get(random.nextInt(families.size()));
        boolean isIpv4 = family == AddressFamily.IPV4_UNICAST;
        if (peer.speaker.sendsPathIds) {
            peer.speaker.pathId = random.nextInt(4);
        }
        int drawn = random.nextInt(100);
        if (drawn < 45) {
            announce(peer, world.routes.some(family), world.routes.attributes(peer, family));
        } else if (drawn < 53) {
            announce(peer, world.routes.some(family), world.routes.fat(peer, family));
        } else if (drawn < 72) {
            withdraw(peer, world.routes.some(family));
        } else if (drawn < 77) {
            repeat(peer, family);
        } else if (drawn < 80) {
            announce(peer, world.routes.some(family), world.routes.looped(peer, family));
        } else if (drawn < 84 && isIpv4) {
            announceMalformed(peer, family);
        } else if (drawn < 86 && isIpv4) {
            announceWithDiscard(peer, family);
        } else if (drawn < 88 && isIpv4) {
            announceAndWithdraw(peer, family);
        } else if (drawn < 90 && isIpv4) {
            announceMulticast(peer, family);
        } else if (drawn < 91 && isIpv4) {
            byte[] bad = peer.speaker.withdraw(world.routes.some(family));
            bad[HEADER + 2] = 33;
            tell(peer, bad);
        } else if (drawn < 94) {
            askForRefresh(peer, family);
        } else if (drawn < 98) {
            markRefresh(peer, family);
        } else {
            tell(peer, Speaker.endOfRib(family));
        }
    }

    private void tell(SimPeer peer, byte[] octets) {
        world.net.say(peer.speaker, octets);
        peer.isUp();
    }

    void announce(SimPeer peer, List<IpPrefix> prefixes, PathAttributes attributes) {
        peer.recordAnnounced(prefixes, attributes);
        tell(peer, peer.speaker.announce(attributes, prefixes));
    }

    private void withdraw(SimPeer peer, List<IpPrefix> prefixes) {
        peer.recordWithdrawn(prefixes);
        tell(peer, peer.speaker.withdraw(prefixes));
    }

    /** Says all again that was said in a family, as after a request. */
    private void repeat(SimPeer peer, AddressFamily family) {
        for (Map.Entry<IpPrefix, PathAttributes> entry : Map.copyOf(peer.said).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .toList()) {
            if (peer.isUp() && entry.getKey().family() == family) {
                announce(peer, List.of(entry.getKey()), entry.getValue());
            }
        }
    }

    /** An ORIGIN that there is not: treat-as-withdraw. */
    private void announceMalformed(SimPeer peer, AddressFamily family) {
        List<IpPrefix> prefixes = world.routes.some(family);
        byte[] octets = peer.speaker.announce(world.routes.attributes(peer, family), prefixes);
        octets[ORIGIN_AT] = 9;
        peer.count(prefixes);
        peer.recordWithdrawn(prefixes);
        tell(peer, octets);
    }

    /** An ATOMIC_AGGREGATE that is too long: the route is used without it. */
    private void announceWithDiscard(SimPeer peer, AddressFamily family) {
        List<IpPrefix> prefixes = world.routes.some(family);
        PathAttributes attributes = world.routes.attributes(peer, family);
        byte[] octets = peer.speaker.announce(attributes, prefixes);
        peer.recordAnnounced(prefixes, attributes);
        tell(peer, insert(octets, HEADER + 4 + u16(octets, HEADER + 2), new byte[] {0x40, 6, 1, 0}, HEADER + 2));
    }

    /** Some prefixes both withdrawn and announced: announced wins (RFC 4271 §4.3). */
    private void announceAndWithdraw(SimPeer peer, AddressFamily family) {
        List<IpPrefix> announced = world.routes.some(family);
        List<IpPrefix> withdrawn = new ArrayList<>(world.routes.some(family));
        withdrawn.addAll(announced);
        withdrawn = new ArrayList<>(new LinkedHashSet<>(withdrawn));
        PathAttributes attributes = world.routes.attributes(peer, family);
        byte[] withdrawal = peer.speaker.withdraw(withdrawn);
        byte[] field = Arrays.copyOfRange(withdrawal, HEADER + 2, HEADER + 2 + u16(withdrawal, HEADER));
        byte[] octets = insert(peer.speaker.announce(attributes, announced), HEADER + 2, field, HEADER);
        peer.recordWithdrawn(withdrawn);
        peer.recordAnnounced(announced, attributes);
        tell(peer, octets);
    }

    /** Prefixes that are not unicast are ignored, and counted. */
    private void announceMulticast(SimPeer peer, AddressFamily family) {
        List<IpPrefix> prefixes = world.routes.some(family);
        List<IpPrefix> all = new ArrayList<>(prefixes);
        IpPrefix multicast = IpPrefix.parse("224.9.0.0/16");
        all.add(multicast);
        PathAttributes attributes = world.routes.attributes(peer, family);
        peer.recordAnnounced(prefixes, attributes);
        peer.count(List.of(multicast));
        tell(peer, peer.speaker.announce(attributes, all));
    }

    private void askForRefresh(SimPeer peer, AddressFamily family) {
        for (int times = 1 + random.nextInt(2); times > 0 && peer.isUp(); times--) {
            peer.speaker.mayRepeat = true;
            peer.speaker.unrefreshed.addAll(peer.speaker.routesOf(family).keySet());
            tell(peer, Speaker.refresh(family));
            if (random.nextBoolean()) {
                world.net.feed(new Input.Turn(1 + random.nextInt(7)));
            }
        }
    }

    /** Begins a refresh of the peer's own routes, or ends it (RFC 7313 §4). */
    private void markRefresh(SimPeer peer, AddressFamily family) {
        if (!peer.speaker.isEnhanced || !world.config.session().enhancedRouteRefresh()) {
            return;
        }
        boolean begins = (random.nextInt(3) > 0) != peer.stale.containsKey(family);
        if (begins) {
            peer.recordBeginOfRefresh(family);
        } else {
            peer.recordEndOfRefresh(family);
        }
        tell(peer, Speaker.refresh(family, begins ? RouteRefreshMessage.BEGIN : RouteRefreshMessage.END));
        if (!begins && peer.isUp() && random.nextBoolean()) {
            peer.recordBeginOfRefresh(family);
            tell(peer, Speaker.refresh(family, RouteRefreshMessage.BEGIN));
            if (peer.isUp()) {
                announce(peer, world.routes.some(family), world.routes.attributes(peer, family));
            }
        }
    }

    /** Inserts octets into a message and adjusts the message's length and one more length field. */
    private static byte[] insert(byte[] message, int at, byte[] inserted, int lengthAt) {
        byte[] octets = new byte[message.length + inserted.length];
        System.arraycopy(message, 0, octets, 0, at);
        System.arraycopy(inserted, 0, octets, at, inserted.length);
        System.arraycopy(message, at, octets, at + inserted.length, message.length - at);
        put16(octets, 16, octets.length);
        put16(octets, lengthAt, u16(message, lengthAt) + inserted.length);
        return octets;
    }

    private static int u16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | (octets[at + 1] & 0xff);
    }

    private static void put16(byte[] octets, int at, int value) {
        octets[at] = (byte) (value >>> 8);
        octets[at + 1] = (byte) value;
    }
}
