package dev.waymark.spi;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.RouterId;
import java.util.Optional;

/**
 * What a provider is told of the server that it makes something for. Immutable.
 *
 * @param serverName the name of the route server instance
 * @param localAsn the server's own AS number
 * @param routerId the server's BGP identifier
 * @param routeTable the route table that a sink is made for; empty: everything that is programmed
 */
public record SpiContext(String serverName, Asn localAsn, RouterId routerId, Optional<String> routeTable) {
    /** Creates a context that is for no route table in particular. */
    public SpiContext(String serverName, Asn localAsn, RouterId routerId) {
        this(serverName, localAsn, routerId, Optional.empty());
    }

    /** Returns this context for a route table. */
    public SpiContext withRouteTable(String value) {
        return new SpiContext(serverName, localAsn, routerId, Optional.of(value));
    }
}
