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
 * Where paths come from: slot 0 is the server itself, every other one is one session of one peer. A new session gets a new
 * slot, so that what an old one left behind can be swept at leisure (DESIGN §9). Confined to the engine loop.
 */
final class Slots implements PeerRanks {
    /** The slot of the server's own networks. */
    static final int OWN = 0;

    private static final int OWN_RANK = -1;

    private final Settings settings;
    private final List<@Nullable Session> sessions = new ArrayList<>();
    private final IntList free = new IntList();

    Slots(Settings settings) {
        this.settings = settings;
        sessions.add(null);
    }

    /** Returns the slot of the next session; one that was freed last is used first. */
    int take() {
        if (free.isEmpty()) {
            sessions.add(null);
            return sessions.size() - 1;
        }
        int slot = free.get(free.size() - 1);
        free.swapRemove(free.size() - 1);
        return slot;
    }

    void bind(int slot, Session session) {
        sessions.set(slot, session);
    }

    /** Frees a slot that no path and no group refers to any more. */
    void release(int slot) {
        sessions.set(slot, null);
        free.add(slot);
    }

    /** Returns a number above all slots that were ever taken. */
    int limit() {
        return sessions.size();
    }

    /** Returns the session of a slot, also one that is gone while its paths are; null for slot 0. */
    @Nullable
    Session session(int slot) {
        return sessions.get(slot);
    }

    /** Returns who sent what a slot holds; empty for the server itself. */
    Optional<PeerIdentity> identity(int slot) {
        Session session = sessions.get(slot);
        return session == null ? Optional.empty() : session.identity();
    }

    PeerRole role(int slot) {
        return existing(slot).config().role();
    }

    /** Returns the point-to-site prefixes of the gateway behind a slot; none of any other peer. */
    List<IpPrefix> pointToSite(int slot) {
        return existing(slot).config().pointToSite();
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
        return RoutePreference.rank(existing(slot).config().role(), preference);
    }

    @Override
    public boolean isExternal(int slot) {
        return slot != OWN && existing(slot).negotiated().external();
    }

    @Override
    public int routerId(int slot) {
        return slot == OWN
                ? settings.config().routerId().bits()
                : existing(slot).negotiated().peerId().bits();
    }

    @Override
    public int compareAddresses(int oneSlot, int otherSlot) {
        if (oneSlot == OWN || otherSlot == OWN) {
            return Integer.compare(oneSlot, otherSlot);
        }
        return existing(oneSlot)
                .config()
                .address()
                .compareTo(existing(otherSlot).config().address());
    }

    private Session existing(int slot) {
        Session session = sessions.get(slot);
        if (session == null) {
            throw new AssertionError("slot " + slot + " has no session");
        }
        return session;
    }
}
