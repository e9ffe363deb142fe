package dev.waymark.bgp.message;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import java.util.Optional;

/**
 * One capability of an OPEN (RFC 5492 §4). Immutable. A code that Waymark knows but whose value has an impossible length
 * comes as {@link Unknown} with the octets as received: whoever uses that capability has to refuse the OPEN, see
 * {@link OpenMessage#firstMalformed}.
 */
public sealed interface Capability
        permits Capability.Multiprotocol,
                Capability.RouteRefresh,
                Capability.ExtendedMessage,
                Capability.Role,
                Capability.EnhancedRouteRefresh,
                Capability.FourOctetAs,
                Capability.Unknown,
                AddPathCapability,
                ExtendedNextHopCapability,
                GracefulRestartCapability,
                LongLivedGracefulRestartCapability {

    /** What {@code switch} expressions over capabilities use. */
    enum Kind {
        /** {@link Multiprotocol}. */
        MULTIPROTOCOL,
        /** {@link RouteRefresh}. */
        ROUTE_REFRESH,
        /** {@link ExtendedNextHopCapability}. */
        EXTENDED_NEXT_HOP,
        /** {@link ExtendedMessage}. */
        EXTENDED_MESSAGE,
        /** {@link Role}. */
        ROLE,
        /** {@link GracefulRestartCapability}. */
        GRACEFUL_RESTART,
        /** {@link EnhancedRouteRefresh}. */
        ENHANCED_ROUTE_REFRESH,
        /** {@link FourOctetAs}. */
        FOUR_OCTET_AS,
        /** {@link AddPathCapability}. */
        ADD_PATH,
        /** {@link LongLivedGracefulRestartCapability}. */
        LONG_LIVED_GRACEFUL_RESTART,
        /** {@link Unknown}. */
        UNKNOWN
    }

    /**
     * Returns which of the nested types this is.
     *
     * @return the kind
     */
    Kind kind();

    /**
     * Returns the capability code.
     *
     * @return 0 to 255
     */
    int code();

    /**
     * Returns the capability's value as it stands on the wire, without code and length.
     *
     * @return at most 255 octets
     */
    Octets value();

    /**
     * Reads a capability from its code and value.
     *
     * @param code the capability code, 0 to 255
     * @param value the value, at most 255 octets
     * @return the typed capability, or {@link Unknown} when the code isn't known or the value has an impossible length
     */
    static Capability of(int code, Octets value) {
        return switch (CapabilityCode.fromCode(code)) {
            case MULTIPROTOCOL ->
                value.size() == 4
                        ? new Multiprotocol(value.get(0) << 8 | value.get(1), value.get(3))
                        : new Unknown(code, value);
            case ROUTE_REFRESH -> value.size() == 0 ? new RouteRefresh() : new Unknown(code, value);
            case ENHANCED_ROUTE_REFRESH -> value.size() == 0 ? new EnhancedRouteRefresh() : new Unknown(code, value);
            case FOUR_OCTET_AS ->
                value.size() == 4
                        ? new FourOctetAs(
                                Asn.ofBits(value.get(0) << 24 | value.get(1) << 16 | value.get(2) << 8 | value.get(3)))
                        : new Unknown(code, value);
            case EXTENDED_MESSAGE -> value.size() == 0 ? new ExtendedMessage() : new Unknown(code, value);
            case ROLE -> value.size() == 1 ? new Role(value.get(0)) : new Unknown(code, value);
            case EXTENDED_NEXT_HOP ->
                value.size() % 6 == 0 ? ExtendedNextHopCapability.of(value) : new Unknown(code, value);
            case GRACEFUL_RESTART ->
                value.size() % 4 == 2 ? GracefulRestartCapability.of(value) : new Unknown(code, value);
            case ADD_PATH -> value.size() % 4 == 0 ? AddPathCapability.of(value) : new Unknown(code, value);
            case LONG_LIVED_GRACEFUL_RESTART ->
                value.size() % 7 == 0 ? LongLivedGracefulRestartCapability.of(value) : new Unknown(code, value);
            case OUTBOUND_ROUTE_FILTERING, UNKNOWN -> new Unknown(code, value);
        };
    }

    /**
     * Multiprotocol extensions: the sender can exchange routes of one family (RFC 4760 §8).
     *
     * @param afi address family identifier, 0 to 65535
     * @param safi subsequent address family identifier, 0 to 255
     */
    record Multiprotocol(int afi, int safi) implements Capability {

        /**
         * Returns the capability for a family.
         *
         * @param family the family
         * @return the capability
         */
        public static Multiprotocol of(AddressFamily family) {
            return new Multiprotocol(family.afi(), family.safi());
        }

        /**
         * Returns the family.
         *
         * @return the family, or empty when Waymark doesn't know it
         */
        public Optional<AddressFamily> family() {
            return AddressFamily.of(afi, safi);
        }

        @Override
        public Kind kind() {
            return Kind.MULTIPROTOCOL;
        }

        @Override
        public int code() {
            return CapabilityCode.MULTIPROTOCOL.code();
        }

        @Override
        public Octets value() {
            return Octets.of(afi >>> 8, afi, 0, safi);
        }
    }

    /** The sender answers ROUTE-REFRESH (RFC 2918 §2). */
    record RouteRefresh() implements Capability {
        @Override
        public Kind kind() {
            return Kind.ROUTE_REFRESH;
        }

        @Override
        public int code() {
            return CapabilityCode.ROUTE_REFRESH.code();
        }

        @Override
        public Octets value() {
            return Octets.empty();
        }
    }

    /** The sender reads messages of up to 65535 octets (RFC 8654 §3). */
    record ExtendedMessage() implements Capability {
        @Override
        public Kind kind() {
            return Kind.EXTENDED_MESSAGE;
        }

        @Override
        public int code() {
            return CapabilityCode.EXTENDED_MESSAGE.code();
        }

        @Override
        public Octets value() {
            return Octets.empty();
        }
    }

    /**
     * What the sender is to the receiver (RFC 9234 §4.1).
     *
     * @param role the role's number, 0 to 255; those without a name included
     */
    record Role(int role) implements Capability {
        /**
         * Checks that the capability can be written.
         *
         * @throws IllegalArgumentException when the number doesn't fit an octet
         */
        public Role {
            FamilyTuples.checkRange("role", role, 255);
        }

        /**
         * Returns the capability of a speaker with a role.
         *
         * @param role the speaker's role
         * @return the capability
         */
        public static Role of(BgpRole role) {
            return new Role(role.code());
        }

        /**
         * Returns the role by name.
         *
         * @return the role, or empty when nobody defined the number
         */
        public Optional<BgpRole> named() {
            return BgpRole.of(role);
        }

        @Override
        public Kind kind() {
            return Kind.ROLE;
        }

        @Override
        public int code() {
            return CapabilityCode.ROLE.code();
        }

        @Override
        public Octets value() {
            return Octets.of(role);
        }
    }

    /** The sender marks beginning and end of a refresh (RFC 7313 §3.1). */
    record EnhancedRouteRefresh() implements Capability {
        @Override
        public Kind kind() {
            return Kind.ENHANCED_ROUTE_REFRESH;
        }

        @Override
        public int code() {
            return CapabilityCode.ENHANCED_ROUTE_REFRESH.code();
        }

        @Override
        public Octets value() {
            return Octets.empty();
        }
    }

    /**
     * The sender writes AS numbers in four octets, and this is its own (RFC 6793 §3).
     *
     * @param asn the sender's AS number
     */
    record FourOctetAs(Asn asn) implements Capability {
        @Override
        public Kind kind() {
            return Kind.FOUR_OCTET_AS;
        }

        @Override
        public int code() {
            return CapabilityCode.FOUR_OCTET_AS.code();
        }

        @Override
        public Octets value() {
            int bits = asn.bits();
            return Octets.of(bits >>> 24, bits >>> 16, bits >>> 8, bits);
        }
    }

    /**
     * A capability that Waymark doesn't decode, or one whose value has an impossible length.
     *
     * @param code the capability code, 0 to 255
     * @param value the value as received
     */
    record Unknown(int code, Octets value) implements Capability {
        /**
         * Checks that the capability can be written.
         *
         * @throws IllegalArgumentException when the code or the value's length doesn't fit an octet
         */
        public Unknown {
            if (code < 0 || code > 255) {
                throw new IllegalArgumentException("capability code " + code + " is out of range: allowed is 0 to 255");
            }
            if (value.size() > 255) {
                throw new IllegalArgumentException(
                        "capability value of " + value.size() + " octets is too long: allowed is 0 to 255");
            }
        }

        @Override
        public Kind kind() {
            return Kind.UNKNOWN;
        }
    }
}
