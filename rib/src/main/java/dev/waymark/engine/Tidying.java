package dev.waymark.engine;

/** How much a turn tidies up of what nobody uses any more: little while more input waits, unless too much has come together. */
final class Tidying {
    /** When no input waits: so little that what then comes hardly waits for it. */
    static final int IDLE = 1_024;

    private static final int LEAST = 16; // what a single change leaves
    private static final int MAY_WAIT = 4_096;
    private static final int MAY_WAIT_PART = 16;

    private Tidying() {}

    /** Tells whether tidying up must not be put off: so many wait beside so many in all. */
    static boolean isOverdue(int waiting, int all) {
        return waiting > MAY_WAIT + all / MAY_WAIT_PART;
    }

    /** Returns how many to look at in a turn that has so many units left for it. */
    static int amount(int units, boolean isBusy, boolean isOverdue) {
        int usual = isBusy ? LEAST : Math.min(units, IDLE);
        return Math.max(LEAST, isOverdue ? units : usual);
    }
}
