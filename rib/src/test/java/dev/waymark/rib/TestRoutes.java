package dev.waymark.rib;

import java.util.HashMap;
import java.util.Map;

/** Attribute sets and peers by number, as the decision sees them. */
final class TestRoutes implements PathMetrics, PeerRanks {
    /** What the decision compares of one attribute set. */
    record Attributes(
            long localPref,
            int length,
            int origin,
            long med,
            int firstAs,
            int cost,
            int originator,
            int clusters,
            boolean reachable) {
        static Attributes of(int length) {
            return new Attributes(100, length, 0, 0, 65001, 0, 0, 0, true);
        }

        Attributes withOrigin(int value) {
            return new Attributes(localPref, length, value, med, firstAs, cost, originator, clusters, reachable);
        }

        Attributes withMed(int as, long value) {
            return new Attributes(localPref, length, origin, value, as, cost, originator, clusters, reachable);
        }

        Attributes withReachable(boolean value) {
            return new Attributes(localPref, length, origin, med, firstAs, cost, originator, clusters, value);
        }
    }

    /** What the decision compares of one peer; the address is a number. */
    record Peer(boolean eligible, int rank, boolean external, int routerId, int address) {
        static Peer of(int routerId, int address) {
            return new Peer(true, 0, true, routerId, address);
        }
    }

    final Map<Integer, Attributes> attributes = new HashMap<>();
    final Map<Integer, Peer> peers = new HashMap<>();

    private Attributes at(int id) {
        return java.util.Objects.requireNonNull(attributes.get(id));
    }

    private Peer peer(int slot) {
        return java.util.Objects.requireNonNull(peers.get(slot));
    }

    @Override
    public int asPathLength(int id) {
        return at(id).length;
    }

    @Override
    public int origin(int id) {
        return at(id).origin;
    }

    @Override
    public long med(int id) {
        return at(id).med;
    }

    @Override
    public int firstAs(int id) {
        return at(id).firstAs;
    }

    @Override
    public long localPref(int id) {
        return at(id).localPref;
    }

    @Override
    public boolean isReachable(int id) {
        return at(id).reachable;
    }

    @Override
    public int interiorCost(int id) {
        return at(id).cost;
    }

    @Override
    public int originatorId(int id) {
        return at(id).originator;
    }

    @Override
    public int clusterListLength(int id) {
        return at(id).clusters;
    }

    @Override
    public boolean isEligible(int slot) {
        return peer(slot).eligible;
    }

    @Override
    public int preferenceRank(int slot) {
        return peer(slot).rank;
    }

    @Override
    public boolean isExternal(int slot) {
        return peer(slot).external;
    }

    @Override
    public int routerId(int slot) {
        return peer(slot).routerId;
    }

    @Override
    public int compareAddresses(int oneSlot, int otherSlot) {
        return Integer.compareUnsigned(peer(oneSlot).address, peer(otherSlot).address);
    }
}
