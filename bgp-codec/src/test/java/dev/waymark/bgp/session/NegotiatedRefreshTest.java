package dev.waymark.bgp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.waymark.bgp.message.RouteRefreshMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NegotiatedRefreshTest {

    @Test
    @DisplayName("RFC 2918 §4: ROUTE-REFRESH is answered for families of the session, where we said that we do")
    void answersWhatWasNegotiated() {
        assertEquals("true false false", answers(true));
        assertEquals("false false false", answers(false));
    }

    private static String answers(boolean isAdvertised) {
        SessionParameters local =
                SessionFixtures.azure().routeRefresh(isAdvertised).build();
        Negotiated agreed = (Negotiated) Negotiation.judge(local, SessionFixtures.open(180, SessionFixtures.LOWER_ID));
        return agreed.answers(new RouteRefreshMessage(1, 1, 0)) + " "
                + agreed.answers(new RouteRefreshMessage(2, 1, 0)) + " "
                + agreed.answers(new RouteRefreshMessage(16388, 71, 0));
    }
}
