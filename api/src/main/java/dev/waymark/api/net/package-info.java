/**
 * The values of the network layer: AS numbers, BGP identifiers, addresses and prefixes. All are immutable, compare as
 * unsigned numbers, and {@code parse} what their {@code toString} writes. Read {@link dev.waymark.api.net.IpPrefix}
 * first.
 *
 * <p>Addresses of both families are held <em>left-aligned</em> in two {@code long}s: {@code high} has the first 64 bits
 * of an address, {@code low} the rest. An IPv4 address fills the upper half of {@code high}, and everything else is zero.
 * So one mask and one comparison serve both families.
 */
@NullMarked
package dev.waymark.api.net;

import org.jspecify.annotations.NullMarked;
