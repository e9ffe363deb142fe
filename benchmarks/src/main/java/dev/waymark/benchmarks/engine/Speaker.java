package dev.waymark.benchmarks.engine;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.RouterId;
import dev.waymark.benchmarks.CorpusPeer;
import dev.waymark.bgp.codec.MessageEncoder;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.OpenMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.List;

/** A peer of a server in a benchmark, with an established session. */
interface Speaker {
    /** Says something, as fast as the server reads. */
    void say(byte[] stream) throws InterruptedException;

    /** Returns what it has been sent. */
    Hearing hearing();

    /** Returns what a peer says first: OPEN, and a KEEPALIVE for the server's. */
    static ByteBuffer opening(CorpusPeer peer, int holdSeconds, AddressFamily family) {
        Asn asn = Asn.ofBits(peer.asn());
        ByteBuf octets = Unpooled.buffer();
        MessageEncoder.write(
                octets,
                OpenMessage.of(
                        asn,
                        holdSeconds,
                        RouterId.ofBits(peer.address()),
                        List.of(Capability.Multiprotocol.of(family), new Capability.FourOctetAs(asn))));
        MessageEncoder.writeKeepalive(octets);
        return octets.nioBuffer();
    }
}
