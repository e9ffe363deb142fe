package dev.waymark.bgp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.RouterId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollisionResolverTest {

    @ParameterizedTest(name = "RFC 4271 §6.8, RFC 6286 §2.3: we {0} AS {1}, peer {2} AS {3}: {4} connection stays")
    @CsvSource({
        "10.0.0.1, 65515, 10.0.0.2, 65001, incoming",
        "10.0.0.2, 65515, 10.0.0.1, 65001, outgoing",
        "127.0.0.1, 65515, 128.0.0.1, 65001, incoming", // unsigned
        "255.0.0.1, 65515, 10.0.0.1, 65001, outgoing",
        "10.0.0.1, 65001, 10.0.0.1, 65515, incoming", // a tie: the higher AS
        "10.0.0.1, 65515, 10.0.0.1, 65001, outgoing",
        "10.0.0.1, 65515, 10.0.0.1, 4200000001, incoming", // unsigned
        "10.0.0.1, 4200000001, 10.0.0.1, 65515, outgoing",
    })
    void higherIdentifiersConnectionStays(String localId, long localAsn, String peerId, long peerAsn, String stays) {
        SessionParameters local = SessionParameters.builder(Asn.of(localAsn), RouterId.parse(localId), Asn.of(peerAsn))
                .fourOctetAsn(true)
                .build();
        RouterId peer = RouterId.parse(peerId);
        boolean incomingStays = stays.equals("incoming");

        assertEquals(incomingStays, CollisionResolver.keepsExisting(local, peer, true, false));
        assertEquals(!incomingStays, CollisionResolver.keepsExisting(local, peer, false, true));
    }

    @Test
    @DisplayName("both opened by the peer: it gave up the older one")
    void newerIncomingStays() {
        SessionParameters local = SessionFixtures.azure().build();
        assertFalse(CollisionResolver.keepsExisting(local, SessionFixtures.LOWER_ID, true, true));
        assertFalse(CollisionResolver.keepsExisting(local, SessionFixtures.HIGHER_ID, true, true));
    }
}
