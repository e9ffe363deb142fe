package dev.waymark.bgp.session;

import static dev.waymark.bgp.session.SessionFixtures.LOWER_ID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import dev.waymark.bgp.message.Octets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What OPENs say about graceful restart, and what follows for a session that ends. */
class RestartTermsTest {
    private static final AddressFamily IPV4 = AddressFamily.IPV4_UNICAST;
    private static final AddressFamily IPV6 = AddressFamily.IPV6_UNICAST;
    private static final SessionExtensions OURS = SessionExtensions.none().withRestart(new RestartSupport(true, true));

    @Test
    @DisplayName(
            "RFC 4724 §3: as a helper we offer a restart time of 0 and no family; RFC 8538 §2: the N bit where it is set")
    void offers() {
        assertEquals(List.of("64:4000", "71:"), offered(new RestartSupport(true, true)));
        assertEquals(List.of("64:0000"), offered(new RestartSupport(false, false)));
    }

    private static List<String> offered(RestartSupport support) {
        return parameters(SessionExtensions.none().withRestart(support)).localOpen().capabilities().stream()
                .filter(capability -> capability.code() == 64 || capability.code() == 71)
                .map(capability -> capability.code() + ":" + capability.value())
                .toList();
    }

    @Test
    @DisplayName("RFC 4724 §3, RFC 9494 §3.1: time, families and F bits are read, for families of the session only")
    void reads() {
        // R and N, 120 s; IPv4 with F, IPv6 without, VPNv4 with F. Long-lived: IPv4 without F 3600 s, IPv6 with F 0 s
        RestartTerms terms = terms(
                OURS,
                mp(1),
                mp(2),
                gr("c078" + "00010180" + "00020100" + "00018080"),
                llgr("00010100000e10" + "00020180000000"));

        assertTrue(terms.forNotifications());
        assertEquals(120, terms.restartSeconds(IPV4));
        assertEquals(Set.of(IPV4, IPV6), terms.families());
        assertTrue(terms.resumes(IPV4, false));
        assertFalse(terms.resumes(IPV6, false));
        assertEquals(Map.of(IPV4, 3600), terms.longLivedSeconds());
        assertFalse(terms.resumes(IPV4, true));
        assertTrue(terms.longLived());
        RestartTerms one = terms(OURS, mp(1), gr("0078" + "00020180"), llgr("00010180000e10"));
        assertEquals(Set.of(), one.families(), "IPv6 is not of the session");
        assertEquals(0, one.restartSeconds(IPV4));
        assertTrue(one.keeps(IPV4));
        assertTrue(one.resumes(IPV4, true));
        assertFalse(one.forNotifications());
    }

    @Test
    @DisplayName("RFC 9494 §3.1, ARS-18: long-lived restart takes graceful restart, and both sides")
    void takesBoth() {
        assertFalse(terms(OURS, mp(1), llgr("00010180000e10")).keeps(IPV4));
        assertFalse(
                terms(SessionExtensions.none(), mp(1), gr("0078" + "00010180")).keeps(IPV4));
        SessionExtensions plain = SessionExtensions.none().withRestart(new RestartSupport(false, false));
        RestartTerms terms = terms(plain, mp(1), gr("4078" + "00010180"), llgr("00010180000e10"));
        assertEquals(0, terms.longLivedSeconds(IPV4));
        assertFalse(terms.longLived());
        assertFalse(terms.forNotifications());
        assertTrue(terms.keeps(IPV4));
    }

    @Test
    @DisplayName("RFC 4724 §5: only a peer that named a family can replace its Established session")
    void yields() {
        assertTrue(terms(OURS, mp(1), gr("0078" + "00010100")).yieldsToNewConnection());
        assertFalse(terms(OURS, mp(1), gr("0078")).yieldsToNewConnection());
        assertFalse(terms(OURS, mp(1)).yieldsToNewConnection());
    }

    @ParameterizedTest(name = "RFC 4724 §4.2, RFC 8538 §4: every cause of an end, with the N bit and without: {0}")
    @EnumSource(EndCause.class)
    void keepsAfter(EndCause cause) {
        SessionEnd end = new SessionEnd(cause, Optional.empty(), "text");
        boolean always = cause == EndCause.TRANSPORT_FAILED;
        boolean withN = switch (cause) {
            case TRANSPORT_FAILED,
                    NOTIFICATION_RECEIVED,
                    HOLD_TIMEOUT,
                    SEND_HOLD_TIMEOUT,
                    HEADER_ERROR,
                    UPDATE_ERROR,
                    ROUTE_REFRESH_ERROR,
                    UNEXPECTED_EVENT -> true;
            default -> false;
        };

        assertEquals(always, terms(OURS, mp(1), gr("0078" + "00010180")).keepsAfter(end));
        assertEquals(withN, terms(OURS, mp(1), gr("4078" + "00010180")).keepsAfter(end));
    }

    @Test
    @DisplayName(
            "RFC 8538 §3.1: a Hard Reset never keeps routes; it carries code, subcode and data of what it stands for")
    void hardReset() {
        NotificationMessage cease = NotificationMessage.withText(NotificationSubcode.ADMINISTRATIVE_RESET, "ab");
        NotificationMessage hard = NotificationMessage.hardReset(cease);

        assertEquals(NotificationSubcode.HARD_RESET, hard.reason());
        assertEquals("0604026162", hard.data().toString());
        SessionEnd end = new SessionEnd(EndCause.NOTIFICATION_RECEIVED, Optional.of(hard), "text");
        assertFalse(terms(OURS, mp(1), gr("4078" + "00010180")).keepsAfter(end));
        SessionEnd soft = new SessionEnd(EndCause.NOTIFICATION_RECEIVED, Optional.of(cease), "text");
        assertTrue(terms(OURS, mp(1), gr("4078" + "00010180")).keepsAfter(soft));
    }

    static Stream<Arguments> lengths() {
        return Stream.of(
                arguments("RFC 4724 §3: graceful restart of 3 octets", 64, 3),
                arguments("RFC 4724 §3: graceful restart of 0 octets", 64, 0),
                arguments("RFC 9494 §3.1: long-lived graceful restart of 6 octets", 71, 6));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lengths")
    void impossibleLengths(String rule, int code, int octets) {
        Capability malformed = Capability.of(code, Octets.copyOf(new byte[octets]));
        OpenVerdict verdict = judge(OURS, malformed);

        assertEquals("2/0", TransitionText.of(((OpenError) verdict).notification()), rule);
        assertTrue(judge(SessionExtensions.none(), malformed) instanceof Negotiated, "not used, so ignored");
    }

    private static RestartTerms terms(SessionExtensions ours, Capability... peer) {
        return ((Negotiated) judge(ours, peer)).restart();
    }

    private static OpenVerdict judge(SessionExtensions ours, Capability... peer) {
        return Negotiation.judge(parameters(ours), SessionFixtures.open(180, LOWER_ID, peer));
    }

    private static SessionParameters parameters(SessionExtensions extensions) {
        return SessionFixtures.azure()
                .families(Set.of(IPV4, IPV6))
                .extensions(extensions)
                .build();
    }

    private static Capability mp(int afi) {
        return new Capability.Multiprotocol(afi, 1);
    }

    private static Capability gr(String value) {
        return Capability.of(64, Octets.parse(value));
    }

    private static Capability llgr(String value) {
        return Capability.of(71, Octets.parse(value));
    }
}
