package dev.waymark.bgp.session;

import static dev.waymark.bgp.session.SessionFixtures.LOWER_ID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.codec.CodecOptions;
import dev.waymark.bgp.codec.EncodeOptions;
import dev.waymark.bgp.message.BgpRole;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.Octets;
import dev.waymark.bgp.message.OpenMessage;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is agreed about extensions, each of which takes both sides. */
class ExtensionsNegotiationTest {

    private static final AddressFamily IPV4 = AddressFamily.IPV4_UNICAST;
    private static final AddressFamily IPV6 = AddressFamily.IPV6_UNICAST;
    private static final Set<AddressFamily> BOTH = Set.of(IPV4, IPV6);
    private static final SessionExtensions ALL = SessionExtensions.none()
            .withExtendedMessages(true)
            .withExtendedNextHop(true)
            .withAddPath(BOTH, BOTH)
            .withRole(BgpRole.RS, false);

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void roles(String rule, boolean isRequired, List<Integer> roles, String expected) {
        Capability[] capabilities = roles.stream().map(Capability.Role::new).toArray(Capability[]::new);
        OpenVerdict verdict = judge(ALL.withRole(BgpRole.RS, isRequired), capabilities);

        String actual = verdict instanceof OpenError error ? TransitionText.of(error.notification()) : "accepted";
        assertEquals(expected, actual, rule);
    }

    static Stream<Arguments> roles() {
        return Stream.of(
                arguments("RFC 9234 §4.2: route server and its client", false, List.of(2), "accepted"),
                arguments("RFC 9234 §4.2: two route servers", false, List.of(1), "2/11"),
                arguments("RFC 9234 §4.2: route server and customer", false, List.of(3), "2/11"),
                arguments("RFC 9234 §4.2: an undefined role", false, List.of(200), "2/11"),
                arguments("RFC 9234 §4.2: two roles that conflict", false, List.of(2, 3), "2/11"),
                arguments("RFC 9234 §4.2: one role twice", false, List.of(2, 2), "accepted"),
                arguments("RFC 9234 §4.2: no role", false, List.of(), "accepted"),
                arguments("RFC 9234 §4.2: no role in strict mode", true, List.of(), "2/11"));
    }

    @Test
    @DisplayName("RFC 9234 §4.2: every pair of roles that fits is accepted, and no other")
    void rolePairs() {
        for (BgpRole ours : BgpRole.values()) {
            for (BgpRole theirs : BgpRole.values()) {
                OpenVerdict verdict = judge(ALL.withRole(ours, true), Capability.Role.of(theirs));
                boolean fits = Set.of(
                                "provider customer", "customer provider", "rs rs-client", "rs-client rs", "peer peer")
                        .contains(ours + " " + theirs);
                assertEquals(fits, verdict instanceof Negotiated, ours + " " + theirs);
            }
        }
    }

    @Test
    @DisplayName("RFC 7911 §5: path identifiers go where one side sends and the other receives, per family")
    void addPath() {
        Capability[] peer = {mp(1), mp(2), addPath("00010102" + "00020101")};

        NegotiatedExtensions agreed = agreed(ALL, peer);
        assertEquals(Set.of(IPV4), agreed.addPathReceive());
        assertEquals(Set.of(IPV6), agreed.addPathSend());
        assertEquals(Set.of(), agreed(ALL.withAddPath(Set.of(), BOTH), peer).addPathReceive());
        assertEquals(Set.of(), agreed(ALL, mp(2), addPath("00010103")).addPathReceive(), "a family without routes");
        assertEquals(Set.of(), agreed(ALL, mp(1), addPath("00010104")).addPathReceive(), "RFC 7911 §4: mode 4");
    }

    @Test
    @DisplayName("RFC 8654 §4: we read long messages once we said so, and write them to a peer that said so")
    void extendedMessages() {
        Capability extended = new Capability.ExtendedMessage();

        assertEquals("65535 65535", octets(ALL, extended));
        assertEquals("65535 4096", octets(ALL));
        assertEquals("4096 4096", octets(SessionExtensions.none(), extended));
    }

    @Test
    @DisplayName("RFC 8950 §4: IPv6 next hops of IPv4 routes take both sides")
    void extendedNextHop() {
        Capability capability = Capability.of(5, Octets.parse("000100010002"));

        assertTrue(agreed(ALL, capability).extendedNextHop());
        assertFalse(agreed(ALL).extendedNextHop());
        assertFalse(agreed(SessionExtensions.none(), capability).extendedNextHop());
        assertFalse(agreed(ALL, Capability.of(5, Octets.parse("000100800002"))).extendedNextHop(), "VPN only");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @DisplayName("RFC 5492 §4: an impossible length counts for those who use the capability")
    void lengths(String rule, int code, int octets) {
        Capability malformed = Capability.of(code, Octets.copyOf(new byte[octets]));

        OpenError error = assertInstanceOf(OpenError.class, judge(ALL, malformed), rule);
        assertEquals("2/0", TransitionText.of(error.notification()));
        assertInstanceOf(Negotiated.class, judge(SessionExtensions.none(), malformed));
    }

    static Stream<Arguments> lengths() {
        return Stream.of(
                arguments("RFC 8950 §4: extended next hop of 7 octets", 5, 7),
                arguments("RFC 8654 §3: extended message of 1 octet", 6, 1),
                arguments("RFC 9234 §4.1: role of 0 octets", 9, 0),
                arguments("RFC 9234 §4.1: role of 2 octets", 9, 2),
                arguments("RFC 7911 §4: ADD-PATH of 5 octets", 69, 5));
    }

    @Test
    @DisplayName("what is set is offered, and nothing else")
    void offers() {
        OpenMessage open = parameters(ALL).localOpen();
        OpenMessage bare = parameters(SessionExtensions.none()).localOpen();

        assertTrue(open.capabilities().containsAll(ALL.capabilities()));
        assertEquals(4, ALL.capabilities().size());
        assertEquals(open.capabilities().size() - 4, bare.capabilities().size());
        assertEquals(
                "0001010300020103",
                open.capabilities().get(open.capabilities().size() - 1).value().toString());
    }

    private static String octets(SessionExtensions local, Capability... peer) {
        Negotiated agreed = (Negotiated) judge(local, peer);
        CodecOptions reading = agreed.toCodecOptions().build();
        EncodeOptions writing = agreed.toEncodeOptions().build();
        return reading.maxMessageOctets() + " " + writing.maxMessageOctets();
    }

    private static NegotiatedExtensions agreed(SessionExtensions local, Capability... peer) {
        return ((Negotiated) judge(local, peer)).extensions();
    }

    private static OpenVerdict judge(SessionExtensions local, Capability... peer) {
        return Negotiation.judge(parameters(local), SessionFixtures.open(180, LOWER_ID, peer));
    }

    private static SessionParameters parameters(SessionExtensions extensions) {
        return SessionFixtures.azure().families(BOTH).extensions(extensions).build();
    }

    private static Capability mp(int afi) {
        return new Capability.Multiprotocol(afi, 1);
    }

    private static Capability addPath(String value) {
        return Capability.of(69, Octets.parse(value));
    }
}
