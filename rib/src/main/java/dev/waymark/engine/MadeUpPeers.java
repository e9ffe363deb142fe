package dev.waymark.engine;

import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.RouterId;
import dev.waymark.bgp.codec.MessageEncoder;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.OpenMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The peers of a rehearsal, and the server that they have. Immutable.
 *
 * @param server where the server listens
 * @param firstAddress the address of the first peer; the others follow
 * @param firstAsn the AS number of the first peer; the others follow
 * @param count how many there are
 */
record MadeUpPeers(InetSocketAddress server, int firstAddress, int firstAsn, int count) {
    private static final int FIRST_ASN = 65_001;
    private static final int HOLD_SECONDS = 180;
    private static final int SMALL_WINDOW_OCTETS = 65_536;
    private static final int MANY = 16_000;

    /** Returns peers whose AS numbers aren't the server's own. */
    static MadeUpPeers of(RouteServerConfig like, InetSocketAddress server, int firstAddress, int count) {
        int own = like.localAsn().bits();
        boolean isTaken = own >= FIRST_ASN && own < FIRST_ASN + count;
        return new MadeUpPeers(server, firstAddress, isTaken ? FIRST_ASN + count : FIRST_ASN, count);
    }

    /** Returns a server with the session, selection and export settings of another; it calls nothing that the other calls. */
    RouteServerConfigBuilder config(RouteServerConfig like) {
        Set<AddressFamily> families = EnumSet.of(AddressFamily.IPV4_UNICAST);
        families.addAll(like.session().families());
        RouteServerConfigBuilder builder = RouteServerConfig.standard()
                .name("rehearsal")
                .localAsn(like.localAsn())
                .localAddress(IpAddress.of(server.getAddress()))
                .listen(server)
                .session(any -> like.session()
                        .withFamilies(families)
                        .withMaxAsPathHops(MANY)
                        .withMaxCommunities(MANY))
                .selection(any -> like.selection())
                .export(any -> like.export())
                .limits(limits -> limits.withUnsentOctets(SMALL_WINDOW_OCTETS))
                .reservedAsns(List.of())
                .requirePolicy(false);
        for (int i = 0; i < count; i++) {
            builder.peer(PeerConfig.builder("peer-" + i, address(i), Asn.of(asn(i)))
                    .passive(true)
                    .build());
        }
        return builder;
    }

    IpAddress address(int peer) {
        return IpAddress.ofIpv4Bits(firstAddress + peer);
    }

    int asn(int peer) {
        return firstAsn + peer;
    }

    /** Returns what a peer says first: OPEN and KEEPALIVE. */
    byte[] hello(int peer) {
        Asn asn = Asn.of(asn(peer));
        List<Capability> capabilities =
                List.of(Capability.Multiprotocol.of(AddressFamily.IPV4_UNICAST), new Capability.FourOctetAs(asn));
        ByteBuf hello = Unpooled.buffer();
        MessageEncoder.write(
                hello, OpenMessage.of(asn, HOLD_SECONDS, RouterId.ofBits(firstAddress + peer), capabilities));
        MessageEncoder.writeKeepalive(hello);
        return ByteBufUtil.getBytes(hello);
    }
}
