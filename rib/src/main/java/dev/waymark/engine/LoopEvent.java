package dev.waymark.engine;

/** Something that another thread has for the engine loop. */
@FunctionalInterface
interface LoopEvent {
    /** Happens on the loop. */
    void happen(EngineLoop loop);
}
