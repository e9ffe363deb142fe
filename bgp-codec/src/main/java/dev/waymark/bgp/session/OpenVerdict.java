package dev.waymark.bgp.session;

/** What {@link Negotiation#judge} makes of a peer's OPEN: a {@link Negotiated} session or an {@link OpenError}. */
public sealed interface OpenVerdict permits Negotiated, OpenError {}
