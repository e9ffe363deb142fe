package dev.waymark.policy.routemap;

import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A rule of a route map (ARS-60): to routes that meet every condition it does its actions, then says whether later rules are
 * looked at. Without a condition it is for every route; without an action it changes nothing, which is how a rule lets routes
 * pass that later ones would drop. Immutable.
 *
 * @param name its name, unique in the map: 1 to 64 of {@code A-Z a-z 0-9 . _ -}
 * @param conditions all of them must be met
 * @param actions at most one of each kind, in the order of {@link RouteMapAction.Kind}; beside a drop there is no other
 * @param next what follows for a route that met the conditions; after a drop nothing does
 */
public record RouteMapRule(String name, List<RouteMapCondition> conditions, List<RouteMapAction> actions, Next next) {

    /** What follows for a route that met the conditions of a rule. */
    public enum Next {
        /** The next rule, which sees the route as this one left it. */
        CONTINUE,
        /** Nothing: the route goes on as it is now. */
        TERMINATE
    }

    /**
     * Checks the rule and puts its actions in order.
     *
     * @param name its name
     * @param conditions all of them must be met
     * @param actions what it does
     * @param next what follows
     * @throws dev.waymark.api.ConfigurationException when the name isn't allowed, two actions have one kind, something is to
     *     come after a drop, or the conditions name prefixes that are not inside the one to replace them
     */
    public RouteMapRule {
        RouteMapValues.name("routeMap.rule.name", name);
        conditions = List.copyOf(conditions);
        actions = actions.stream()
                .sorted(Comparator.comparing(RouteMapAction::kind))
                .toList();
        String then = "routeMap.rule." + name + ".then";
        for (int i = 1; i < actions.size(); i++) {
            RouteMapAction.Kind kind = actions.get(i).kind();
            RouteMapValues.require(
                    kind != actions.get(i - 1).kind(),
                    then + "." + kind,
                    "is there twice; give one action of each kind, with all values",
                    "ARS-62");
        }
        for (RouteMapAction action : actions) {
            if (action.kind() == RouteMapAction.Kind.PREFIX_REPLACE) {
                requireWider(action.prefix().orElseThrow(), conditions, then + "." + action.kind());
            }
        }
        boolean drops = !actions.isEmpty() && actions.get(0).kind() == RouteMapAction.Kind.DROP;
        RouteMapValues.require(
                !drops || actions.size() == 1,
                then,
                "drops and changes a route; a dropped route has no more actions",
                "ARS-62");
        RouteMapValues.require(
                !drops || next == Next.TERMINATE,
                "routeMap.rule." + name + ".next",
                "CONTINUE is not allowed after a drop; use TERMINATE, or leave it out",
                "ARS-62");
    }

    /**
     * Starts a rule without conditions and actions.
     *
     * @param name its name, unique in the map
     * @return the builder
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Refuses conditions on prefixes that show that others than those inside a prefix are to be replaced by it. */
    private static void requireWider(IpPrefix wider, List<RouteMapCondition> conditions, String parameter) {
        IpPrefix outside = null;
        for (RouteMapCondition condition : conditions) {
            IpPrefix first = null;
            for (IpPrefix listed : condition.prefixes()) {
                if (first == null && !wider.contains(listed)) {
                    first = listed;
                }
            }
            if (first == null && !condition.prefixes().isEmpty()) {
                return; // whatever else is named, what meets this condition is inside
            }
            outside = outside == null ? first : outside;
        }
        RouteMapValues.require(
                outside == null,
                parameter,
                wider + " does not contain " + outside
                        + " of the rule's conditions; only a prefix that contains all that"
                        + " the rule names may replace them",
                "ARS-62");
    }

    /** Returns whether the rule drops routes. */
    boolean drops() {
        return !actions.isEmpty() && actions.get(0).kind() == RouteMapAction.Kind.DROP;
    }

    /** Collects the parts of a rule; not thread-safe. */
    public static final class Builder {
        private final String name;
        private final List<RouteMapCondition> conditions = new ArrayList<>();
        private final List<RouteMapAction> actions = new ArrayList<>();
        private Optional<Next> next = Optional.empty();

        private Builder(String name) {
            this.name = name;
        }

        /**
         * Adds a condition, to be met beside the others.
         *
         * @param condition the condition
         * @return this builder
         */
        public Builder when(RouteMapCondition condition) {
            conditions.add(condition);
            return this;
        }

        /**
         * Adds an action.
         *
         * @param action the action
         * @return this builder
         */
        public Builder then(RouteMapAction action) {
            actions.add(action);
            return this;
        }

        /**
         * Sets what follows; if left out, the next rule does, after a drop nothing.
         *
         * @param value what follows
         * @return this builder
         */
        public Builder next(Next value) {
            next = Optional.of(value);
            return this;
        }

        /**
         * Returns the rule.
         *
         * @return the rule
         * @throws dev.waymark.api.ConfigurationException as {@link RouteMapRule} says
         */
        public RouteMapRule build() {
            boolean drops = actions.contains(RouteMapAction.drop());
            return new RouteMapRule(name, conditions, actions, next.orElse(drops ? Next.TERMINATE : Next.CONTINUE));
        }
    }
}
