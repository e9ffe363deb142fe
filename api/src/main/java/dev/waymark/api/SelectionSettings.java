package dev.waymark.api;

/**
 * How routes are chosen (SEMANTICS D). Immutable.
 *
 * @param mode how candidates are compared (ARS-30)
 * @param preference which source class wins first (ARS-31)
 * @param maxNextHops the most next hops programmed for a prefix, 0 (no limit) to 1,024 (ARS-32)
 */
public record SelectionSettings(DecisionMode mode, RoutingPreference preference, int maxNextHops) {

    /** Checks the ranges. */
    public SelectionSettings {
        Checks.range("selection.maxNextHops", maxNextHops, 0, 1_024, "ARS-32");
    }

    /** Returns Azure's: ExpressRoute first, then the shortest AS_PATH, all equal ones programmed. */
    public static SelectionSettings azure() {
        return new SelectionSettings(DecisionMode.ECMP, RoutingPreference.EXPRESS_ROUTE, 0);
    }

    /** Returns the full decision of RFC 4271, with no source class preferred. */
    public static SelectionSettings standard() {
        return new SelectionSettings(DecisionMode.RFC_4271, RoutingPreference.AS_PATH, 0);
    }

    /** Returns these settings with another {@code mode}. */
    public SelectionSettings withMode(DecisionMode value) {
        return new SelectionSettings(value, preference, maxNextHops);
    }

    /** Returns these settings with another {@code preference}. */
    public SelectionSettings withPreference(RoutingPreference value) {
        return new SelectionSettings(mode, value, maxNextHops);
    }

    /** Returns these settings with another {@code maxNextHops}. */
    public SelectionSettings withMaxNextHops(int value) {
        return new SelectionSettings(mode, preference, value);
    }
}
