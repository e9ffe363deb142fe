package dev.waymark.engine;

import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a hostile peer A and the server have negotiated, and how A's good attributes look then. B and C always take all. */
enum Shape {
    /** IPv4 and two-octet AS numbers, as Azure Route Server does. */
    AZURE(false, false),
    /** Both families and four-octet AS numbers. */
    WIDE(true, true),
    /** Both families; A has two-octet AS numbers, the others four-octet ones. */
    NARROW(true, false);

    static final IpAddress OWN_IPV6 = IpAddress.parse("2001:db8::4");
    /** A global IPv6 address of A, in hex. */
    static final String NEXT_HOP = "20010db8000000000000000000000001";

    private final boolean isStandard;
    private final boolean isFourOctet;

    Shape(boolean isStandard, boolean isFourOctet) {
        this.isStandard = isStandard;
        this.isFourOctet = isFourOctet;
    }

    /** Returns whether both families were negotiated, and AS4_PATH is known. */
    boolean isStandard() {
        return isStandard;
    }

    /** Returns whether A's AS numbers have four octets. */
    boolean isFourOctet() {
        return isFourOctet;
    }

    int asOctets() {
        return isFourOctet ? 4 : 2;
    }

    Set<AddressFamily> families() {
        return isStandard ? EnumSet.allOf(AddressFamily.class) : EnumSet.of(AddressFamily.IPV4_UNICAST);
    }

    Speaker speaker(String name, int asn, String address) {
        boolean isHostile = name.equals("a");
        return new Speaker(name, asn, address, isStandard && (isFourOctet || !isHostile), families());
    }

    RouteServerConfigBuilder server(Speaker... speakers) {
        if (!isStandard) {
            return RouteExchangeTest.azure(speakers);
        }
        RouteServerConfigBuilder builder = RouteServerConfig.standard()
                .localAddress(IpAddress.parse("10.0.0.4"))
                .localAddress(OWN_IPV6)
                .requirePolicy(false);
        for (Speaker speaker : speakers) {
            builder.peer(PeerConfigs.of(speaker).build());
        }
        return builder;
    }

    /** Returns an AS number in hex as A writes it. */
    String as(int asn) {
        return String.format(isFourOctet ? "%08x" : "%04x", asn);
    }

    /** Returns an AS_PATH of one sequence in hex as A writes it. */
    String path(int... asns) {
        StringBuilder path = new StringBuilder(String.format("02%02x", asns.length));
        for (int asn : asns) {
            path.append(as(asn));
        }
        return path.toString();
    }

    /** Returns how B and C read an AS_PATH of one sequence. */
    String read(int... asns) {
        return (isStandard ? WIDE : AZURE).path(asns);
    }

    /** Returns ORIGIN, an AS_PATH of A alone, and NEXT_HOP, as A writes them. */
    List<byte[]> attributes() {
        return HostileWorld.attributes(path(65001), "0a000101");
    }

    /** Returns {@link #attributes()} as {@link RawTable} writes them for B and C. */
    String text() {
        return "40/01:00 40/02:" + read(65001) + " 40/03:0a000101";
    }

    /** Returns an MP_REACH_NLRI of IPv6 with one prefix. */
    static byte[] reach(String prefix) {
        return RawMessages.attribute(0x80, 14, "000201" + "10" + NEXT_HOP + "00" + prefix);
    }

    /** Returns what an IPv6 route's attributes are, with those of {@link #attributes()}. */
    String ipv6Text() {
        return "40/01:00 40/02:" + read(65001) + " 80/0e:" + NEXT_HOP;
    }
}
