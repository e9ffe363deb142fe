package dev.waymark.bgp.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.route.AttributesEdit;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.LargeCommunity;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.api.route.RawAttribute;
import dev.waymark.bgp.codec.CodecFixture;
import dev.waymark.bgp.codec.CodecOptions;
import dev.waymark.bgp.codec.DecodeProblem;
import dev.waymark.bgp.codec.EncodeResult;
import dev.waymark.bgp.codec.ErrorAction;
import dev.waymark.bgp.codec.Framer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What became of an accepted UPDATE is written again: as it is, for peers of other kinds, and after a policy changed it. */
final class UpdateRewrites {
    private UpdateRewrites() {}

    /** Checks what the fixture decoded last. */
    static void check(CodecFixture codec, UpdateChoice choice) {
        int[] ids = new int[AddressFamily.values().length];
        List<AddressFamily> families = List.of(AddressFamily.values());
        for (AddressFamily family : families) {
            ids[families.indexOf(family)] = codec.out.attributes(family);
        }
        checkStable(codec, choice);
        for (AddressFamily family : families) {
            int id = ids[families.indexOf(family)];
            if (id != 0) {
                checkView(codec, id);
                for (UpdateChoice other : choice.others()) {
                    checkPassed(codec, id, family, other);
                    checkPassed(codec, edited(codec, id, choice), family, other);
                }
            }
        }
    }

    /** What is written from a decoded message and read again has the same attributes and prefixes. */
    private static void checkStable(CodecFixture codec, UpdateChoice choice) {
        int ipv4 = codec.out.attributes(AddressFamily.IPV4_UNICAST);
        int ipv6 = codec.out.attributes(AddressFamily.IPV6_UNICAST);
        List<String> prefixes = CodecFixture.prefixes(codec.out);
        List<String> again = new ArrayList<>();
        for (byte[] message : CodecFixture.split(codec.encode(choice.encodeOptions()))) {
            decode(codec, message, choice.options());
            int id4 = codec.out.attributes(AddressFamily.IPV4_UNICAST);
            int id6 = codec.out.attributes(AddressFamily.IPV6_UNICAST);
            assertTrue((id4 == 0 || id4 == ipv4) && (id6 == 0 || id6 == ipv6), codec.out.toString());
            again.addAll(CodecFixture.prefixes(codec.out));
        }
        Collections.sort(prefixes);
        Collections.sort(again);
        assertEquals(prefixes, again);
    }

    /** A set that was read from its octets is the same set, for hosts and policies too. */
    private static void checkView(CodecFixture codec, int id) {
        PathAttributes view = codec.table.view(id);
        assertEquals(id, codec.table.intern(view));
        assertEquals(id, codec.table.intern(view.edit().build()));
        assertEquals(id, codec.table.intern(view.edit().asPath(view.asPath()).build()));
        assertEquals(view.asPathLength(), codec.table.asPathLength(id));
        assertEquals(view.nextHop(), codec.table.nextHop(id));
        assertEquals(view.med().orElse(0), codec.table.med(id));
        assertEquals(view.localPref().orElse(100), codec.table.localPref(id));
        view.communities().forEach(community -> assertTrue(view.hasCommunity(community)));
        view.largeCommunities().forEach(community -> assertTrue(view.hasLargeCommunity(community)));
        for (RawAttribute attribute : view.attributes()) {
            assertEquals(attribute, view.attribute(attribute.type()).orElseThrow());
            if (attribute.type() > 3) {
                assertEquals(id, codec.table.intern(view.edit().raw(attribute).build()));
                codec.table.intern(view.edit().removeAttribute(attribute.type()).build());
            }
        }
    }

    /** Returns what a policy made of a set. */
    private static int edited(CodecFixture codec, int id, UpdateChoice choice) {
        AttributesEdit edit = codec.table.view(id).edit();
        return codec.table.intern(edit.prepend(Asn.of(choice.knowsFourOctets() ? 4_200_000_000L : 65_010), 3)
                .addCommunity(Community.of(65_001, 7))
                .addLargeCommunity(LargeCommunity.of(65_001, 7, 8))
                .med(7)
                .atomicAggregate(true)
                .build());
    }

    /** A peer that negotiated something else reads a set as it is, if it can be sent to it. */
    private static void checkPassed(CodecFixture codec, int id, AddressFamily family, UpdateChoice other) {
        ByteBuf target = Unpooled.buffer();
        EncodeResult result = codec.encoder.begin(target, other.encodeOptions(), codec.table, id, family);
        if (result == EncodeResult.OK) {
            boolean fits = codec.encoder.prefix(0x0A00_0000_0000_0000L, 0, 8, 1);
            assertEquals(fits ? 1 : 0, codec.encoder.end());
            for (byte[] message : CodecFixture.split(ByteBufUtil.getBytes(target))) {
                decode(codec, message, other.options());
                if (!losesConfederations(codec.table.view(id), other)) {
                    int read = codec.out.attributes(family);
                    assertEquals(
                            codec.table.view(id).toString(),
                            codec.table.view(read).toString());
                    assertEquals(id, read);
                }
            }
        }
    }

    /** AS4_PATH has no segments of confederations, so those behind the first hop get lost (RFC 6793 §4.2.2). */
    private static boolean losesConfederations(PathAttributes attributes, UpdateChoice other) {
        String path = attributes.asPath().toString();
        return !other.options().isFourOctetSession() && (path.contains("(") || path.contains("["));
    }

    private static void decode(CodecFixture codec, byte[] message, CodecOptions options) {
        assertEquals(message.length, Framer.frame(message, 0, message.length, options, new DecodeProblem()));
        codec.decode(message, options);
        assertEquals(ErrorAction.NONE, codec.out.action(), codec.out.toString());
    }
}
