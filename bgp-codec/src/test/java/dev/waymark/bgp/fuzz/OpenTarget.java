package dev.waymark.bgp.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.codec.CodecOptions;
import dev.waymark.bgp.codec.DecodeProblem;
import dev.waymark.bgp.codec.DecodeResult;
import dev.waymark.bgp.codec.Framer;
import dev.waymark.bgp.codec.MessageDecoder;
import dev.waymark.bgp.codec.MessageEncoder;
import dev.waymark.bgp.codec.WireVector;
import dev.waymark.bgp.message.MessageType;
import dev.waymark.bgp.message.OpenMessage;
import dev.waymark.bgp.session.Negotiated;
import dev.waymark.bgp.session.Negotiation;
import dev.waymark.bgp.session.OpenError;
import dev.waymark.bgp.session.OpenVerdict;
import dev.waymark.bgp.session.SessionParameters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** OPEN: decoded, negotiated with several local sides, encoded and decoded again. The input is the message's body. */
public final class OpenTarget {
    private OpenTarget() {}

    /** Runs one input. */
    public static void fuzzerTestOneInput(byte[] data) {
        byte[] message = FuzzInput.message(
                MessageType.OPEN, Arrays.copyOf(data, Math.min(data.length, Framer.MAX_MESSAGE_OCTETS - 19)));
        if (frame(message) != message.length) {
            return;
        }
        Allocation.check(message.length, 4096, 64, () -> decode(message));
        DecodeResult<OpenMessage> result = decode(message);
        if (!result.isMessage()) {
            assertEquals(2, code(result.problem()), result.problem().toString());
            return;
        }
        OpenMessage open = result.message();
        ByteBuf written = Unpooled.buffer();
        MessageEncoder.write(written, open);
        byte[] octets = ByteBufUtil.getBytes(written);
        assertEquals(octets.length, frame(octets));
        OpenMessage again = decode(octets).message();
        assertEquals(open, again);
        assertTrue(open.toString().codePoints().noneMatch(Character::isISOControl), open::toString);
        for (SessionParameters local : LocalSides.all()) {
            OpenVerdict verdict = Negotiation.judge(local, open);
            assertEquals(verdict, Negotiation.judge(local, again));
            if (verdict instanceof Negotiated negotiated) {
                check(local, open, negotiated);
            } else {
                OpenError error = (OpenError) verdict;
                assertEquals(2, error.toEvent().notification().code());
                assertTrue(error.text().codePoints().noneMatch(Character::isISOControl), error::text);
            }
        }
    }

    /** What was agreed is no more than both sides have. */
    private static void check(SessionParameters local, OpenMessage open, Negotiated negotiated) {
        assertTrue(negotiated.holdTimeSeconds() <= open.holdTimeSeconds());
        assertTrue(negotiated.holdTimeSeconds() <= local.times().holdTimeSeconds());
        assertTrue(negotiated.holdTimeSeconds() == 0 || negotiated.holdTimeSeconds() >= 3);
        assertTrue(negotiated.keepaliveSeconds() <= negotiated.holdTimeSeconds() / 3);
        assertEquals(negotiated.holdTimeSeconds() == 0, negotiated.keepaliveSeconds() == 0);
        assertTrue(!negotiated.families().isEmpty() && local.families().containsAll(negotiated.families()));
        assertTrue(negotiated.families().containsAll(negotiated.extensions().addPathReceive()));
        assertTrue(negotiated.families().containsAll(negotiated.extensions().addPathSend()));
        assertTrue(local.fourOctetAsn() || !negotiated.fourOctetAsn());
        assertEquals(local.peerAsn(), negotiated.peerAsn());
        CodecOptions options = negotiated.toCodecOptions().build();
        for (AddressFamily family : AddressFamily.values()) {
            assertEquals(negotiated.families().contains(family), options.hasFamily(family));
        }
        negotiated.toEncodeOptions().build();
    }

    private static int code(DecodeProblem problem) {
        return problem.notification().code();
    }

    private static int frame(byte[] message) {
        return Framer.frame(message, 0, message.length, CodecOptions.builder().build(), new DecodeProblem());
    }

    private static DecodeResult<OpenMessage> decode(byte[] message) {
        return MessageDecoder.open(message, 0, message.length);
    }

    /** Returns the vectors, and our own OPENs. */
    public static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (WireVector vector : WireVector.all()) {
            byte[] message = vector.bytes();
            if (message[18] == MessageType.OPEN.code()) {
                seeds.add(Arrays.copyOfRange(message, 19, message.length));
            }
        }
        for (OpenMessage open : LocalSides.peersOpens()) {
            ByteBuf written = Unpooled.buffer();
            MessageEncoder.write(written, open);
            written.skipBytes(19);
            seeds.add(ByteBufUtil.getBytes(written));
        }
        return seeds;
    }
}
