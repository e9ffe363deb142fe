package dev.waymark.benchmarks;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.RouterId;
import dev.waymark.bgp.codec.MessageEncoder;
import dev.waymark.bgp.message.BgpRole;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.GracefulRestartCapability;
import dev.waymark.bgp.message.OpenMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Who announces a corpus.
 *
 * @param asn its AS number, which every AS_PATH begins with
 * @param address its IPv4 address, which is every next hop
 */
public record CorpusPeer(int asn, int address) {
    private static final int FIRST_ASN = 64_512;
    /** The time within which it would be back after a restart. */
    private static final int RESTART_SECONDS = 120;

    private static final int FIRST_ADDRESS = 0x0a63_0101; // 10.99.1.1

    /**
     * Returns one of many peers.
     *
     * @param index 0 to 99
     */
    public static CorpusPeer of(int index) {
        return new CorpusPeer(FIRST_ASN + index, FIRST_ADDRESS + index);
    }

    /**
     * Returns what it says first: OPEN, and a KEEPALIVE for the server's. It offers graceful restart and its role, which
     * mean nothing to a server that has them off.
     */
    public ByteBuffer opening(int holdSeconds, AddressFamily family) {
        Asn number = Asn.ofBits(asn);
        ByteBuf octets = Unpooled.buffer();
        MessageEncoder.write(
                octets,
                OpenMessage.of(
                        number,
                        holdSeconds,
                        RouterId.ofBits(address),
                        List.of(
                                Capability.Multiprotocol.of(family),
                                new Capability.FourOctetAs(number),
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
