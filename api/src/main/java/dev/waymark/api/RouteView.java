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
    /**
     * What on-premises networks behind one ExpressRoute gateway see of what it is sent (ARS-54): no private AS numbers, {@link
     * ExportSettings#onPremisesAsn()} in front, none of the attributes that stay inside an AS. The next hop is that on the leg to
     * the gateway. Needs a peer of the role {@code EXPRESS_ROUTE_GATEWAY}.
     */
    ON_PREMISES,
    /**
     * What one peer is not sent because of its {@link SendLimit}, before export policy (ARS-55). An aggregate that waits and that an
     * export policy makes where there is no route of its prefix has source and attributes of one of its contributors. Where a peer is
     * sent several paths of a prefix (RFC 7911) and some of them wait, there is a row with the best path. Needs a peer.
     */
    HELD_BACK,
    /** Received routes that import made parts of aggregates (ARS-62): each entry names its aggregate. */
    CONTRIBUTORS,
    /** Chosen routes that are sent to one peer as parts of aggregates (ARS-62): each entry names its aggregate. Needs a peer. */
    ADVERTISED_CONTRIBUTORS;

    /** Returns whether a query of this view must name a peer. */
    public boolean needsPeer() {
        return this != SELECTED && this != PROGRAMMED && this != CONTRIBUTORS;
    }
}
