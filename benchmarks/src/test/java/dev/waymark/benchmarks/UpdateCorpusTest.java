package dev.waymark.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.bgp.codec.CodecOptions;
import dev.waymark.bgp.codec.DecodedUpdate;
import dev.waymark.bgp.codec.ErrorAction;
import dev.waymark.bgp.codec.NlriList;
import dev.waymark.bgp.codec.UpdateDecoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UpdateCorpusTest {
    private static final int ROUTES = 20_000;
    private static final CorpusPeer PEER = CorpusPeer.of(3);

    private final UpdateCorpus corpus = UpdateCorpus.of(ROUTES, UpdateCorpus.SEED);
    private final AttributeTable table = new AttributeTable(0, 1);
    private final UpdateDecoder decoder = new UpdateDecoder(table);
    private final DecodedUpdate decoded = new DecodedUpdate();
    private final CodecOptions options = CodecOptions.builder()
            .fourOctetAs(true, true)
            .peerAsn(Asn.ofBits(PEER.asn()))
            .families(Set.of(AddressFamily.IPV4_UNICAST))
            .build();

    @Test
    void announcesEveryRouteOnceAndInOrder() {
        List<IpPrefix> announced = new ArrayList<>();
        byte[] stream = corpus.announcements(PEER, 7);
        int[] offsets = UpdateCorpus.offsets(stream);
        for (int i = 0; i + 1 < offsets.length; i++) {
            decode(stream, offsets, i);
            int id = decoded.attributes(AddressFamily.IPV4_UNICAST);
            assertEquals(IpAddress.ofIpv4Bits(PEER.address()), table.nextHop(id));
            assertEquals(PEER.asn(), table.firstAs(id));
            addAll(decoded.announced(AddressFamily.IPV4_UNICAST), announced);
        }
        assertEquals(prefixes(), announced);
        assertEquals(ROUTES, new HashSet<>(announced).size());
    }

    @Test
    void withdrawsEveryRoute() {
        List<IpPrefix> withdrawn = new ArrayList<>();
        byte[] stream = corpus.withdrawals();
        int[] offsets = UpdateCorpus.offsets(stream);
        for (int i = 0; i + 1 < offsets.length; i++) {
            decode(stream, offsets, i);
            addAll(decoded.withdrawn(AddressFamily.IPV4_UNICAST), withdrawn);
        }
        assertEquals(prefixes(), withdrawn);
    }

    @Test
    void resemblesThePublicTable() {
        double sharing = (double) ROUTES / corpus.groups();
        assertTrue(sharing > 5 && sharing < 7, () -> "prefixes per set of attributes: " + sharing);
        int longest = 0;
        for (int route = 0; route < ROUTES; route++) {
            longest += corpus.length(route) == 24 ? 1 : 0;
        }
        double share = (double) longest / ROUTES;
        assertTrue(share > 0.6 && share < 0.65, () -> "share of /24: " + share);
        double octets = (double) corpus.announcements(PEER, 1).length / ROUTES;
        assertTrue(octets > 15 && octets < 19, () -> "octets a route: " + octets);
    }

    @Test
    void sameSeedGivesTheSameOctets() {
        assertArrayEquals(
                corpus.announcements(PEER, 1),
                UpdateCorpus.of(ROUTES, UpdateCorpus.SEED).announcements(PEER, 1));
    }

    private void decode(byte[] stream, int[] offsets, int index) {
        decoder.decode(stream, offsets[index], offsets[index + 1] - offsets[index], options, decoded);
        assertEquals(ErrorAction.NONE, decoded.action(), decoded::toString);
    }

    private List<IpPrefix> prefixes() {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (int route = 0; route < ROUTES; route++) {
            prefixes.add(IpPrefix.ofIpv4Bits((int) (corpus.high(route) >>> 32), corpus.length(route)));
        }
        return prefixes;
    }

    private static void addAll(NlriList list, List<IpPrefix> target) {
        for (int i = 0; i < list.size(); i++) {
            target.add(list.prefix(i));
        }
    }
}
