package dev.waymark.engine;

import dev.waymark.api.PeerIdentity;
import dev.waymark.api.PeerRole;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.List;
import java.util.Optional;

/** Whom a slot of the tables stands for: what decisions and exports ask about the source of a path. Confined to the loop. */
interface RouteSource {
    Optional<PeerIdentity> identity();

    PeerRole role();

    /** Returns the point-to-site prefixes of the gateway; none of any other source (ARS-52). */
    List<IpPrefix> pointToSite();

    /** Returns whether its paths may be chosen. */
    boolean isEligible();

    /** Returns whether it is of another AS. */
    boolean isExternal();

    /** Returns its BGP identifier as bits. */
    int routerId();

    IpAddress address();
}
