package dev.waymark.bgp.codec;

import static dev.waymark.bgp.codec.ErrorAction.ATTRIBUTE_DISCARD;
import static dev.waymark.bgp.codec.ErrorAction.CLOSE;
import static dev.waymark.bgp.codec.ErrorAction.IGNORE;
import static dev.waymark.bgp.codec.ErrorAction.SESSION_RESET;
import static dev.waymark.bgp.codec.ErrorAction.TREAT_AS_WITHDRAW;
import static dev.waymark.bgp.message.NotificationSubcode.ATTRIBUTE_FLAGS_ERROR;
import static dev.waymark.bgp.message.NotificationSubcode.ATTRIBUTE_LENGTH_ERROR;
import static dev.waymark.bgp.message.NotificationSubcode.BAD_MESSAGE_LENGTH;
import static dev.waymark.bgp.message.NotificationSubcode.BAD_MESSAGE_TYPE;
import static dev.waymark.bgp.message.NotificationSubcode.CONNECTION_NOT_SYNCHRONIZED;
import static dev.waymark.bgp.message.NotificationSubcode.INVALID_NETWORK_FIELD;
import static dev.waymark.bgp.message.NotificationSubcode.INVALID_NEXT_HOP_ATTRIBUTE;
import static dev.waymark.bgp.message.NotificationSubcode.INVALID_ORIGIN_ATTRIBUTE;
import static dev.waymark.bgp.message.NotificationSubcode.INVALID_ROUTE_REFRESH_LENGTH;
import static dev.waymark.bgp.message.NotificationSubcode.MALFORMED_AS_PATH;
import static dev.waymark.bgp.message.NotificationSubcode.MALFORMED_ATTRIBUTE_LIST;
import static dev.waymark.bgp.message.NotificationSubcode.MISSING_WELL_KNOWN_ATTRIBUTE;
import static dev.waymark.bgp.message.NotificationSubcode.OPEN_UNSPECIFIC;
import static dev.waymark.bgp.message.NotificationSubcode.OPTIONAL_ATTRIBUTE_ERROR;
import static dev.waymark.bgp.message.NotificationSubcode.UNRECOGNIZED_WELL_KNOWN_ATTRIBUTE;
import static dev.waymark.bgp.message.NotificationSubcode.UNSUPPORTED_OPTIONAL_PARAMETER;
import static dev.waymark.bgp.message.NotificationSubcode.UNSUPPORTED_VERSION_NUMBER;
import static dev.waymark.bgp.message.NotificationSubcode.UPDATE_UNSPECIFIC;

import dev.waymark.bgp.message.NotificationSubcode;

/**
 * What can be wrong with a received message. Each condition carries what it leads to, the NOTIFICATION that a reset
 * because of it is sent with, and where that is written. The action is the condition's own; RFC 7606 §5.2 raises it to
 * a reset for an UPDATE that has attributes and announces nothing.
 */
public enum DecodeCondition {
    /** Nothing is wrong. */
    NONE(ErrorAction.NONE, "", "no error"),

    /** The marker isn't all ones. */
    MARKER(SESSION_RESET, CONNECTION_NOT_SYNCHRONIZED, "RFC 4271 §6.1", "the marker is not all ones"),
    /** The message length is impossible for the type or over the limit. */
    MESSAGE_LENGTH(
            SESSION_RESET, BAD_MESSAGE_LENGTH, "RFC 4271 §6.1", "the message length is not possible for its type"),
    /** The message type isn't known. */
    MESSAGE_TYPE(SESSION_RESET, BAD_MESSAGE_TYPE, "RFC 4271 §6.1", "the message type is unknown"),
    /** A NOTIFICATION too short for its two code octets, or too long; it is never answered. */
    NOTIFICATION_LENGTH(CLOSE, "RFC 4271 §6.4", "the length of the NOTIFICATION is not possible"),

