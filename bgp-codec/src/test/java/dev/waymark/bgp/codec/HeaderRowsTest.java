package dev.waymark.bgp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The message header (RFC 4271 §6.1), judged from its nineteen octets. */
class HeaderRowsTest {

    private static final CodecOptions SHORT = CodecOptions.builder().build();
    private static final CodecOptions EXTENDED =
            CodecOptions.builder().maxMessageOctets(65535).build();

    private final DecodeProblem problem = new DecodeProblem();

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @DisplayName("RFC 4271 §6.1: a header that is wrong by itself")
    void broken(String rule, CodecOptions options, int length, int type, String notification, String data) {
        byte[] header = header(length, type);
        assertEquals(Framer.BROKEN, Framer.frame(header, 0, 19, options, problem), rule);
        assertEquals(
                notification,
                problem.notification().code() + "/" + problem.notification().subcode());
        assertEquals(data, problem.data().toString());
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                arguments("RFC 4271 §6.1: length 0", SHORT, 0, 4, "1/2", "0000"),
                arguments("RFC 4271 §6.1: length 18", SHORT, 18, 4, "1/2", "0012"),
                arguments("RFC 4271 §6.1: length 4097", SHORT, 4097, 2, "1/2", "1001"),
                arguments("RFC 4271 §6.1: length 65535", SHORT, 65535, 2, "1/2", "ffff"),
                arguments("RFC 4271 §6.1: OPEN of 28", SHORT, 28, 1, "1/2", "001c"),
                arguments("RFC 8654 §4: OPEN of 4097 with extended messages", EXTENDED, 4097, 1, "1/2", "1001"),
                arguments("RFC 4271 §6.1: UPDATE of 22", SHORT, 22, 2, "1/2", "0016"),
                arguments("RFC 4271 §6.1: KEEPALIVE of 20", SHORT, 20, 4, "1/2", "0014"),
                arguments("RFC 8654 §4: KEEPALIVE of 20 with extended messages", EXTENDED, 20, 4, "1/2", "0014"),
                arguments("RFC 2918 §3: ROUTE-REFRESH of 22", SHORT, 22, 5, "1/2", "0016"),
                arguments("RFC 4271 §6.1: type 0", SHORT, 19, 0, "1/3", "00"),
                arguments("RFC 4271 §6.1: type 6", SHORT, 19, 6, "1/3", "06"),
                arguments("RFC 4271 §6.1: type 255", SHORT, 4096, 255, "1/3", "ff"),
                arguments("RFC 4271 §6.1: length before type", SHORT, 18, 255, "1/2", "0012"));
    }

    @Test
    @DisplayName("RFC 4271 §6.1: any bit of the marker clear: 1/1, before length and type")
    void marker() {
        for (int bit = 0; bit < 128; bit++) {
            byte[] header = header(0, 99);
            header[bit / 8] ^= (byte) (1 << (bit % 8));
            assertEquals(Framer.BROKEN, Framer.frame(header, 0, 19, SHORT, problem));
            assertEquals(DecodeCondition.MARKER, problem.condition());
            assertEquals("", problem.data().toString());
        }
    }

    @Test
    @DisplayName("RFC 4271 §6.4: a NOTIFICATION of an impossible length closes the session and is not answered")
    void notificationLength() {
        for (int length : new int[] {0, 18, 19, 20, 4097}) {
            assertEquals(Framer.BROKEN, Framer.frame(header(length, 3), 0, 19, SHORT, problem));
            assertEquals(ErrorAction.CLOSE, problem.action());
        }
    }

    @Test
    @DisplayName(
            "RFC 4271 §6.1: nothing is decided before the header is there, and nothing waits for a broken header's body")
    void needsTheHeaderOnly() {
        byte[] message = Arrays.copyOf(header(23, 2), 23);
        for (int available = 0; available < 23; available++) {
            assertEquals(Framer.INCOMPLETE, Framer.frame(message, 0, available, SHORT, problem));
        }
        assertEquals(23, Framer.frame(message, 0, 23, SHORT, problem));
        assertEquals(23, Framer.frame(message, 0, 100, SHORT, problem));
        assertEquals(Framer.INCOMPLETE, Framer.frame(header(4096, 2), 0, 19, SHORT, problem));
        assertEquals(Framer.INCOMPLETE, Framer.frame(header(65535, 2), 0, 19, EXTENDED, problem));
    }

    static byte[] header(int length, int type) {
        byte[] header = new byte[19];
        Wire.putHeader(header, 0, length, type);
        return header;
    }
}
