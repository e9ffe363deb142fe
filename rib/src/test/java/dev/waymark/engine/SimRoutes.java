package dev.waymark.engine;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.AttributesEdit;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.Origin;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.api.route.RawAttribute;
import dev.waymark.bgp.codec.WireAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws prefixes and attributes for a simulation: few enough that they meet. */
final class SimRoutes {
    private static final int UNKNOWN = 99;
    private static final List<IpPrefix> IPV4 = prefixes(
            "10.%d.0.0/16", 14, "10.96.0.0/11", "10.100.0.0/16", "10.100.1.0/24", "10.101.0.0/16", "0.0.0.0/0");
    private static final List<IpPrefix> IPV6 = prefixes("2001:db8:%d::/48", 7, "2001:db8:100::/48", "::/0");
    private static final List<IpPrefix> SPACES = prefixes("10.%d.0.0/16", 2, "10.100.0.0/16", "10.101.0.0/16");
    private static final List<IpPrefix> IPV6_SPACES = prefixes("2001:db8:%d::/48", 1, "2001:db8:100::/40");
    /** How many spaces there can be. */
    static final int SPACE_COUNT = SPACES.size() + IPV6_SPACES.size();

    private final Random random;

    SimRoutes(Random random) {
        this.random = random;
    }

    private static List<IpPrefix> prefixes(String pattern, int count, String... others) {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            prefixes.add(IpPrefix.parse(String.format(pattern, i)));
        }
        for (String other : others) {
            prefixes.add(IpPrefix.parse(other));
        }
        return prefixes;
    }

    /** Returns one of the address spaces that a virtual network may have. */
    IpPrefix space(AddressFamily family) {
        return oneOf(family == AddressFamily.IPV4_UNICAST ? SPACES : IPV6_SPACES);
    }

    /** Returns one to eight prefixes, now and then one of them twice. */
    List<IpPrefix> some(AddressFamily family) {
        List<IpPrefix> some = new ArrayList<>();
        for (int left = random.nextInt(8); left >= 0; left--) {
            some.add(oneOf(family == AddressFamily.IPV4_UNICAST ? IPV4 : IPV6));
        }
        return some;
    }

    /** Returns attributes as a peer may send them. */
    PathAttributes attributes(SimPeer peer, AddressFamily family) {
        AttributesEdit edit = WireAttributes.of(
                        random.nextInt(4) == 0 ? oneOf(List.of(Origin.values())) : Origin.IGP,
                        AsPath.parse(path(peer)),
                        nextHop(peer, family))
                .edit();
        if (random.nextInt(3) == 0) {
            edit.med(random.nextInt(3));
        }
        if (peer.speaker.isInternal && random.nextInt(3) == 0) {
            edit.localPref(99L + random.nextInt(3));
        }
        if (random.nextInt(8) == 0) {
            edit.addCommunity(Community.NO_ADVERTISE);
        }
        if (random.nextInt(10) == 0) {
            edit.addCommunity(Community.NO_EXPORT);
        }
        if (random.nextInt(8) == 0) {
            edit.raw(RawAttribute.of(
                    UNKNOWN,
                    RawAttribute.OPTIONAL | RawAttribute.TRANSITIVE | RawAttribute.PARTIAL,
                    new byte[random.nextInt(400)]));
        }
        return edit.build();
    }

    /** Returns attributes that are large, so that few of them fill a peer's window. */
    PathAttributes fat(SimPeer peer, AddressFamily family) {
        List<Community> communities = new ArrayList<>();
        int first = random.nextInt(30_000);
        for (int i = 0; i < 850; i++) {
            communities.add(Community.of(first, i));
        }
        return attributes(peer, family)
                .edit()
                .removeAttribute(UNKNOWN)
                .communities(communities)
                .build();
    }

    /** Returns attributes with the server's own AS in the path. */
    PathAttributes looped(SimPeer peer, AddressFamily family) {
        String path = peer.speaker.isInternal ? "64800 65515" : peer.speaker.asn + " 65515 64800";
        return attributes(peer, family).edit().asPath(AsPath.parse(path)).build();
    }

    private String path(SimPeer peer) {
        StringBuilder path = new StringBuilder(peer.speaker.isInternal ? "" : peer.speaker.asn.toString());
        for (int hops = random.nextInt(3); hops > 0; hops--) {
            path.append(path.isEmpty() ? "" : " ").append(64800 + random.nextInt(3));
        }
        return path.toString();
    }

    private IpAddress nextHop(SimPeer peer, AddressFamily family) {
        boolean isOwn = random.nextBoolean();
        String last = isOwn ? peer.name().substring(1) : Integer.toString(200 + random.nextInt(3));
        return IpAddress.parse(family == AddressFamily.IPV4_UNICAST ? "10.0.1." + last : "2001:db8:ffff::" + last);
    }

    private <T> T oneOf(List<T> list) {
        return SimSetup.oneOf(random, list);
    }
}
