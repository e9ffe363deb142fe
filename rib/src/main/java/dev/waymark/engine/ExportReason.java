package dev.waymark.engine;

/** Why peers of a group are, or are not, sent a row's route. */
enum ExportReason {
    /** They are. */
    SENT(false),
    /** They are sent an aggregate that it is a part of (ARS-62). */
    AGGREGATED(false),
    /** No path is eligible. */
    NOTHING_CHOSEN(false),
    /** The prefix is equal to or inside a system route's space (ARS-41). */
    INSIDE_SYSTEM_ROUTE(false),
    /** Source and target don't exchange routes, or only with branch-to-branch (ARS-52). */
    ROLES(true),
    /** NO_ADVERTISE, or NO_EXPORT where it is honoured: nothing takes the place of such a route (ARS-51). */
    WELL_KNOWN_COMMUNITY(false),
    /** There is no export policy and the profile requires one (RFC 8212 §2.2). */
    NO_EXPORT_POLICY(false),
    /** The export policy refused it. */
    POLICY(true),
    /** The export policy put it into an aggregate that does not contain it (ARS-62). */
    NOT_WIDER(true),
    /** The export policy threw or returned nothing. */
    POLICY_FAILED(true),
    /** The next hop is of another family than the prefix, and RFC 8950 was not negotiated. */
    NEXT_HOP_FAMILY(true),
    /** The attributes don't fit the peers' message size (ERROR-HANDLING 5). */
    TOO_LONG(true);

    private final boolean givesWay;

    ExportReason(boolean givesWay) {
        this.givesWay = givesWay;
    }

    /** Returns whether, with per-client best, the next path is looked at instead (RFC 7947 §2.3). */
    boolean givesWay() {
        return givesWay;
    }
}
