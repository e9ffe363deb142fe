package dev.waymark.engine;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.api.route.Route;
import dev.waymark.spi.PolicyContext;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;

/** Policies of all kinds for simulations: pure, some of them bad. Their names are the same in every run. */
enum SimPolicy implements RoutePolicy {
    ACCEPT,
    REJECT_ALL,
    REJECT_SOME,
    THROW_SOME,
    NULL_SOME,
    TAG,
    HIDE_SOME,
    UNHIDE,
    PREPEND_SOME,
    SET_MED,
    DROP_MED,
    ODD_SOURCES,
    SET_ORIGIN,
    BREAK_SOME;

    @Override
    @SuppressWarnings("NullAway") // one of them is as bad as that
    public PolicyVerdict evaluate(PolicyContext context, Route route) {
        PathAttributes attributes = route.attributes();
        boolean isChosen = pick(route.prefix()) % 3 == 0;
        return switch (this) {
            case ACCEPT -> PolicyVerdict.accept();
            case REJECT_ALL -> PolicyVerdict.reject("all");
            case REJECT_SOME -> isChosen ? PolicyVerdict.reject("some") : PolicyVerdict.accept();
            case THROW_SOME -> {
                if (isChosen) {
                    throw new IllegalStateException("a policy that fails");
                }
                yield PolicyVerdict.accept();
            }
            case NULL_SOME -> isChosen ? null : PolicyVerdict.accept();
            case TAG ->
                changed(attributes.edit().addCommunity(Community.of(65001, 7)).build());
            case HIDE_SOME ->
                isChosen
                        ? changed(attributes
                                .edit()
                                .addCommunity(Community.NO_ADVERTISE)
                                .build())
                        : PolicyVerdict.accept();
            case UNHIDE ->
                changed(attributes
                        .edit()
                        .removeCommunity(Community.NO_ADVERTISE)
                        .removeCommunity(Community.NO_EXPORT)
                        .build());
            case PREPEND_SOME ->
                isChosen ? changed(attributes.edit().prepend(Asn.of(64900), 1).build()) : PolicyVerdict.accept();
            case SET_MED -> changed(attributes.edit().med(pick(route.prefix())).build());
            case DROP_MED -> changed(attributes.edit().removeMed().build());
            case ODD_SOURCES -> {
                boolean isOdd = context.source().isEmpty()
                        || context.source().get().asn().value() % 2 == 1;
                yield isOdd ? PolicyVerdict.accept() : PolicyVerdict.reject("even");
            }
            case BREAK_SOME ->
                isChosen ? changed(attributes.edit().prepend(Asn.of(0), 1).build()) : PolicyVerdict.accept();
            case SET_ORIGIN ->
                changed(attributes
                        .edit()
                        .origin(dev.waymark.api.route.Origin.INCOMPLETE)
                        .build());
        };
    }

    private static PolicyVerdict changed(PathAttributes attributes) {
        return PolicyVerdict.accept(attributes);
    }

    /** Returns a number that looks like chance and depends on the prefix alone. */
    private static long pick(IpPrefix prefix) {
        return Math.floorMod((prefix.high() >>> 40) + (prefix.high() >>> 16) + prefix.length(), 7);
    }
}
