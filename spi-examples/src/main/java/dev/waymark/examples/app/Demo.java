package dev.waymark.examples.app;

import dev.waymark.examples.app.DemoStep.Claim;
import java.time.Duration;
import java.util.List;

/** Goes through steps and looks at their claims. Used by one thread. */
final class Demo {
    private static final long LOOK_MILLIS = 20;

    private final DemoScreen screen;
    private final Duration patience;
    private final Duration pause;

    /**
     * Creates a demo.
     *
     * @param patience how long a claim may take to come true
     * @param pause how long the outcome of a step is shown
     */
    Demo(DemoScreen screen, Duration patience, Duration pause) {
        this.screen = screen;
        this.patience = patience;
        this.pause = pause;
    }

    /** Runs the steps, up to the first with a claim that doesn't come true; returns whether all did. */
    boolean run(List<DemoStep> steps) throws InterruptedException {
        for (int i = 0; i < steps.size(); i++) {
            DemoStep step = steps.get(i);
            screen.begin(i + 1, steps.size(), step.title());
            step.action().run();
            boolean isTrue = true;
            for (Claim claim : step.claims()) {
                // After one that failed, the others are only looked at.
                isTrue &= comesTrue(claim, isTrue ? patience : Duration.ZERO);
            }
            screen.end();
            show();
            if (!isTrue) {
                screen.over(List.of("The demo failed at step " + (i + 1) + ": a claim did not come true."));
                return false;
            }
        }
        screen.over(List.of("All of it came true, as the route servers' sinks and the NVAs' sessions show."));
        return true;
    }

    private boolean comesTrue(Claim claim, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        boolean isTrue = claim.isTrue().getAsBoolean();
        while (!isTrue && System.nanoTime() - end < 0) {
            screen.refresh();
            Thread.sleep(LOOK_MILLIS);
            isTrue = claim.isTrue().getAsBoolean();
        }
        screen.claim(claim.text(), isTrue, claim.evidence().get());
        return isTrue;
    }

    /** Leaves the outcome to be read, and shows what still moves. */
    private void show() throws InterruptedException {
        long end = System.nanoTime() + pause.toNanos();
        while (System.nanoTime() - end < 0) {
            screen.refresh();
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