    /** An OPEN of another protocol version. */
    OPEN_VERSION(SESSION_RESET, UNSUPPORTED_VERSION_NUMBER, "RFC 4271 §6.2", "the protocol version is not 4"),
    /** An optional parameter that isn't a list of capabilities. */
    OPEN_PARAMETER_TYPE(
            SESSION_RESET, UNSUPPORTED_OPTIONAL_PARAMETER, "RFC 4271 §6.2", "an optional parameter is not known"),
    /** The optional parameters don't fill the message, or one reaches over its container. */
    OPEN_PARAMETER_LENGTH(
            SESSION_RESET, OPEN_UNSPECIFIC, "RFC 4271 §6.2", "the optional parameters do not fill the message exactly"),
    /** A capability reaches over its optional parameter. */
    CAPABILITY_BOUNDS(
            SESSION_RESET, OPEN_UNSPECIFIC, "RFC 5492 §4", "a capability reaches over its optional parameter"),

    /** A plain ROUTE-REFRESH with octets after the family; no outbound filter was negotiated. */
    REFRESH_LENGTH(SESSION_RESET, BAD_MESSAGE_LENGTH, "RFC 2918 §3", "the route refresh has more than a family"),
    /** A marked ROUTE-REFRESH whose body isn't four octets. */
    ENHANCED_REFRESH_LENGTH(
            SESSION_RESET,
            INVALID_ROUTE_REFRESH_LENGTH,
            "RFC 7313 §5",
            "the marked route refresh does not have four octets"),
    /** A ROUTE-REFRESH subtype that nobody defined. */
    REFRESH_SUBTYPE(IGNORE, "RFC 7313 §5", "the route refresh subtype is unknown"),

    /** The withdrawn routes reach over the message. */
    WITHDRAWN_LENGTH(
            SESSION_RESET, MALFORMED_ATTRIBUTE_LIST, "RFC 7606 §3(b)", "the withdrawn routes reach over the message"),
    /** The attributes reach over the message. */
    ATTRIBUTES_LENGTH(
            SESSION_RESET, MALFORMED_ATTRIBUTE_LIST, "RFC 7606 §3(b)", "the path attributes reach over the message"),
    /** One attribute reaches over all attributes, or too little is left for one. */
    ATTRIBUTE_OVERRUN(
            TREAT_AS_WITHDRAW,
            MALFORMED_ATTRIBUTE_LIST,
            "RFC 7606 §4",
            "an attribute reaches over the total attribute length"),
    /** A prefix in the NLRI or withdrawn routes field is too long or cut short. */
    NLRI(
            SESSION_RESET,
            INVALID_NETWORK_FIELD,
            "RFC 7606 §5.3",
            "a prefix is longer than its family allows or cut short"),
    /** A prefix in a multiprotocol attribute is too long or cut short. */
    MP_NLRI(
            SESSION_RESET,
            OPTIONAL_ATTRIBUTE_ERROR,
            "RFC 7606 §5.3",
            "a prefix of a multiprotocol attribute is longer than its family allows or cut short"),
    /** A second MP_REACH_NLRI or MP_UNREACH_NLRI. */
    MP_REPEATED(SESSION_RESET, MALFORMED_ATTRIBUTE_LIST, "RFC 7606 §3(g)", "a multiprotocol attribute is there twice"),
    /** MP_REACH_NLRI too short, or its next hop reaches over it. */
    MP_REACH_LENGTH(
            SESSION_RESET, OPTIONAL_ATTRIBUTE_ERROR, "RFC 7606 §7.11", "MP_REACH_NLRI is too short for its fields"),
    /** A next hop length in MP_REACH_NLRI that its family doesn't have. */
    MP_REACH_NEXT_HOP_LENGTH(
            SESSION_RESET,
            OPTIONAL_ATTRIBUTE_ERROR,
            "RFC 7606 §7.11",
            "the next hop of MP_REACH_NLRI has a length that its family does not have"),
    /** A next hop in MP_REACH_NLRI that is no unicast address. */
    MP_REACH_NEXT_HOP(
            TREAT_AS_WITHDRAW,
            OPTIONAL_ATTRIBUTE_ERROR,
            "RFC 7606 §3(e)",
            "the next hop of MP_REACH_NLRI is not a unicast address"),
    /** NLRI field and MP_REACH_NLRI announce IPv4 prefixes with two next hops. */
    MP_REACH_TWO_NEXT_HOPS(
            TREAT_AS_WITHDRAW, OPTIONAL_ATTRIBUTE_ERROR, "RFC 4760 §3", "one family is announced with two next hops"),
    /** MP_UNREACH_NLRI too short. */
    MP_UNREACH_LENGTH(
            SESSION_RESET, OPTIONAL_ATTRIBUTE_ERROR, "RFC 7606 §7.12", "MP_UNREACH_NLRI is too short for its fields"),
    /** A family that wasn't negotiated. */
    FAMILY(IGNORE, "RFC 4760 §8", "the family was not negotiated"),

