package dev.waymark.bgp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateEncoderTest {

    private static final AddressFamily IPV4 = CodecFixture.IPV4;
    private static final AddressFamily IPV6 = CodecFixture.IPV6;
    private static final String HOP6 = "20010db8000000000000000000000001";
    private static final EncodeOptions PLAIN = EncodeOptions.builder().build();
    private static final EncodeOptions LARGE =
            EncodeOptions.builder().maxMessageOctets(65535).build();

    private final CodecFixture codec = new CodecFixture();
    private final ByteBuf target = Unpooled.buffer();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13})
    @DisplayName("RFC 4271 §4.1: any number of prefixes goes into messages of at most 4096 octets, none lost, in order")
    void splitsIntoMessages(long seed) {
        Random random = new Random(seed);
        for (EncodeOptions options : List.of(PLAIN, LARGE)) {
            for (AddressFamily family : AddressFamily.values()) {
                int id = interned(family);
                List<IpPrefix> prefixes = prefixes(random, family, 3000);
                target.clear();
                assertEquals(EncodeResult.OK, codec.encoder.begin(target, options, codec.table, id, family));
                assertEquals(prefixes, roundTrip(prefixes, options, false, id, family));
                codec.encoder.beginWithdraw(target.clear(), options, family);
                assertEquals(prefixes, roundTrip(prefixes, options, true, 0, family));
            }
        }
    }

    private List<IpPrefix> roundTrip(
            List<IpPrefix> prefixes, EncodeOptions options, boolean isWithdrawal, int id, AddressFamily family) {
        for (IpPrefix prefix : prefixes) {
            assertTrue(codec.encoder.prefix(prefix.high(), prefix.low(), prefix.length()));
        }
        int messages = codec.encoder.end();
        List<byte[]> split = CodecFixture.split(ByteBufUtil.getBytes(target));
        assertEquals(messages, split.size());
        List<IpPrefix> read = new ArrayList<>();
        CodecOptions received = CodecFixture.external()
                .maxMessageOctets(options.maxMessageOctets())
                .build();
        int room = 0;
        for (byte[] message : split) {
            assertTrue(message.length <= options.maxMessageOctets());
            assertTrue(room < 18, "the message before had room for another prefix: " + room);
            room = options.maxMessageOctets() - message.length;
            DecodedUpdate out = codec.decode(message, received);
            assertEquals(ErrorAction.NONE, out.action());
            NlriList list = isWithdrawal ? out.withdrawn(family) : out.announced(family);
            assertEquals(id, out.attributes(family));
            for (int i = 0; i < list.size(); i++) {
                read.add(list.prefix(i));
            }
        }
        return read;
    }

    @Test
    @DisplayName("RFC 4271 §4.3: Extended Length exactly when a value has more than 255 octets, in MP_REACH_NLRI too")
    void extendedLengthWhenNeeded() {
        int id = interned(IPV6);
        for (int count = 1; count < 60; count++) {
            codec.encoder.begin(target.clear(), PLAIN, codec.table, id, IPV6);
            for (int i = 0; i < count; i++) {
                codec.encoder.prefix(0x20010db8_00000000L + i, 0, 64);
            }
            codec.encoder.end();
            byte[] message = ByteBufUtil.getBytes(target);
            int value = 21 + 9 * count;
            String expected = value > 255 ? String.format("900e%04x", value) : String.format("800e%02x", value);
            String start = HexFormat.of().formatHex(message, 23, 23 + expected.length() / 2);
            assertEquals(expected, start);
            assertEquals(message.length, Wire.u16(message, 16));
            codec.decode(message, CodecFixture.external().build());
            assertEquals(count, codec.out.announced(IPV6).size());
            codec.encoder.beginWithdraw(target.clear(), PLAIN, IPV6);
            for (int i = 0; i < count; i++) {
                codec.encoder.prefix(0x20010db8_00000000L + i, 0, 64);
            }
            codec.encoder.end();
            byte[] withdrawal = ByteBufUtil.getBytes(target);
            assertEquals(3 + 9 * count > 255 ? 0x90 : 0x80, withdrawal[23] & 0xff);
            assertEquals(
                    count,
                    codec.decode(withdrawal, CodecFixture.external().build())
                            .withdrawn(IPV6)
                            .size());
        }
    }

    @Test
    @DisplayName("RFC 4271 §9.2: attributes that leave no room are not sent, and that is a result")
    void tooLong() {
        for (int octets = 4000; octets < 4100; octets++) {
            CodecOptions large = CodecFixture.external().maxMessageOctets(65535).build();
            UpdateBytes message = UpdateBytes.sound().attribute(0xe0, 99, new byte[octets]);
            int id = codec.decode(message.bytes(), large).attributes(IPV4);
            int length = codec.table.store().attributesLength(id);
            EncodeResult result = codec.encoder.begin(target.clear(), PLAIN, codec.table, id, IPV4);
            assertEquals(23 + length < 4096 ? EncodeResult.OK : EncodeResult.TOO_LONG, result);
            if (result == EncodeResult.OK) {
                for (int bits = 0; bits <= 32; bits++) {
                    boolean fits = codec.encoder.prefix(0x0a000000_00000000L, 0, bits);
                    assertEquals(23 + length + 1 + (bits + 7) / 8 <= 4096, fits);
                }
                codec.encoder.end();
                CodecFixture.split(ByteBufUtil.getBytes(target)).forEach(m -> assertTrue(m.length <= 4096));
            } else {
                assertEquals(0, codec.encoder.end());
                assertFalse(target.isReadable());
            }
            codec.table.sweep();
        }
    }

    @Test
    @DisplayName("RFC 8950 §4: an IPv6 next hop goes with IPv4 prefixes only where that was negotiated")
    void nextHopFamily() {
        int ipv4 = interned(IPV4);
        int ipv6 = interned(IPV6);
        assertEquals(EncodeResult.NEXT_HOP_FAMILY, codec.encoder.begin(target, PLAIN, codec.table, ipv6, IPV4));
        assertEquals(EncodeResult.NEXT_HOP_FAMILY, codec.encoder.begin(target, PLAIN, codec.table, ipv4, IPV6));
        EncodeOptions extended = EncodeOptions.builder().extendedNextHop(true).build();
        assertEquals(EncodeResult.OK, codec.encoder.begin(target, extended, codec.table, ipv6, IPV4));
        codec.encoder.prefix(0x0a000000_00000000L, 0, 8);
        assertEquals(1, codec.encoder.end());
        CodecOptions received = CodecFixture.external().extendedNextHop(true).build();
        DecodedUpdate out = codec.decode(ByteBufUtil.getBytes(target), received);
        assertEquals(ipv6, out.attributes(IPV4));
        assertEquals("ipv4-unicast 10.0.0.0/8", out.announced(IPV4).toString());
    }

    @Test
    @DisplayName("RFC 2545 §3: a link-local next hop behind the global one is kept and sent")
    void linkLocalNextHop() {
        String both = HOP6 + "fe800000000000000000000000000001";
        UpdateBytes message =
                new UpdateBytes().mpReach(both, "2001:db8::/32").origin().asPath("65001");
        byte[] bytes = message.bytes();
        int id = codec.decode(bytes, CodecFixture.external().build()).attributes(IPV6);
        assertEquals("2001:db8::1", codec.table.nextHop(id).toString());
        assertEquals(HexFormat.of().formatHex(bytes), HexFormat.of().formatHex(codec.encode(PLAIN)));
        assertFalse(id == interned(IPV6), "another next hop is another set");
    }

    @Test
    @DisplayName("RFC 7911 §3: path identifiers are written where they were negotiated")
    void pathIds() {
        EncodeOptions withIds =
                EncodeOptions.builder().addPathSend(CodecFixture.BOTH).build();
        CodecOptions received =
                CodecFixture.external().addPathReceive(CodecFixture.BOTH).build();
        UpdateBytes message = UpdateBytes.mandatory()
                .nlriOctets("00000001 08 0a 80000000 10 0a01")
                .withdrawOctets("00000005 08 0b");
        codec.decode(message.bytes(), received);
        String announced = codec.out.announced(IPV4).toString();
        List<byte[]> sent = CodecFixture.split(codec.encode(withIds));
        assertEquals(
                "ipv4-unicast 11.0.0.0/8#5",
                codec.decode(sent.get(0), received).withdrawn(IPV4).toString());
        assertEquals(
                announced, codec.decode(sent.get(1), received).announced(IPV4).toString());
    }

    @Test
    @DisplayName("RFC 4724 §2: End-of-RIB of each family is what the decoder takes for one")
    void endOfRib() {
        for (AddressFamily family : AddressFamily.values()) {
            UpdateEncoder.endOfRib(target.clear(), family);
            byte[] message = ByteBufUtil.getBytes(target);
            assertEquals(
                    family,
                    codec.decode(message, CodecFixture.external().build()).endOfRib());
        }
    }

    private int interned(AddressFamily family) {
        UpdateBytes message = family == IPV4
                ? UpdateBytes.sound()
                : new UpdateBytes().origin().asPath("65001").mpReach(HOP6, "2001:db8::/32");
        return codec.decode(message).attributes(family);
    }

    private static List<IpPrefix> prefixes(Random random, AddressFamily family, int count) {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            prefixes.add(
                    family == IPV4
                            ? IpPrefix.ofIpv4Bits(0x0a000000 | random.nextInt(1 << 16) << 8, 24 + random.nextInt(9))
                            : IpPrefix.parse(String.format(
                                    "2001:db8:%x:%x::/%d",
                                    random.nextInt(65536), random.nextInt(65536), 64 + random.nextInt(65))));
        }
        return prefixes;
    }
}
