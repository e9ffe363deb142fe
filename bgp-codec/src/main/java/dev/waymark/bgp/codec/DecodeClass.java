package dev.waymark.bgp.codec;

import java.util.Set;

/**
 * Everything that changes what a block of attributes means or whether it is accepted, and nothing that is checked by a
 * compare afterwards. Two sessions of one class share what was validated once.
 *
 * @param fourOctetSession whether AS numbers have four octets on the session (RFC 6793 §4.1)
 * @param localFourOctet whether we advertised the four-octet capability
 * @param external whether the peer is in another AS
 * @param allowAsSet whether AS_SET is accepted against RFC 9774 §3
 * @param allowConfederation whether confederation segments are accepted (RFC 5065 §5)
 * @param aigp whether AIGP is used (RFC 7311 §3)
 * @param unwantedTypes unknown attribute types that are dropped
 * @param maxAsPathHops the most hops of an AS_PATH
 * @param maxCommunities the most communities of all kinds
 */
record DecodeClass(
        boolean fourOctetSession,
        boolean localFourOctet,
        boolean external,
        boolean allowAsSet,
        boolean allowConfederation,
        boolean aigp,
        Set<Integer> unwantedTypes,
        int maxAsPathHops,
        int maxCommunities) {

    /** Judges attributes that are canonical already: what a policy made, or what is interned. */
    static final DecodeClass CANONICAL =
            new DecodeClass(true, false, false, true, true, true, Set.of(), Integer.MAX_VALUE, Integer.MAX_VALUE);
}
