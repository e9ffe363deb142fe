package dev.waymark.examples.nva;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.RouterId;
import java.net.InetSocketAddress;
import java.util.Set;

/**
 * One session of an NVA with a route server. Immutable.
 *
 * @param name the NVA's name, for logs
 * @param address where it connects from
 * @param asn its AS number
 * @param routerId its BGP identifier
 * @param server where the route server listens
 * @param serverAsn the route server's AS number
 * @param families what it offers
 * @param fourOctetAsn whether it speaks four-octet AS numbers
 * @param holdTimeSeconds the hold time it offers; it sends keepalives, but does not itself watch the server's
 */
public record NvaConfig(
        String name,
        IpAddress address,
        Asn asn,
        RouterId routerId,
        InetSocketAddress server,
        Asn serverAsn,
        Set<AddressFamily> families,
        boolean fourOctetAsn,
        int holdTimeSeconds) {
    private static final int HOLD_TIME_SECONDS = 90;

    /** Copies the set. */
    public NvaConfig {
        families = Set.copyOf(families);
    }

    /** Returns a session as Azure's NVAs have it: IPv4, two-octet AS numbers, its address as BGP identifier. */
    public static NvaConfig of(String name, IpAddress address, Asn asn, InetSocketAddress server, Asn serverAsn) {
        return new NvaConfig(
                name,
                address,
                asn,
                RouterId.ofBits(address.ipv4Bits()),
                server,
                serverAsn,
                Set.of(AddressFamily.IPV4_UNICAST),
                false,
                HOLD_TIME_SECONDS);
    }
}
