package dev.waymark.examples.app;

/**
 * Something wrong in a configuration file. Immutable.
 *
 * @param file the file's name, as it was given
 * @param line the line, from 1
 * @param column the column, from 1
 * @param message what is wrong, and what is allowed instead
 */
record ConfigProblem(String file, int line, int column, String message) {
    /** Returns {@code waymark.yaml:12:9: peers[0].asn ...}, as compilers do. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
