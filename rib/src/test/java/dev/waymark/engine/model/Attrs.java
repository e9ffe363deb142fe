package dev.waymark.engine.model;

import dev.waymark.api.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The attributes of a route as plain values.
 *
 * @param origin 0 to 2, or what there is not
 * @param path the AS numbers of one sequence, the nearest first
 * @param communities as numbers of 32 bits, in order
 * @param unknown the only octet of an optional transitive attribute that nobody knows, type 99
 * @param originator ORIGINATOR_ID
 * @param clusters CLUSTER_LIST
 */
public record Attrs(
        int origin,
        List<Long> path,
        IpAddress nextHop,
        Optional<Long> med,
        Optional<Long> localPref,
        List<Long> communities,
        Optional<Integer> unknown,
        Optional<Long> originator,
        List<Long> clusters) {
    static final long NO_EXPORT = 0xffff_ff01L;
    static final long NO_ADVERTISE = 0xffff_ff02L;
    static final long NO_EXPORT_SUBCONFED = 0xffff_ff03L;

    public Attrs {
        path = List.copyOf(path);
        communities = List.copyOf(communities);
        clusters = List.copyOf(clusters);
    }

    /** Returns attributes with the three that every route has. */
    public static Attrs of(int origin, List<Long> path, IpAddress nextHop) {
        return new Attrs(
                origin,
                path,
                nextHop,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    Attrs withPath(List<Long> changed) {
        return new Attrs(origin, changed, nextHop, med, localPref, communities, unknown, originator, clusters);
    }

    Attrs prepended(long asn) {
        List<Long> longer = new ArrayList<>(path);
        longer.add(0, asn);
        return withPath(longer);
    }

    Attrs withNextHop(IpAddress changed) {
        return new Attrs(origin, path, changed, med, localPref, communities, unknown, originator, clusters);
    }

    Attrs withMed(Optional<Long> changed) {
        return new Attrs(origin, path, nextHop, changed, localPref, communities, unknown, originator, clusters);
    }

    Attrs withLocalPref(Optional<Long> changed) {
        return new Attrs(origin, path, nextHop, med, changed, communities, unknown, originator, clusters);
    }

    Attrs withCommunities(List<Long> changed) {
        return new Attrs(origin, path, nextHop, med, localPref, changed, unknown, originator, clusters);
    }

    Attrs withUnknown(Optional<Integer> changed) {
        return new Attrs(origin, path, nextHop, med, localPref, communities, changed, originator, clusters);
    }

    Attrs withReflection(Optional<Long> changedOriginator, List<Long> changedClusters) {
        return new Attrs(
                origin, path, nextHop, med, localPref, communities, unknown, changedOriginator, changedClusters);
    }

    /** Returns only what is there. */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder("path ").append(path).append(" via ").append(nextHop);
        if (origin != 0) {
            text.append(" origin ").append(origin);
        }
        med.ifPresent(value -> text.append(" med ").append(value));
        localPref.ifPresent(value -> text.append(" pref ").append(value));
        if (!communities.isEmpty()) {
            text.append(" communities");
            communities.forEach(
                    each -> text.append(' ').append(each >> 16).append(':').append(each & 0xffff));
        }
        unknown.ifPresent(value -> text.append(" unknown ").append(value));
        originator.ifPresent(value -> text.append(" originator ").append(Long.toHexString(value)));
        if (!clusters.isEmpty()) {
            text.append(" clusters");
            clusters.forEach(each -> text.append(' ').append(Long.toHexString(each)));
        }
        return text.toString();
    }
}
