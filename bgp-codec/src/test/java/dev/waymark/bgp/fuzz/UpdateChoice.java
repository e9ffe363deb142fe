package dev.waymark.bgp.fuzz;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.bgp.codec.CodecOptions;
import dev.waymark.bgp.codec.EncodeOptions;
import dev.waymark.bgp.codec.Framer;
import dev.waymark.bgp.codec.WireVector;
import java.util.ArrayList;
import java.util.List;

/**
 * What a session negotiated, chosen by three octets. Everything zero is what the vectors are for: an external peer, AS
 * 65001, with four-octet AS numbers and both families.
 *
 * @param first the first of them
 * @param options how it reads
 * @param encodeOptions how a speaker writes that it reads from
 */
record UpdateChoice(int first, CodecOptions options, EncodeOptions encodeOptions) {

    static UpdateChoice read(FuzzInput in) {
        return of(in.u8(), in.u8(), in.u8());
    }

    private static UpdateChoice of(int first, int second, int third) {
        boolean isLocalNarrow = bit(first, 0);
        boolean isNarrow = isLocalNarrow || bit(first, 1);
        boolean isInternal = bit(first, 2);
        List<AddressFamily> families = families(!bit(second, 0), !bit(second, 1));
        List<AddressFamily> addPath = families(bit(second, 2), bit(second, 3));
        int maxOctets = bit(second, 4) ? Framer.MAX_EXTENDED_MESSAGE_OCTETS : Framer.MAX_MESSAGE_OCTETS;
        boolean hasExtendedNextHop = bit(second, 5);
        CodecOptions.Builder options = CodecOptions.builder()
                .families(families)
                .peerAsn(Asn.of(65001))
                .external(!isInternal)
                .enforceFirstAs(!isInternal && !bit(first, 3))
                .allowAsSet(bit(first, 4))
                .aigp(bit(first, 5))
                .fourOctetAs(!isLocalNarrow, !isNarrow)
                .addPathReceive(addPath)
                .maxMessageOctets(maxOctets)
                .extendedNextHop(hasExtendedNextHop)
                .maxAsPathHops(1100)
                .maxCommunities(20_000);
        if (bit(third, 0)) {
            options.unwantedTypes(List.of(8, 35, 99));
        }
        if (bit(third, 1)) {
            options.maxAsPathHops(5).maxCommunities(5);
        }
        if (bit(third, 2)) {
            options.ownAddresses(List.of(IpAddress.parse("192.0.2.1"), IpAddress.parse("2001:db8::1")));
        }
        EncodeOptions encoding = EncodeOptions.builder()
                .fourOctetAs(!isLocalNarrow, !isNarrow)
                .addPathSend(addPath)
                .maxMessageOctets(maxOctets)
                .extendedNextHop(hasExtendedNextHop)
                .build();
        return new UpdateChoice(first, options.build(), encoding);
    }

    /** Returns sessions of the same server, of other kinds, that what this one brings is passed on to. */
    List<UpdateChoice> others() {
        int internal = (first | 4 | 8) & ~2;
        return List.of(of(internal, 32, 0), of(internal | 2, 12, 0), of(internal, 16 | 32, 0));
    }

    /** Tells whether the server writes and reads AS4_PATH; if not, it must not put large AS numbers into a path. */
    boolean knowsFourOctets() {
        return !bit(first, 0);
    }

    private static boolean bit(int octet, int bit) {
        return (octet >>> bit & 1) != 0;
    }

    /** Returns the octets that choose what a vector is for. */
    static byte[] of(WireVector vector) {
        int first = (vector.has("no-four-octet") ? 1 : 0)
                | (vector.has("two-octet") ? 2 : 0)
                | (vector.has("internal") ? 4 : 0)
                | (vector.has("allow-as-set") ? 16 : 0);
        int second = (vector.has("add-path") ? 12 : 0) | (vector.has("extended-next-hop") ? 32 : 0);
        return new byte[] {(byte) first, (byte) second, 0};
    }

    /** Returns octets that choose something else for each number. */
    static byte[] some(int number) {
        return new byte[] {(byte) (number * 37), (byte) (number * 101), (byte) (number % 8)};
    }

    private static List<AddressFamily> families(boolean hasIpv4, boolean hasIpv6) {
        List<AddressFamily> families = new ArrayList<>();
        if (hasIpv4) {
            families.add(AddressFamily.IPV4_UNICAST);
        }
        if (hasIpv6) {
            families.add(AddressFamily.IPV6_UNICAST);
        }
        return families;
    }
}
