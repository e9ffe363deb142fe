package dev.waymark.bgp.session;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.RouterId;
import dev.waymark.bgp.codec.CodecOptions;
import dev.waymark.bgp.codec.EncodeOptions;
import dev.waymark.bgp.codec.Framer;
import dev.waymark.bgp.message.OpenMessage;
import dev.waymark.bgp.message.RouteRefreshMessage;
import java.util.Set;

/**
 * What both OPENs together decided for a session. Immutable.
 *
 * @param peerOpen the peer's OPEN
 * @param peerAsn the peer's AS number, which is the configured one
 * @param peerId the peer's BGP identifier
 * @param external whether peer and server are of different ASes
 * @param holdTimeSeconds the smaller of both hold times; 0: no hold, keepalive or send hold timer (RFC 4271 §4.2)
 * @param keepaliveSeconds the time between two KEEPALIVEs; 0 if the hold time is (RFC 4271 §4.4, ARS-14)
 * @param sendHoldSeconds the send hold time; 0: none (RFC 9687)
 * @param families the families that both offer, at least one (RFC 4760 §8)
 * @param fourOctetAsn whether AS numbers have four octets on this session: both advertise it (RFC 6793 §4.1)
 * @param localFourOctetAsn whether we advertise it, so that AS4_PATH means something to us (RFC 6793 §4.2.3, ARS-13)
 * @param peerRefreshes whether the peer answers our ROUTE-REFRESH (RFC 2918 §4)
 * @param localRefreshes whether we answer the peer's
 * @param enhancedRouteRefresh whether refreshes have a beginning and an end: both advertise it (RFC 7313 §3.1)
 * @param extensions what else was agreed
 * @param restart whether and how the peer's routes are kept when the session is lost
 */
public record Negotiated(
        OpenMessage peerOpen,
        Asn peerAsn,
        RouterId peerId,
        boolean external,
        int holdTimeSeconds,
        int keepaliveSeconds,
        int sendHoldSeconds,
        Set<AddressFamily> families,
        boolean fourOctetAsn,
        boolean localFourOctetAsn,
        boolean peerRefreshes,
        boolean localRefreshes,
        boolean enhancedRouteRefresh,
        NegotiatedExtensions extensions,
        RestartTerms restart)
        implements OpenVerdict {

    /** Copies the set. */
    public Negotiated {
        families = Set.copyOf(families);
    }

    /**
     * Tells whether a received ROUTE-REFRESH is looked at: for a family of the session, where we advertised that we answer
     * (RFC 2918 §4).
     *
     * @param refresh the message
     * @return false when it is to be ignored
     */
    public boolean answers(RouteRefreshMessage refresh) {
        return localRefreshes && refresh.family().filter(families::contains).isPresent();
    }

    /**
     * Returns how the peer's messages are decoded, as far as the OPENs decide it.
     *
     * @return a builder; what the configuration decides remains to be set
     */
    public CodecOptions.Builder toCodecOptions() {
        return CodecOptions.builder()
                .fourOctetAs(localFourOctetAsn, fourOctetAsn)
                .external(external)
                .peerAsn(peerAsn)
                .families(families)
                .addPathReceive(extensions.addPathReceive())
                .maxMessageOctets(maxOctets(extensions.receivesExtendedMessages()))
                .extendedNextHop(extensions.extendedNextHop())
                .enhancedRefresh(enhancedRouteRefresh);
    }

    /**
     * Returns how messages to the peer are encoded, as far as the OPENs decide it.
     *
     * @return a builder
     */
    public EncodeOptions.Builder toEncodeOptions() {
        return EncodeOptions.builder()
                .fourOctetAs(localFourOctetAsn, fourOctetAsn)
                .maxMessageOctets(maxOctets(extensions.sendsExtendedMessages()))
                .extendedNextHop(extensions.extendedNextHop())
                .addPathSend(extensions.addPathSend());
    }

    private static int maxOctets(boolean isExtended) {
        return isExtended ? Framer.MAX_EXTENDED_MESSAGE_OCTETS : Framer.MAX_MESSAGE_OCTETS;
    }
}
