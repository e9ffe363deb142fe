package dev.waymark.engine;

/** Why peers of a group are, or are not, sent a row's route. */
enum ExportReason {
    /** They are. */
    SENT,
    /** No path is eligible. */
    NOTHING_CHOSEN,
    /** The prefix is equal to or inside a system route's space (ARS-41). */
    INSIDE_SYSTEM_ROUTE,
    /** Source and target don't exchange routes, or only with branch-to-branch (ARS-52). */
    ROLES,
    /** NO_ADVERTISE, or NO_EXPORT where it is honoured (ARS-51). */
    WELL_KNOWN_COMMUNITY,
    /** There is no export policy and the profile requires one (RFC 8212 §2.2). */
    NO_EXPORT_POLICY,
    /** The export policy refused it. */
    POLICY,
    /** The export policy threw or returned nothing. */
    POLICY_FAILED,
    /** The next hop is of another family than the prefix, and RFC 8950 was not negotiated. */
    NEXT_HOP_FAMILY,
    /** The attributes don't fit the peers' message size (ERROR-HANDLING 5). */
    TOO_LONG
}
