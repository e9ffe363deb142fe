package dev.waymark.api;

import dev.waymark.api.net.AddressFamily;
import java.time.Duration;
import java.util.Set;

/**
 * How sessions are held with peers (SEMANTICS B, ERROR-HANDLING 7). Immutable; start from {@link #azure()} or {@link #standard()}.
 *
 * @param families the families offered to peers, at least one (ARS-15)
 * @param fourOctetAsn whether the four-octet AS capability is advertised (RFC 6793, ARS-13)
 * @param holdTime the hold time offered, 3 s to 65,535 s, or zero where allowed (ARS-14)
 * @param zeroHoldTimeAllowed whether a hold time of zero, no keepalives at all, is accepted
 * @param openTimeout how long a connection may take to a complete OPEN, 1 s to 10 min
 * @param establishTimeout how long a connection may take to Established, at least {@code openTimeout}
 * @param connectRetry the time between attempts to connect, 1 s to 1 h; jitter shortens it by up to a quarter
 * @param idleHoldAtMost the longest wait after errors; it grows 1, 2, 4 ... s up to this, 1 s to 1 h
 * @param enhancedRouteRefresh whether enhanced route refresh is advertised (RFC 7313)
 * @param enforceFirstAs whether an external peer's AS must come first in its AS_PATHs (RFC 7606 7.2)
 * @param allowAsSet whether AS_SETs are accepted, against RFC 9774 3
 * @param maxAsPathHops the longest AS_PATH accepted, 1 to 16,000 hops
 * @param maxCommunities the most communities of all kinds on a route, 1 to 16,000
 * @param extensions what else of BGP is spoken
 */
