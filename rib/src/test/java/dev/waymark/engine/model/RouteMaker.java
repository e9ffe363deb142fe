package dev.waymark.engine.model;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Draws prefixes, attributes and route maps for a history. */
final class RouteMaker {
    static final IpPrefix POINT_TO_SITE = IpPrefix.parse("172.16.0.0/16");

    private static final List<IpPrefix> IPV4 = prefixes(
            "10.1.0.0/16",
            "10.1.1.0/24",
            "10.2.0.0/16",
            "10.3.0.0/16",
            "10.4.128.0/17",
            "10.0.0.0/8",
            "0.0.0.0/0",
            "172.16.0.0/16",
            "172.16.7.0/24",
            "192.0.2.1/32");
    private static final List<IpPrefix> IPV6 =
            prefixes("2001:db8:1::/48", "2001:db8:1:1::/64", "2001:db8:2::/48", "::/0", "2001:db8:3::1/128");
    private static final List<IpPrefix> SPACES = prefixes("10.1.0.0/16", "10.3.0.0/16", "10.200.0.0/16");
    private static final List<IpPrefix> IPV6_SPACES = prefixes("2001:db8:1::/48", "2001:db8:2::/48");
    private static final IpPrefix MULTICAST = IpPrefix.parse("224.1.0.0/16");
    /** Prefixes that are no networks, which a map of profile azure may not change. */
    private static final List<IpPrefix> CHANGEABLE =
            prefixes("10.1.1.0/24", "10.2.0.0/16", "0.0.0.0/0", "172.16.7.0/24", "2001:db8:1:1::/64", "::/0");

    private static final List<Long> COMMUNITIES = List.of(
            0xfde9_0001L,
            0xfde9_0002L,
            0xffed_2ee1L,
            0xffeb_2710L,
            Attrs.NO_ADVERTISE,
            Attrs.NO_EXPORT,
            Attrs.NO_EXPORT_SUBCONFED);

    private final Random random;
    private final boolean isAzure;
    private int maps;

    RouteMaker(Random random, boolean isAzure) {
        this.random = random;
        this.isAzure = isAzure;
    }

    private static List<IpPrefix> prefixes(String... texts) {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (String text : texts) {
            prefixes.add(IpPrefix.parse(text));
        }
        return prefixes;
    }

    /** Returns the AS of an NVA; two share one. */
    long asnOf(int peer) {
        return 65000L + peer / 2;
    }

    IpPrefix space(AddressFamily family) {
        return oneOf(family == AddressFamily.IPV4_UNICAST ? SPACES : IPV6_SPACES);
    }

    /** Returns one prefix or some, now and then one of them twice. */
    List<IpPrefix> some(AddressFamily family, int most) {
        List<IpPrefix> some = new ArrayList<>();
        for (int left = random.nextInt(most); left >= 0; left--) {
            some.add(oneOf(family == AddressFamily.IPV4_UNICAST ? IPV4 : IPV6));
        }
        if (family == AddressFamily.IPV4_UNICAST && random.nextInt(30) == 0) {
            some.add(MULTICAST);
        }
        return some;
    }

    Attrs attrs(int peer, AddressFamily family) {
        Attrs attrs = Attrs.of(random.nextInt(4) == 0 ? random.nextInt(3) : 0, path(peer), nextHop(peer, family));
        if (random.nextInt(3) == 0) {
            attrs = attrs.withMed(Optional.of((long) random.nextInt(3)));
        }
        if (random.nextInt(4) == 0) {
            attrs = attrs.withLocalPref(Optional.of(99L + random.nextInt(3)));
        }
        if (random.nextInt(3) == 0) {
            attrs = attrs.withCommunities(communities(1 + random.nextInt(3)));
        }
        if (random.nextInt(6) == 0) {
            attrs = attrs.withUnknown(Optional.of(random.nextInt(256)));
        }
        if (random.nextInt(8) == 0) {
            Optional<Long> originator =
                    random.nextBoolean() ? Optional.of(0x0a000100L + random.nextInt(3)) : Optional.empty();
            List<Long> clusters = random.nextInt(6) == 0
                    ? List.of(0x01010101L, Setup.OWN_IDENTIFIER)
                    : random.nextBoolean() ? List.of(0x01010101L) : List.of();
            attrs = attrs.withReflection(originator, clusters);
        }
        return attrs;
    }

