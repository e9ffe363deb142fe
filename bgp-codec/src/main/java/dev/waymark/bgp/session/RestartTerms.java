package dev.waymark.bgp.session;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.message.GracefulRestartCapability;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import dev.waymark.bgp.message.OpenMessage;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What both OPENs together say about keeping the peer's routes when its session is lost (RFC 4724, RFC 8538, RFC 9494).
 * Immutable. All is off where either side lacks the capability.
 *
 * @param forNotifications whether both say the N bit (RFC 8538 §2)
 * @param restartSeconds the peer's restart time, 0 to 4095
 * @param families the session's families whose routes the peer wants kept
 * @param forwarded those of them that the peer went on forwarding, the F bit (RFC 4724 §3)
 * @param longLived whether both offer long-lived graceful restart (RFC 9494 §3.1)
 * @param longLivedSeconds for each family of the session that the peer wants kept longer: how long, 1 to 16777215
 * @param longLivedForwarded the families whose long-lived entry has the F bit
 */
public record RestartTerms(
        boolean forNotifications,
        int restartSeconds,
        Set<AddressFamily> families,
        Set<AddressFamily> forwarded,
        boolean longLived,
        Map<AddressFamily, Integer> longLivedSeconds,
        Set<AddressFamily> longLivedForwarded) {

    private static final RestartTerms NONE = new RestartTerms(false, 0, Set.of(), Set.of(), false, Map.of(), Set.of());

    /** Copies the collections. */
    public RestartTerms {
        families = Set.copyOf(families);
        forwarded = Set.copyOf(forwarded);
        longLivedSeconds = Map.copyOf(longLivedSeconds);
        longLivedForwarded = Set.copyOf(longLivedForwarded);
    }

    /** Returns the terms of a session with the given families. */
    static RestartTerms of(SessionExtensions local, OpenMessage open, Set<AddressFamily> sessionFamilies) {
        if (local.restart().isEmpty() || open.gracefulRestart().isEmpty()) {
            return NONE;
        }
        RestartSupport ours = local.restart().get();
        GracefulRestartCapability theirs = open.gracefulRestart().get();
        Set<AddressFamily> families = EnumSet.noneOf(AddressFamily.class);
        Set<AddressFamily> forwarded = EnumSet.noneOf(AddressFamily.class);
        Map<AddressFamily, Integer> seconds = new EnumMap<>(AddressFamily.class);
        Set<AddressFamily> longForwarded = EnumSet.noneOf(AddressFamily.class);
        for (AddressFamily family : sessionFamilies) {
            theirs.entry(family).ifPresent(entry -> {
                families.add(family);
                if (entry.hasForwarded()) {
                    forwarded.add(family);
                }
            });
            open.longLivedGracefulRestart()
                    .filter(unused -> ours.longLived())
                    .flatMap(capability -> capability.entry(family))
                    .filter(entry -> entry.staleSeconds() > 0)
                    .ifPresent(entry -> {
                        seconds.put(family, entry.staleSeconds());
                        if (entry.hasForwarded()) {
                            longForwarded.add(family);
                        }
                    });
        }
        return new RestartTerms(
                ours.forNotifications() && theirs.isForNotifications(),
                theirs.restartSeconds(),
                families,
                forwarded,
                ours.longLived() && open.longLivedGracefulRestart().isPresent(),
                seconds,
                longForwarded);
    }

    /**
     * Tells whether a new connection of the peer ends the Established one (RFC 4724 §4.2 and §5): the peer's capability names
     * a family.
     *
     * @return false where an Established session stays (RFC 4271 §6.8)
     */
    public boolean yieldsToNewConnection() {
        return !families.isEmpty();
    }

    /**
     * Tells whether routes are kept after such an end. A lost connection always keeps them; what comes with a NOTIFICATION,
     * the peer's or ours, does only under the N bit, and not when it is a Hard Reset (RFC 4724 §4.2, RFC 8538 §4). What we do
     * on purpose never keeps them: the peer is stopped, removed, reset or declared down, or it passed a limit.
     *
     * @param end how an Established session ended
     * @return true if the families of {@link #keeps} are kept
     */
    public boolean keepsAfter(SessionEnd end) {
        return switch (end.cause()) {
            case TRANSPORT_FAILED -> true;
            case NOTIFICATION_RECEIVED ->
                forNotifications
                        && end.notification().map(NotificationMessage::reason).orElse(NotificationSubcode.UNKNOWN)
                                != NotificationSubcode.HARD_RESET;
            case HOLD_TIMEOUT, SEND_HOLD_TIMEOUT, HEADER_ERROR, UPDATE_ERROR, ROUTE_REFRESH_ERROR, UNEXPECTED_EVENT ->
                forNotifications;
            case MANUAL_STOP, AUTOMATIC_STOP, CONNECT_FAILED, OPEN_TIMEOUT, ESTABLISH_TIMEOUT, OPEN_ERROR, COLLISION ->
                false;
        };
    }

    /**
     * Tells whether a family is kept at all, in either way.
     *
     * @param family a family of the session
     * @return false if its routes go with the session
     */
    public boolean keeps(AddressFamily family) {
        return families.contains(family) || longLivedSeconds.containsKey(family);
    }

    /**
     * Returns how long a family's routes are kept as they are. A family that only the long-lived capability names has a
     * restart time of 0 (RFC 9494 §4.2).
     *
     * @param family a family of the session
     * @return the peer's restart time, 0 to 4095 seconds
     */
    public int restartSeconds(AddressFamily family) {
        return families.contains(family) ? restartSeconds : 0;
    }

    /**
     * Returns how long a family's routes are kept after that, marked as stale (RFC 9494 §4.2).
     *
     * @param family a family of the session
     * @return 0 to 16777215 seconds
     */
    public int longLivedSeconds(AddressFamily family) {
        return longLivedSeconds.getOrDefault(family, 0);
    }

    /**
     * Tells whether routes kept from the session before stay, on a session with these terms: the family is named again, with
     * the F bit (RFC 4724 §4.2, RFC 9494 §4.2).
     *
     * @param family the family
     * @param isLongLived whether its routes are past the restart time, so that the long-lived capability counts
     * @return false if they go at once
     */
    public boolean resumes(AddressFamily family, boolean isLongLived) {
        return (isLongLived ? longLivedForwarded : forwarded).contains(family);
    }
}
