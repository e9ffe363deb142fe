package dev.waymark.engine;

import dev.waymark.api.PeerIdentity;
import dev.waymark.api.RouteEntry;
import dev.waymark.api.TwinFinding;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.AsPathSegment;
import dev.waymark.rib.Bitmap;
import dev.waymark.rib.LongColumn;
import dev.waymark.rib.PrefixTable;
import java.util.Optional;

/**
 * Compares what a peer sends two instances: all of the first's routes, then all of the second's. AS paths are compared by a
 * 64-bit hash. For one thread.
 */
final class TwinRoutes {
    private static final long MIX = 0x9e3779b97f4a7c15L;

    private final PrefixTable prefixes;
    /** For each row, the sum of the hashes of the first's paths, of which there are several with ADD-PATH, less the second's. */
    private final LongColumn paths = new LongColumn(0);

    private final Bitmap isOnBoth = new Bitmap();
    private final PrefixSample onlyOnSecond = new PrefixSample();

    TwinRoutes(AddressFamily family) {
        this.prefixes = new PrefixTable(family, 0);
    }

    /** Takes a route that the first instance is sent. */
    void first(RouteEntry entry) {
        int row = prefixes.findOrAdd(entry.prefix());
        paths.set(row, paths.get(row) + hash(entry.attributes().asPath()));
    }

    /** Takes a route that the second instance is sent. */
    void second(RouteEntry entry) {
        int row = prefixes.find(entry.prefix());
        if (row == PrefixTable.NONE) {
            onlyOnSecond.add(entry.prefix());
        } else {
            isOnBoth.set(row);
            paths.set(row, paths.get(row) - hash(entry.attributes().asPath()));
        }
    }

    /** Returns what differs, if anything does. */
    Optional<TwinFinding> finding(PeerIdentity peer) {
        PrefixSample onlyOnFirst = new PrefixSample();
        PrefixSample otherPath = new PrefixSample();
        for (int row = 0; row < prefixes.rowLimit(); row++) {
            if (!isOnBoth.get(row)) {
                onlyOnFirst.add(prefixes.prefix(row));
            } else if (paths.get(row) != 0) {
                otherPath.add(prefixes.prefix(row));
            }
        }
        if (onlyOnFirst.isEmpty() && onlyOnSecond.isEmpty() && otherPath.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TwinFinding.RoutesDiffer(
                peer, prefixes.family(), onlyOnFirst.prefixes(), onlyOnSecond.prefixes(), otherPath.prefixes()));
    }

    private static long hash(AsPath path) {
        long hash = 1;
        for (AsPathSegment segment : path.segments()) {
            hash = mix(hash, segment.kind().name().hashCode());
            for (Asn asn : segment.asns()) {
                hash = mix(hash, asn.value());
            }
        }
        return hash;
    }

    private static long mix(long hash, long value) {
        long mixed = (hash + value) * MIX;
        return mixed ^ (mixed >>> 32);
    }
}
