package dev.waymark.api;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;

/**
 * Who a peer is. Immutable.
 *
 * @param name its unique name
 * @param address its unique address
 * @param asn its AS number
 * @param role what it is to the virtual network
 */
public record PeerIdentity(String name, IpAddress address, Asn asn, PeerRole role) {}
