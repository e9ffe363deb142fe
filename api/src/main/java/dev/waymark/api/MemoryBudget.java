package dev.waymark.api;

/** The budgets of what peers make a server keep, see {@link LimitSettings}. */
public enum MemoryBudget {
    /** {@link LimitSettings#peerMemoryOctets()}. */
    ONE_PEER,
    /** {@link LimitSettings#memoryOctets()}; the peer that keeps most goes. */
    ALL_PEERS,
    /** {@link LimitSettings#attributeSetsPerRoute()} times the peer's route limit. */
    ATTRIBUTE_SETS
}
