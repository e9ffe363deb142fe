package dev.waymark.api.route;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import java.util.Collection;

/**
 * Makes path attributes out of others: what a policy uses to change a route. Each method returns this builder. What isn't
 * changed is passed on octet for octet. Confined to one thread, and to be used up within one policy call.
 *
 * <p>Not for implementation by hosts: methods may be added.
 */
public interface AttributesEdit {

    /**
     * Sets the ORIGIN.
     *
     * @param origin the new origin
     * @return this builder
     */
    AttributesEdit origin(Origin origin);

    /**
     * Sets the next hop.
     *
     * @param nextHop the new next hop
     * @return this builder
     */
    AttributesEdit nextHop(IpAddress nextHop);

    /**
     * Sets the MULTI_EXIT_DISC.
     *
     * @param med 0 to 4294967295
     * @return this builder
     * @throws IllegalArgumentException when it is out of range
     */
    AttributesEdit med(long med);

    /**
     * Removes the MULTI_EXIT_DISC, if there is one.
     *
     * @return this builder
     */
    AttributesEdit removeMed();

    /**
     * Sets the LOCAL_PREF.
     *
     * @param localPref 0 to 4294967295
     * @return this builder
     * @throws IllegalArgumentException when it is out of range
     */
    AttributesEdit localPref(long localPref);

    /**
     * Removes the LOCAL_PREF, if there is one.
     *
     * @return this builder
     */
    AttributesEdit removeLocalPref();

    /**
     * Sets the AS_PATH.
     *
     * @param asPath the new path
     * @return this builder
     */
    AttributesEdit asPath(AsPath asPath);

    /**
     * Puts an AS before the AS_PATH, as {@link AsPath#prepend(Asn, int)} does.
     *
     * @param asn the AS number
     * @param times 1 to 255
     * @return this builder
     * @throws IllegalArgumentException when {@code times} is out of range
     */
    AttributesEdit prepend(Asn asn, int times);

    /**
     * Sets the COMMUNITIES, in the order of the collection. Without a community the attribute is removed.
     *
     * @param communities the new communities; copied
     * @return this builder
     */
    AttributesEdit communities(Collection<Community> communities);

    /**
     * Adds a community at the end, unless it is there.
     *
     * @param community the community
     * @return this builder
     */
    AttributesEdit addCommunity(Community community);

    /**
     * Removes every copy of a community.
     *
     * @param community the community
     * @return this builder
     */
    AttributesEdit removeCommunity(Community community);

    /**
     * Sets the LARGE_COMMUNITY attribute, in the order of the collection. Without a community the attribute is removed.
     *
     * @param communities the new large communities; copied; a duplicate is kept once
     * @return this builder
     */
    AttributesEdit largeCommunities(Collection<LargeCommunity> communities);

    /**
     * Adds a large community at the end, unless it is there.
     *
     * @param community the large community
     * @return this builder
     */
    AttributesEdit addLargeCommunity(LargeCommunity community);

    /**
     * Removes a large community, if it is there.
     *
     * @param community the large community
     * @return this builder
     */
    AttributesEdit removeLargeCommunity(LargeCommunity community);

    /**
     * Sets the EXTENDED COMMUNITIES, in the order of the collection. Without a community the attribute is removed.
     *
     * @param communities the new extended communities; copied
     * @return this builder
     */
    AttributesEdit extendedCommunities(Collection<ExtendedCommunity> communities);

    /**
     * Sets or removes ATOMIC_AGGREGATE.
     *
     * @param present whether it shall be there
     * @return this builder
     */
    AttributesEdit atomicAggregate(boolean present);

    /**
     * Sets the AGGREGATOR.
     *
     * @param aggregator the new aggregator
     * @return this builder
     */
    AttributesEdit aggregator(Aggregator aggregator);

    /**
     * Removes an attribute of any type, if it is there.
     *
     * @param type the attribute type code, 0 to 255, except ORIGIN (1), AS_PATH (2) and NEXT_HOP (3), which every route
     *     has
     * @return this builder
     * @throws IllegalArgumentException when the type is one of those or out of range
     */
    AttributesEdit removeAttribute(int type);

    /**
     * Sets an attribute of any type, in place of the one of the same type. For attributes without a method here: the
     * octets go out as they are given.
     *
     * @param attribute the attribute; not MP_REACH_NLRI (14) or MP_UNREACH_NLRI (15), which hold prefixes
     * @return this builder
     * @throws IllegalArgumentException when the type is one of those, or it is a known type whose octets are malformed
     */
    AttributesEdit raw(RawAttribute attribute);

    /**
     * Returns the attributes as they are now. The builder can be used further.
     *
     * @return the attributes; the ones that the builder began with when nothing is different
     */
    PathAttributes build();
}
