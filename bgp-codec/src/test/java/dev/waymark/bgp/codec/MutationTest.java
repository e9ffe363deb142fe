package dev.waymark.bgp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.fuzz.Mutations;
import dev.waymark.bgp.message.NotificationMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that chance has damaged: nothing throws, and what a message means depends on nothing but its octets. */
class MutationTest {

    private static final int MESSAGES = 20_000;

    private static final List<CodecOptions> OPTIONS = List.of(
            CodecFixture.external().build(),
            CodecFixture.internal().allowAsSet(true).build(),
            CodecFixture.external()
                    .fourOctetAs(true, false)
                    .enforceFirstAs(false)
                    .build(),
            CodecFixture.external().fourOctetAs(false, false).build(),
            CodecFixture.external().addPathReceive(CodecFixture.BOTH).build(),
            CodecFixture.external()
                    .extendedNextHop(true)
                    .families(List.of(AddressFamily.IPV4_UNICAST))
                    .build());

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {61, 62, 63})
    @DisplayName("ERROR-HANDLING §1(4): a decoder returns a result; it never throws for peer input")
    void neverThrows(long seed) {
        Random random = new Random(seed);
        CodecFixture codec = new CodecFixture();
        List<byte[]> corpus = corpus();
        for (int i = 0; i < MESSAGES; i++) {
            byte[] message = mutate(corpus.get(random.nextInt(corpus.size())), random);
            CodecOptions options = OPTIONS.get(random.nextInt(OPTIONS.size()));
            decodeAll(message, options, codec);
            if (i % 512 == 0) {
                codec.table.sweep();
            }
        }
    }

    private static void decodeAll(byte[] message, CodecOptions options, CodecFixture codec) {
        try {
            DecodeProblem problem = new DecodeProblem();
            Framer.frame(message, 0, message.length, options, problem);
            MessageDecoder.open(message, 0, message.length);
            MessageDecoder.notification(message, 0, message.length);
            MessageDecoder.routeRefresh(message, 0, message.length, options);
            DecodedUpdate out = codec.decode(message, options);
            assertNull(out.fault());
            checkResult(out);
            if (out.action().compareTo(ErrorAction.TREAT_AS_WITHDRAW) < 0) {
                checkStable(codec, options);
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("message " + HexFormat.of().formatHex(message), e);
        }
    }

    private static void checkResult(DecodedUpdate out) {
        for (AddressFamily family : AddressFamily.values()) {
            boolean isUsable = out.action().compareTo(ErrorAction.TREAT_AS_WITHDRAW) < 0
                    && out.announced(family).size() > 0;
            assertEquals(isUsable, out.attributes(family) != 0, out.toString());
        }
        assertEquals(out.action() == ErrorAction.NONE, out.problem().condition() == DecodeCondition.NONE);
        if (out.action() == ErrorAction.SESSION_RESET) {
            NotificationMessage notification = out.problem().notification();
            assertTrue(notification.code() == 3 || notification.code() == 1, notification.toString());
            assertEquals(
                    0,
                    out.announced(CodecFixture.IPV4).size()
                            + out.withdrawn(CodecFixture.IPV6).size());
        }
    }

    /** What is written from a decoded message and read again has the same attributes. */
    private static void checkStable(CodecFixture codec, CodecOptions options) {
        int ipv4 = codec.out.attributes(CodecFixture.IPV4);
        int ipv6 = codec.out.attributes(CodecFixture.IPV6);
        List<String> prefixes = CodecFixture.prefixes(codec.out);
        EncodeOptions encoding = EncodeOptions.builder()
                .fourOctetAs(options.decodeClass().localFourOctet(), options.isFourOctetSession())
                .addPathSend(options.receivesPathIds(CodecFixture.IPV4) ? CodecFixture.BOTH : List.of())
                .extendedNextHop(options.hasExtendedNextHop())
                .build();
        List<String> again = new ArrayList<>();
        for (byte[] message : CodecFixture.split(codec.encode(encoding))) {
            codec.decode(message, options);
            assertEquals(ErrorAction.NONE, codec.out.action(), codec.out.toString());
            int id4 = codec.out.attributes(CodecFixture.IPV4);
            int id6 = codec.out.attributes(CodecFixture.IPV6);
            assertTrue((id4 == 0 || id4 == ipv4) && (id6 == 0 || id6 == ipv6), codec.out.toString());
            again.addAll(CodecFixture.prefixes(codec.out));
        }
        Collections.sort(prefixes);
        Collections.sort(again);
        assertEquals(prefixes, again);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {71, 72})
    @DisplayName(
            "one peer's octets never change what another's mean: two orders, and each message alone, give equal results")
    void orderDoesNotMatter(long seed) {
        Random random = new Random(seed);
        List<byte[]> corpus = corpus();
        List<Integer> order = new ArrayList<>();
        List<byte[]> messages = new ArrayList<>();
        List<CodecOptions> options = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            byte[] original = corpus.get(random.nextInt(corpus.size()));
            messages.add(random.nextInt(3) == 0 ? original : mutate(original, random));
            options.add(OPTIONS.get(random.nextInt(OPTIONS.size())));
            order.add(i);
        }
        List<String> forwards = decodeInOrder(messages, options, order);
        Collections.shuffle(order, random);
        assertEquals(forwards, decodeInOrder(messages, options, order));
        for (int i = 0; i < messages.size(); i += 7) {
            CodecFixture fresh = new CodecFixture();
            fresh.decode(messages.get(i), options.get(i));
            assertEquals(forwards.get(i), CodecFixture.describe(fresh.out, fresh.table));
        }
        assertNotEquals(1, forwards.stream().distinct().count());
    }

    private static List<String> decodeInOrder(List<byte[]> messages, List<CodecOptions> options, List<Integer> order) {
        CodecFixture codec = new CodecFixture();
        List<String> results = new ArrayList<>(Collections.nCopies(messages.size(), ""));
        for (int i : order) {
            codec.decode(messages.get(i), options.get(i));
            results.set(i, CodecFixture.describe(codec.out, codec.table));
        }
        return results;
    }

    private static List<byte[]> corpus() {
        return WireVector.all().stream().map(WireVector::bytes).toList();
    }

    /** Damages a message and makes the header fit. */
    static byte[] mutate(byte[] original, Random random) {
        byte[] message = Mutations.mutate(original, 19, random);
        if (message.length >= 19) {
            Wire.put16(message, 16, message.length);
        }
        return message;
    }
}
