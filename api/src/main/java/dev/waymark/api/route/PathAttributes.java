package dev.waymark.api.route;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The path attributes of a route: a handle to their canonical octets, which are held once for all routes that share them
 * (RFC 4271 §5). What the methods return are views, made when asked for. Two objects with the same attributes are equal.
 * Immutable and thread-safe; stays readable for as long as it is referenced, the server's end included.
 *
 * <p>Not for implementation by hosts: methods may be added.
 */
public interface PathAttributes {

    /**
     * Returns the ORIGIN (RFC 4271 §5.1.1).
     *
     * @return the origin
     */
    Origin origin();

    /**
     * Returns the AS_PATH with four-octet AS numbers (RFC 4271 §5.1.2).
     *
     * @return the path, perhaps empty
     */
    AsPath asPath();

    /**
     * Returns the next hop: NEXT_HOP (RFC 4271 §5.1.3), or the first, global address of MP_REACH_NLRI (RFC 4760 §3).
     *
     * @return an address, not always of the prefix's family (RFC 8950)
     */
    IpAddress nextHop();

    /**
     * Returns the MULTI_EXIT_DISC (RFC 4271 §5.1.4).
     *
     * @return 0 to 4294967295, or empty when the attribute is missing
     */
    OptionalLong med();

    /**
     * Returns the LOCAL_PREF (RFC 4271 §5.1.5).
     *
     * @return 0 to 4294967295, or empty when the attribute is missing
     */
    OptionalLong localPref();

    /**
     * Tells whether ATOMIC_AGGREGATE is there (RFC 4271 §5.1.6).
     *
     * @return true when it is
     */
    boolean atomicAggregate();

    /**
     * Returns the AGGREGATOR (RFC 4271 §5.1.7).
     *
     * @return the aggregator, or empty when the attribute is missing
     */
    Optional<Aggregator> aggregator();

    /**
     * Returns the COMMUNITIES (RFC 1997).
     *
     * @return an immutable list in wire order, duplicates included; empty when the attribute is missing
     */
    List<Community> communities();

    /**
     * Tells whether a community is there, without making the list.
     *
     * @param community the community
     * @return true when it is
     */
    boolean hasCommunity(Community community);

    /**
     * Returns the LARGE_COMMUNITY attribute (RFC 8092).
     *
     * @return an immutable list in wire order, without duplicates; empty when the attribute is missing
     */
    List<LargeCommunity> largeCommunities();

    /**
     * Tells whether a large community is there, without making the list.
     *
     * @param community the large community
     * @return true when it is
     */
    boolean hasLargeCommunity(LargeCommunity community);

    /**
     * Returns the EXTENDED COMMUNITIES (RFC 4360).
     *
     * @return an immutable list in wire order, duplicates included; empty when the attribute is missing
     */
    List<ExtendedCommunity> extendedCommunities();

    /**
     * Returns the IPv6 Address Specific Extended Communities (RFC 5701).
     *
     * @return an immutable list in wire order, duplicates included; empty when the attribute is missing
     */
    default List<Ipv6ExtendedCommunity> ipv6ExtendedCommunities() {
        return attribute(Ipv6ExtendedCommunity.ATTRIBUTE_TYPE)
                .map(Ipv6ExtendedCommunity::readAll)
                .orElse(List.of());
    }

    /**
     * Returns every attribute, the ones without a method here included, in canonical form.
     *
     * @return an immutable list in ascending order of type; AS numbers have four octets
     */
    List<RawAttribute> attributes();

    /**
     * Returns one attribute in canonical form.
     *
     * @param type the attribute type code, 0 to 255
     * @return the attribute, or empty when it is missing
     */
    Optional<RawAttribute> attribute(int type);

    /**
     * Returns the AS_PATH length that route selection compares (RFC 4271 §9.1.2.2(a)), without making the path.
     *
     * @return the same as {@code asPath().length()}
     */
    int asPathLength();

    /**
     * Tells whether an AS number stands anywhere in the AS_PATH, without making the path.
     *
     * @param asn the AS number
     * @return the same as {@code asPath().contains(asn)}
     */
    boolean asPathContains(Asn asn);

    /**
     * Returns a builder that begins with these attributes. These stay as they are.
     *
     * @return a new builder
     */
    AttributesEdit edit();
}
