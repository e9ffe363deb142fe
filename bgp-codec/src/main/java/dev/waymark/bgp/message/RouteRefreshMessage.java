package dev.waymark.bgp.message;

import dev.waymark.api.net.AddressFamily;
import java.util.Optional;

/**
 * A ROUTE-REFRESH (RFC 2918 §3), with the subtype of RFC 7313 §3.2. Immutable.
 *
 * @param afi address family identifier, 0 to 65535
 * @param safi subsequent address family identifier, 0 to 255
 * @param subtype {@link #REQUEST}, {@link #BEGIN} or {@link #END}; any other octet is to be ignored where enhanced
 *     refresh was negotiated
 */
public record RouteRefreshMessage(int afi, int safi, int subtype) {

    /** A plain request. */
    public static final int REQUEST = 0;

    /** The beginning of a refresh, "BoRR" (RFC 7313 §3.2). */
    public static final int BEGIN = 1;

    /** The end of a refresh, "EoRR" (RFC 7313 §3.2). */
    public static final int END = 2;

    /**
     * Checks that every field can be written.
     *
     * @throws IllegalArgumentException when a number doesn't fit its field
     */
    public RouteRefreshMessage {
        if (afi < 0 || afi > 0xffff || safi < 0 || safi > 255 || subtype < 0 || subtype > 255) {
            throw new IllegalArgumentException("route refresh " + afi + "/" + safi + " subtype " + subtype
                    + " is out of range: allowed is 0 to 65535, 0 to 255 and 0 to 255");
        }
    }

    /**
     * Returns the message about a family.
     *
     * @param family the family
     * @param subtype {@link #REQUEST}, {@link #BEGIN} or {@link #END}
     * @return the message
     */
    public static RouteRefreshMessage of(AddressFamily family, int subtype) {
        return new RouteRefreshMessage(family.afi(), family.safi(), subtype);
    }

    /**
     * Returns the family.
     *
     * @return the family, or empty when Waymark doesn't know it
     */
    public Optional<AddressFamily> family() {
        return AddressFamily.of(afi, safi);
    }
}
