package dev.waymark.bgp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.route.Aggregator;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.AttributesEdit;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.ExtendedCommunity;
import dev.waymark.api.route.LargeCommunity;
import dev.waymark.api.route.Origin;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.api.route.RawAttribute;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireAttributesEditTest {

    private final CodecFixture codec = new CodecFixture();
    private final PathAttributes base = codec.table.view(codec.decode(UpdateBytes.sound()
                    .attribute(0x80, 4, "00000050")
                    .attribute(0xc0, 8, "0000000100000002")
                    .attribute(0xc0, 99, "0102"))
            .attributes(CodecFixture.IPV4));

    @Test
    @DisplayName("every setter sets, every remover removes, and the rest stays octet for octet")
    void settersAndRemovers() {
        check(
                "EGP, path [65001], next hop 192.0.2.1, 4/80:00000050, 8/c0:0000000100000002, 99/e0:0102",
                e -> e.origin(Origin.EGP));
        check(
                "IGP, path [65001], next hop 192.0.2.9, 4/80:00000050, 8/c0:0000000100000002, 99/e0:0102",
                e -> e.nextHop(IpAddress.parse("192.0.2.9")));
        check(
                "IGP, path [65001], next hop 2001:db8::9, 4/80:00000050, 8/c0:0000000100000002, 99/e0:0102",
                e -> e.nextHop(IpAddress.parse("2001:db8::9")));
        check(
                "IGP, path [65001], next hop 192.0.2.1, 4/80:ffffffff, 8/c0:0000000100000002, 99/e0:0102",
                e -> e.med(4294967295L));
        check("IGP, path [65001], next hop 192.0.2.1, 8/c0:0000000100000002, 99/e0:0102", AttributesEdit::removeMed);
        check(
                "IGP, path [65001], next hop 192.0.2.1, 4/80:00000050, 5/40:00000007, 8/c0:0000000100000002, 99/e0:0102",
                e -> e.localPref(7));
        check(
                "IGP, path [1 {2,3}], next hop 192.0.2.1, 4/80:00000050, 8/c0:0000000100000002, 99/e0:0102",
                e -> e.asPath(AsPath.parse("1 {2,3}")));
        check(
                "IGP, path [9 9 65001], next hop 192.0.2.1, 4/80:00000050, 8/c0:0000000100000002, 99/e0:0102",
                e -> e.prepend(Asn.of(9), 2));
        check(
                "IGP, path [65001], next hop 192.0.2.1, 4/80:00000050, 8/c0:00000007, 99/e0:0102",
                e -> e.communities(List.of(new Community(7))));
        check("IGP, path [65001], next hop 192.0.2.1, 4/80:00000050, 99/e0:0102", e -> e.communities(List.of()));
        check(
                "IGP, path [65001], next hop 192.0.2.1, 4/80:00000050, 8/c0:000000010000000200000003, 99/e0:0102",
                e -> e.addCommunity(new Community(3)).addCommunity(new Community(1)));
        check(
                "IGP, path [65001], next hop 192.0.2.1, 4/80:00000050, 8/c0:00000002, 99/e0:0102",
                e -> e.removeCommunity(new Community(1)));
        check(
                "IGP, path [65001], next hop 192.0.2.1, 4/80:00000050, 99/e0:0102",
                e -> e.removeCommunity(new Community(1)).removeCommunity(new Community(2)));
        LargeCommunity large = new LargeCommunity(1, 2, 3);
        check(
                "IGP, path [65001], next hop 192.0.2.1, 4/80:00000050, 8/c0:0000000100000002, 32/c0:000000010000000200000003, 99/e0:0102",
                e -> e.addLargeCommunity(large).addLargeCommunity(large));
        check(
                "IGP, path [65001], next hop 192.0.2.1, 4/80:00000050, 8/c0:0000000100000002, 99/e0:0102",
                e -> e.addLargeCommunity(large).removeLargeCommunity(large));
        check(
                "IGP, path [65001], next hop 192.0.2.1, 4/80:00000050, 8/c0:0000000100000002, 16/c0:0000000000000009, 99/e0:0102",
                e -> e.extendedCommunities(List.of(ExtendedCommunity.ofBits(9))));
        check(
                "IGP, path [65001], next hop 192.0.2.1, 4/80:00000050, 6/40:, 7/c0:0000fde9c0000209, 8/c0:0000000100000002, 99/e0:0102",
                e -> e.atomicAggregate(true).aggregator(Aggregator.parse("65001 192.0.2.9")));
        check(
                "IGP, path [65001], next hop 192.0.2.1, 4/80:00000050, 8/c0:0000000100000002",
                e -> e.removeAttribute(99));
        check(
                "IGP, path [65001], next hop 192.0.2.1, 4/80:00000050, 8/c0:0000000100000002, 98/c0:07, 99/e0:0102",
                e -> e.raw(RawAttribute.of(98, 0xc0, new byte[] {7})));
    }

    private void check(String expected, UnaryOperator<AttributesEdit> change) {
        PathAttributes built = change.apply(base.edit()).build();
        assertEquals(expected, built.toString());
        int id = codec.table.intern(built);
        assertEquals(built, codec.table.view(id));
        assertEquals(id, codec.table.intern(built));
        assertEquals(built.asPathLength(), codec.table.asPathLength(id));
    }

    @Test
    @DisplayName("an edit that changes nothing gives the same object")
    void unchanged() {
        assertSame(base, base.edit().build());
        assertSame(
                base,
                base.edit()
                        .med(0x50)
                        .addCommunity(new Community(1))
                        .removeLocalPref()
                        .build());
        assertSame(
                base,
                base.edit()
                        .nextHop(IpAddress.parse("2001:db8::1"))
                        .nextHop(base.nextHop())
                        .build());
    }

    @Test
    @DisplayName("an IPv6 next hop keeps its link-local companion unless it is changed")
    void linkLocal() {
        String hops = "20010db8000000000000000000000001" + "fe800000000000000000000000000001";
        int id = codec.decode(new UpdateBytes().origin().asPath("65001").mpReach(hops, "2001:db8::/32"))
                .attributes(CodecFixture.IPV6);
        WireAttributes original = codec.table.view(id);
        assertSame(original, original.edit().nextHop(original.nextHop()).build());
        WireAttributes changed = (WireAttributes)
                original.edit().nextHop(IpAddress.parse("2001:db8::2")).build();
        assertEquals(16, changed.octets().length - changed.attributesLength());
        assertEquals(original.octets().length - 16, changed.octets().length);
    }

    @Test
    @DisplayName("what no route may have is refused to a host, with the reason")
    void refusals() {
        AttributesEdit edit = base.edit();
        assertThrows(IllegalArgumentException.class, () -> edit.med(-1));
        assertThrows(IllegalArgumentException.class, () -> edit.localPref(1L << 32));
        assertThrows(IllegalArgumentException.class, () -> edit.removeAttribute(2));
        assertThrows(IllegalArgumentException.class, () -> edit.removeAttribute(256));
        assertThrows(IllegalArgumentException.class, () -> edit.raw(RawAttribute.of(14, 0x80, new byte[9])));
        assertThrows(IllegalArgumentException.class, () -> edit.raw(RawAttribute.of(8, 0xc0, new byte[3])));
        assertThrows(IllegalArgumentException.class, () -> edit.raw(RawAttribute.of(8, 0x80, new byte[4])));
        assertThrows(IllegalArgumentException.class, () -> edit.raw(RawAttribute.of(7, 0xc0, new byte[8])));
        assertThrows(IllegalArgumentException.class, () -> edit.raw(RawAttribute.of(99, 0x40, new byte[1])));
        assertThrows(IllegalArgumentException.class, () -> edit.raw(RawAttribute.of(32, 0xc0, new byte[24])));
        List<Community> many = Collections.nCopies(20_000, new Community(1));
        assertThrows(IllegalArgumentException.class, () -> edit.communities(many));
        assertEquals(base, edit.build());
        assertThrows(IllegalStateException.class, () -> new WireAttributesEdit().build());
    }

    @Test
    @DisplayName("views read what the octets hold")
    void views() {
        PathAttributes attributes = base.edit()
                .extendedCommunities(List.of(ExtendedCommunity.ofBits(9)))
                .addLargeCommunity(new LargeCommunity(-1, 2, 3))
                .aggregator(Aggregator.parse("70000 192.0.2.9"))
                .atomicAggregate(true)
                .build();
        assertEquals(OptionalLong.of(0x50), attributes.med());
        assertEquals(OptionalLong.empty(), attributes.localPref());
        assertEquals(List.of(new Community(1), new Community(2)), attributes.communities());
        assertTrue(attributes.hasCommunity(new Community(2)));
        assertFalse(attributes.hasCommunity(new Community(3)));
        assertTrue(attributes.hasLargeCommunity(new LargeCommunity(-1, 2, 3)));
        assertFalse(attributes.hasLargeCommunity(new LargeCommunity(-1, 2, 4)));
        assertEquals(List.of(new LargeCommunity(-1, 2, 3)), attributes.largeCommunities());
        assertEquals(List.of(ExtendedCommunity.ofBits(9)), attributes.extendedCommunities());
        assertEquals("70000 192.0.2.9", attributes.aggregator().orElseThrow().toString());
        assertTrue(attributes.atomicAggregate());
        assertTrue(attributes.asPathContains(Asn.of(65001)));
        assertEquals(10, attributes.attributes().size());
        assertEquals("99/e0:0102", attributes.attribute(99).orElseThrow().toString());
        assertTrue(attributes.attribute(98).isEmpty());
        assertTrue(base.communities().size() == 2 && !base.atomicAggregate(), "the original stays as it was");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {51, 52})
    @DisplayName("any sequence of edits gives canonical octets: written, sent and received they are the same set")
    void editsAreCanonical(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            AttributesEdit edit = base.edit();
            for (int step = random.nextInt(8); step >= 0; step--) {
                change(edit, random);
            }
            int id = codec.table.intern(edit.build());
            codec.out.announced(CodecFixture.IPV4).clear();
            codec.decode(UpdateBytes.sound());
            codec.out.attributes(CodecFixture.IPV4, id);
            byte[] sent = codec.encode(EncodeOptions.builder().build());
            CodecOptions received =
                    CodecFixture.internal().aigp(true).allowAsSet(true).build();
            assertEquals(id, codec.decode(sent, received).attributes(CodecFixture.IPV4));
            assertEquals(ErrorAction.NONE, codec.out.action());
        }
    }

    private static void change(AttributesEdit edit, Random random) {
        switch (random.nextInt(9)) {
            case 0 -> edit.med(random.nextInt(3));
            case 1 -> edit.prepend(Asn.of(1 + random.nextInt(100_000)), 1 + random.nextInt(255));
            case 2 -> edit.addCommunity(new Community(random.nextInt(100)));
            case 3 -> edit.removeAttribute(4 + random.nextInt(250));
            case 4 -> edit.localPref(random.nextInt(1000));
            case 5 -> edit.addLargeCommunity(new LargeCommunity(random.nextInt(3), 1, 1));
            case 6 -> edit.raw(RawAttribute.of(100 + random.nextInt(20), 0xe0, new byte[random.nextInt(300)]));
            case 7 -> edit.communities(List.of());
            default -> edit.atomicAggregate(random.nextBoolean());
        }
    }
}
