package dev.waymark.bgp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.codec.CodecOptions;
import dev.waymark.bgp.codec.DecodeProblem;
import dev.waymark.bgp.codec.EncodeOptions;
import dev.waymark.bgp.codec.MessageDecoder;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Where codec and session meet: decoded problems become events, what was negotiated becomes options. */
class DecodedEventsTest {

    private static byte[] message(int type, int... body) {
        byte[] message = new byte[19 + body.length];
        Arrays.fill(message, 0, 16, (byte) 0xff);
        message[17] = (byte) message.length;
        message[18] = (byte) type;
        for (int i = 0; i < body.length; i++) {
            message[19 + i] = (byte) body[i];
        }
        return message;
    }

    @Test
    @DisplayName("RFC 4271 §6.2: an OPEN with an unknown optional parameter is refused with 2/4")
    void unknownParameterIsRefused() {
        byte[] open = message(1, 4, 0xfd, 0xe9, 0, 90, 10, 0, 0, 2, 2, 1, 0);
        DecodeProblem problem = MessageDecoder.open(open, 0, open.length).problem();

        SessionEvent.ProtocolError error = assertInstanceOf(
                SessionEvent.ProtocolError.class, SessionEvent.ofProblem(EventKind.BGP_OPEN_MSG_ERR, problem));

        assertEquals("2/4", TransitionText.of(error.notification()));
        assertEquals(EventKind.BGP_OPEN_MSG_ERR, error.kind());
        assertTrue(error.text().contains("RFC"), error::text);
    }

    @Test
    @DisplayName("RFC 4271 §6.4: a NOTIFICATION that is too short closes the session without a word")
    void shortNotificationCloses() {
        byte[] notification = message(3, 6);
        DecodeProblem problem = MessageDecoder.notification(notification, 0, notification.length)
                .problem();

        assertInstanceOf(SessionEvent.TransportFailed.class, SessionEvent.ofProblem(EventKind.BGP_HEADER_ERR, problem));
    }

    @Test
    void problemThatIsSurvivedIsNoEvent() {
        assertThrows(
                IllegalArgumentException.class,
                () -> SessionEvent.ofProblem(EventKind.UPDATE_MSG_ERR, new DecodeProblem()));
    }

    @Test
    @DisplayName("TRAPS 19: AS width is what both OPENs say")
    void optionsFollowTheOpens() {
        Negotiated narrow = SessionFixtures.negotiated(90);
        CodecOptions decode = narrow.toCodecOptions().build();
        EncodeOptions encode = narrow.toEncodeOptions().build();

        assertFalse(decode.isFourOctetSession());
        assertFalse(encode.isFourOctetSession());
        assertFalse(encode.isLocalFourOctet());
        assertTrue(decode.isExternal());
        assertTrue(decode.hasFamily(AddressFamily.IPV4_UNICAST));
        assertFalse(decode.hasFamily(AddressFamily.IPV6_UNICAST));

        SessionParameters wide = SessionFixtures.azure().fourOctetAsn(true).build();
        Negotiated oldPeer = (Negotiated) Negotiation.judge(wide, SessionFixtures.open(90, SessionFixtures.HIGHER_ID));
        assertFalse(oldPeer.toCodecOptions().build().isFourOctetSession());
        assertTrue(oldPeer.toEncodeOptions().build().isLocalFourOctet());
    }
}
