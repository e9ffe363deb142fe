package dev.waymark.policy.asn;

import dev.waymark.api.net.Asn;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.PathAttributes;

/**
 * Judges AS paths before any policy sees them (ARS-25). AS 0 is the stronger finding: a path with both is treated as
 * withdrawn. Stateless.
 */
public final class AsPathChecks {

    private AsPathChecks() {}

    /**
     * Judges the AS_PATH of a route, without making the path.
     *
     * @param attributes the attributes as they were received
     * @param localAsn the server's own AS number
     * @return the verdict
     */
    public static AsPathVerdict judge(PathAttributes attributes, Asn localAsn) {
        return verdict(attributes.asPathContains(Asn.ZERO), attributes.asPathContains(localAsn));
    }

    /**
     * Judges a path.
     *
     * @param path the path
     * @param localAsn the server's own AS number
     * @return the verdict
     */
    public static AsPathVerdict judge(AsPath path, Asn localAsn) {
        return verdict(path.contains(Asn.ZERO), path.contains(localAsn));
    }

    private static AsPathVerdict verdict(boolean hasZero, boolean hasOwn) {
        if (hasZero) {
            return AsPathVerdict.AS_ZERO_IN_PATH;
        }
        return hasOwn ? AsPathVerdict.OWN_AS_IN_PATH : AsPathVerdict.ELIGIBLE;
    }
}
