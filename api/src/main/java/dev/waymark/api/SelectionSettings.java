package dev.waymark.api;

/**
 * How routes are chosen (SEMANTICS D). Immutable.
 *
 * @param mode how candidates are compared (ARS-30)
 * @param preference which source class wins first (ARS-31)
 * @param maxNextHops the most next hops programmed for a prefix, 0 (no limit) to 1,024 (ARS-32)
 * @param perClientBest whether a peer is sent the best of the paths that it may be sent, instead of the best of all or nothing:
 *     the source of the best path gets the runner-up, and a path that export policy refuses hides no other (RFC 7947 2.3,
 *     ARS-34); NO_ADVERTISE is no such refusal (ARS-51), and MEDs are compared among all paths, those not sent included
 */
public record SelectionSettings(
        DecisionMode mode, RoutingPreference preference, int maxNextHops, boolean perClientBest) {

    /** Checks the ranges. */
    public SelectionSettings {
        Checks.range("selection.maxNextHops", maxNextHops, 0, 1_024, "ARS-32");
    }

    /** Returns Azure's: ExpressRoute first, then the shortest AS_PATH, all equal ones programmed; one best for all peers. */
    public static SelectionSettings azure() {
        return new SelectionSettings(DecisionMode.ECMP, RoutingPreference.EXPRESS_ROUTE, 0, false);
    }

    /** Returns the full decision of RFC 4271, with no source class preferred, and the best for each peer. */
    public static SelectionSettings standard() {
        return new SelectionSettings(DecisionMode.RFC_4271, RoutingPreference.AS_PATH, 0, true);
    }

    /** Returns these settings with another {@code mode}. */
    public SelectionSettings withMode(DecisionMode value) {
        return new SelectionSettings(value, preference, maxNextHops, perClientBest);
    }

    /** Returns these settings with another {@code preference}. */
    public SelectionSettings withPreference(RoutingPreference value) {
        return new SelectionSettings(mode, value, maxNextHops, perClientBest);
    }

    /** Returns these settings with another {@code maxNextHops}. */
    public SelectionSettings withMaxNextHops(int value) {
        return new SelectionSettings(mode, preference, value, perClientBest);
    }

    /** Returns these settings with another {@code perClientBest}. */
    public SelectionSettings withPerClientBest(boolean value) {
        return new SelectionSettings(mode, preference, maxNextHops, value);
    }
}
