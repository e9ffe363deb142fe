package dev.waymark.benchmarks.engine;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.RouterId;
import dev.waymark.benchmarks.CorpusPeer;
import dev.waymark.bgp.codec.MessageEncoder;
import dev.waymark.bgp.message.BgpRole;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.GracefulRestartCapability;
import dev.waymark.bgp.message.OpenMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.List;

/** A peer of a server in a benchmark, with an established session. */
interface Speaker {
    /** The time within which a peer would be back. */
    int RESTART_SECONDS = 120;

    /** Says something, as fast as the server reads. */
    void say(byte[] stream) throws InterruptedException;

    /** Returns what it has been sent. */
    Hearing hearing();

    /**
     * Returns what a peer says first: OPEN, and a KEEPALIVE for the server's. It offers graceful restart and its role, which
     * mean nothing to a server that has them off.
     */
    static ByteBuffer opening(CorpusPeer peer, int holdSeconds, AddressFamily family) {
        Asn asn = Asn.ofBits(peer.asn());
        ByteBuf octets = Unpooled.buffer();
        MessageEncoder.write(
                octets,
                OpenMessage.of(
                        asn,
                        holdSeconds,
                        RouterId.ofBits(peer.address()),
                        List.of(
                                Capability.Multiprotocol.of(family),
                                new Capability.FourOctetAs(asn),
                                Capability.Role.of(BgpRole.RS_CLIENT),
                                new GracefulRestartCapability(
                                        0,
                                        RESTART_SECONDS,
                                        List.of(new GracefulRestartCapability.Entry(
                                                family.afi(), family.safi(), 0))))));
        MessageEncoder.writeKeepalive(octets);
        return octets.nioBuffer();
    }
}
