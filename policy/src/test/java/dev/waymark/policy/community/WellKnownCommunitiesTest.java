package dev.waymark.policy.community;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.api.route.Community;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.policy.TestAttributes;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WellKnownCommunitiesTest {

    // e = external peer, i = internal peer (a gateway); azure passes NO_EXPORT on, standard honours it
    @ParameterizedTest(name = "ARS-51, RFC 1997: \"{0}\" azure e {1} i {2}, standard e {3} i {4}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\" | SEND | SEND | SEND | SEND",
                "65001:65282 | SEND | SEND | SEND | SEND",
                "NO_ADVERTISE | NO_ADVERTISE | NO_ADVERTISE | NO_ADVERTISE | NO_ADVERTISE",
                "NO_EXPORT | SEND | SEND | NO_EXPORT | SEND",
                "NO_EXPORT_SUBCONFED | SEND | SEND | NO_EXPORT_SUBCONFED | SEND",
                "65001:1 NO_EXPORT NO_ADVERTISE | NO_ADVERTISE | NO_ADVERTISE | NO_ADVERTISE | NO_ADVERTISE",
                "NO_EXPORT NO_EXPORT_SUBCONFED | SEND | SEND | NO_EXPORT | SEND",
                "NOPEER | SEND | SEND | SEND | SEND",
                "BLACKHOLE | SEND | SEND | SEND | SEND",
                "GRACEFUL_SHUTDOWN | SEND | SEND | SEND | SEND",
                "LLGR_STALE NO_LLGR ACCEPT_OWN | SEND | SEND | SEND | SEND"
            })
    void decidesWhoGetsARoute(
            String communities,
            ExportVerdict azureExternal,
            ExportVerdict azureInternal,
            ExportVerdict standardExternal,
            ExportVerdict standardInternal) {
        PathAttributes attributes = TestAttributes.ofCommunities(communities);

        judges(azureExternal, attributes, true, false);
        judges(azureInternal, attributes, false, false);
        judges(standardExternal, attributes, true, true);
        judges(standardInternal, attributes, false, true);
    }

    private static void judges(
            ExportVerdict expected, PathAttributes attributes, boolean external, boolean honourNoExport) {
        assertEquals(expected, WellKnownCommunities.judge(attributes, external, honourNoExport));
        assertEquals(expected, WellKnownCommunities.judge(attributes, attributes, external, honourNoExport));
        assertEquals(
                expected,
                WellKnownCommunities.judge(
                        attributes.hasCommunity(Community.NO_ADVERTISE),
                        attributes.hasCommunity(Community.NO_EXPORT),
                        attributes.hasCommunity(Community.NO_EXPORT_SUBCONFED),
                        external,
                        honourNoExport));
        assertEquals(expected == ExportVerdict.SEND, expected.isSent());
    }

    @ParameterizedTest(name = "TRAPS 7: ARS-51 (rustbgpd 909): \"{0}\" before export policy, \"{1}\" after: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\" | \"\" | SEND",
                "NO_ADVERTISE | \"\" | NO_ADVERTISE",
                "\"\" | NO_ADVERTISE | NO_ADVERTISE",
                "NO_ADVERTISE | NO_ADVERTISE | NO_ADVERTISE",
                "NO_EXPORT | \"\" | NO_EXPORT",
                "\"\" | NO_EXPORT | NO_EXPORT",
                "NO_EXPORT | NO_ADVERTISE | NO_EXPORT"
            })
    void looksBeforePolicyCanRemoveACommunityAndAfterItCanAddOne(String before, String after, ExportVerdict expected) {
        assertEquals(
                expected,
                WellKnownCommunities.judge(
                        TestAttributes.ofCommunities(before), TestAttributes.ofCommunities(after), true, true));
    }

    @ParameterizedTest
    @EnumSource
    void knowsTheCommunitiesByTheNameOfTheirValue(WellKnownCommunity known) {
        assertEquals(known.community(), Community.parse(known.name()));
        assertEquals(Optional.of(known), WellKnownCommunity.of(known.community()));
    }

    @ParameterizedTest(name = "{1}: {0} acts {2}")
    @CsvSource({
        "NO_ADVERTISE, RFC 1997, ON_EXPORT",
        "NO_EXPORT, RFC 1997, ON_EXPORT",
        "NO_EXPORT_SUBCONFED, RFC 1997, ON_EXPORT",
        "NOPEER, RFC 3765, BY_POLICY",
        "BLACKHOLE, RFC 7999, BY_POLICY",
        "GRACEFUL_SHUTDOWN, RFC 8326, BY_POLICY",
        "ACCEPT_OWN, RFC 7611, BY_POLICY",
        "LLGR_STALE, RFC 9494, BY_RESTART",
        "NO_LLGR, RFC 9494, BY_RESTART"
    })
    void citesAndActs(WellKnownCommunity known, String rfc, WellKnownCommunity.Effect effect) {
        assertEquals(rfc, known.rfc());
        assertEquals(effect, known.effect());
    }

    @Test
    @DisplayName("RFC 1997: a community of another network is not well-known")
    void doesNotKnowOthers() {
        assertEquals(Optional.empty(), WellKnownCommunity.of(Community.of(65001, 65282)));
        assertEquals(Optional.empty(), WellKnownCommunity.of(Community.of(65535, 65535)));
    }
}
