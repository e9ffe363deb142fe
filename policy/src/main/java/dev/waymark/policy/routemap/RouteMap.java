package dev.waymark.policy.routemap;

import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.Route;
import dev.waymark.spi.PolicyContext;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A named list of rules (ARS-60). A route meets the rules in their order, each as the ones before left it; what no rule drops is
 * accepted, so a map without rules accepts everything unchanged. A rule may put routes into an aggregate (ARS-62), see {@link
 * RouteMapAction#prefixReplace}. As a peer's import policy a map acts before selection, as its
 * export policy after it. Equal maps, of equal names and rules, share one update group; a peer given an equal map isn't looked at
 * again.
 *
 * <p>Whether a map may be used in a server is checked with the server's configuration: see {@link
 * dev.waymark.api.RouteMapRestrictions}. Immutable and thread-safe. Making one takes time in the order of the number of listed
 * values, and memory: about 30 octets each.
 */
public final class RouteMap implements RoutePolicy {

    private final String name;
    private final List<RouteMapRule> rules;
    private final RouteMapProgram program;
    private final RouteMapEdits[] edits;
    private final PolicyVerdict[] drops;
    private final int hash;

    private RouteMap(String name, List<RouteMapRule> rules) {
        this.name = name;
        this.rules = rules;
        this.program = new RouteMapProgram(rules);
        this.edits = rules.stream().map(RouteMapEdits::new).toArray(RouteMapEdits[]::new);
        this.drops = rules.stream()
                .map(rule -> PolicyVerdict.reject("route map " + name + ", rule " + rule.name() + ": dropped"))
                .toArray(PolicyVerdict[]::new);
        this.hash = 31 * name.hashCode() + rules.hashCode();
    }

    /**
     * Returns the map of the given rules.
     *
     * @param name its name: 1 to 64 of {@code A-Z a-z 0-9 . _ -}
     * @param rules its rules in order, with different names; none for a map that accepts everything
     * @return the map
     * @throws dev.waymark.api.ConfigurationException when the name isn't allowed or two rules have the same
     */
    public static RouteMap of(String name, List<RouteMapRule> rules) {
        RouteMapValues.name("routeMap.name", name);
        Set<String> names = new HashSet<>();
        for (RouteMapRule rule : rules) {
            RouteMapValues.require(
                    names.add(rule.name()),
                    "routeMap." + name + ".rule." + rule.name(),
                    "is there twice; names are unique in a map",
                    "ARS-60");
        }
        return new RouteMap(name, List.copyOf(rules));
    }

    /**
     * Returns the name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Returns the rules.
     *
     * @return an immutable list, in order
     */
    public List<RouteMapRule> rules() {
        return rules;
    }

    /**
     * Returns what becomes of a route. Where the server keeps its networks (ARS-63), rules drop these or let them pass, and leave
     * the changes undone.
     */
    @Override
    public PolicyVerdict evaluate(PolicyContext context, Route route) {
        RouteState state = new RouteState(program, route);
        boolean isKept = context.isOwnNetwork() && context.restrictions().keepsNetworks();
        @Nullable IpPrefix aggregate = null;
        List<Community> kept = context.restrictions().protectedCommunities();
        for (int i = program.next(0, state); i >= 0; i = program.next(i + 1, state)) {
            RouteMapRule rule = rules.get(i);
            if (rule.drops()) {
                return drops[i];
            }
            if (edits[i].changes() && !isKept) {
                @Nullable IpPrefix wider = edits[i].wider();
                if (wider != null) {
                    if (!wider.contains(state.prefix())) {
                        return notWider(rule, wider, state.prefix());
                    }
                    aggregate = wider;
                    state.replace(wider);
                }
                state.change(edits[i].apply(state.attributes(), kept));
            }
            if (rule.next() == RouteMapRule.Next.TERMINATE) {
                break;
            }
        }
        if (aggregate != null) {
            return PolicyVerdict.acceptAs(aggregate, state.attributes());
        }
        return state.attributes().equals(route.attributes())
                ? PolicyVerdict.accept()
                : PolicyVerdict.accept(state.attributes());
    }

    private PolicyVerdict notWider(RouteMapRule rule, IpPrefix wider, IpPrefix prefix) {
        return PolicyVerdict.rejectAsNotWider(
                "route map " + name + ", rule " + rule.name() + ": " + wider + " does not contain " + prefix);
    }

    /**
     * Refuses a server that forbids what this map shows it would do (ARS-63).
     *
     * @throws dev.waymark.api.ConfigurationException naming the map, the rule and the value
     */
    @Override
    public void check(RouteServerConfig config) {
        RouteMapChecks.check(this, config);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof RouteMap map
                        && hash == map.hash
                        && name.equals(map.name)
                        && rules.equals(map.rules));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
