package dev.waymark.api.route;

import dev.waymark.api.net.IpPrefix;

/**
 * A prefix and how to get there. Immutable.
 *
 * @param prefix the destinations
 * @param attributes the path attributes
 */
public record Route(IpPrefix prefix, PathAttributes attributes) {

    /**
     * Returns the route to the same prefix with other attributes.
     *
     * @param other the new attributes
     * @return this route when they are the ones it has, or a new one
     */
    @SuppressWarnings("ReferenceEquality") // equal ones of another object make an equal route
    public Route withAttributes(PathAttributes other) {
        return other == attributes ? this : new Route(prefix, other);
    }
}