    /** Gateways begin a path as they like; what is right for an NVA is often right. */
    private List<Long> path(int peer) {
        List<Long> path = new ArrayList<>();
        int drawn = random.nextInt(20);
        if (drawn > 3) {
            path.add(asnOf(peer));
        } else if (drawn > 1) {
            path.add(asnOf(peer) + 1);
        }
        for (int hops = random.nextInt(3); hops > 0; hops--) {
            path.add(hop());
        }
        return path;
    }

    private long hop() {
        int drawn = random.nextInt(30);
        if (drawn == 0) {
            return Setup.OWN_AS;
        } else if (drawn == 1) {
            return 0;
        } else if (drawn < 6 && !isAzure) {
            return 4_200_000_001L;
        }
        return 64800L + random.nextInt(2);
    }

    IpAddress nextHop(int peer, AddressFamily family) {
        boolean isIpv4 = family == AddressFamily.IPV4_UNICAST;
        int drawn = random.nextInt(40);
        if (drawn == 0) {
            return isIpv4 ? Setup.OWN_ADDRESS : Setup.OWN_IPV6_ADDRESS;
        } else if (drawn == 1) {
            return IpAddress.parse(
                    isIpv4 ? oneOf(List.of("0.0.0.1", "127.0.0.1", "224.0.0.9", "250.0.0.1")) : "ff02::1");
        }
        return usableNextHop(random.nextBoolean() ? peer : 200 + random.nextInt(2), family);
    }

    static IpAddress usableNextHop(int last, AddressFamily family) {
        boolean isIpv4 = family == AddressFamily.IPV4_UNICAST;
        return IpAddress.parse((isIpv4 ? "10.0.1." : "2001:db8:ffff::") + last);
    }

    private List<Long> communities(int most) {
        List<Long> some = new ArrayList<>();
        for (int left = most; left > 0; left--) {
            some.add(oneOf(random.nextInt(3) == 0 ? COMMUNITIES : COMMUNITIES.subList(0, 3)));
        }
        return some;
    }

    /** Returns a map of at most three rules. */
    MapSpec map() {
        List<MapSpec.Rule> rules = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            rules.add(rule());
        }
        return new MapSpec("m" + ++maps, rules);
    }

    private MapSpec.Rule rule() {
        MapSpec.Then action = oneOf(List.of(MapSpec.Then.values()));
        List<MapSpec.Condition> conditions = new ArrayList<>();
        for (int left = random.nextInt(3); left > 0; left--) {
            conditions.add(condition(action));
        }
        List<Long> values = switch (action) {
            case DROP, NOTHING -> List.of();
            case AS_PATH_ADD -> List.of(3356L, 3356L).subList(0, 1 + random.nextInt(2));
            case AS_PATH_REPLACE -> random.nextBoolean() ? List.of(64800L, 1299L) : List.of();
            case COMMUNITY_REPLACE, COMMUNITY_ADD -> distinct(communities(2));
            case COMMUNITY_REMOVE -> List.of(oneOf(List.of(0xfde9_0001L, Attrs.NO_ADVERTISE, Attrs.NO_EXPORT)));
        };
        return new MapSpec.Rule(conditions, action, values, action == MapSpec.Then.DROP || random.nextInt(3) == 0);
    }

    private static List<Long> distinct(List<Long> values) {
        return values.stream().distinct().toList();
    }

    private MapSpec.Condition condition(MapSpec.Then action) {
        MapSpec.If kind = oneOf(List.of(MapSpec.If.values()));
        List<IpPrefix> prefixes = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        switch (kind) {
            case PREFIX_EQUALS -> {
                List<IpPrefix> from = action == MapSpec.Then.DROP ? IPV4 : CHANGEABLE;
                prefixes.add(oneOf(from));
                prefixes.add(oneOf(from));
            }
            case PREFIX_CONTAINS -> prefixes.add(oneOf(random.nextBoolean() ? IPV4 : IPV6));
            case COMMUNITY_EQUALS, COMMUNITY_CONTAINS -> numbers.addAll(communities(2));
            case COMMUNITY_EXACT -> numbers.addAll(communities(random.nextInt(2)));
            case AS_PATH_EQUALS -> numbers.addAll(List.of(65000L + random.nextInt(3), 64800L));
            case AS_PATH_CONTAINS -> numbers.add(64800L + random.nextInt(2));
        }
        return new MapSpec.Condition(kind, prefixes, numbers);
    }

    private <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
