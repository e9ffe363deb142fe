package dev.waymark.bgp.codec;

import dev.waymark.api.net.AddressFamily;

/** Numbers the families for arrays and bit masks of this package. Stateless. */
final class Families {

    static final int COUNT = 2;

    private Families() {}

    /** Returns 0 to {@link #COUNT} - 1. */
    static int index(AddressFamily family) {
        return family == AddressFamily.IPV4_UNICAST ? 0 : 1;
    }

    static AddressFamily at(int index) {
        return index == 0 ? AddressFamily.IPV4_UNICAST : AddressFamily.IPV6_UNICAST;
    }
}
