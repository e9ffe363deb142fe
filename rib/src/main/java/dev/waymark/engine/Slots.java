package dev.waymark.engine;

import dev.waymark.api.PeerIdentity;
import dev.waymark.api.PeerRole;
import dev.waymark.api.RoutingPreference;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.policy.preference.RoutePreference;
import dev.waymark.rib.PeerRanks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where paths come from: slot 0 is the server itself, every other one is one session of one peer, or an instance of a VPN
 * gateway without BGP. A new session gets a new slot, so that what an old one left behind can be swept at leisure (DESIGN §9).
 * Paths that import made out of a session's routes (ARS-62) have a slot of their own, which is the session's with one more bit:
 * the peer may announce the same prefix itself. Confined to the engine loop.
 */
final class Slots implements PeerRanks {
    /** The slot of the server's own networks. */
    static final int OWN = 0;

    private static final int OWN_RANK = -1;
    private static final int AGGREGATE = 0x8000;

    private final Settings settings;
    private final List<@Nullable RouteSource> sources = new ArrayList<>();
    private final IntList free = new IntList();

    Slots(Settings settings) {
        this.settings = settings;
        sources.add(null);
    }

    /** Returns the slot of the aggregates that are made of the routes of a slot. */
    static int aggregate(int slot) {
        return slot | AGGREGATE;
    }

    /** Returns whether the paths of a slot are aggregates. */
    static boolean isAggregate(int slot) {
        return (slot & AGGREGATE) != 0;
    }

    /** Returns the slot of the session that paths come from, whether it announced them or they were made of what it announced. */
    static int ofSession(int slot) {
        return slot & ~AGGREGATE;
    }

    /** Returns the slot of the next session; one that was freed last is used first. */
    int take() {
        if (free.isEmpty()) {
            if (sources.size() == AGGREGATE) {
                throw new AssertionError("more than " + AGGREGATE + " sessions");
            }
            sources.add(null);
            return sources.size() - 1;
        }
        int slot = free.get(free.size() - 1);
        free.swapRemove(free.size() - 1);
        return slot;
    }

    void bind(int slot, RouteSource source) {
        sources.set(slot, source);
    }

    /** Frees a slot that no path and no group refers to any more. */
    void release(int slot) {
        sources.set(slot, null);
        free.add(slot);
    }

    /** Returns a number above all slots that were ever taken. */
    int limit() {
        return sources.size();
    }

    /** Returns the session of a slot, also one that is gone while its paths are; null where routes come from no session. */
    @Nullable
    Session session(int slot) {
        return sources.get(ofSession(slot)) instanceof Session session ? session : null;
    }

    /** Returns who sent what a slot holds; empty for the server itself. */
    Optional<PeerIdentity> identity(int slot) {
        RouteSource source = sources.get(ofSession(slot));
        return source == null ? Optional.empty() : source.identity();
    }

    PeerRole role(int slot) {
        return existing(slot).role();
    }

    /** Returns the point-to-site prefixes of the gateway behind a slot; none of any other peer. */
    List<IpPrefix> pointToSite(int slot) {
        return existing(slot).pointToSite();
    }

    @Override
    public boolean isEligible(int slot) {
        return slot == OWN || existing(slot).isEligible();
    }

    @Override
    public int preferenceRank(int slot) {
        if (slot == OWN) {
            return OWN_RANK;
        }
        RoutingPreference preference = settings.preference();
        return RoutePreference.rank(existing(slot).role(), preference);
    }

    @Override
    public boolean isExternal(int slot) {
        return slot != OWN && existing(slot).isExternal();
    }

    @Override
    public int routerId(int slot) {
        return slot == OWN
                ? settings.config().routerId().bits()
                : existing(slot).routerId();
    }

    @Override
    public int compareAddresses(int oneSlot, int otherSlot) {
        if (oneSlot == OWN || otherSlot == OWN) {
            return Integer.compare(oneSlot, otherSlot);
        }
        return existing(oneSlot).address().compareTo(existing(otherSlot).address());
    }

    private RouteSource existing(int slot) {
        RouteSource source = sources.get(ofSession(slot));
        if (source == null) {
            throw new AssertionError("slot " + slot + " has no source");
        }
        return source;
    }
}
