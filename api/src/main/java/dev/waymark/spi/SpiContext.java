package dev.waymark.spi;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.RouterId;

/**
 * What a provider is told of the server that it makes something for. Immutable.
 *
 * @param serverName the name of the route server instance
 * @param localAsn the server's own AS number
 * @param routerId the server's BGP identifier
 */
public record SpiContext(String serverName, Asn localAsn, RouterId routerId) {}
