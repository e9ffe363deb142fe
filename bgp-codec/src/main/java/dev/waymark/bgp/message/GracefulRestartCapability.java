package dev.waymark.bgp.message;

import dev.waymark.api.net.AddressFamily;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Graceful restart: how long, and for which families, the sender keeps forwarding while its BGP restarts (RFC 4724 §3,
 * RFC 8538 §2). Immutable. Without any entry it only says that the sender marks the end of its initial routes.
 *
 * @param flags the four flag bits, 0 to 15: 8 for {@link #isRestarting()}, 4 for {@link #isForNotifications()}
 * @param restartSeconds the time within which the sender wants to be back, 0 to 4095 seconds
 * @param entries the families in wire order, at most 63
 */
public record GracefulRestartCapability(int flags, int restartSeconds, List<Entry> entries) implements Capability {

    /** The sender has restarted (RFC 4724 §3). */
    public static final int RESTARTING = 8;

    /** Routes are kept after NOTIFICATIONs too (RFC 8538 §2). */
    public static final int FOR_NOTIFICATIONS = 4;

    private static final int FIXED_OCTETS = 2;
    private static final int ENTRY_OCTETS = 4;

    /**
     * Copies the list and checks that every field can be written.
     *
     * @throws IllegalArgumentException when a number doesn't fit its field, or the list a capability
     */
    public GracefulRestartCapability {
        FamilyTuples.checkRange("restart flags", flags, 15);
        FamilyTuples.checkRange("restart time", restartSeconds, 0xfff);
        entries = List.copyOf(entries);
        FamilyTuples.checkOctets(FIXED_OCTETS + entries.size() * ENTRY_OCTETS);
    }

    /** Reads a value of 2 + 4n octets. */
    static GracefulRestartCapability of(Octets value) {
        List<Entry> entries = new ArrayList<>();
        for (int at = FIXED_OCTETS; at < value.size(); at += ENTRY_OCTETS) {
            entries.add(new Entry(FamilyTuples.u16(value, at), value.get(at + 2), value.get(at + 3)));
        }
        int fixed = FamilyTuples.u16(value, 0);
        return new GracefulRestartCapability(fixed >>> 12, fixed & 0xfff, entries);
    }

    /**
     * Tells whether the sender has just restarted (the R bit, RFC 4724 §3).
     *
     * @return true when it has
     */
    public boolean isRestarting() {
        return (flags & RESTARTING) != 0;
    }

    /**
     * Tells whether the sender keeps routes after NOTIFICATIONs and expired hold timers too (the N bit, RFC 8538 §2).
     *
     * @return true when it does
     */
    public boolean isForNotifications() {
        return (flags & FOR_NOTIFICATIONS) != 0;
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
        return Kind.GRACEFUL_RESTART;
    }

    @Override
    public int code() {
        return CapabilityCode.GRACEFUL_RESTART.code();
    }

    @Override
    public Octets value() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FamilyTuples.put16(out, flags << 12 | restartSeconds);
        for (Entry entry : entries) {
            FamilyTuples.put16(out, entry.afi());
            out.write(entry.safi());
            out.write(entry.flags());
        }
        return Octets.copyOf(out.toByteArray());
    }

    /**
     * One family.
     *
     * @param afi address family identifier, 0 to 65535
     * @param safi subsequent address family identifier, 0 to 255
     * @param flags the flag bits, 0 to 255: 128 for {@link #hasForwarded()}
     */
    public record Entry(int afi, int safi, int flags) {

        /** The sender went on forwarding (RFC 4724 §3). */
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
        }

        /**
         * Tells whether the sender went on forwarding during its restart (the F bit, RFC 4724 §3).
         *
         * @return true when it did
         */
        public boolean hasForwarded() {
            return (flags & FORWARDED) != 0;
        }
    }
}
