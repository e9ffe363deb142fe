package dev.waymark.bgp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.Origin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeTableTest {

    private final CodecFixture codec = new CodecFixture();

    @Test
    @DisplayName("columns say what the octets say")
    void columns() {
        UpdateBytes message = new UpdateBytes()
                .attribute(0x40, 1, "02")
                .asPath("65001 70000 {1,2} 65515")
                .nextHop()
                .attribute(0x80, 4, "ffffffff")
                .attribute(0x40, 5, "000000c8")
                .attribute(0xc0, 8, "ffffff01ffffff02ffffff03ffff0000ffff029affff0006ffff0007")
                .attribute(0xc0, 35, "0000fde9")
                .nlri("10.0.0.0/8");
        int id = codec.decode(message, CodecFixture.internal().allowAsSet(true)).attributes(CodecFixture.IPV4);
        AttributeTable table = codec.table;
        assertEquals(2, table.origin(id));
        assertEquals(4, table.asPathLength(id));
        assertEquals(65001, table.firstAs(id));
        assertEquals(65515, table.originAs(id));
        assertEquals(4294967295L, table.med(id));
        assertTrue(table.hasMed(id));
        assertEquals(200, table.localPref(id));
        assertEquals(0xc0000201, table.nextHop4(id));
        assertEquals(0xc0000201_00000000L, table.nextHopHigh(id));
        assertEquals("192.0.2.1", table.nextHop(id).toString());
        assertTrue(table.containsAs(id, 70000));
        assertTrue(table.containsAs(id, 2));
        assertEquals(
                AttributeFlags.NO_EXPORT
                        | AttributeFlags.NO_ADVERTISE
                        | AttributeFlags.NO_EXPORT_SUBCONFED
                        | AttributeFlags.GRACEFUL_SHUTDOWN
                        | AttributeFlags.BLACKHOLE
                        | AttributeFlags.LLGR_STALE
                        | AttributeFlags.NO_LLGR
                        | AttributeFlags.OWN_AS_IN_PATH
                        | AttributeFlags.HAS_AS_SET
                        | AttributeFlags.HAS_WIDE_AS
                        | AttributeFlags.HAS_MED
                        | AttributeFlags.HAS_LOCAL_PREF
                        | AttributeFlags.HAS_OTC,
                table.flags(id));
        int plain = codec.decode(UpdateBytes.sound()).attributes(CodecFixture.IPV4);
        assertEquals(100, table.localPref(plain), "RFC 7606 §7.5: a missing LOCAL_PREF counts 100");
        assertEquals(0, table.med(plain));
        assertEquals(0, table.flags(plain));
    }

    @Test
    @DisplayName("RFC 4271 §5.1.5: an internal peer's route without LOCAL_PREF counts as 100, and goes on without it")
    void localPrefIsHundredWhereMissing() {
        CodecFixture codec = new CodecFixture();
        int id = codec.decode(UpdateBytes.sound(), CodecFixture.internal()).attributes(CodecFixture.IPV4);
        assertEquals(ErrorAction.NONE, codec.out.action());
        assertEquals(100, codec.table.localPref(id));
        assertTrue(codec.table.view(id).localPref().isEmpty());
    }

    @Test
    @DisplayName("the same attributes have one id, however they were written and whoever sent them")
    void oneIdForOneContent() {
        int id = codec.decode(UpdateBytes.sound()).attributes(CodecFixture.IPV4);
        UpdateBytes otherwise = new UpdateBytes()
                .attribute(0x50, 3, "c0000201")
                .attribute(0x4f, 2, "02010000fde9")
                .attribute(0x60, 1, "00")
                .nlri("10.0.0.0/8");
        assertEquals(id, codec.decode(otherwise).attributes(CodecFixture.IPV4));
        UpdateBytes narrow = new UpdateBytes()
                .origin()
                .attribute(0x40, 2, "0201fde9")
                .nextHop()
                .nlri("10.0.0.0/8");
        assertEquals(
                id,
                codec.decode(narrow, CodecFixture.external().fourOctetAs(false, true))
                        .attributes(CodecFixture.IPV4));
        assertEquals(
                id,
                codec.table.intern(WireAttributes.of(Origin.IGP, AsPath.parse("65001"), IpAddress.parse("192.0.2.1"))));
        assertEquals(1, codec.table.size());
    }

    @Test
    @DisplayName("what one class of sessions may not send is refused there, however often another class has sent it")
    void classesDoNotMix() {
        byte[] withSet = new UpdateBytes()
                .origin()
                .asPath("65001 {2}")
                .nextHop()
                .nlri("10.0.0.0/8")
                .bytes();
        CodecOptions lenient = CodecFixture.external().allowAsSet(true).build();
        CodecOptions strict = CodecFixture.external().build();
        for (int sight = 1; sight <= 3; sight++) {
            assertNotEquals(0, codec.decode(withSet, lenient).attributes(CodecFixture.IPV4));
            assertEquals(
                    DecodeCondition.AS_PATH_SET,
                    codec.decode(withSet, strict).problem().condition());
        }
        codec.table.intern(codec.table
                .view(codec.decode(UpdateBytes.sound()).attributes(CodecFixture.IPV4))
                .edit()
                .asPath(AsPath.parse("65001 {3}"))
                .build());
        byte[] edited = new UpdateBytes()
                .origin()
                .asPath("65001 {3}")
                .nextHop()
                .nlri("10.0.0.0/8")
                .bytes();
        assertEquals(
                DecodeCondition.AS_PATH_SET,
                codec.decode(edited, strict).problem().condition());
    }

    @Test
    @DisplayName("with more decode classes than can be remembered every block is validated, and the result is the same")
    void manyClasses() {
        byte[] message =
                UpdateBytes.sound().attribute(0xc0, 8, "0000000100000002").bytes();
        for (int round = 0; round < 2; round++) {
            for (int limit = 1; limit < 50; limit++) {
                DecodedUpdate out = codec.decode(
                        message, CodecFixture.external().maxCommunities(limit).build());
                assertEquals(limit < 2 ? ErrorAction.TREAT_AS_WITHDRAW : ErrorAction.NONE, out.action());
            }
        }
        assertEquals(1, codec.table.size());
    }

    @Test
    @DisplayName("a set that nobody references lives until the sweep, then its id is given out again")
    void sweep() {
        AttributeTable table = codec.table;
        int kept = decode(1);
        int dropped = decode(2);
        int revived = decode(3);
        table.retain(kept);
        table.retain(kept);
        table.release(kept);
        table.retain(revived);
        table.release(revived);
        assertEquals(
                "IGP, path [65001 2], next hop 192.0.2.1", table.view(dropped).toString());
        table.retain(revived);
        table.sweep();
        assertEquals(2, table.size());
        assertEquals(1, table.references(kept));
        WireAttributes view = table.view(kept);
        assertEquals(dropped, decode(4), "a freed id is used again");
        table.release(kept);
        table.release(revived);
        table.sweep();
        assertEquals(0, table.size());
        assertEquals("IGP, path [65001 1], next hop 192.0.2.1", view.toString(), "a view stays readable");
        table.retain(0);
        table.release(0);
        int last = decode(5);
        assertThrows(AssertionError.class, () -> table.release(last));
    }

    @Test
    @DisplayName("a sweep in bounded pieces frees as much as one in full")
    void boundedSweep() {
        for (int i = 1; i <= 1000; i++) {
            decode(i);
        }
        int pieces = 0;
        while (codec.table.sweep(64) == 64) {
            pieces++;
        }
        assertEquals(15, pieces);
        assertEquals(0, codec.table.size());
    }

    @Test
    @DisplayName("a view is one object while it is asked for again and again")
    void viewsAreKept() {
        int id = decode(1);
        assertSame(codec.table.view(id), codec.table.view(id));
        assertEquals(List.of(), codec.table.view(id).communities());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22})
    @DisplayName("any mixture of interning, retaining, releasing and sweeping leaves what a map would hold")
    void behavesLikeAMap(long seed) {
        Random random = new Random(seed);
        Map<Integer, Integer> idByNumber = new HashMap<>();
        List<Integer> held = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            if (random.nextInt(100) < (i / 5000 % 2 == 0 ? 80 : 30)) {
                int number = random.nextInt(4000);
                int id = decode(number + 1);
                Integer before = idByNumber.put(number, id);
                assertTrue(before == null || before == id || !held.contains(number), "one id for one content");
                codec.table.retain(id);
                held.add(number);
            } else if (!held.isEmpty()) {
                Collections.swap(held, random.nextInt(held.size()), held.size() - 1);
                int number = held.get(held.size() - 1);
                held.subList(held.size() - 1, held.size()).clear();
                codec.table.release(idByNumber.getOrDefault(number, 0));
            }
            if (random.nextInt(500) == 0) {
                codec.table.sweep();
                assertEquals(held.stream().distinct().count(), codec.table.size());
                for (int number : held) {
                    String path = codec.table
                            .view(idByNumber.getOrDefault(number, 0))
                            .asPath()
                            .toString();
                    assertEquals("65001 " + (number + 1), path);
                }
            }
        }
        held.forEach(number -> codec.table.release(idByNumber.getOrDefault(number, 0)));
        codec.table.sweep();
        assertEquals(0, codec.table.size());
    }

    @Test
    @DisplayName("what is retained is given back: a thousand flaps leave the table as large as the first one did")
    void flapsDoNotGrow() {
        Deque<Integer> held = new ArrayDeque<>();
        long octets = 0;
        for (int flap = 0; flap < 1000; flap++) {
            for (int i = 1; i <= 50; i++) {
                int id = decode(i + flap % 7);
                codec.table.retain(id);
                held.push(id);
            }
            while (!held.isEmpty()) {
                codec.table.release(held.pop());
            }
            codec.table.sweep();
            octets = flap == 0 ? codec.table.octets() : octets;
        }
        assertEquals(octets, codec.table.octets());
        assertEquals(0, codec.table.size());
    }

    @Test
    @DisplayName("attributes that a policy made are interned with their columns")
    void internsEdits() {
        WireAttributes made = WireAttributes.of(Origin.EGP, AsPath.parse("65515"), IpAddress.parse("2001:db8::1"));
        int id = codec.table.intern(made.edit()
                .prepend(Asn.of(65515), 2)
                .localPref(300)
                .addCommunity(Community.parse("65535:65282"))
                .build());
        assertEquals(3, codec.table.asPathLength(id));
        assertEquals(1, codec.table.origin(id));
        assertEquals(300, codec.table.localPref(id));
        assertTrue(codec.table.hasIpv6NextHop(id));
        assertEquals(0x20010db8_00000000L, codec.table.nextHopHigh(id));
        assertEquals(1, codec.table.nextHopLow(id));
        int flags = AttributeFlags.NO_ADVERTISE | AttributeFlags.OWN_AS_IN_PATH;
        assertEquals(flags, codec.table.flags(id) & flags);
    }

    private int decode(int number) {
        UpdateBytes message =
                new UpdateBytes().origin().asPath("65001 " + number).nextHop().nlri("10.0.0.0/8");
        return codec.decode(message).attributes(CodecFixture.IPV4);
    }
}
