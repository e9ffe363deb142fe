package dev.waymark.policy.routemap;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.AsPathSegment;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.api.route.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A route on its way through a map, and what was found out about it so far. Confined to one evaluation. */
final class RouteState {

    private final RouteMapProgram program;
    private final IpPrefix prefix;
    private PathAttributes attributes;
    private long @Nullable [] prefixHits;
    private long @Nullable [] communityHits;
    private long @Nullable [] asnHits;
    private int @Nullable [] communities;
    private @Nullable AsPath path;
    private int @Nullable [] asns;

    RouteState(RouteMapProgram program, Route route) {
        this.program = program;
        this.prefix = route.prefix();
        this.attributes = route.attributes();
    }

    PathAttributes attributes() {
        return attributes;
    }

    /** Goes on with other attributes. */
    void change(PathAttributes changed) {
        attributes = changed;
        communityHits = null;
        asnHits = null;
        communities = null;
        path = null;
        asns = null;
    }

    long[] prefixHits() {
        long[] hits = prefixHits;
        if (hits == null) {
            hits = program.prefixHits(prefix);
            prefixHits = hits;
        }
        return hits;
    }

    long[] communityHits() {
        long[] hits = communityHits;
        if (hits == null) {
            hits = program.communityHits(communities());
            communityHits = hits;
        }
        return hits;
    }

    long[] asnHits() {
        long[] hits = asnHits;
        if (hits == null) {
            hits = program.asnHits(asns());
            asnHits = hits;
        }
        return hits;
    }

    /** Returns the communities in ascending order of their bits as signed numbers, each once. */
    int[] communities() {
        int[] bits = communities;
        if (bits == null) {
            List<Community> list = attributes.communities();
            bits = new int[list.size()];
            for (int i = 0; i < bits.length; i++) {
                bits[i] = list.get(i).bits();
            }
            bits = bits.length > 1 ? RouteMapProgram.distinct(bits) : bits;
            communities = bits;
        }
        return bits;
    }

    /** Tells whether the whole path is a sequence of these AS numbers. */
    boolean isPath(int[] wanted) {
        return attributes.asPathLength() == wanted.length
                && java.util.Arrays.equals(asns(), wanted)
                && !path().contains(AsPathSegment.Kind.AS_SET);
    }

    private AsPath path() {
        AsPath known = path;
        if (known == null) {
            known = attributes.asPath();
            path = known;
        }
        return known;
    }

    private int[] asns() {
        int[] bits = asns;
        if (bits == null) {
            List<Asn> list = path().asns();
            bits = new int[list.size()];
            for (int i = 0; i < bits.length; i++) {
                bits[i] = list.get(i).bits();
            }
            asns = bits;
        }
        return bits;
    }
}
