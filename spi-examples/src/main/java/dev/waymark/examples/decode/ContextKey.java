package dev.waymark.examples.decode;

import dev.waymark.api.SessionState;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.RouterId;
import dev.waymark.bgp.message.BgpRole;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What can be said about the session that a message came on, with the text that an option or a JSON line gives. */
public enum ContextKey {
    /** The state of the connection. */
    STATE(
            "STATE",
            ContextKey::state,
            "Idle, Connect, Active, OpenSent, OpenConfirm or Established. Default: Established, "
                    + "but OpenSent for an OPEN"),
    /** Whether the peer is in another AS. */
    EBGP("BOOL", ContextKey::flag, "whether the peer is in another AS. Default: as --local-as and --peer-as say"),
    /** Whether both sides use four-octet AS numbers. */
    AS4(
            "BOOL",
            ContextKey::flag,
            "whether AS numbers have four octets on the session (RFC 6793); for an OPEN, whether we "
                    + "advertise that. Default: true"),
    /** Whether we would know AS4_PATH. */
    LOCAL_AS4(
            "BOOL",
            ContextKey::flag,
            "with --as4=false, whether we would use four octets, so that AS4_PATH is read "
                    + "(false: as Azure). Default: true"),
    /** Our AS number. */
    LOCAL_AS("ASN", text -> Asn.parse(text), "our AS number. Default: 65515"),
    /** The peer's AS number. */
    PEER_AS("ASN", text -> Asn.parse(text), "the peer's configured AS number. Default: what its OPEN says, or 65001"),
    /** Our BGP identifier. */
    LOCAL_ID("ID", RouterId::parse, "our BGP identifier. Default: 192.0.2.254"),
    /** The peer's BGP identifier. */
    PEER_ID("ID", RouterId::parse, "the peer's BGP identifier, which no rule looks at beyond what an OPEN says"),
    /** Our address. */
    LOCAL_ADDR("ADDRESSES", ContextKey::addresses, "our addresses, which nobody may give as next hop. Default: none"),
    /** The peer's address. */
    PEER_ADDR("ADDRESS", IpAddress::parse, "the peer's address, which no rule looks at"),
    /** The families of the session. */
    FAMILIES("FAMILIES", ContextKey::families, "ipv4-unicast, ipv6-unicast or both. Default: both"),
    /** The families whose prefixes come with path identifiers. */
    ADD_PATH_RX(
            "FAMILIES",
            ContextKey::families,
            "the families whose prefixes come with path identifiers (RFC 7911). " + "Default: none"),
    /** Whether messages may be long. */
    EXT_MESSAGE("BOOL", ContextKey::flag, "whether messages may have 65535 octets (RFC 8654). Default: false"),
    /** Whether IPv4 routes may have IPv6 next hops. */
    EXT_NEXT_HOP("BOOL", ContextKey::flag, "whether IPv4 routes may have IPv6 next hops (RFC 8950). Default: false"),
    /** Whether we answer ROUTE-REFRESH. */
    ROUTE_REFRESH("BOOL", ContextKey::flag, "whether we advertise route refresh (RFC 2918). Default: true"),
    /** Whether refreshes are marked. */
    ENHANCED_REFRESH("BOOL", ContextKey::flag, "whether refreshes are marked (RFC 7313). Default: false"),
    /** Whether the first AS has to be the peer's. */
    ENFORCE_FIRST_AS(
            "BOOL",
            ContextKey::flag,
            "whether a path has to begin with the peer's AS. Default: true with " + "--peer-as, false without"),
    /** Whether AS_SET is accepted. */
    ALLOW_AS_SET("BOOL", ContextKey::flag, "whether AS_SET is accepted against RFC 9774. Default: false"),
    /** The most hops of a path. */
    MAX_AS_PATH("HOPS", ContextKey::hops, "the most hops of an AS_PATH. Default: 1000"),
    /** What we are to the peer. */
    LOCAL_ROLE(
            "ROLE",
            ContextKey::role,
            "what we are to the peer: provider, rs, rs-client, customer or peer (RFC 9234). " + "Default: none");

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // the readers hold nothing
    private final Function<String, Object> reader;

    private final String description;

    ContextKey(String label, Function<String, Object> reader, String description) {
        this.label = label;
        this.reader = reader;
        this.description = description;
    }

    /** Returns the key with a name in JSON, or empty when there is none. */
    static Optional<ContextKey> find(String name) {
        if (name.equals("addpath")) { // what some tools write
            return Optional.of(ADD_PATH_RX);
        }
        for (ContextKey key : values()) {
            if (key.jsonName().equals(name)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    /** Returns the name in JSON, such as {@code local_as}. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the name on the command line, such as {@code --local-as}. */
    public String optionName() {
        return "--" + jsonName().replace('_', '-');
    }

    /** Returns what stands for the value in a help text. */
    public String label() {
        return label;
    }

    /** Returns what it says, for a help text. */
    public String description() {
        return description;
    }

    /** Tells whether it is true or false. */
    public boolean isFlag() {
        return label.equals("BOOL");
    }

    /**
     * Reads a value.
     *
     * @throws IllegalArgumentException naming the key and what is allowed
     */
    Object read(String text) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(jsonName() + ": " + e.getMessage(), e);
        }
    }

    private static Object flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> true;
            case "false", "no", "0" -> false;
            default -> throw new IllegalArgumentException("\"" + text + "\" is not true or false");
        };
    }

    private static Object state(String text) {
        String wanted = text.replaceAll("[-_ ]", "");
        for (SessionState state : SessionState.values()) {
            if (state.name().replace("_", "").equalsIgnoreCase(wanted)) {
                return state;
            }
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is not Idle, Connect, Active, OpenSent, OpenConfirm or Established");
    }

    private static Object families(String text) {
        Set<AddressFamily> families = EnumSet.noneOf(AddressFamily.class);
        for (String name : words(text)) {
            families.add(AddressFamily.parse(name.replace('_', '-')));
        }
        return families;
    }

    private static Object addresses(String text) {
        return words(text).stream().map(IpAddress::parse).toList();
    }

    private static Object hops(String text) {
        try {
            int hops = Integer.parseInt(text);
            if (hops > 0) {
                return hops;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("\"" + text + "\" is not a number of 1 or more");
    }

    private static Object role(String text) {
        return BgpRole.tryParse(text.toLowerCase(Locale.ROOT).replace('_', '-'))
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + text + "\" is not provider, rs, rs-client, customer or peer"));
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.split("[,\\s]+", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }
}
