package dev.waymark.api;

/**
 * Whether several paths of one prefix go between the server and a peer (ADD-PATH, RFC 7911). Each direction is offered to the
 * peer only if it is set here, and used, in each address family, only if the peer offers the other end of it: a peer that can't
 * take several paths is sent one, like all others (ARS-34). Off in both profiles. Immutable.
 *
 * <p>A path counts as a route of its own wherever routes are counted: in limits on what a peer announces or is sent, in
 * its numbers and in views. The limit on prefixes of the whole server counts prefixes.
 *
 * @param receive whether the peer may send several paths of a prefix
 * @param send whether the peer is sent every path of a prefix that it may be sent, but its own
 * @param receivedPaths how many paths of a prefix the peer may have, 1 to 255; more are ignored and counted, see {@link
 *     RouteCounts#extraPaths}
 * @param sentPaths how many paths of a prefix the peer is sent, the best ones in the order of the decision, 1 to 1,000; {@link
 *     #ALL_PATHS} for all of them
 */
public record AddPathSettings(boolean receive, boolean send, int receivedPaths, int sentPaths) {
    /** As {@code sentPaths}: every path. */
    public static final int ALL_PATHS = 0;

    /** How many paths of a prefix a peer may have unless it is said otherwise. */
    public static final int DEFAULT_RECEIVED_PATHS = 16;

    /** Checks the ranges. */
    public AddPathSettings {
        Checks.range("addPath.receivedPaths", receivedPaths, 1, 255, "ERROR-HANDLING 9");
        Checks.range("addPath.sentPaths", sentPaths, ALL_PATHS, 1_000, "ARS-34");
    }

    /** Returns neither direction; 16 paths and all paths, should one be set. */
    public static AddPathSettings off() {
        return new AddPathSettings(false, false, DEFAULT_RECEIVED_PATHS, ALL_PATHS);
    }

    /** Returns these settings with another {@code receive}. */
    public AddPathSettings withReceive(boolean value) {
        return new AddPathSettings(value, send, receivedPaths, sentPaths);
    }

    /** Returns these settings with another {@code send}. */
    public AddPathSettings withSend(boolean value) {
        return new AddPathSettings(receive, value, receivedPaths, sentPaths);
    }

    /** Returns these settings with another {@code receivedPaths}. */
    public AddPathSettings withReceivedPaths(int value) {
        return new AddPathSettings(receive, send, value, sentPaths);
    }

    /** Returns these settings with another {@code sentPaths}. */
    public AddPathSettings withSentPaths(int value) {
        return new AddPathSettings(receive, send, receivedPaths, value);
    }
}
