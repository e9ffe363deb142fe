package dev.waymark.policy.community;

import dev.waymark.api.route.Community;
import dev.waymark.api.route.PathAttributes;

/**
 * Decides whether the well-known communities of a route let it go to a peer (ARS-51, RFC 1997). NO_ADVERTISE always counts.
 * NO_EXPORT and NO_EXPORT_SUBCONFED count where they are honoured, towards external peers: {@code standard} honours them,
 * {@code azure} passes them on like any other community. These are the only communities that act without a policy.
 *
 * <p>The check comes after selection and changes nothing in it: when the best route isn't sent, no other one takes its
 * place. It is made twice, on the route before export policy, which can't talk its way out by removing a community, and on
 * what export policy made of it, which can add one.
 *
 * <p>Stateless; pure functions that allocate nothing.
 */
public final class WellKnownCommunities {

    private WellKnownCommunities() {}

    /**
     * Judges a route before and after export policy.
     *
     * @param before the attributes before export policy
     * @param after the attributes after it; the same object when it changed nothing
     * @param external whether the peer is an external one; gateways are internal
     * @param honourNoExport whether NO_EXPORT and NO_EXPORT_SUBCONFED count
     * @return the first verdict that isn't {@link ExportVerdict#SEND}
     */
    @SuppressWarnings(
            "ReferenceEquality") // the same object needs no second look; an equal one gets one, to the same end
    public static ExportVerdict judge(
            PathAttributes before, PathAttributes after, boolean external, boolean honourNoExport) {
        ExportVerdict first = judge(before, external, honourNoExport);
        return first != ExportVerdict.SEND || before == after ? first : judge(after, external, honourNoExport);
    }

    /**
     * Judges attributes.
     *
     * @param attributes the attributes
     * @param external whether the peer is an external one; gateways are internal
     * @param honourNoExport whether NO_EXPORT and NO_EXPORT_SUBCONFED count
     * @return the verdict
     */
    public static ExportVerdict judge(PathAttributes attributes, boolean external, boolean honourNoExport) {
        boolean looksFurther = external && honourNoExport;
        return judge(
                attributes.hasCommunity(Community.NO_ADVERTISE),
                looksFurther && attributes.hasCommunity(Community.NO_EXPORT),
                looksFurther && attributes.hasCommunity(Community.NO_EXPORT_SUBCONFED),
                external,
                honourNoExport);
    }

    /**
     * Judges attributes of which it is known which well-known communities they have: for tables that keep this as flags.
     *
     * @param noAdvertise whether NO_ADVERTISE is there
     * @param noExport whether NO_EXPORT is there
     * @param noExportSubconfed whether NO_EXPORT_SUBCONFED is there
     * @param external whether the peer is an external one; gateways are internal
     * @param honourNoExport whether NO_EXPORT and NO_EXPORT_SUBCONFED count
     * @return the verdict
     */
    public static ExportVerdict judge(
            boolean noAdvertise,
            boolean noExport,
            boolean noExportSubconfed,
            boolean external,
            boolean honourNoExport) {
        if (noAdvertise) {
            return ExportVerdict.NO_ADVERTISE;
        }
        if (!external || !honourNoExport) {
            return ExportVerdict.SEND;
        }
        if (noExport) {
            return ExportVerdict.NO_EXPORT;
        }
        return noExportSubconfed ? ExportVerdict.NO_EXPORT_SUBCONFED : ExportVerdict.SEND;
    }
}
