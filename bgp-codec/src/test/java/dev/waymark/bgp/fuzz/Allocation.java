package dev.waymark.bgp.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** Bounds the octets that work on a message allocates, where the JVM counts them. */
final class Allocation {
    private static final @Nullable ThreadMXBean THREADS = threads();

    private Allocation() {}

    /**
     * Runs something that can be run twice, and checks what it allocated. The second run, in which no class is loaded any
     * more, decides.
     */
    static void check(int inputOctets, int constant, int perOctet, Runnable work) {
        long bound = constant + (long) perOctet * inputOctets;
        if (measure(work) > bound) {
            long again = measure(work);
            assertTrue(
                    again <= bound, () -> inputOctets + " octets made it allocate " + again + ", more than " + bound);
        }
    }

    /** Tells whether this JVM counts; if not, nothing is checked. */
    static boolean isCounted() {
        return THREADS != null;
    }

    private static @Nullable ThreadMXBean threads() {
        boolean isCounting = ManagementFactory.getThreadMXBean() instanceof ThreadMXBean counting
                && counting.isThreadAllocatedMemorySupported()
                && counting.isThreadAllocatedMemoryEnabled();
        return isCounting ? (ThreadMXBean) ManagementFactory.getThreadMXBean() : null;
    }

    private static long measure(Runnable work) {
        if (THREADS == null) {
            work.run();
            return 0;
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
