package dev.waymark.engine;

import dev.waymark.bgp.codec.AttributeFlags;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.rib.AttributeRefs;
import dev.waymark.rib.PathMetrics;

/** Shows the attribute table to the tables of routes, which know attribute sets by number only. Confined to the loop. */
final class AttributeMetrics implements PathMetrics, AttributeRefs {
    private final AttributeTable attributes;
    private final Reflection reflection;

    AttributeMetrics(AttributeTable attributes) {
        this.attributes = attributes;
        this.reflection = new Reflection(attributes);
    }

    @Override
    public int asPathLength(int id) {
        return attributes.asPathLength(id);
    }

    @Override
    public int origin(int id) {
        return attributes.origin(id);
    }

    @Override
    public long med(int id) {
        return attributes.med(id);
    }

    @Override
    public int firstAs(int id) {
        return attributes.firstAs(id);
    }

    @Override
    public long localPref(int id) {
        return attributes.localPref(id);
    }

    @Override
    public boolean isLongLivedStale(int id) {
        return (attributes.flags(id) & AttributeFlags.LLGR_STALE) != 0;
    }

    @Override
    public int originatorId(int id) {
        return reflection.originatorId(id);
    }

    @Override
    public int clusterListLength(int id) {
        return reflection.clusterListLength(id);
    }

    @Override
    public void retain(int id) {
        attributes.retain(id);
    }

    @Override
    public void release(int id) {
        attributes.release(id);
    }
}
