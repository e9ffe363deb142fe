package dev.waymark.api;

/** Which table a {@link RouteQuery} reads (ARS-70). */
public enum RouteView {
    /** What one peer sent, before policy. Needs a peer. */
    RECEIVED,
    /** What one peer sent and import accepted, after policy. Needs a peer. */
    ACCEPTED,
    /** What one peer sent and import refused, with the reason. Needs a peer. */
    REJECTED,
    /** The chosen route of every prefix. */
    SELECTED,
    /** What sinks hold: each prefix with its set of next hops. */
    PROGRAMMED,
    /** What one peer is sent. Needs a peer. */
    ADVERTISED,
    /** Received routes that import made parts of aggregates (ARS-62): each entry names its aggregate. */
    CONTRIBUTORS,
    /** Chosen routes that are sent to one peer as parts of aggregates (ARS-62): each entry names its aggregate. Needs a peer. */
    ADVERTISED_CONTRIBUTORS;

    /** Returns whether a query of this view must name a peer. */
    public boolean needsPeer() {
        return this != SELECTED && this != PROGRAMMED && this != CONTRIBUTORS;
    }
}
