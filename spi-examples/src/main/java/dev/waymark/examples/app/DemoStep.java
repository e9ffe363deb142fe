package dev.waymark.examples.app;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One step of the demo: something is done, then claims must come true. Immutable.
 *
 * @param title what is done
 * @param action does it
 * @param claims what it leads to
 */
record DemoStep(String title, Runnable action, List<Claim> claims) {
    /** Copies the list. */
    DemoStep {
        claims = List.copyOf(claims);
    }

    /**
     * Something that is read from sinks, servers and appliances, never assumed.
     *
     * @param text the claim
     * @param isTrue whether it holds now
     * @param evidence what was seen, a line for each place
     */
    record Claim(String text, BooleanSupplier isTrue, Supplier<List<String>> evidence) {}
}
