package dev.waymark.bgp.codec;

import dev.waymark.api.net.AddressFamily;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** How UPDATEs are written for a session, or for all sessions of a group. Immutable. */
public final class EncodeOptions {

    private final boolean fourOctetSession;
    private final boolean localFourOctet;
    private final int maxMessageOctets;
    private final boolean extendedNextHop;
    private final Set<AddressFamily> addPathSend;

    private EncodeOptions(Builder builder) {
        fourOctetSession = builder.fourOctetSession;
        localFourOctet = builder.localFourOctet;
        maxMessageOctets = builder.maxMessageOctets;
        extendedNextHop = builder.extendedNextHop;
        addPathSend = EnumSet.copyOf(builder.addPathSend);
    }

    /**
     * Returns a builder with what two speakers of four-octet AS numbers have without further capabilities.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Tells whether AS numbers are written with four octets (RFC 6793 §4.1).
     *
     * @return true when both sides advertised the capability
     */
    public boolean isFourOctetSession() {
        return fourOctetSession;
    }

    /**
     * Tells whether AS numbers that don't fit two octets are carried along in AS4_PATH and AS4_AGGREGATOR
     * (RFC 6793 §4.2.2).
     *
     * @return true when we advertised the capability
     */
    public boolean isLocalFourOctet() {
        return localFourOctet;
    }

    /**
     * Returns the largest message that the peer takes.
     *
     * @return 4096 or 65535 octets
     */
    public int maxMessageOctets() {
        return maxMessageOctets;
    }

    /**
     * Tells whether the peer takes IPv4 prefixes with an IPv6 next hop (RFC 8950 §4).
     *
     * @return true when it does
     */
    public boolean hasExtendedNextHop() {
        return extendedNextHop;
    }

    /**
     * Tells whether prefixes of a family go out with a path identifier (RFC 7911 §3).
     *
     * @param family the family
     * @return true when each prefix gets four octets before it
     */
    public boolean sendsPathIds(AddressFamily family) {
        return addPathSend.contains(family);
    }

    /** Collects the options. Confined to one thread. */
    public static final class Builder {
        private boolean fourOctetSession = true;
        private boolean localFourOctet = true;
        private int maxMessageOctets = Framer.MAX_MESSAGE_OCTETS;
        private boolean extendedNextHop;
        private final Set<AddressFamily> addPathSend = EnumSet.noneOf(AddressFamily.class);

        private Builder() {}

        /**
         * Sets who advertised four-octet AS numbers (RFC 6793 §4.1). Default: both.
         *
         * @param local whether we did
         * @param peer whether the peer did
         * @return this builder
         */
        public Builder fourOctetAs(boolean local, boolean peer) {
            localFourOctet = local;
            fourOctetSession = local && peer;
            return this;
        }

        /**
         * Sets the largest message that the peer takes (RFC 8654 §4). Default: 4096.
         *
         * @param octets 4096, or 65535 when the peer advertised extended messages
         * @return this builder
         * @throws IllegalArgumentException for any other number
         */
        public Builder maxMessageOctets(int octets) {
            if (octets != Framer.MAX_MESSAGE_OCTETS && octets != Framer.MAX_EXTENDED_MESSAGE_OCTETS) {
                throw new IllegalArgumentException("maxMessageOctets " + octets
                        + " is not valid: allowed is 4096, or 65535 for extended messages (RFC 8654 §4)");
            }
            maxMessageOctets = octets;
            return this;
        }

        /**
         * Sets whether the peer takes IPv4 prefixes with an IPv6 next hop (RFC 8950 §4). Default: no.
         *
         * @param isNegotiated whether the capability was negotiated
         * @return this builder
         */
        public Builder extendedNextHop(boolean isNegotiated) {
            extendedNextHop = isNegotiated;
            return this;
        }

        /**
         * Sets the families that are sent with path identifiers (RFC 7911 §3). Default: none.
         *
         * @param negotiated the families; copied
         * @return this builder
         */
        public Builder addPathSend(Collection<AddressFamily> negotiated) {
            addPathSend.clear();
            addPathSend.addAll(negotiated);
            return this;
        }

        /**
         * Returns the options.
         *
         * @return new immutable options
         */
        public EncodeOptions build() {
            return new EncodeOptions(this);
        }
    }
}
