package dev.waymark.benchmarks.policy;

import dev.waymark.api.PeerIdentity;
import dev.waymark.api.PeerRole;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.api.route.Route;
import dev.waymark.benchmarks.UpdateCorpus;
import dev.waymark.benchmarks.UpdateStream;
import dev.waymark.benchmarks.codec.Playback;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.bgp.codec.NlriList;
import dev.waymark.bgp.codec.UpdateDecoder;
import dev.waymark.spi.PolicyContext;
import java.util.Optional;
import java.util.Random;

/**
 * The routes of a corpus as a policy sees them: decoded, in the order of the UPDATEs, those of one UPDATE with the same
 * attributes object. Confined to one thread.
 */
final class CorpusRoutes {
    private final PolicyContext context = new PolicyContext(
            PolicyContext.Direction.IMPORT,
            Asn.of(65_000),
            Optional.of(new PeerIdentity("peer", IpAddress.parse("10.0.0.1"), Asn.of(64_601), PeerRole.NVA)),
            Optional.empty());
    private final Route[] routes;
    private int at;

    CorpusRoutes(int count) {
        routes = new Route[count];
        Playback playback = new Playback(UpdateStream.of("seeded-" + count));
        AttributeTable table = new AttributeTable(0, UpdateCorpus.SEED);
        UpdateDecoder decoder = new UpdateDecoder(table);
        for (int filled = 0; filled < count; ) {
            playback.decode(decoder);
            NlriList announced = playback.decoded().announced(AddressFamily.IPV4_UNICAST);
            PathAttributes attributes = table.view(playback.decoded().attributes(AddressFamily.IPV4_UNICAST));
            for (int i = 0; i < announced.size(); i++) {
                routes[filled++] = new Route(announced.prefix(i), attributes);
            }
        }
    }

    /** Returns what a policy is told of the server and the peer. */
    PolicyContext context() {
        return context;
    }

    /** Returns one of the routes. */
    Route any(Random random) {
        return routes[random.nextInt(routes.length)];
    }

    /** Returns the next route; after the last one the first. */
    Route next() {
        at = at + 1 < routes.length ? at + 1 : 0;
        return routes[at];
    }
}
