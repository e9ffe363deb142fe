package dev.waymark.policy.routemap;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The conditions of all rules of a map, made ready: what is a list is looked up in an index over the whole map, so that a route
 * costs the same whatever the number of rules and the length of their lists, but for a bit to look at in each rule. Immutable.
 */
final class RouteMapProgram {

    /** A condition that is ready. */
    private interface Test {
        boolean isMet(RouteState state);
    }

    private final Test[][] tests;
    private final List<RouteMapCondition> ofPrefixes = new ArrayList<>();
    private final PrefixRules ipv4;
    private final PrefixRules ipv6;
    private final NumberIndex communities;
    private final NumberIndex asns;

    RouteMapProgram(List<RouteMapRule> rules) {
        List<RouteMapCondition> ofCommunities = new ArrayList<>();
        List<RouteMapCondition> ofAsns = new ArrayList<>();
        this.tests = new Test[rules.size()][];
        for (int i = 0; i < tests.length; i++) {
            List<RouteMapCondition> conditions = rules.get(i).conditions();
            tests[i] = new Test[conditions.size()];
            for (int j = 0; j < tests[i].length; j++) {
                tests[i][j] = test(conditions.get(j), ofCommunities, ofAsns);
            }
        }
        this.ipv4 = new PrefixRules(AddressFamily.IPV4_UNICAST, ofPrefixes);
        this.ipv6 = new PrefixRules(AddressFamily.IPV6_UNICAST, ofPrefixes);
        this.communities = new NumberIndex(ofCommunities);
        this.asns = new NumberIndex(ofAsns);
    }

    /** Returns whether a route meets all conditions of a rule. */
    boolean matches(int rule, RouteState state) {
        for (Test test : tests[rule]) {
            if (!test.isMet(state)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a prefix is listed in a condition that is part of this map. */
    boolean meets(RouteMapCondition condition, IpPrefix prefix) {
        int number = ofPrefixes.indexOf(condition);
        return number >= 0 && isSet(prefixHits(prefix), number);
    }

    long[] prefixHits(IpPrefix prefix) {
        return (prefix.family() == AddressFamily.IPV4_UNICAST ? ipv4 : ipv6).lookUp(prefix);
    }

    long[] communityHits(int[] bits) {
        return communities.lookUp(bits);
    }

    long[] asnHits(int[] bits) {
        return asns.lookUp(bits);
    }

    private Test test(
            RouteMapCondition condition, List<RouteMapCondition> ofCommunities, List<RouteMapCondition> ofAsns) {
        int[] numbers = condition.numbers();
        return switch (condition.kind()) {
            case PREFIX_EQUALS, PREFIX_CONTAINS -> {
                int number = add(ofPrefixes, condition);
                yield state -> isSet(state.prefixHits(), number);
            }
            case COMMUNITY_CONTAINS -> {
                int number = add(ofCommunities, condition);
                yield state -> isSet(state.communityHits(), number);
            }
            case AS_PATH_CONTAINS -> {
                int number = add(ofAsns, condition);
                yield state -> isSet(state.asnHits(), number);
            }
            case COMMUNITY_EQUALS -> {
                int[] all = distinct(numbers);
                yield state -> hasAll(state.communities(), all);
            }
            case COMMUNITY_EXACT -> {
                int[] all = distinct(numbers);
                yield state -> Arrays.equals(state.communities(), all);
            }
            case AS_PATH_EQUALS -> state -> state.isPath(numbers);
        };
    }

    private static int add(List<RouteMapCondition> list, RouteMapCondition condition) {
        list.add(condition);
        return list.size() - 1;
    }

    /** Returns the numbers in ascending order, each once. */
    static int[] distinct(int[] numbers) {
        return Arrays.stream(numbers).sorted().distinct().toArray();
    }

    private static boolean hasAll(int[] present, int[] wanted) {
        if (wanted.length > present.length) {
            return false;
        }
        for (int number : wanted) {
            if (Arrays.binarySearch(present, number) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSet(long[] bits, int number) {
        return (bits[number >>> 6] & 1L << number) != 0;
    }
}
