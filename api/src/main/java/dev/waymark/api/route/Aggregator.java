package dev.waymark.api.route;

import dev.waymark.api.internal.Refusal;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;

/**
 * The AGGREGATOR attribute: who formed an aggregate (RFC 4271 §5.1.7). Immutable.
 *
 * @param asn the AS that did; never 0 (RFC 7607 §2)
 * @param address the IPv4 address of the speaker that did; usually its BGP identifier
 */
public record Aggregator(Asn asn, IpAddress address) {

    /**
     * Checks the parts.
     *
     * @param asn the AS
     * @param address the speaker's address
     * @throws IllegalArgumentException for AS 0 and for an address that isn't IPv4
     */
    public Aggregator {
        Refusal.checkRange("aggregator asn", asn.value(), 1, Asn.MAX_VALUE);
        if (!address.isIpv4()) {
            throw Refusal.ofText("aggregator address", address.toString(), "an IPv4 address such as 192.0.2.1");
        }
    }

    /**
     * Reads the text that {@link #toString()} writes.
     *
     * @param text an AS number, a blank and an IPv4 address
     * @return the aggregator
     * @throws IllegalArgumentException when it is something else
     */
    public static Aggregator parse(String text) {
        int blank = text.indexOf(' ');
        if (blank < 0) {
            throw Refusal.ofText("aggregator", text, "an AS number and an IPv4 address, such as 65001 192.0.2.1");
        }
        return new Aggregator(Asn.parse(text.substring(0, blank)), IpAddress.parse(text.substring(blank + 1)));
    }

    /** Returns the AS number and the address with a blank between them. */
    @Override
    public String toString() {
        return asn + " " + address;
    }
}