    /** The decoder itself failed, which is a bug; a reset when it did so before the prefixes were read. */
    DECODER_FAULT(TREAT_AS_WITHDRAW, UPDATE_UNSPECIFIC, "RFC 4271 §6.3", "the decoder failed"),

    /** Optional or Transitive bit wrong for a known attribute. */
    FLAGS(TREAT_AS_WITHDRAW, ATTRIBUTE_FLAGS_ERROR, "RFC 7606 §3(c)", "the flags do not fit the attribute type"),
    /** An unknown attribute that claims to be well-known. */
    UNKNOWN_WELL_KNOWN(
            SESSION_RESET,
            UNRECOGNIZED_WELL_KNOWN_ATTRIBUTE,
            "RFC 4271 §6.3",
            "an unknown attribute has the Optional bit clear"),
    /** An unknown attribute that doesn't travel. */
    UNKNOWN_NON_TRANSITIVE(ATTRIBUTE_DISCARD, "RFC 4271 §5", "an unknown non-transitive attribute is not passed on"),
    /** An attribute of a type that the receiver's owner wants dropped. */
    UNWANTED_TYPE(ATTRIBUTE_DISCARD, "RFC 4271 §5", "attributes of this type are dropped by configuration"),
    /** ORIGIN, AS_PATH or NEXT_HOP is missing. */
    MISSING_WELL_KNOWN(
            TREAT_AS_WITHDRAW, MISSING_WELL_KNOWN_ATTRIBUTE, "RFC 7606 §3(d)", "a mandatory attribute is missing"),
    /** More communities of all kinds than the limit. */
    TOO_MANY_COMMUNITIES(
            TREAT_AS_WITHDRAW, OPTIONAL_ATTRIBUTE_ERROR, "RFC 7606 §7.8", "there are more communities than the limit"),

