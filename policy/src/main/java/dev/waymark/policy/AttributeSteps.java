package dev.waymark.policy;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.AsPathSegment;
import dev.waymark.api.route.Origin;

/**
 * Makes the steps that set or remove one attribute. To limit one to some routes, wrap it in
 * {@link PolicySteps#when(RouteMatcher, PolicyStep)}. Stateless.
 */
public final class AttributeSteps {

    private static final long MAX_32 = 0xffff_ffffL;

    private AttributeSteps() {}

    /**
     * Returns a step that puts an AS before the AS_PATH.
     *
     * @param asn the AS number
     * @param times how often, 1 to 255
     * @return the step
     * @throws dev.waymark.api.ConfigurationException when {@code times} is out of range
     */
    public static PolicyStep prepend(Asn asn, int times) {
        PolicyChecks.range("prepend.times", times, 1, AsPathSegment.MAX_ASNS);
        return PolicySteps.change("prepend-" + asn + "-x" + times, (context, route, edit) -> edit.prepend(asn, times));
    }

    /**
     * Returns a step that puts the server's own AS before the AS_PATH.
     *
     * @param times how often, 1 to 255
     * @return the step
     * @throws dev.waymark.api.ConfigurationException when it is out of range
     */
    public static PolicyStep prependLocalAsn(int times) {
        PolicyChecks.range("prependLocalAsn.times", times, 1, AsPathSegment.MAX_ASNS);
        return PolicySteps.change(
                "prepend-local-x" + times, (context, route, edit) -> edit.prepend(context.localAsn(), times));
    }

    /**
     * Returns a step that replaces the AS_PATH.
     *
     * @param path the new path
     * @return the step
     */
    public static PolicyStep setAsPath(AsPath path) {
        return PolicySteps.change("set-as-path", (context, route, edit) -> edit.asPath(path));
    }

    /**
     * Returns a step that sets the MULTI_EXIT_DISC (RFC 4271 §5.1.4).
     *
     * @param med 0 to 4294967295
     * @return the step
     * @throws dev.waymark.api.ConfigurationException when it is out of range
     */
    public static PolicyStep setMed(long med) {
        PolicyChecks.range("setMed.med", med, 0, MAX_32);
        return PolicySteps.change("set-med-" + med, (context, route, edit) -> edit.med(med));
    }

    /**
     * Returns a step that removes the MULTI_EXIT_DISC; selection then takes it for 0 (RFC 4271 §9.1.2.2(c)).
     *
     * @return the step
     */
    public static PolicyStep removeMed() {
        return PolicySteps.changeWhen(
                "remove-med",
                (context, route) -> route.attributes().med().isPresent(),
                (context, route, edit) -> edit.removeMed());
    }

    /**
     * Returns a step that sets the LOCAL_PREF, for selection inside the server; it isn't sent to external peers
     * (RFC 4271 §5.1.5).
     *
     * @param localPref 0 to 4294967295, higher is preferred
     * @return the step
     * @throws dev.waymark.api.ConfigurationException when it is out of range
     */
    public static PolicyStep setLocalPref(long localPref) {
        PolicyChecks.range("setLocalPref.localPref", localPref, 0, MAX_32);
        return PolicySteps.change("set-local-pref-" + localPref, (context, route, edit) -> edit.localPref(localPref));
    }

    /**
     * Returns a step that removes the LOCAL_PREF; selection then takes it for 100.
     *
     * @return the step
     */
    public static PolicyStep removeLocalPref() {
        return PolicySteps.changeWhen(
                "remove-local-pref",
                (context, route) -> route.attributes().localPref().isPresent(),
                (context, route, edit) -> edit.removeLocalPref());
    }

    /**
     * Returns a step that sets the ORIGIN (RFC 4271 §5.1.1).
     *
     * @param origin the new origin
     * @return the step
     */
    public static PolicyStep setOrigin(Origin origin) {
        return PolicySteps.changeWhen(
                "set-origin-" + origin,
                (context, route) -> route.attributes().origin() != origin,
                (context, route, edit) -> edit.origin(origin));
    }

    /**
     * Returns a step that sets the next hop of routes whose prefix has the same address family; others go on unchanged.
     *
     * @param nextHop the new next hop
     * @return the step
     */
    public static PolicyStep setNextHop(IpAddress nextHop) {
        return PolicySteps.changeWhen(
                "set-next-hop-" + nextHop,
                RouteMatchers.family(nextHop.family()),
                (context, route, edit) -> edit.nextHop(nextHop));
    }

    /**
     * Returns a step that removes an attribute, one that Waymark doesn't know perhaps.
     *
     * @param type the attribute type code, 4 to 255: ORIGIN, AS_PATH and NEXT_HOP can't be removed
     * @return the step
     * @throws dev.waymark.api.ConfigurationException when it is out of range
     */
    public static PolicyStep removeAttribute(int type) {
        PolicyChecks.range("removeAttribute.type", type, 4, 255);
        return PolicySteps.changeWhen(
                "remove-attribute-" + type,
                (context, route) -> route.attributes().attribute(type).isPresent(),
                (context, route, edit) -> edit.removeAttribute(type));
    }
}