public record SessionSettings(
        Set<AddressFamily> families,
        boolean fourOctetAsn,
        Duration holdTime,
        boolean zeroHoldTimeAllowed,
        Duration openTimeout,
        Duration establishTimeout,
        Duration connectRetry,
        Duration idleHoldAtMost,
        boolean enhancedRouteRefresh,
        boolean enforceFirstAs,
        boolean allowAsSet,
        int maxAsPathHops,
        int maxCommunities,
        ExtensionSettings extensions) {

    /** Checks the ranges. */
    public SessionSettings {
        families = Set.copyOf(families);
        Checks.require(!families.isEmpty(), "session.families", "is empty; name at least one", "ARS-15");
        if (!(holdTime.isZero() && zeroHoldTimeAllowed)) {
            Checks.range("session.holdTime", holdTime, Duration.ofSeconds(3), Duration.ofSeconds(65_535), "ARS-14");
        }
        Checks.range("session.openTimeout", openTimeout, Duration.ofSeconds(1), Duration.ofMinutes(10), "");
        Checks.range("session.establishTimeout", establishTimeout, openTimeout, Duration.ofMinutes(20), "");
        Checks.range("session.connectRetry", connectRetry, Duration.ofSeconds(1), Duration.ofHours(1), "RFC 4271 10");
        Checks.range("session.idleHoldAtMost", idleHoldAtMost, Duration.ofSeconds(1), Duration.ofHours(1), "");
        Checks.range("session.maxAsPathHops", maxAsPathHops, 1, 16_000, "");
        Checks.range("session.maxCommunities", maxCommunities, 1, 16_000, "");
    }

    /** Returns Azure's: IPv4 only, two-octet AS numbers, 180 s hold time. */
    public static SessionSettings azure() {
        return new SessionSettings(
                Set.of(AddressFamily.IPV4_UNICAST),
                false,
                Duration.ofSeconds(180),
                false,
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(120),
                Duration.ofSeconds(120),
                false,
                true,
                false,
                1_000,
                4_096,
                ExtensionSettings.none());
    }

    /** Returns a modern route server's: both families, four-octet AS numbers, enhanced route refresh. */
    public static SessionSettings standard() {
        return azure().withFamilies(Set.of(AddressFamily.IPV4_UNICAST, AddressFamily.IPV6_UNICAST))
                .withFourOctetAsn(true)
                .withZeroHoldTimeAllowed(true)
                .withEnhancedRouteRefresh(true);
    }

    /** Returns these settings with another {@code families}. */
    public SessionSettings withFamilies(Set<AddressFamily> value) {
        Draft draft = new Draft(this);
        draft.families = value;
        return draft.build();
    }

    /** Returns these settings with another {@code fourOctetAsn}. */
    public SessionSettings withFourOctetAsn(boolean value) {
        Draft draft = new Draft(this);
        draft.fourOctetAsn = value;
        return draft.build();
    }

    /** Returns these settings with another {@code holdTime}. */
    public SessionSettings withHoldTime(Duration value) {
        Draft draft = new Draft(this);
        draft.holdTime = value;
        return draft.build();
    }

    /** Returns these settings with another {@code zeroHoldTimeAllowed}. */
    public SessionSettings withZeroHoldTimeAllowed(boolean value) {
        Draft draft = new Draft(this);
        draft.zeroHoldTimeAllowed = value;
        return draft.build();
    }

    /** Returns these settings with another {@code openTimeout}. */
    public SessionSettings withOpenTimeout(Duration value) {
        Draft draft = new Draft(this);
        draft.openTimeout = value;
        return draft.build();
    }

    /** Returns these settings with another {@code establishTimeout}. */
    public SessionSettings withEstablishTimeout(Duration value) {
        Draft draft = new Draft(this);
        draft.establishTimeout = value;
        return draft.build();
    }

    /** Returns these settings with another {@code connectRetry}. */
    public SessionSettings withConnectRetry(Duration value) {
        Draft draft = new Draft(this);
        draft.connectRetry = value;
        return draft.build();
    }

    /** Returns these settings with another {@code idleHoldAtMost}. */
    public SessionSettings withIdleHoldAtMost(Duration value) {
        Draft draft = new Draft(this);
        draft.idleHoldAtMost = value;
        return draft.build();
    }

    /** Returns these settings with another {@code enhancedRouteRefresh}. */
    public SessionSettings withEnhancedRouteRefresh(boolean value) {
        Draft draft = new Draft(this);
        draft.enhancedRouteRefresh = value;
        return draft.build();
    }

    /** Returns these settings with another {@code enforceFirstAs}. */
    public SessionSettings withEnforceFirstAs(boolean value) {
        Draft draft = new Draft(this);
        draft.enforceFirstAs = value;
        return draft.build();
    }

    /** Returns these settings with another {@code allowAsSet}. */
    public SessionSettings withAllowAsSet(boolean value) {
        Draft draft = new Draft(this);
        draft.allowAsSet = value;
        return draft.build();
    }

    /** Returns these settings with another {@code maxAsPathHops}. */
    public SessionSettings withMaxAsPathHops(int value) {
        Draft draft = new Draft(this);
        draft.maxAsPathHops = value;
        return draft.build();
    }

    /** Returns these settings with another {@code maxCommunities}. */
    public SessionSettings withMaxCommunities(int value) {
        Draft draft = new Draft(this);
        draft.maxCommunities = value;
        return draft.build();
    }

    /** Returns these settings with other {@code extensions}. */
    public SessionSettings withExtensions(ExtensionSettings value) {
        Draft draft = new Draft(this);
        draft.extensions = value;
        return draft.build();
    }

    /** The same values, to change one of. */
    private static final class Draft {
        private Set<AddressFamily> families;
        private boolean fourOctetAsn;
        private Duration holdTime;
        private boolean zeroHoldTimeAllowed;
        private Duration openTimeout;
        private Duration establishTimeout;
        private Duration connectRetry;
        private Duration idleHoldAtMost;
        private boolean enhancedRouteRefresh;
        private boolean enforceFirstAs;
        private boolean allowAsSet;
        private int maxAsPathHops;
        private int maxCommunities;
        private ExtensionSettings extensions;

        Draft(SessionSettings from) {
            families = from.families;
            fourOctetAsn = from.fourOctetAsn;
            holdTime = from.holdTime;
            zeroHoldTimeAllowed = from.zeroHoldTimeAllowed;
            openTimeout = from.openTimeout;
            establishTimeout = from.establishTimeout;
            connectRetry = from.connectRetry;
            idleHoldAtMost = from.idleHoldAtMost;
            enhancedRouteRefresh = from.enhancedRouteRefresh;
            enforceFirstAs = from.enforceFirstAs;
            allowAsSet = from.allowAsSet;
            maxAsPathHops = from.maxAsPathHops;
            maxCommunities = from.maxCommunities;
            extensions = from.extensions;
        }

        SessionSettings build() {
            return new SessionSettings(
                    families,
                    fourOctetAsn,
                    holdTime,
                    zeroHoldTimeAllowed,
                    openTimeout,
                    establishTimeout,
                    connectRetry,
                    idleHoldAtMost,
                    enhancedRouteRefresh,
                    enforceFirstAs,
                    allowAsSet,
                    maxAsPathHops,
                    maxCommunities,
                    extensions);
        }
    }
}
