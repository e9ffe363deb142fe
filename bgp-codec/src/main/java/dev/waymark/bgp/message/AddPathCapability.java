package dev.waymark.bgp.message;

import dev.waymark.api.net.AddressFamily;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * ADD-PATH: for which families the sender sends or takes several paths of one prefix (RFC 7911 §4). Immutable.
 *
 * @param entries the families in wire order, at most 63
 */
public record AddPathCapability(List<Entry> entries) implements Capability {

    /** The sender takes several paths. */
    public static final int RECEIVE = 1;

    /** The sender sends several paths. */
    public static final int SEND = 2;

    /** Both. */
    public static final int BOTH = 3;

    private static final int ENTRY_OCTETS = 4;

    /**
     * Copies the list and checks that it can be written.
     *
     * @throws IllegalArgumentException when it is too long for a capability
     */
    public AddPathCapability {
        entries = List.copyOf(entries);
        FamilyTuples.checkOctets(entries.size() * ENTRY_OCTETS);
    }

    /** Reads a value of 4n octets. */
    static AddPathCapability of(Octets value) {
        List<Entry> entries = new ArrayList<>();
        for (int at = 0; at < value.size(); at += ENTRY_OCTETS) {
            entries.add(new Entry(FamilyTuples.u16(value, at), value.get(at + 2), value.get(at + 3)));
        }
        return new AddPathCapability(entries);
    }

    /**
     * Tells whether every mode is defined; otherwise the whole capability is to be ignored (RFC 7911 §4).
     *
     * @return false when there is a mode other than 1, 2 and 3
     */
    public boolean isUnderstood() {
        return entries.stream().allMatch(entry -> entry.mode() >= RECEIVE && entry.mode() <= BOTH);
    }

    /**
     * Returns what the sender does for a family. The first entry of a family counts.
     *
     * @param family the family
     * @return {@link #RECEIVE}, {@link #SEND} or {@link #BOTH}; 0 for a family that isn't there, and for all families
     *     when the capability isn't understood
     */
    public int mode(AddressFamily family) {
        if (!isUnderstood()) {
            return 0;
        }
        for (Entry entry : entries) {
            if (entry.afi() == family.afi() && entry.safi() == family.safi()) {
                return entry.mode();
            }
        }
        return 0;
    }

    @Override
    public Kind kind() {
        return Kind.ADD_PATH;
    }

    @Override
    public int code() {
        return CapabilityCode.ADD_PATH.code();
    }

    @Override
    public Octets value() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            FamilyTuples.put16(out, entry.afi());
            out.write(entry.safi());
            out.write(entry.mode());
        }
        return Octets.copyOf(out.toByteArray());
    }

    /**
     * One family.
     *
     * @param afi address family identifier, 0 to 65535
     * @param safi subsequent address family identifier, 0 to 255
     * @param mode {@link #RECEIVE}, {@link #SEND}, {@link #BOTH}, or a number that nobody defined, 0 to 255
     */
    public record Entry(int afi, int safi, int mode) {
        /**
         * Checks that every field can be written.
         *
         * @throws IllegalArgumentException when a number doesn't fit its field
         */
        public Entry {
            FamilyTuples.checkRange("AFI", afi, 0xffff);
            FamilyTuples.checkRange("SAFI", safi, 255);
            FamilyTuples.checkRange("ADD-PATH mode", mode, 255);
        }
    }
}
