package dev.waymark.api;

/** What happens when a {@link RouteLimit} is passed (ARS-23). */
public enum LimitAction {
    /** The session ends with Cease/1 (RFC 4486) and its routes go. */
    TEAR_DOWN,
    /** Prefixes that are not held are refused; a new announcement of a held prefix always replaces it. */
    DISCARD_NEW,
    /** An event, nothing more. */
    WARN
}
