package dev.waymark.api;

/** Why a received route is kept but not used. Each names the rule it comes from. */
public enum RejectReason {
    /** The AS_PATH contains the route server's own AS number. */
    OWN_AS_IN_PATH("ARS-25"),
    /** A route reflector sent the route back: it is our own, or our cluster has reflected it before. */
    REFLECTION_LOOP("RFC 4456 8"),
    /** The import policy refused the route. */
    POLICY("ARS-60"),
    /** The import policy threw or returned nothing; a failing policy refuses. */
    POLICY_FAILED("ERROR-HANDLING 8"),
    /** The import policy put the route into an aggregate that does not contain it. */
    AGGREGATE_NOT_WIDER("ARS-62"),
    /** The peer has no import policy and the profile requires one. */
    NO_IMPORT_POLICY("RFC 8212 3"),
    /** The server holds as many prefixes as it may; the route is tried again when there is room. */
    TOTAL_LIMIT("ARS-27"),
    /** A client leaked a route that carries ONLY_TO_CUSTOMER. */
    OTC_LEAK("RFC 9234 5"),
    /** The next hop can't be reached, as the host says. */
    NEXT_HOP_UNREACHABLE("ARS-33");

    private final String rule;

    RejectReason(String rule) {
        this.rule = rule;
    }

    /** Returns the rule or RFC section behind the reason. */
    public String rule() {
        return rule;
    }
}
