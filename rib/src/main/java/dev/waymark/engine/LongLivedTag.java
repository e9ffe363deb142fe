package dev.waymark.engine;

import dev.waymark.api.route.Community;
import dev.waymark.bgp.codec.AttributeFlags;
import dev.waymark.bgp.codec.AttributeTable;

/** Puts LLGR_STALE on attributes of routes that are kept beyond the restart time (RFC 9494 §4.2). Confined to the engine loop. */
final class LongLivedTag {
    private final AttributeTable attributes;

    LongLivedTag(AttributeTable attributes) {
        this.attributes = attributes;
    }

    /** Returns whether the community says that the route is not to be kept so long. */
    boolean isForbidden(int attribute) {
        return (attributes.flags(attribute) & AttributeFlags.NO_LLGR) != 0;
    }

    /** Returns the same attributes with LLGR_STALE. */
    int tagged(int attribute) {
        if ((attributes.flags(attribute) & AttributeFlags.LLGR_STALE) != 0) {
            return attribute;
        }
        return attributes.intern(attributes
                .view(attribute)
                .edit()
                .addCommunity(Community.LLGR_STALE)
                .build());
    }
}
