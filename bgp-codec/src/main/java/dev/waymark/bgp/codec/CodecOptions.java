package dev.waymark.bgp.codec;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a session negotiated and how strict its owner wants received messages judged. Immutable; made once per session
 * by {@link #builder()}.
 */
public final class CodecOptions {

    private final DecodeClass decodeClass;
    private final AttributeRules rules;
    private final int peerAs;
    private final boolean enforceFirstAs;
    private final int families;
    private final int addPathReceive;
    private final int maxMessageOctets;
    private final boolean extendedNextHop;
    private final boolean enhancedRefresh;
    private final IpAddress[] ownAddresses;

    private CodecOptions(Builder builder) {
        decodeClass = new DecodeClass(
                builder.fourOctetSession,
                builder.localFourOctet,
                builder.external,
                builder.allowAsSet,
                !builder.external,
                builder.aigp,
                builder.unwantedTypes,
                builder.maxAsPathHops,
                builder.maxCommunities);
        rules = new AttributeRules(decodeClass);
        peerAs = builder.peerAsn.bits();
        enforceFirstAs = builder.enforceFirstAs;
        families = mask(builder.families);
        addPathReceive = mask(builder.addPathReceive);
        maxMessageOctets = builder.maxMessageOctets;
        extendedNextHop = builder.extendedNextHop;
        enhancedRefresh = builder.enhancedRefresh;
        ownAddresses = builder.ownAddresses.toArray(IpAddress[]::new);
    }

    /**
     * Returns a builder with what two external speakers of four-octet AS numbers have without further capabilities:
     * IPv4 unicast, messages of 4096 octets, strict judgement.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Tells whether a family was negotiated.
     *
     * @param family the family
     * @return true when its routes are read
     */
    public boolean hasFamily(AddressFamily family) {
        return (families & bit(family)) != 0;
    }

    /**
     * Tells whether the peer sends path identifiers with a family (RFC 7911 §3).
     *
     * @param family the family
     * @return true when each prefix has four octets before it
     */
    public boolean receivesPathIds(AddressFamily family) {
        return (addPathReceive & bit(family)) != 0;
    }

    /**
     * Returns the largest message that the peer may send (RFC 8654 §4).
     *
     * @return 4096 or 65535 octets
     */
    public int maxMessageOctets() {
        return maxMessageOctets;
    }

    /**
     * Tells whether enhanced route refresh was negotiated (RFC 7313 §3).
     *
     * @return true when beginning and end of a refresh are marked
     */
    public boolean isEnhancedRefresh() {
        return enhancedRefresh;
    }

    /**
     * Tells whether AS numbers have four octets on the session (RFC 6793 §4.1).
     *
     * @return true when both sides advertised the capability
     */
    public boolean isFourOctetSession() {
        return decodeClass.fourOctetSession();
    }

    /**
     * Tells whether the peer is in another AS.
     *
     * @return false for an internal peer
     */
    public boolean isExternal() {
        return decodeClass.external();
    }

    DecodeClass decodeClass() {
        return decodeClass;
    }

    AttributeRules rules() {
        return rules;
    }

    int peerAs() {
        return peerAs;
    }

    /** Whether the first AS of a path has to be the peer's; only ever for an external peer. */
    boolean isFirstAsEnforced() {
        return enforceFirstAs && decodeClass.external();
    }

    boolean hasExtendedNextHop() {
        return extendedNextHop;
    }

    boolean hasOwnAddresses() {
        return ownAddresses.length > 0;
    }

    /** Tells whether a left-aligned address is one of the server's own. */
    boolean isOwnAddress(AddressFamily family, long high, long low) {
        for (IpAddress own : ownAddresses) {
            if (own.high() == high && own.low() == low && own.family() == family) {
                return true;
            }
        }
        return false;
    }

    private static int bit(AddressFamily family) {
        return 1 << Families.index(family);
    }

    private static int mask(Set<AddressFamily> families) {
        int mask = 0;
        for (AddressFamily family : families) {
            mask |= bit(family);
        }
        return mask;
    }

    /** Collects the options of a session. Confined to one thread. */
    public static final class Builder {
        private boolean fourOctetSession = true;
        private boolean localFourOctet = true;
        private boolean external = true;
        private Asn peerAsn = Asn.ZERO;
        private Set<AddressFamily> families = EnumSet.of(AddressFamily.IPV4_UNICAST);
        private Set<AddressFamily> addPathReceive = EnumSet.noneOf(AddressFamily.class);
        private int maxMessageOctets = Framer.MAX_MESSAGE_OCTETS;
        private boolean extendedNextHop;
        private boolean enhancedRefresh;
        private boolean allowAsSet;
        private boolean enforceFirstAs = true;
        private boolean aigp;
        private Set<Integer> unwantedTypes = Set.of();
        private int maxAsPathHops = 1000;
        private int maxCommunities = 4096;
        private List<IpAddress> ownAddresses = List.of();

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
         * Sets whether the peer is in another AS. Default: it is.
         *
         * @param isExternal false for an internal peer
         * @return this builder
         */
        public Builder external(boolean isExternal) {
            external = isExternal;
            return this;
        }

        /**
         * Sets the peer's AS number, which {@link #enforceFirstAs} compares with.
         *
         * @param asn the AS number
         * @return this builder
         */
        public Builder peerAsn(Asn asn) {
            peerAsn = asn;
            return this;
        }

        /**
         * Sets the negotiated families. Default: IPv4 unicast.
         *
         * @param negotiated the families; copied
         * @return this builder
         */
        public Builder families(Collection<AddressFamily> negotiated) {
            families = copy(negotiated);
            return this;
        }

        /**
         * Sets the families with which the peer sends path identifiers (RFC 7911 §3). Default: none.
         *
         * @param negotiated the families; copied
         * @return this builder
         */
        public Builder addPathReceive(Collection<AddressFamily> negotiated) {
            addPathReceive = copy(negotiated);
            return this;
        }

        /**
         * Sets the largest message that the peer may send (RFC 8654 §4). Default: 4096.
         *
         * @param octets 4096, or 65535 when we advertised extended messages
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
         * Sets whether IPv4 prefixes may come with an IPv6 next hop (RFC 8950 §4). Default: no.
         *
         * @param isNegotiated whether the capability was negotiated
         * @return this builder
         */
        public Builder extendedNextHop(boolean isNegotiated) {
            extendedNextHop = isNegotiated;
            return this;
        }

        /**
         * Sets whether beginning and end of a refresh are marked (RFC 7313 §3). Default: no.
         *
         * @param isNegotiated whether the capability was negotiated
         * @return this builder
         */
        public Builder enhancedRefresh(boolean isNegotiated) {
            enhancedRefresh = isNegotiated;
            return this;
        }

        /**
         * Sets whether AS_SET is accepted against RFC 9774 §3. Default: no.
         *
         * @param isAllowed whether it is
         * @return this builder
         */
        public Builder allowAsSet(boolean isAllowed) {
            allowAsSet = isAllowed;
            return this;
        }

        /**
         * Sets whether the first AS of an external peer's path has to be the peer's (RFC 4271 §6.3). Default: yes. To
         * be switched off for a session to another route server.
         *
         * @param isEnforced whether it has to
         * @return this builder
         */
        public Builder enforceFirstAs(boolean isEnforced) {
            enforceFirstAs = isEnforced;
            return this;
        }

        /**
         * Sets whether AIGP is accepted (RFC 7311 §3). Default: no.
         *
         * @param isEnabled whether it is
         * @return this builder
         */
        public Builder aigp(boolean isEnabled) {
            aigp = isEnabled;
            return this;
        }

        /**
         * Sets unknown attribute types that are dropped instead of passed on (RFC 4271 §5). Default: none.
         *
         * @param types attribute type codes, 0 to 255; for types that the codec knows it has no effect
         * @return this builder
         */
        public Builder unwantedTypes(Collection<Integer> types) {
            unwantedTypes = Set.copyOf(types);
            return this;
        }

        /**
         * Sets the most hops that an AS_PATH may have. Default: 1000.
         *
         * @param hops at least 1
         * @return this builder
         * @throws IllegalArgumentException when it is less
         */
        public Builder maxAsPathHops(int hops) {
            maxAsPathHops = checkPositive("maxAsPathHops", hops);
            return this;
        }

        /**
         * Sets the most communities of all kinds together. Default: 4096.
         *
         * @param communities at least 1
         * @return this builder
         * @throws IllegalArgumentException when it is less
         */
        public Builder maxCommunities(int communities) {
            maxCommunities = checkPositive("maxCommunities", communities);
            return this;
        }

        /**
         * Sets the server's own addresses, which no peer may give as next hop (RFC 4271 §5.1.3). Default: none.
         *
         * @param addresses the addresses; copied
         * @return this builder
         */
        public Builder ownAddresses(Collection<IpAddress> addresses) {
            ownAddresses = List.copyOf(addresses);
            return this;
        }

        /**
         * Returns the options.
         *
         * @return new immutable options
         */
        public CodecOptions build() {
            return new CodecOptions(this);
        }

        private static Set<AddressFamily> copy(Collection<AddressFamily> families) {
            return families.isEmpty() ? EnumSet.noneOf(AddressFamily.class) : EnumSet.copyOf(families);
        }

        private static int checkPositive(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " " + value + " is out of range: allowed is 1 or more");
            }
            return value;
        }
    }
}
