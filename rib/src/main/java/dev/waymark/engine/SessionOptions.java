package dev.waymark.engine;

import dev.waymark.api.SessionSettings;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.bgp.codec.CodecOptions;
import dev.waymark.bgp.codec.EncodeOptions;
import dev.waymark.bgp.codec.Framer;
import dev.waymark.bgp.session.Negotiated;
import dev.waymark.bgp.session.NegotiatedExtensions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a session's messages are read and written: from settings and what was negotiated. Confined to the engine loop. */
final class SessionOptions {
    private final Settings settings;
    private final Map<NegotiatedExtensions, EncodeOptions> fourOctet = new HashMap<>();
    private final Map<NegotiatedExtensions, EncodeOptions> twoOctet = new HashMap<>();

    SessionOptions(Settings settings) {
        this.settings = settings;
    }

    /** Returns how messages are read before OPEN has been accepted. */
    CodecOptions beforeOpen(Peer peer) {
        return common(peer)
                .external(!peer.config().asn().equals(settings.localAsn()))
                .build();
    }

    /** Returns how messages are read once OPENs have been exchanged. */
    CodecOptions decoding(Peer peer, Negotiated negotiated) {
        return common(peer)
                .external(negotiated.external())
                .families(negotiated.families())
                .fourOctetAs(settings.config().session().fourOctetAsn(), negotiated.fourOctetAsn())
                .enhancedRefresh(negotiated.enhancedRouteRefresh())
                .maxMessageOctets(maxOctets(negotiated.extensions().receivesExtendedMessages()))
                .extendedNextHop(negotiated.extensions().extendedNextHop())
                .addPathReceive(negotiated.extensions().addPathReceive())
                .build();
    }

    /** Returns how UPDATEs are written; the same object for sessions that are written to alike. */
    EncodeOptions encoding(Negotiated negotiated) {
        NegotiatedExtensions extensions = toPeer(negotiated.extensions());
        return (negotiated.fourOctetAsn() ? fourOctet : twoOctet)
                .computeIfAbsent(
                        extensions,
                        unused -> EncodeOptions.builder()
                                .fourOctetAs(settings.config().session().fourOctetAsn(), negotiated.fourOctetAsn())
                                .maxMessageOctets(maxOctets(extensions.sendsExtendedMessages()))
                                .extendedNextHop(extensions.extendedNextHop())
                                .addPathSend(extensions.addPathSend())
                                .build());
    }

    /** What comes from a peer makes no difference to what it is sent, so that it doesn't split groups. */
    private static NegotiatedExtensions toPeer(NegotiatedExtensions all) {
        return all.addPathReceive().isEmpty()
                ? all
                : new NegotiatedExtensions(
                        all.receivesExtendedMessages(),
                        all.sendsExtendedMessages(),
                        all.extendedNextHop(),
                        Set.of(),
                        all.addPathSend(),
                        all.role());
    }

    private static int maxOctets(boolean isExtended) {
        return isExtended ? Framer.MAX_EXTENDED_MESSAGE_OCTETS : Framer.MAX_MESSAGE_OCTETS;
    }

    private CodecOptions.Builder common(Peer peer) {
        SessionSettings session = settings.config().session();
        List<IpAddress> own = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) {
            settings.config().localAddress(family).ifPresent(own::add);
        }
        return CodecOptions.builder()
                .peerAsn(peer.config().asn())
                .enforceFirstAs(peer.config().enforceFirstAs().orElse(session.enforceFirstAs()))
                .allowAsSet(session.allowAsSet())
                .maxAsPathHops(session.maxAsPathHops())
                .maxCommunities(session.maxCommunities())
                .ownAddresses(own);
    }
}
