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
    private IpPrefix prefix;
    private PathAttributes attributes;
    private boolean isChanged;
    private long[] byPrefix;
    private long @Nullable [] candidates;
    private int @Nullable [] communities;
    private int @Nullable [] sortedCommunities;
    private @Nullable AsPath path;
    private int @Nullable [] asns;

    RouteState(RouteMapProgram program, Route route) {
        this.program = program;
        this.prefix = route.prefix();
        this.attributes = route.attributes();
        this.byPrefix = program.prefixRules(prefix);
    }

    IpPrefix prefix() {
        return prefix;
    }

    PathAttributes attributes() {
        return attributes;
    }

    /** Returns whether the attributes are no longer those that the route came with. */
    boolean isChanged() {
        return isChanged;
    }

    /** Goes on with another prefix. */
    void replace(IpPrefix wider) {
        prefix = wider;
        byPrefix = program.prefixRules(wider);
        candidates = null;
    }

    /** Goes on with other attributes. */
    void change(PathAttributes changed) {
        attributes = changed;
        isChanged = true;
        candidates = null;
        communities = null;
        sortedCommunities = null;
        path = null;
        asns = null;
    }

    /** Returns the rules that the route may meet as it is now, as bits. */
    long[] candidates() {
        long[] rules = candidates;
        if (rules == null) {
            rules = program.candidates(byPrefix, this);
            candidates = rules;
        }
        return rules;
    }

    /** Returns the communities in wire order. */
    int[] communities() {
        int[] bits = communities;
        if (bits == null) {
            List<Community> list = attributes.communities();
            bits = new int[list.size()];
            for (int i = 0; i < bits.length; i++) {
                bits[i] = list.get(i).bits();
            }
            communities = bits;
        }
        return bits;
    }

    /** Returns the communities in ascending order of their bits as signed numbers, each once. */
    int[] sortedCommunities() {
        int[] bits = sortedCommunities;
        if (bits == null) {
            bits = RouteMapProgram.distinct(communities());
            sortedCommunities = bits;
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

    /** Returns the AS numbers of the path, of all segments, in wire order. */
    int[] asns() {
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