    /** ORIGIN isn't one octet. */
    ORIGIN_LENGTH(TREAT_AS_WITHDRAW, ATTRIBUTE_LENGTH_ERROR, "RFC 7606 §7.1", "ORIGIN is not one octet"),
    /** ORIGIN has an undefined value. */
    ORIGIN_VALUE(TREAT_AS_WITHDRAW, INVALID_ORIGIN_ATTRIBUTE, "RFC 7606 §7.1", "ORIGIN has an undefined value"),
    /** AS_PATH has a segment of unknown type, without AS number, or cut short. */
    AS_PATH_SYNTAX(
            TREAT_AS_WITHDRAW, MALFORMED_AS_PATH, "RFC 7606 §7.2", "AS_PATH has an unknown, empty or cut segment"),
    /** AS 0 in AS_PATH. */
    AS_PATH_ZERO(TREAT_AS_WITHDRAW, MALFORMED_AS_PATH, "RFC 7607 §2", "AS_PATH has the AS number 0"),
    /** A set in AS_PATH, or in AS4_PATH where that is used. */
    AS_PATH_SET(TREAT_AS_WITHDRAW, MALFORMED_AS_PATH, "RFC 9774 §3", "AS_PATH has an AS_SET segment"),
    /** A confederation segment from outside. */
    AS_PATH_CONFEDERATION(
            TREAT_AS_WITHDRAW, MALFORMED_AS_PATH, "RFC 5065 §5", "AS_PATH has a confederation segment from outside"),
    /** The first AS isn't the peer's. */
    AS_PATH_FIRST_AS(
            TREAT_AS_WITHDRAW, MALFORMED_AS_PATH, "RFC 7606 §7.2", "AS_PATH does not begin with the peer's AS number"),
    /** More hops than the limit. */
    AS_PATH_TOO_LONG(TREAT_AS_WITHDRAW, MALFORMED_AS_PATH, "RFC 7606 §7.2", "AS_PATH has more hops than the limit"),
    /** NEXT_HOP isn't four octets. */
    NEXT_HOP_LENGTH(TREAT_AS_WITHDRAW, ATTRIBUTE_LENGTH_ERROR, "RFC 7606 §7.3", "NEXT_HOP is not four octets"),
    /** NEXT_HOP is no address of a host. */
    NEXT_HOP_VALUE(
            TREAT_AS_WITHDRAW,
            INVALID_NEXT_HOP_ATTRIBUTE,
            "RFC 7606 §3(e)",
            "the next hop is in 0/8, 127/8, 224/4 or 240/4"),
    /** The next hop is an address of the receiver. */
    NEXT_HOP_OWN(
            TREAT_AS_WITHDRAW,
            INVALID_NEXT_HOP_ATTRIBUTE,
            "RFC 4271 §5.1.3",
            "the next hop is an address of this server"),
    /** MULTI_EXIT_DISC isn't four octets. */
    MED_LENGTH(TREAT_AS_WITHDRAW, ATTRIBUTE_LENGTH_ERROR, "RFC 7606 §7.4", "MULTI_EXIT_DISC is not four octets"),
    /** LOCAL_PREF from an external peer. */
    LOCAL_PREF_EXTERNAL(ATTRIBUTE_DISCARD, "RFC 7606 §7.5", "LOCAL_PREF came from an external peer"),
    /** LOCAL_PREF isn't four octets. */
    LOCAL_PREF_LENGTH(TREAT_AS_WITHDRAW, ATTRIBUTE_LENGTH_ERROR, "RFC 7606 §7.5", "LOCAL_PREF is not four octets"),
    /** ATOMIC_AGGREGATE isn't empty. */
    ATOMIC_AGGREGATE_LENGTH(ATTRIBUTE_DISCARD, "RFC 7606 §7.6", "ATOMIC_AGGREGATE is not empty"),
    /** AGGREGATOR has not the length of the session's AS numbers. */
    AGGREGATOR_LENGTH(
            ATTRIBUTE_DISCARD,
            "RFC 7606 §7.7",
            "AGGREGATOR does not have the length that the session's AS numbers give it"),
    /** AS 0 in AGGREGATOR. */
    AGGREGATOR_ZERO(ATTRIBUTE_DISCARD, "RFC 7607 §2", "AGGREGATOR has the AS number 0"),
    /** COMMUNITIES empty or not a multiple of four octets. */
    COMMUNITIES_LENGTH(
            TREAT_AS_WITHDRAW,
            OPTIONAL_ATTRIBUTE_ERROR,
            "RFC 7606 §7.8",
            "COMMUNITIES is empty or not a multiple of four octets"),
    /** ORIGINATOR_ID from an external peer. */
    ORIGINATOR_ID_EXTERNAL(ATTRIBUTE_DISCARD, "RFC 7606 §7.9", "ORIGINATOR_ID came from an external peer"),
    /** ORIGINATOR_ID isn't four octets. */
    ORIGINATOR_ID_LENGTH(
            TREAT_AS_WITHDRAW, OPTIONAL_ATTRIBUTE_ERROR, "RFC 7606 §7.9", "ORIGINATOR_ID is not four octets"),
    /** CLUSTER_LIST from an external peer. */
    CLUSTER_LIST_EXTERNAL(ATTRIBUTE_DISCARD, "RFC 7606 §7.10", "CLUSTER_LIST came from an external peer"),
    /** CLUSTER_LIST empty or not a multiple of four octets. */
    CLUSTER_LIST_LENGTH(
            TREAT_AS_WITHDRAW,
            OPTIONAL_ATTRIBUTE_ERROR,
            "RFC 7606 §7.10",
            "CLUSTER_LIST is empty or not a multiple of four octets"),
    /** EXTENDED COMMUNITIES empty or not a multiple of eight octets. */
    EXTENDED_COMMUNITIES_LENGTH(
            TREAT_AS_WITHDRAW,
            OPTIONAL_ATTRIBUTE_ERROR,
            "RFC 7606 §7.14",
            "EXTENDED COMMUNITIES is empty or not a multiple of eight octets"),
    /** AS4_PATH on a session with four-octet AS numbers. */
    AS4_PATH_UNEXPECTED(ATTRIBUTE_DISCARD, "RFC 6793 §4.1", "AS4_PATH has no place on a four-octet session"),
    /** AS4_PATH is malformed or has AS 0. */
    AS4_PATH_SYNTAX(ATTRIBUTE_DISCARD, "RFC 6793 §6", "AS4_PATH is malformed or has the AS number 0"),
    /** AS4_AGGREGATOR on a session with four-octet AS numbers. */
    AS4_AGGREGATOR_UNEXPECTED(
            ATTRIBUTE_DISCARD, "RFC 6793 §4.1", "AS4_AGGREGATOR has no place on a four-octet session"),
    /** AS4_AGGREGATOR is malformed or has AS 0. */
    AS4_AGGREGATOR_SYNTAX(
            ATTRIBUTE_DISCARD, "RFC 6793 §6", "AS4_AGGREGATOR is not eight octets or has the AS number 0"),
    /** IPv6 EXTENDED COMMUNITIES empty or not a multiple of twenty octets. */
    IPV6_EXTENDED_COMMUNITIES_LENGTH(
            TREAT_AS_WITHDRAW,
            OPTIONAL_ATTRIBUTE_ERROR,
            "RFC 7606 §7.15",
            "IPv6 EXTENDED COMMUNITIES is empty or not a multiple of twenty octets"),
    /** AIGP, which is not enabled. */
    AIGP_DISABLED(ATTRIBUTE_DISCARD, "RFC 7311 §3", "AIGP is not enabled"),
    /** BGP-LS on a family that isn't link-state. */
    BGP_LS(ATTRIBUTE_DISCARD, "RFC 9552", "the BGP-LS attribute belongs to link-state families"),
    /** LARGE_COMMUNITY empty or not a multiple of twelve octets. */
    LARGE_COMMUNITY_LENGTH(
            TREAT_AS_WITHDRAW,
            OPTIONAL_ATTRIBUTE_ERROR,
            "RFC 8092 §6",
            "LARGE_COMMUNITY is empty or not a multiple of twelve octets"),
    /** OTC isn't four octets. */
    OTC_LENGTH(TREAT_AS_WITHDRAW, OPTIONAL_ATTRIBUTE_ERROR, "RFC 9234 §5", "ONLY_TO_CUSTOMER is not four octets"),
    /** PREFIX-SID from an external peer. */
    PREFIX_SID_EXTERNAL(ATTRIBUTE_DISCARD, "RFC 8669 §4", "PREFIX-SID came from an external peer");

