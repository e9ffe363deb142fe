package dev.waymark.bgp.message;

import dev.waymark.api.net.AddressFamily;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Long-lived graceful restart: how long stale routes of a family may live on (RFC 9494 §3.1). Immutable. Counts only beside
 * a {@link GracefulRestartCapability}.
 *
 * @param entries the families in wire order, at most 36
 */
public record LongLivedGracefulRestartCapability(List<Entry> entries) implements Capability {

    private static final int ENTRY_OCTETS = 7;

    /**
     * Copies the list and checks that it can be written.
     *
     * @throws IllegalArgumentException when it is too long for a capability
     */
    public LongLivedGracefulRestartCapability {
        entries = List.copyOf(entries);
        FamilyTuples.checkOctets(entries.size() * ENTRY_OCTETS);
    }

    /** Reads a value of 7n octets. */
    static LongLivedGracefulRestartCapability of(Octets value) {
        List<Entry> entries = new ArrayList<>();
        for (int at = 0; at < value.size(); at += ENTRY_OCTETS) {
            entries.add(new Entry(
                    FamilyTuples.u16(value, at),
                    value.get(at + 2),
                    value.get(at + 3),
                    FamilyTuples.u24(value, at + 4)));
        }
        return new LongLivedGracefulRestartCapability(entries);
    }

    /**
     * Returns what is said about a family.
     *
     * @param family the family
     * @return its first entry, or empty when there is none
     */
    public Optional<Entry> entry(AddressFamily family) {
        return entries.stream()
                .filter(entry -> entry.afi() == family.afi() && entry.safi() == family.safi())
                .findFirst();
    }

    @Override
    public Kind kind() {
        return Kind.LONG_LIVED_GRACEFUL_RESTART;
    }

    @Override
    public int code() {
        return CapabilityCode.LONG_LIVED_GRACEFUL_RESTART.code();
    }

    @Override
    public Octets value() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            FamilyTuples.put16(out, entry.afi());
            out.write(entry.safi());
            out.write(entry.flags());
            FamilyTuples.put24(out, entry.staleSeconds());
        }
        return Octets.copyOf(out.toByteArray());
    }

    /**
     * One family.
     *
     * @param afi address family identifier, 0 to 65535
     * @param safi subsequent address family identifier, 0 to 255
     * @param flags the flag bits, 0 to 255: 128 for {@link #hasForwarded()}
     * @param staleSeconds how long stale routes may live on, 0 to 16777215 seconds
     */
    public record Entry(int afi, int safi, int flags, int staleSeconds) {

        /** The sender went on forwarding (RFC 9494 §3.1). */
        public static final int FORWARDED = 128;

        /**
         * Checks that every field can be written.
         *
         * @throws IllegalArgumentException when a number doesn't fit its field
         */
        public Entry {
            FamilyTuples.checkRange("AFI", afi, 0xffff);
            FamilyTuples.checkRange("SAFI", safi, 255);
            FamilyTuples.checkRange("family flags", flags, 255);
            FamilyTuples.checkRange("long-lived stale time", staleSeconds, 0xffffff);
        }

        /**
         * Tells whether the sender went on forwarding during its restart (the F bit, RFC 9494 §3.1).
         *
         * @return true when it did
         */
        public boolean hasForwarded() {
            return (flags & FORWARDED) != 0;
        }
    }
}
