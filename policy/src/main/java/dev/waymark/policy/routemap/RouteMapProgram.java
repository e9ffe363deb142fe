package dev.waymark.policy.routemap;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.policy.PrefixSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of all rules of a map, made ready. Lists are looked up in one index over the whole map for each of prefix,
 * communities and AS numbers: what comes out are the rules that the route may meet, as bits, so that a rule which it doesn't
 * meet costs nothing, and its list no more than a place in the index. What can't be told so is tested rule by rule: conditions
 * on all communities or the whole path, and a rule's second condition on the same thing. Thread-safe; immutable but for what it
 * remembers to be quicker.
 */
final class RouteMapProgram {

    /** A condition of a rule that is found in an index. */
    record Listed(int rule, RouteMapCondition condition) {}

    /** The rules that routes with these attributes may meet. */
    private static final class Carried {
        private final PathAttributes attributes;
        private final long[] rules;

        Carried(PathAttributes attributes, long[] rules) {
            this.attributes = attributes;
            this.rules = rules;
        }
    }

    /** A condition that is tested by itself. */
    private interface Test {
        boolean isMet(RouteState state);
    }

    private final Test[][] tests;
    private final PrefixRules ipv4;
    private final PrefixRules ipv6;
    private final NumberIndex communities;
    private final NumberIndex asns;
    private final long[] all; // every rule
    private final long[] ofPrefixes; // rules that the indexes of prefixes know
    private final long[] ofCommunities;
    private final long[] ofAsns;
    private @Nullable Carried last; // a plain field: what it refers to is immutable

    RouteMapProgram(List<RouteMapRule> rules) {
        int words = (rules.size() + 63) >>> 6;
        List<Listed> prefixLists = new ArrayList<>();
        List<Listed> communityLists = new ArrayList<>();
        List<Listed> asnLists = new ArrayList<>();
        this.all = new long[words];
        this.ofPrefixes = new long[words];
        this.ofCommunities = new long[words];
        this.ofAsns = new long[words];
        this.tests = new Test[rules.size()][];
        for (int rule = 0; rule < tests.length; rule++) {
            all[rule >>> 6] |= 1L << rule;
            List<Test> others = new ArrayList<>();
            for (RouteMapCondition condition : rules.get(rule).conditions()) {
                boolean isIndexed = switch (condition.kind()) {
                    case PREFIX_EQUALS, PREFIX_CONTAINS -> add(prefixLists, ofPrefixes, rule, condition);
                    case COMMUNITY_CONTAINS -> add(communityLists, ofCommunities, rule, condition);
                    case AS_PATH_CONTAINS -> add(asnLists, ofAsns, rule, condition);
                    case COMMUNITY_EQUALS, COMMUNITY_EXACT, AS_PATH_EQUALS -> false;
                };
                if (!isIndexed) {
                    others.add(test(condition));
                }
            }
            tests[rule] = others.toArray(Test[]::new);
        }
        this.ipv4 = new PrefixRules(AddressFamily.IPV4_UNICAST, prefixLists, words);
        this.ipv6 = new PrefixRules(AddressFamily.IPV6_UNICAST, prefixLists, words);
        this.communities = new NumberIndex(communityLists, words);
        this.asns = new NumberIndex(asnLists, words);
    }

    /** Returns the next rule, from a number on, all of whose conditions the route meets; -1 for none. */
    int next(int from, RouteState state) {
        long[] candidates = state.candidates();
        for (int rule = from; rule < tests.length; rule++) {
            long rest = candidates[rule >>> 6] >>> rule;
            if (rest == 0) {
                rule |= 63; // none in this word
                continue;
            }
            rule += Long.numberOfTrailingZeros(rest);
            if (isMet(tests[rule], state)) {
                return rule;
            }
        }
        return -1;
    }