    private static final DecodeCondition[] VALUES = values();

    private final ErrorAction action;
    private final NotificationSubcode reason;
    private final String rfc;
    private final String text;

    /** A condition that no NOTIFICATION is ever sent for. */
    DecodeCondition(ErrorAction action, String rfc, String text) {
        this(action, NotificationSubcode.UNKNOWN, rfc, text);
    }

    DecodeCondition(ErrorAction action, NotificationSubcode reason, String rfc, String text) {
        this.action = action;
        this.reason = reason;
        this.rfc = rfc;
        this.text = text;
    }

    /**
     * Returns what the condition leads to by itself.
     *
     * @return the action
     */
    public ErrorAction action() {
        return action;
    }

    /**
     * Returns what a NOTIFICATION because of the condition says.
     *
     * @return error code and subcode; {@link NotificationSubcode#UNKNOWN} for conditions that never reset a session
     */
    public NotificationSubcode reason() {
        return reason;
    }

    /**
     * Returns where the rule is written.
     *
     * @return RFC and section
     */
    public String rfc() {
        return rfc;
    }

    /** Returns the number by which {@link #at} finds the condition again, 0 to 127. For one run of the program only. */
    @SuppressWarnings("EnumOrdinal") // never stored beyond the run
    int index() {
        return ordinal();
    }

    static DecodeCondition at(int index) {
        return VALUES[index];
    }

    /** Returns what is wrong, in words. */
    @Override
    public String toString() {
        return text;
    }
}
