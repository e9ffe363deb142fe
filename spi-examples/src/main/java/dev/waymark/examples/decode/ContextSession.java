package dev.waymark.examples.decode;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.RouterId;
import dev.waymark.bgp.codec.CodecOptions;
import dev.waymark.bgp.message.BgpRole;
import dev.waymark.bgp.message.OpenMessage;
import dev.waymark.bgp.session.Negotiated;
import dev.waymark.bgp.session.Negotiation;
import dev.waymark.bgp.session.SessionExtensions;
import dev.waymark.bgp.session.SessionParameters;
import dev.waymark.bgp.session.SessionTimes;
import java.util.Set;

/**
 * Makes a session out of a context: our parameters, and what both sides agree on when the peer's OPEN offers just that.
 * Stateless.
 */
final class ContextSession {
    private static final Asn DEFAULT_PEER_AS = Asn.of(65001);

    private ContextSession() {}

    /** Returns our side. */
    static SessionParameters parameters(DecodeContext context) {
        boolean isWide =
                context.isSet(ContextKey.AS4, true) || !context.localAs().isTwoOctet();
        return builder(context, peerAs(context), isWide).build();
    }

    /** Returns our side for an OPEN: where no AS is configured, the one that it says is taken for right. */
    static SessionParameters parametersFor(DecodeContext context, SessionParameters parameters, OpenMessage open) {
        boolean isInternal = !context.ebgp().orElse(true);
        Asn said = parameters.fourOctetAsn() ? open.asn() : Asn.ofBits(open.myAs());
        boolean contradicts = context.ebgp().isPresent() && said.equals(context.localAs()) != isInternal;
        if (context.peerAs().isPresent() || contradicts) {
            return parameters;
        }
        return said.bits() == 0
                        || (said.equals(Asn.AS_TRANS) && open.fourOctetAsn().isEmpty())
                ? parameters
                : builder(context, said, parameters.fourOctetAsn()).build();
    }

    /** Returns what was agreed with a peer whose OPEN mirrors ours. */
    static Negotiated negotiated(DecodeContext context, SessionParameters parameters) {
        boolean isWide = context.isSet(ContextKey.AS4, true);
        SessionExtensions ours = parameters.extensions();
        SessionExtensions mirrored = ours.role()
                .map(BgpRole::counterpart)
                .map(role -> ours.withRole(role, false))
                .orElse(ours)
                .withAddPath(ours.addPathSend(), ours.addPathReceive());
        RouterId peerId = RouterId.ofBits(parameters.localId().bits() ^ 1);
        Asn us = isWide || parameters.localAsn().isTwoOctet() ? parameters.localAsn() : Asn.AS_TRANS;
        SessionParameters peer = SessionParameters.builder(
                        parameters.peerAsn(), peerId.bits() == 0 ? RouterId.ofBits(2) : peerId, us)
                .families(parameters.families())
                .fourOctetAsn(isWide)
                .enhancedRouteRefresh(parameters.enhancedRouteRefresh())
                .extensions(mirrored)
                .build();
        // as4 = false can still mean that we would: then the peer is the one that doesn't
        boolean isLocalWide = parameters.fourOctetAsn() || context.isSet(ContextKey.LOCAL_AS4, true);
        SessionParameters local =
                builder(context, parameters.peerAsn(), isLocalWide).build();
        return (Negotiated) Negotiation.judge(local, peer.localOpen());
    }

    /** Returns how messages are read. */
    static CodecOptions options(DecodeContext context, Negotiated negotiated) {
        boolean knowsPeer = context.peerAs().isPresent();
        if (context.enforceFirstAs().orElse(false) && !knowsPeer) {
            throw new IllegalArgumentException("enforce_first_as: needs peer_as");
        }
        return negotiated
                .toCodecOptions()
                .external(context.ebgp().orElse(negotiated.external()))
                .enforceFirstAs(context.enforceFirstAs().orElse(knowsPeer))
                .allowAsSet(context.isSet(ContextKey.ALLOW_AS_SET, false))
                .maxAsPathHops(context.maxAsPath())
                .ownAddresses(context.ownAddresses())
                .build();
    }

    /** Returns the length that a header says. */
    static int claimed(byte[] octets) {
        return (octets[16] & 0xff) << 8 | (octets[17] & 0xff);
    }

    private static Asn peerAs(DecodeContext context) {
        boolean isInternal = context.ebgp().isPresent() && !context.ebgp().get();
        Asn external = context.localAs().equals(DEFAULT_PEER_AS) ? Asn.of(65002) : DEFAULT_PEER_AS;
        return context.peerAs().orElse(isInternal ? context.localAs() : external);
    }

    private static SessionParameters.Builder builder(DecodeContext context, Asn peer, boolean isWide) {
        SessionExtensions extensions = SessionExtensions.none()
                .withExtendedMessages(context.isSet(ContextKey.EXT_MESSAGE, false))
                .withExtendedNextHop(context.isSet(ContextKey.EXT_NEXT_HOP, false))
                .withAddPath(context.addPath(), Set.<AddressFamily>of());
        return SessionParameters.builder(context.localAs(), context.localId(), peer)
                .families(context.families())
                .fourOctetAsn(isWide)
                .routeRefresh(context.isSet(ContextKey.ROUTE_REFRESH, true))
                .enhancedRouteRefresh(context.isSet(ContextKey.ENHANCED_REFRESH, false))
                .extensions(context.role()
                        .map(role -> extensions.withRole(role, false))
                        .orElse(extensions))
                .times(SessionTimes.standard().withHoldTime(180, true));
    }
}
