package dev.waymark.engine;

import dev.waymark.api.PeerIdentity;
import dev.waymark.api.route.Origin;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.api.route.Route;
import dev.waymark.spi.PolicyContext;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;
import java.util.Optional;

/** Policies that change nothing and refuse paths by what tells the paths of one prefix apart. */
enum AddPathPolicy implements RoutePolicy {
    ALL,
    NONE,
    SHORT,
    IGP,
    ODD_SOURCES;

    @Override
    public PolicyVerdict evaluate(PolicyContext context, Route route) {
        boolean isAccepted = accepts(context.source().map(PeerIdentity::name), route.attributes());
        return isAccepted ? PolicyVerdict.accept() : PolicyVerdict.reject(name());
    }

    /** Tells whether a path of a peer may pass. */
    boolean accepts(Optional<String> source, PathAttributes attributes) {
        return switch (this) {
            case ALL -> true;
            case NONE -> false;
            case SHORT -> attributes.asPath().length() <= 3;
            case IGP -> attributes.origin() == Origin.IGP;
            case ODD_SOURCES ->
                source.filter(name -> (name.charAt(name.length() - 1) & 1) == 1).isPresent();
        };
    }
}
