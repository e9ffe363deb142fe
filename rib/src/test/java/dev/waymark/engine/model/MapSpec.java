package dev.waymark.engine.model;

import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A route map as plain lists, and what it does, read from ARS-60 to 62.
 *
 * @param name the name
 * @param rules the rules in order
 */
public record MapSpec(String name, List<Rule> rules) {
    /** The conditions of ARS-61. */
    public enum If {
        PREFIX_EQUALS,
        PREFIX_CONTAINS,
        COMMUNITY_EQUALS,
        COMMUNITY_CONTAINS,
        COMMUNITY_EXACT,
        AS_PATH_EQUALS,
        AS_PATH_CONTAINS
    }

    /** The actions of ARS-62, without aggregation. */
    public enum Then {
        DROP,
        AS_PATH_REPLACE,
        AS_PATH_ADD,
        COMMUNITY_REPLACE,
        COMMUNITY_REMOVE,
        COMMUNITY_ADD,
        NOTHING
    }

    /**
     * One condition.
     *
     * @param prefixes for conditions of prefixes
     * @param numbers for the others: communities or AS numbers
     */
    public record Condition(If kind, List<IpPrefix> prefixes, List<Long> numbers) {
        boolean isMet(IpPrefix prefix, Attrs attrs) {
            return switch (kind) {
                case PREFIX_EQUALS -> prefixes.contains(prefix);
                case PREFIX_CONTAINS -> prefixes.stream().anyMatch(each -> each.contains(prefix));
                case COMMUNITY_EQUALS -> attrs.communities().containsAll(numbers);
                case COMMUNITY_CONTAINS -> numbers.stream().anyMatch(attrs.communities()::contains);
                case COMMUNITY_EXACT -> Set.copyOf(attrs.communities()).equals(Set.copyOf(numbers));
                case AS_PATH_EQUALS -> attrs.path().equals(numbers);
                case AS_PATH_CONTAINS -> numbers.stream().anyMatch(attrs.path()::contains);
            };
        }

        @Override
        public String toString() {
            return kind + " " + (prefixes.isEmpty() ? numbers : prefixes);
        }
    }

    /** A rule: conditions that must all be met, one action, and whether the map ends with it. */
    public record Rule(List<Condition> conditions, Then action, List<Long> values, boolean terminates) {
        Attrs applied(Attrs attrs, Set<Long> keptCommunities) {
            return switch (action) {
                case AS_PATH_REPLACE -> attrs.withPath(values);
                case AS_PATH_ADD -> {
                    List<Long> longer = new ArrayList<>(values);
                    longer.addAll(attrs.path());
                    yield attrs.withPath(longer);
                }
                case COMMUNITY_REPLACE, COMMUNITY_REMOVE, COMMUNITY_ADD ->
                    attrs.withCommunities(communities(attrs.communities(), keptCommunities));
                case DROP, NOTHING -> attrs;
            };
        }

        private List<Long> communities(List<Long> before, Set<Long> kept) {
            List<Long> after = new ArrayList<>();
            if (action == Then.COMMUNITY_REPLACE) {
                addNew(after, values);
                addNew(after, before.stream().filter(kept::contains).toList());
                return after;
            }
            after.addAll(before);
            if (action == Then.COMMUNITY_ADD) {
                addNew(after, values);
            } else {
                after.removeIf(each -> values.contains(each) && !kept.contains(each));
            }
            return after;
        }

        private static void addNew(List<Long> to, List<Long> added) {
            for (Long each : added) {
                if (!to.contains(each)) {
                    to.add(each);
                }
            }
        }
    }

    /** Returns what becomes of a route; empty if it is dropped. Where own networks are kept, changes to them are not made. */
    Optional<Attrs> judge(IpPrefix prefix, Attrs attrs, boolean isKept, Set<Long> keptCommunities) {
        Attrs now = attrs;
        for (Rule rule : rules) {
            boolean isMet = true;
            for (Condition condition : rule.conditions()) {
                isMet &= condition.isMet(prefix, now);
            }
            if (!isMet) {
                continue;
            }
            if (rule.action() == Then.DROP) {
                return Optional.empty();
            }
            if (!isKept) {
                now = rule.applied(now, keptCommunities);
            }
            if (rule.terminates()) {
                break;
            }
        }
        return Optional.of(now);
    }
}
