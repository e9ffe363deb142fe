package dev.waymark.examples.app;

/** The daemon's entry point. */
public final class Waymark {
    private Waymark() {}

    /** Prints the version. */
    public static void main(String[] args) {
        String version = Waymark.class.getPackage().getImplementationVersion();
        System.out.println("waymark " + (version == null ? "(unpackaged)" : version));
    }
}
