package dev.waymark.bgp.session;

/** Keeps the exported package from being empty; the first real type replaces it. */
final class Placeholder {
    private Placeholder() {}
}
