package dev.waymark.bgp.session;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.RouterId;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.OpenMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What one peer's sessions are held with: what we say in our OPEN, what we accept in the peer's, and all times. Immutable;
 * made by {@link #builder}. The two AS numbers decide whether sessions are internal.
 *
 * @param localAsn our AS number
 * @param localId our BGP identifier, not zero
 * @param peerAsn the AS number that the peer must have; ours for an internal session, which only gateways have (ARS-11)
 * @param families the families that we offer, at least one (ARS-15)
 * @param fourOctetAsn whether we advertise four-octet AS numbers (RFC 6793 §3, ARS-13)
 * @param routeRefresh whether we advertise route refresh (RFC 2918 §2)
 * @param enhancedRouteRefresh whether we advertise enhanced route refresh (RFC 7313 §3.1)
 * @param extensions what else we offer
 * @param requiredCapabilities the capabilities without which a peer is refused (RFC 5492 §5), as the peer would send
 *     them, in the order in which they are looked for; usually none
 * @param passive whether only the peer opens connections (PassiveTcpEstablishment of RFC 4271 §8.1.1, ARS-17)
 * @param times all times
 */
public record SessionParameters(
        Asn localAsn,
        RouterId localId,
        Asn peerAsn,
        Set<AddressFamily> families,
        boolean fourOctetAsn,
        boolean routeRefresh,
        boolean enhancedRouteRefresh,
        SessionExtensions extensions,
        List<Capability> requiredCapabilities,
        boolean passive,
        SessionTimes times) {

    /**
     * Copies the collections and checks what belongs together.
     *
     * @throws IllegalArgumentException naming what is out of range
     */
    public SessionParameters {
        families = Set.copyOf(families);
        requiredCapabilities = List.copyOf(requiredCapabilities);
        require(localId.bits() != 0, "the local BGP identifier must not be zero (RFC 6286 §2.1)");
        require(localAsn.bits() != 0 && peerAsn.bits() != 0, "AS 0 must not be used (RFC 7607 §2)");
        require(!families.isEmpty(), "families must name at least one (ARS-15)");
        require(
                fourOctetAsn || (localAsn.isTwoOctet() && peerAsn.isTwoOctet()),
                "AS numbers over 65535 need four-octet AS numbers (ARS-13)");
    }

    /**
     * Starts parameters with IPv4 unicast, route refresh, two-octet AS numbers and the times of
     * {@link SessionTimes#standard()}.
     *
     * @param localAsn our AS number
     * @param localId our BGP identifier, not zero
     * @param peerAsn the AS number that the peer must have
     * @return a builder
     */
    public static Builder builder(Asn localAsn, RouterId localId, Asn peerAsn) {
        return new Builder(localAsn, localId, peerAsn);
    }

    /**
     * Tells whether peer and server are of different ASes (RFC 4271 §1.1, "External peer").
     *
     * @return false for an internal session
     */
    public boolean isExternal() {
        return !localAsn.equals(peerAsn);
    }

    /**
     * Returns our OPEN (RFC 4271 §4.2) with a capability for each thing that is implemented and enabled, and for nothing
     * else: what an OPEN offers must be true (ARS-18).
     *
     * @return the message; equal parameters give equal messages
     */
    public OpenMessage localOpen() {
        List<Capability> offered = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) { // not in the order of a hash
            if (families.contains(family)) {
                offered.add(Capability.Multiprotocol.of(family));
            }
        }
        if (routeRefresh) {
            offered.add(new Capability.RouteRefresh());
        }
        if (fourOctetAsn) {
            offered.add(new Capability.FourOctetAs(localAsn));
        }
        if (enhancedRouteRefresh) {
            offered.add(new Capability.EnhancedRouteRefresh());
        }
        offered.addAll(extensions.capabilities());
        return OpenMessage.of(localAsn, times.holdTimeSeconds(), localId, offered);
    }

    private static void require(boolean isMet, String rule) {
        if (!isMet) {
            throw new IllegalArgumentException("session parameters: " + rule);
        }
    }

    /** Collects parameters; not thread-safe. */
    public static final class Builder {
        private final Asn localAsn;
        private final RouterId localId;
        private final Asn peerAsn;
        private Set<AddressFamily> families = Set.of(AddressFamily.IPV4_UNICAST);
        private boolean fourOctetAsn;
        private boolean routeRefresh = true;
        private boolean enhancedRouteRefresh;
        private SessionExtensions extensions = SessionExtensions.none();
        private List<Capability> requiredCapabilities = List.of();
        private boolean passive;
        private SessionTimes times = SessionTimes.standard();

        private Builder(Asn localAsn, RouterId localId, Asn peerAsn) {
            this.localAsn = localAsn;
            this.localId = localId;
            this.peerAsn = peerAsn;
        }

        /**
         * Sets the families that are offered; IPv4 unicast if left out.
         *
         * @param value at least one
         * @return this builder
         */
        public Builder families(Set<AddressFamily> value) {
            families = value;
            return this;
        }

        /**
         * Sets whether four-octet AS numbers are advertised; no if left out.
         *
         * @param value true where RFC 6793 is spoken
         * @return this builder
         */
        public Builder fourOctetAsn(boolean value) {
            fourOctetAsn = value;
            return this;
        }

        /**
         * Sets whether route refresh is advertised; yes if left out.
         *
         * @param value true where RFC 2918 is spoken
         * @return this builder
         */
        public Builder routeRefresh(boolean value) {
            routeRefresh = value;
            return this;
        }

        /**
         * Sets whether enhanced route refresh is advertised; no if left out.
         *
         * @param value true where RFC 7313 is spoken
         * @return this builder
         */
        public Builder enhancedRouteRefresh(boolean value) {
            enhancedRouteRefresh = value;
            return this;
        }

        /**
         * Sets what else is advertised; nothing if left out.
         *
         * @param value what the owner of the session really does
         * @return this builder
         */
        public Builder extensions(SessionExtensions value) {
            extensions = value;
            return this;
        }

        /**
         * Sets the capabilities without which a peer is refused; none if left out.
         *
         * @param value the capabilities as the peer would send them
         * @return this builder
         */
        public Builder requiredCapabilities(List<Capability> value) {
            requiredCapabilities = value;
            return this;
        }

        /**
         * Sets whether only the peer opens connections; no if left out.
         *
         * @param value true to wait for the peer
         * @return this builder
         */
        public Builder passive(boolean value) {
            passive = value;
            return this;
        }

        /**
         * Sets the times.
         *
         * @param value all of them
         * @return this builder
         */
        public Builder times(SessionTimes value) {
            times = value;
            return this;
        }

        /**
         * Returns the parameters.
         *
         * @return the parameters
         * @throws IllegalArgumentException naming what is out of range
         */
        public SessionParameters build() {
            return new SessionParameters(
                    localAsn,
                    localId,
                    peerAsn,
                    families,
                    fourOctetAsn,
                    routeRefresh,
                    enhancedRouteRefresh,
                    extensions,
                    requiredCapabilities,
                    passive,
                    times);
        }
    }
}
