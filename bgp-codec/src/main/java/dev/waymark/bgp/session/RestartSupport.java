package dev.waymark.bgp.session;

import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.GracefulRestartCapability;
import dev.waymark.bgp.message.LongLivedGracefulRestartCapability;
import java.util.ArrayList;
import java.util.List;

/**
 * What we say about graceful restart as a speaker that keeps the routes of others and has no forwarding of its own to keep
 * (RFC 4724 §3). Immutable.
 *
 * <p>Our capability has a restart time of 0 and names no family: for a speaker that can't preserve its forwarding state but
 * follows the procedures of the receiving side that is what RFC 4724 §3 prescribes. A family named would promise that peers
 * may keep <em>our</em> routes while we restart, and the F bit that we went on forwarding; neither would be true. Likewise our
 * long-lived capability names none (RFC 9494 §3.1).
 *
 * @param forNotifications whether we say the N bit: routes are kept after NOTIFICATIONs too, and Hard Reset is understood
 *     (RFC 8538 §2)
 * @param longLived whether we also offer long-lived graceful restart (RFC 9494)
 */
public record RestartSupport(boolean forNotifications, boolean longLived) {

    /** Returns the capabilities that say this. */
    List<Capability> capabilities() {
        List<Capability> offered = new ArrayList<>();
        int flags = forNotifications ? GracefulRestartCapability.FOR_NOTIFICATIONS : 0;
        offered.add(new GracefulRestartCapability(flags, 0, List.of()));
        if (longLived) {
            offered.add(new LongLivedGracefulRestartCapability(List.of()));
        }
        return offered;
    }
}
