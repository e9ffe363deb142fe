package dev.waymark.api;

/** How the routes to program and to advertise are chosen among the candidates for one prefix. */
public enum DecisionMode {
    /** Routing preference, then AS_PATH length; all that remain form the ECMP set (ARS-30, ARS-34). */
    ECMP,
    /** The whole decision of RFC 4271 §9.1.2; one route is left. */
    RFC_4271
}
