package dev.waymark.examples.app;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/**
 * After a rehearsal: what it asked of the compiler is still being done, and what it made is still on the heap. Both would fall
 * into the first load, whose peak of memory is what a small machine has to hold.
 */
final class Rest {
    private static final long LOOK_MILLIS = 50;
    private static final long QUIET_MILLIS = 300; // longer than most methods take to be compiled
    private static final long PATIENCE_MILLIS = 5_000;

    private Rest() {}

    /** Waits until the compiler has had nothing to do for a while, a few seconds at most, and clears the heap. */
    static void await() throws InterruptedException {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        if (compiler != null && compiler.isCompilationTimeMonitoringSupported()) {
            long spent = compiler.getTotalCompilationTime();
            long quiet = 0;
            for (long waited = 0; waited < PATIENCE_MILLIS && quiet < QUIET_MILLIS; waited += LOOK_MILLIS) {
                Thread.sleep(LOOK_MILLIS);
                long now = compiler.getTotalCompilationTime();
                quiet = now == spent ? quiet + LOOK_MILLIS : 0;
                spent = now;
            }
        }
        System.gc();
    }
}