    /** Returns the rules that a route may meet by its prefix. */
    long[] prefixRules(IpPrefix prefix) {
        long[] rules = (prefix.family() == AddressFamily.IPV4_UNICAST ? ipv4 : ipv6).lookUp(prefix);
        for (int i = 0; i < rules.length; i++) {
            rules[i] = (rules[i] | ~ofPrefixes[i]) & all[i];
        }
        return rules;
    }

    /** Returns those of some rules that a route may meet by what it carries, too. */
    long[] candidates(long[] byPrefix, RouteState state) {
        if (!intersects(byPrefix, ofCommunities) && !intersects(byPrefix, ofAsns)) {
            return byPrefix;
        }
        long[] rules = byAttributes(state);
        long[] both = new long[rules.length];
        for (int i = 0; i < both.length; i++) {
            both[i] = byPrefix[i] & rules[i];
        }
        return both;
    }

    /**
     * Returns the rules that a route may meet by its communities and AS path. Routes of one UPDATE come one after another with
     * the same attributes object, so what the last one said is remembered; a race between threads costs a look-up, no more.
     */
    @SuppressWarnings("ReferenceEquality") // equal ones of another object say the same when they are looked up
    private long[] byAttributes(RouteState state) {
        Carried known = last;
        if (known != null && known.attributes == state.attributes()) {
            return known.rules;
        }
        long[] byCommunities = communities.lookUp(state.communities());
        long[] byAsns = asns.lookUp(state.asns());
        long[] rules = new long[all.length];
        for (int i = 0; i < rules.length; i++) {
            rules[i] = (byCommunities[i] | ~ofCommunities[i]) & (byAsns[i] | ~ofAsns[i]);
        }
        if (!state.isChanged()) {
            last = new Carried(state.attributes(), rules);
        }
        return rules;
    }

    private static boolean intersects(long[] one, long[] other) {
        for (int i = 0; i < one.length; i++) {
            if ((one[i] & other[i]) != 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMet(Test[] tests, RouteState state) {
        for (Test test : tests) {
            if (!test.isMet(state)) {
                return false;
            }
        }
        return true;
    }

    /** Adds a condition to an index, unless the rule has one there already. */
    private static boolean add(List<Listed> lists, long[] known, int rule, RouteMapCondition condition) {
        if ((known[rule >>> 6] & 1L << rule) != 0) {
            return false;
        }
        known[rule >>> 6] |= 1L << rule;
        return lists.add(new Listed(rule, condition));
    }

    private static Test test(RouteMapCondition condition) {
        int[] given = condition.numbers();
        int[] sorted = distinct(given);
        return switch (condition.kind()) {
            case PREFIX_EQUALS -> {
                Set<IpPrefix> listed = Set.copyOf(condition.prefixes());
                yield state -> listed.contains(state.prefix());
            }
            case PREFIX_CONTAINS -> {
                PrefixSet listed = PrefixSet.orLonger(condition.prefixes());
                yield state -> listed.contains(state.prefix());
            }
            case COMMUNITY_CONTAINS -> state -> hasAny(state.communities(), sorted);
            case AS_PATH_CONTAINS -> state -> hasAny(state.asns(), sorted);
            case COMMUNITY_EQUALS -> state -> hasAll(state.sortedCommunities(), sorted);
            case COMMUNITY_EXACT -> state -> Arrays.equals(state.sortedCommunities(), sorted);
            case AS_PATH_EQUALS -> state -> state.isPath(given);
        };
    }

    /** Returns the numbers in ascending order, each once. */
    static int[] distinct(int[] numbers) {
        int[] sorted = numbers.clone();
        Arrays.sort(sorted);
        int count = 0;
        for (int number : sorted) {
            if (count == 0 || sorted[count - 1] != number) {
                sorted[count++] = number;
            }
        }
        return count == sorted.length ? sorted : Arrays.copyOf(sorted, count);
    }

    private static boolean hasAny(int[] present, int[] wanted) {
        for (int number : present) {
            if (Arrays.binarySearch(wanted, number) >= 0) {
                return true;
            }
        }
        return false;
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
}
