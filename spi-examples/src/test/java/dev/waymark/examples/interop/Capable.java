package dev.waymark.examples.interop;

/** A daemon whose offer can be configured. */
interface Capable extends Nva {
    /** Returns what its own tool says of the capabilities on both sides of its session with the route server. */
    Shown shown();
}
