package dev.waymark.bgp.session;

import static dev.waymark.bgp.session.SessionFixtures.LOCAL_ASN;
import static dev.waymark.bgp.session.SessionFixtures.LOCAL_ID;
import static dev.waymark.bgp.session.SessionFixtures.LOWER_ID;
import static dev.waymark.bgp.session.SessionFixtures.PEER_ASN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.RouterId;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.Octets;
import dev.waymark.bgp.message.OpenMessage;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NegotiationTest {

    private static final Asn WIDE = Asn.of(4_200_000_001L);
    private static final SessionParameters AZURE = SessionFixtures.azure().build();
    private static final SessionParameters STANDARD = standard(PEER_ASN).build();
    private static final SessionParameters WIDE_PEER = standard(WIDE).build();
    private static final SessionParameters INTERNAL =
            SessionParameters.builder(LOCAL_ASN, LOCAL_ID, LOCAL_ASN).build();
    private static final Capability IPV4 = new Capability.Multiprotocol(1, 1);
    private static final Capability IPV6 = new Capability.Multiprotocol(2, 1);
    private static final Capability REFRESH = new Capability.RouteRefresh();
    private static final Capability ENHANCED = new Capability.EnhancedRouteRefresh();

    private static SessionParameters.Builder standard(Asn peer) {
        return SessionParameters.builder(LOCAL_ASN, LOCAL_ID, peer)
                .families(Set.of(AddressFamily.values()))
                .fourOctetAsn(true)
                .enhancedRouteRefresh(true)
                .times(SessionTimes.standard().withHoldTime(180, true));
    }

    private static OpenMessage open(int version, int myAs, int hold, RouterId id, Capability... capabilities) {
        return new OpenMessage(version, myAs, hold, id, List.of(capabilities));
    }

    private static OpenMessage open(Capability... capabilities) {
        return open(4, 65001, 180, LOWER_ID, capabilities);
    }

    private static Capability as4(Asn asn) {
        return new Capability.FourOctetAs(asn);
    }

    private static Capability unknown(int code, int octets) {
        return new Capability.Unknown(code, Octets.copyOf(new byte[octets]));
    }

    private static SessionParameters requiring(Capability... required) {
        return SessionFixtures.azure().requiredCapabilities(List.of(required)).build();
    }

    private static SessionParameters withMinimumHold(int seconds) {
        return SessionFixtures.azure()
                .times(SessionTimes.standard().withMinimumHoldTime(seconds))
                .build();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refuses(String rule, SessionParameters local, OpenMessage open, String notification) {
        OpenError error = assertInstanceOf(OpenError.class, Negotiation.judge(local, open));

        assertEquals(notification, TransitionText.of(error.notification()));
        assertTrue(error.text().matches("(RFC \\d+ §|ARS-\\d+: ).*"), error::text);
        assertEquals(EventKind.BGP_OPEN_MSG_ERR, error.toEvent().kind());
    }

    static Stream<Arguments> refused() {
        RouterId id = LOWER_ID;
        return Stream.of(
                row("RFC 4271 §6.2: version 3", AZURE, open(3, 65001, 180, id), "2/1:0004"),
                row("RFC 4271 §6.2: version 5", AZURE, open(5, 65001, 180, id), "2/1:0004"),
                row("RFC 7607 §2: My AS 0", AZURE, open(4, 0, 180, id), "2/2"),
                row("RFC 7607 §2: My AS 0, good capability", STANDARD, open(4, 0, 180, id, as4(PEER_ASN)), "2/2"),
                row("RFC 7607 §2: capability AS 0", STANDARD, open(as4(Asn.ZERO)), "2/2"),
                row("RFC 7607 §2: capability AS 0, also unused", AZURE, open(as4(Asn.ZERO)), "2/2"),
                row("RFC 4271 §6.2: not the configured AS", AZURE, open(4, 65002, 180, id), "2/2"),
                row("ARS-11: our own AS", AZURE, open(4, 65515, 180, id), "2/2"),
                row("internal: not our AS", INTERNAL, open(), "2/2"),
                row("RFC 6793 §4.1: capability AS is not the configured one", STANDARD, open(as4(WIDE)), "2/2"),
                row("RFC 6793 §4.1: two capabilities disagree", STANDARD, open(as4(PEER_ASN), as4(WIDE)), "2/2"),
                row("RFC 6793 §4.2.1: AS_TRANS, no capability", WIDE_PEER, open(4, 23456, 180, id), "2/2"),
                row(
                        "ARS-13: AS_TRANS with the capability, two octets here",
                        AZURE,
                        open(4, 23456, 180, id, as4(WIDE)),
                        "2/2"),
                row("RFC 6286 §2.2: identifier 0", AZURE, open(4, 65001, 180, RouterId.ofBits(0)), "2/3"),
                row("RFC 6286 §2.2: internal peer has our identifier", INTERNAL, open(4, 65515, 180, LOCAL_ID), "2/3"),
                row("RFC 4271 §4.2: hold time 1", STANDARD, open(4, 65001, 1, id), "2/6:0001"),
                row("RFC 4271 §4.2: hold time 2", STANDARD, open(4, 65001, 2, id), "2/6:0002"),
                row("RFC 4271 §6.2, ARS-14: hold time 0 in azure", AZURE, open(4, 65001, 0, id), "2/6:0000"),
                row("RFC 4271 §6.2: a minimum is configured", withMinimumHold(30), open(4, 65001, 29, id), "2/6:001d"),
                row("RFC 5492 §5: a required capability is missing", requiring(REFRESH), open(IPV4), "2/7:0200"),
                row(
                        "RFC 5492 §5: all that are missing are named",
                        requiring(REFRESH, IPV6, ENHANCED),
                        open(IPV4, REFRESH),
                        "2/7:0104000200014600"),
                row("RFC 5492 §5: a required family is missing", requiring(IPV6), open(IPV4), "2/7:010400020001"),
                row("RFC 4760 §8: no family in common", AZURE, open(IPV6), "2/7:010400010001"),
                row(
                        "RFC 4760 §8: only families unknown here",
                        STANDARD,
                        open(new Capability.Multiprotocol(25, 70)),
                        "2/7:010400010001010400020001"),
                row("RFC 4760 §8: multiprotocol of 3 octets", AZURE, open(unknown(1, 3)), "2/0"),
                row("multiprotocol of 5 octets beside a good one", AZURE, open(IPV4, unknown(1, 5)), "2/0"),
                row("RFC 2918 §2: route refresh of 1 octet", AZURE, open(unknown(2, 1)), "2/0"),
                row("RFC 6793 §3: four-octet AS of 2 octets", STANDARD, open(unknown(65, 2)), "2/0"),
                row("RFC 7313 §3.1: enhanced refresh of 4 octets", STANDARD, open(unknown(70, 4)), "2/0"),
                row("version goes before AS number", AZURE, open(3, 0, 1, RouterId.ofBits(0)), "2/1:0004"),
                row("AS number goes before identifier", AZURE, open(4, 0, 1, RouterId.ofBits(0)), "2/2"),
                row("identifier goes before hold time", AZURE, open(4, 65001, 1, RouterId.ofBits(0)), "2/3"));
    }

    private static Arguments row(String rule, SessionParameters local, OpenMessage open, String notification) {
        return Arguments.of(rule, local, open, notification);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void accepts(String rule, SessionParameters local, OpenMessage open, String expected) {
        Negotiated agreed = assertInstanceOf(
                Negotiated.class, Negotiation.judge(local, open), () -> rule + ": " + Negotiation.judge(local, open));

        StringBuilder text = new StringBuilder();
        for (AddressFamily family : AddressFamily.values()) {
            text.append(agreed.families().contains(family) ? family.toString().substring(2, 4) + " " : "");
        }
        text.append(agreed.holdTimeSeconds()).append('/').append(agreed.keepaliveSeconds());
        text.append(agreed.fourOctetAsn() ? " as4" : "");
        text.append(agreed.peerRefreshes() ? " refresh" : "");
        text.append(agreed.enhancedRouteRefresh() ? " enhanced" : "");
        assertEquals(expected, text.toString());
        assertEquals(local.peerAsn(), agreed.peerAsn());
        assertEquals(local.isExternal(), agreed.external());
        assertEquals(open.routerId(), agreed.peerId());
    }

    static Stream<Arguments> accepted() {
        Capability[] all = {IPV4, IPV6, REFRESH, as4(PEER_ASN), ENHANCED};
        return Stream.of(
                row("RFC 4760 §8: no capabilities mean IPv4 unicast", AZURE, open(), "v4 180/60"),
                row("ARS-15: IPv6 offered beside is not negotiated", AZURE, open(all), "v4 180/60 refresh"),
                row("standard takes all", STANDARD, open(all), "v4 v6 180/60 as4 refresh enhanced"),
                row("IPv6 alone", STANDARD, open(IPV6), "v6 180/60"),
                row("RFC 6793 §4.1: a peer without the capability", STANDARD, open(IPV4), "v4 180/60"),
                row(
                        "RFC 6793: AS_TRANS with the capability",
                        WIDE_PEER,
                        open(4, 23456, 180, LOWER_ID, as4(WIDE)),
                        "v4 180/60 as4"),
                row(
                        "RFC 6793 §4.1: the capability's number counts",
                        WIDE_PEER,
                        open(4, 7, 180, LOWER_ID, as4(WIDE)),
                        "v4 180/60 as4"),
                row("ARS-13: the capability is not used in azure", AZURE, open(as4(WIDE)), "v4 180/60"),
                row(
                        "RFC 6286 §2.1: external peer with our identifier",
                        AZURE,
                        open(4, 65001, 180, LOCAL_ID),
                        "v4 180/60"),
                row("internal peer", INTERNAL, open(4, 65515, 180, LOWER_ID), "v4 180/60"),
                row("RFC 4271 §4.2: hold time 0 where allowed", STANDARD, open(4, 65001, 0, LOWER_ID), "v4 0/0"),
                row("a minimum is met exactly", withMinimumHold(30), open(4, 65001, 30, LOWER_ID), "v4 30/10"),
                row("a required capability is there", requiring(REFRESH), open(REFRESH), "v4 180/60 refresh"),
                row(
                        "RFC 5492 §4: the same capability again",
                        AZURE,
                        open(IPV4, REFRESH, IPV4, REFRESH),
                        "v4 180/60 refresh"),
                row("the same AS number again", STANDARD, open(as4(PEER_ASN), as4(PEER_ASN)), "v4 180/60 as4"),
                row("RFC 5492 §3: unknown capability of any length", AZURE, open(unknown(200, 255)), "v4 180/60"),
                row(
                        "RFC 4724 §3: graceful restart that is off is not used, whatever it holds",
                        STANDARD,
                        open(unknown(64, 1)),
                        "v4 180/60"),
                row(
                        "RFC 5492 §3: ADD-PATH, roles and the like are not used",
                        STANDARD,
                        open(unknown(69, 3), unknown(9, 0), unknown(6, 1), unknown(5, 5), unknown(71, 2)),
                        "v4 180/60"),
                row(
                        "a capability unused in azure, impossible length",
                        AZURE,
                        open(unknown(65, 3), unknown(70, 1)),
                        "v4 180/60"));
    }

    @ParameterizedTest(name = "RFC 4271 §4.2, ARS-14: hold {0} and {1} give {2}, keepalive {3}")
    @CsvSource({
        "180, 180, 180, 60",
        "180, 90, 90, 30",
        "90, 180, 90, 30",
        "180, 3, 3, 1",
        "180, 10, 10, 3",
        "600, 900, 600, 60",
        "180, 65535, 180, 60",
        "0, 180, 0, 0",
        "180, 0, 0, 0"
    })
    void holdTimeIsTheSmaller(int ours, int theirs, int hold, int keepalive) {
        SessionParameters local = standard(PEER_ASN)
                .times(SessionTimes.standard().withHoldTime(ours, true))
                .build();

        Negotiated agreed = (Negotiated) Negotiation.judge(local, open(4, 65001, theirs, LOWER_ID));

        assertEquals(hold, agreed.holdTimeSeconds());
        assertEquals(keepalive, agreed.keepaliveSeconds());
        assertEquals(hold == 0 ? 0 : Math.max(480, 2 * hold), agreed.sendHoldSeconds());
    }

    @Test
    @DisplayName("what we don't advertise is not negotiated, even if the peer has it")
    void needsBothSides() {
        SessionParameters bare = SessionFixtures.azure().routeRefresh(false).build();

        Negotiated agreed = (Negotiated) Negotiation.judge(bare, open(IPV4, REFRESH, ENHANCED, as4(PEER_ASN)));

        assertTrue(agreed.peerRefreshes(), "we may ask: RFC 2918 §4");
        assertTrue(!agreed.localRefreshes() && !agreed.enhancedRouteRefresh() && !agreed.fourOctetAsn());
    }

    @Test
    @DisplayName("TRAPS 24: any OPEN gives a verdict, none an exception; seed 20260704")
    void neverThrows() {
        Random random = new Random(20260704);
        for (int i = 0; i < 50_000; i++) {
            Capability[] capabilities = new Capability[random.nextInt(6)];
            for (int c = 0; c < capabilities.length; c++) {
                byte[] value = new byte[random.nextInt(8)];
                random.nextBytes(value);
                int[] codes = {1, 2, 5, 6, 9, 64, 65, 69, 70, 71, random.nextInt(256)};
                capabilities[c] = Capability.of(codes[random.nextInt(codes.length)], Octets.copyOf(value));
            }
            OpenMessage open = open(
                    random.nextInt(8) == 0 ? random.nextInt(256) : 4,
                    random.nextInt(4) == 0 ? random.nextInt(65536) : 65001,
                    random.nextInt(4) == 0 ? random.nextInt(5) : random.nextInt(65536),
                    RouterId.ofBits(random.nextInt(8) == 0 ? 0 : random.nextInt()),
                    capabilities);
            for (SessionParameters local : List.of(AZURE, STANDARD, WIDE_PEER, INTERNAL)) {
                OpenVerdict verdict = Negotiation.judge(local, open);
                assertEquals(verdict, Negotiation.judge(local, open), "pure");
            }
        }
    }
}
