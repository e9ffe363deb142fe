package dev.waymark.bgp.message;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.RouterId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An OPEN (RFC 4271 §4.2): what its sender says about itself. Immutable. Its fields are not judged here; a received one
 * may hold an AS of 0 or a hold time of 1.
 *
 * @param version the protocol version, 0 to 255; 4 for BGP-4
 * @param myAs the two-octet field "My Autonomous System", 0 to 65535; see {@link #asn()}
 * @param holdTimeSeconds the hold time, 0 to 65535 seconds
 * @param routerId the BGP identifier
 * @param capabilities the capabilities in wire order, copies included
 */
public record OpenMessage(
        int version, int myAs, int holdTimeSeconds, RouterId routerId, List<Capability> capabilities) {

    /** The protocol version of RFC 4271. */
    public static final int VERSION = 4;

    /**
     * Copies the list and checks that every field can be written.
     *
     * @throws IllegalArgumentException when a number doesn't fit its field
     */
    public OpenMessage {
        checkRange("version", version, 255);
        checkRange("my AS", myAs, 0xffff);
        checkRange("hold time", holdTimeSeconds, 0xffff);
        capabilities = List.copyOf(capabilities);
    }

    /**
     * Returns the OPEN of version 4 for a speaker, with its AS number in the two-octet field when it fits and
     * AS_TRANS when it doesn't (RFC 6793 §4.2.1). The four-octet capability is not added: it belongs into the list.
     *
     * @param asn the sender's AS number
     * @param holdTimeSeconds the hold time, 0 to 65535 seconds
     * @param routerId the sender's BGP identifier
     * @param capabilities the capabilities, in the order they are written
     * @return the message
     */
    public static OpenMessage of(Asn asn, int holdTimeSeconds, RouterId routerId, List<Capability> capabilities) {
        Asn field = asn.isTwoOctet() ? asn : Asn.AS_TRANS;
        return new OpenMessage(VERSION, field.bits(), holdTimeSeconds, routerId, capabilities);
    }

    /**
     * Returns the sender's AS number: that of the four-octet capability when there is one, else the two-octet field
     * (RFC 6793 §4.1).
     *
     * @return the AS number
     */
    public Asn asn() {
        return fourOctetAsn().orElse(Asn.ofBits(myAs));
    }

    /**
     * Returns the AS number of the four-octet capability (RFC 6793 §3).
     *
     * @return the first such number, or empty when the capability is missing
     */
    public Optional<Asn> fourOctetAsn() {
        for (Capability capability : capabilities) {
            if (capability instanceof Capability.FourOctetAs fourOctetAs) {
                return Optional.of(fourOctetAs.asn());
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the sender's graceful restart capability (RFC 4724 §3).
     *
     * @return the last well-formed one, or empty when there is none
     */
    public Optional<GracefulRestartCapability> gracefulRestart() {
        return last(GracefulRestartCapability.class);
    }

    /**
     * Returns the sender's long-lived graceful restart capability, which counts only beside graceful restart
     * (RFC 9494 §3.1).
     *
     * @return the last well-formed one, or empty when there is none or {@link #gracefulRestart()} is empty
     */
    public Optional<LongLivedGracefulRestartCapability> longLivedGracefulRestart() {
        return gracefulRestart().flatMap(restart -> last(LongLivedGracefulRestartCapability.class));
    }

    private <T extends Capability> Optional<T> last(Class<T> type) {
        return capabilities.stream().filter(type::isInstance).map(type::cast).reduce((first, second) -> second);
    }

    /**
     * Tells whether a well-formed capability of the given kind is there.
     *
     * @param kind the kind
     * @return true when it is
     */
    public boolean has(Capability.Kind kind) {
        return capabilities.stream().anyMatch(capability -> capability.kind() == kind);
    }

    /**
     * Tells whether the sender offers a family. An OPEN without any multiprotocol capability offers IPv4 unicast
     * (RFC 4760 §8).
     *
     * @param family the family
     * @return true when it is offered
     */
    public boolean offers(AddressFamily family) {
        if (!has(Capability.Kind.MULTIPROTOCOL)) {
            return family == AddressFamily.IPV4_UNICAST;
        }
        return capabilities.contains(Capability.Multiprotocol.of(family));
    }

    /**
     * Returns the first capability whose value has an impossible length, among those that the receiver uses. Such an
     * OPEN is refused; a malformed capability that nobody uses is ignored.
     *
     * @param used the capabilities that the receiver uses
     * @return the capability as received, or empty when all is well
     */
    public Optional<Capability> firstMalformed(Set<CapabilityCode> used) {
        return capabilities.stream()
                .filter(capability -> capability.kind() == Capability.Kind.UNKNOWN)
                .filter(capability -> used.contains(CapabilityCode.fromCode(capability.code())))
                .findFirst();
    }

    private static void checkRange(String field, int value, int max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(
                    field + " " + value + " is out of range: allowed is 0 to " + max + " (RFC 4271 §4.2)");
        }
    }
}
