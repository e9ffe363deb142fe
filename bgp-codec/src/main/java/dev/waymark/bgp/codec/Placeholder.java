package dev.waymark.bgp.codec;

/** Keeps the exported package from being empty; the first real type replaces it. */
final class Placeholder {
    private Placeholder() {}
}
