package dev.waymark.bgp.message;

import dev.waymark.api.net.AddressFamily;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Extended next hop encoding: which families may have next hops of another protocol (RFC 8950 §4). Immutable.
 *
 * @param entries the families in wire order, at most 42
 */
public record ExtendedNextHopCapability(List<Entry> entries) implements Capability {

    private static final int ENTRY_OCTETS = 6;
    private static final int AFI_IPV6 = 2;

    /** IPv4 unicast routes with IPv6 next hops. */
    public static final ExtendedNextHopCapability IPV4_WITH_IPV6 =
            new ExtendedNextHopCapability(List.of(new Entry(1, 1, AFI_IPV6)));

    /**
     * Copies the list and checks that it can be written.
     *
     * @throws IllegalArgumentException when it is too long for a capability
     */
    public ExtendedNextHopCapability {
        entries = List.copyOf(entries);
        FamilyTuples.checkOctets(entries.size() * ENTRY_OCTETS);
    }

    /** Reads a value of 6n octets. */
    static ExtendedNextHopCapability of(Octets value) {
        List<Entry> entries = new ArrayList<>();
        for (int at = 0; at < value.size(); at += ENTRY_OCTETS) {
            entries.add(new Entry(
                    FamilyTuples.u16(value, at), FamilyTuples.u16(value, at + 2), FamilyTuples.u16(value, at + 4)));
        }
        return new ExtendedNextHopCapability(entries);
    }

    /**
     * Tells whether routes of a family may have IPv6 next hops.
     *
     * @param family the family
     * @return true when it is listed with AFI 2
     */
    public boolean allowsIpv6NextHop(AddressFamily family) {
        return entries.contains(new Entry(family.afi(), family.safi(), AFI_IPV6));
    }

    @Override
    public Kind kind() {
        return Kind.EXTENDED_NEXT_HOP;
    }

    @Override
    public int code() {
        return CapabilityCode.EXTENDED_NEXT_HOP.code();
    }

    @Override
    public Octets value() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            FamilyTuples.put16(out, entry.afi());
            FamilyTuples.put16(out, entry.safi());
            FamilyTuples.put16(out, entry.nextHopAfi());
        }
        return Octets.copyOf(out.toByteArray());
    }

    /**
     * One family and one protocol of next hops. The SAFI has two octets here.
     *
     * @param afi address family identifier of the routes, 0 to 65535
     * @param safi subsequent address family identifier of the routes, 0 to 65535
     * @param nextHopAfi address family identifier of the next hops, 0 to 65535
     */
    public record Entry(int afi, int safi, int nextHopAfi) {
        /**
         * Checks that every field can be written.
         *
         * @throws IllegalArgumentException when a number doesn't fit its field
         */
        public Entry {
            FamilyTuples.checkRange("AFI", afi, 0xffff);
            FamilyTuples.checkRange("SAFI", safi, 0xffff);
            FamilyTuples.checkRange("next hop AFI", nextHopAfi, 0xffff);
        }
    }
}
