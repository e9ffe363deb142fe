package dev.waymark.policy.community;

import dev.waymark.api.route.Community;
import java.util.Optional;

/** The communities that mean the same everywhere (IANA, BGP Well-known Communities), and what Waymark does with them. */
public enum WellKnownCommunity {
    /** The route is about to go; acts only by policy, see {@link CommunitySteps#gracefulShutdown()}. */
    GRACEFUL_SHUTDOWN(Community.GRACEFUL_SHUTDOWN, "RFC 8326", Effect.BY_POLICY),
    /** For route reflectors of VPN routes; passed on. */
    ACCEPT_OWN(Community.ACCEPT_OWN, "RFC 7611", Effect.BY_POLICY),
    /** Kept after the session went down. */
    LLGR_STALE(Community.LLGR_STALE, "RFC 9494", Effect.BY_RESTART),
    /** Not to be kept after the session goes down. */
    NO_LLGR(Community.NO_LLGR, "RFC 9494", Effect.BY_RESTART),
    /** Traffic is to be discarded; acts only by policy. */
    BLACKHOLE(Community.BLACKHOLE, "RFC 7999", Effect.BY_POLICY),
    /** Sent to no external peer where the profile says so. */
    NO_EXPORT(Community.NO_EXPORT, "RFC 1997", Effect.ON_EXPORT),
    /** Sent to no peer at all. */
    NO_ADVERTISE(Community.NO_ADVERTISE, "RFC 1997", Effect.ON_EXPORT),
    /** Sent to no external peer where the profile says so; without confederations the same as NO_EXPORT. */
    NO_EXPORT_SUBCONFED(Community.NO_EXPORT_SUBCONFED, "RFC 1997", Effect.ON_EXPORT),
    /** Advice to networks that peer bilaterally; passed on. */
    NOPEER(Community.NOPEER, "RFC 3765", Effect.BY_POLICY);

    private final int bits;
    private final String rfc;
    private final Effect effect;

    WellKnownCommunity(Community community, String rfc, Effect effect) {
        this.bits = community.bits();
        this.rfc = rfc;
        this.effect = effect;
    }

    /**
     * Returns what a community means everywhere.
     *
     * @param community the community
     * @return the well-known community, or empty when it isn't one that Waymark knows
     */
    public static Optional<WellKnownCommunity> of(Community community) {
        for (WellKnownCommunity known : values()) {
            if (known.bits == community.bits()) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the value.
     *
     * @return the community
     */
    public Community community() {
        return Community.ofBits(bits);
    }

    /**
     * Returns where the meaning is defined.
     *
     * @return the RFC, such as {@code RFC 1997}
     */
    public String rfc() {
        return rfc;
    }

    /**
     * Returns what makes the community act.
     *
     * @return the effect
     */
    public Effect effect() {
        return effect;
    }

    /** What makes a well-known community act in a route server. */
    public enum Effect {
        /** The export check of {@link WellKnownCommunities} looks at it, without any policy. */
        ON_EXPORT,
        /** A policy step has to look at it; otherwise it is passed on like any other. */
        BY_POLICY,
        /** Long-lived graceful restart looks at it, where that is on; otherwise it is passed on like any other. */
        BY_RESTART
    }
}
