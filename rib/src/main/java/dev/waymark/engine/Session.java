package dev.waymark.engine;

import dev.waymark.api.PeerConfig;
import dev.waymark.api.PeerIdentity;
import dev.waymark.api.PeerRole;
import dev.waymark.api.RouteMapRestrictions;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.bgp.codec.EncodeOptions;
import dev.waymark.bgp.message.RouteRefreshMessage;
import dev.waymark.bgp.session.Negotiated;
import dev.waymark.spi.PolicyContext;
import io.netty.buffer.ByteBuf;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One established session, from its beginning to the sweep of its last route: a slot of the tables with its accounts. A
 * peer that comes back gets another. Confined to the engine loop.
 */
final class Session implements RouteSource {
    private final int slot;
    private final Peer peer;
    private final Link link;
    private final Negotiated negotiated;
    private final EncodeOptions encoding;
    private final PeerIdentity identity;
    private final Map<AddressFamily, SessionFamily> families = new EnumMap<>(AddressFamily.class);
    private @Nullable PolicyContext importContext;
    private boolean isAlive = true;

    Session(int slot, Peer peer, Link link, Negotiated negotiated, EncodeOptions encoding) {
        this.slot = slot;
        this.peer = peer;
        this.link = link;
        this.negotiated = negotiated;
        this.encoding = encoding;
        this.identity = peer.config().identity();
        for (AddressFamily family : AddressFamily.values()) {
            if (negotiated.families().contains(family)) {
                families.put(family, new SessionFamily(family, peer.routeLimit()));
            }
        }
    }

    int slot() {
        return slot;
    }

    Peer peer() {
        return peer;
    }

    PeerConfig config() {
        return peer.config();
    }

    @Override
    public Optional<PeerIdentity> identity() {
        return Optional.of(identity);
    }

    /** Returns what import policies are told. */
    PolicyContext importContext(Asn localAsn, RouteMapRestrictions restrictions) {
        PolicyContext context = importContext;
        if (context == null) {
            context = new PolicyContext(
                    PolicyContext.Direction.IMPORT, localAsn, Optional.of(identity), Optional.empty(), restrictions);
            importContext = context;
        }
        return context;
    }

    Negotiated negotiated() {
        return negotiated;
    }

    EncodeOptions encoding() {
        return encoding;
    }

    SendWindow window() {
        return link.window();
    }

    /** Returns what the session has in a family, or null if the family was not negotiated. */
    @Nullable
    SessionFamily family(AddressFamily family) {
        return families.get(family);
    }

    Iterable<SessionFamily> families() {
        return families.values();
    }

    @Override
    public PeerRole role() {
        return peer.config().role();
    }

    @Override
    public List<IpPrefix> pointToSite() {
        return peer.config().pointToSite();
    }

    @Override
    public IpAddress address() {
        return peer.config().address();
    }

    @Override
    public boolean isExternal() {
        return negotiated.external();
    }

    @Override
    public int routerId() {
        return negotiated.peerId().bits();
    }

    /** Returns whether the session is up; its routes are not eligible once it is not. */
    @Override
    public boolean isAlive() {
        return isAlive;
    }

    void markDead() {
        isAlive = false;
    }

    /** Sends UPDATEs, and gives the reference to them away. */
    void send(ByteBuf octets, Outbox out) {
        link.send(octets, out);
    }

    /** Asks for the peer's routes (RFC 2918 §3). */
    void sendRefreshRequest(AddressFamily family, Outbox out) {
        link.send(Messages.routeRefresh(RouteRefreshMessage.of(family, RouteRefreshMessage.REQUEST)), out);
    }

    /** Sends the mark before a refresh, where the peer knows it (RFC 7313 §4). */
    void sendRefreshBegin(AddressFamily family, Outbox out) {
        sendMark(family, RouteRefreshMessage.BEGIN, out);
    }

    /** Sends the mark after a refresh, where the peer knows it (RFC 7313 §4). */
    void sendRefreshEnd(AddressFamily family, Outbox out) {
        sendMark(family, RouteRefreshMessage.END, out);
    }

    private void sendMark(AddressFamily family, int subtype, Outbox out) {
        if (negotiated.enhancedRouteRefresh()) {
            link.send(Messages.routeRefresh(RouteRefreshMessage.of(family, subtype)), out);
        }
    }
}
