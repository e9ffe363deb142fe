package dev.waymark.engine;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import dev.waymark.bgp.message.Octets;

/** A route limit was passed and the session must go: with what its peer is told (RFC 4486 §4, ARS-24). Immutable. */
record LimitBreach(AddressFamily family, long snapshot, long incoming, int limit) {
    /** Returns Cease/1 with AFI, SAFI and the limit. */
    NotificationMessage notification() {
        int afi = family.afi();
        Octets data = Octets.of(
                afi >>> 8,
                afi & 0xff,
                family.safi(),
                limit >>> 24,
                limit >>> 16 & 0xff,
                limit >>> 8 & 0xff,
                limit & 0xff);
        return NotificationMessage.of(NotificationSubcode.MAXIMUM_PREFIXES_REACHED, data);
    }

    @Override
    public String toString() {
        return "route limit passed: " + snapshot + " held + " + incoming + " incoming = " + (snapshot + incoming)
                + " > " + limit + " (" + family + ", ARS-24)";
    }
}
