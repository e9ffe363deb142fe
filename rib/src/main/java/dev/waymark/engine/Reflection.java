package dev.waymark.engine;

import dev.waymark.api.route.AttributesEdit;
import dev.waymark.api.route.RawAttribute;
import dev.waymark.bgp.codec.AttributeFlags;
import dev.waymark.bgp.codec.AttributeTable;
import java.nio.ByteBuffer;

/**
 * Route reflection (RFC 4456): between internal peers, gateways, the server is a reflector whose cluster is its own BGP
 * identifier (ARS-52a). Attributes of reflection are rare, so they have no columns. Confined to the engine loop.
 */
final class Reflection {
    private static final int ORIGINATOR_ID = 9;
    private static final int CLUSTER_LIST = 10;
    private static final byte[] NOTHING = {};

    private final AttributeTable attributes;

    Reflection(AttributeTable attributes) {
        this.attributes = attributes;
    }

    /** Returns ORIGINATOR_ID as bits, 0 if there is none. */
    int originatorId(int attribute) {
        byte[] octets = octets(attribute, ORIGINATOR_ID);
        return octets.length == 0 ? 0 : ByteBuffer.wrap(octets).getInt();
    }

    /** Returns how many identifiers CLUSTER_LIST holds. */
    int clusterListLength(int attribute) {
        return octets(attribute, CLUSTER_LIST).length / Integer.BYTES;
    }

    /** Returns whether a route is one that we sent or reflected, and that came back (RFC 4456 §8). */
    boolean isLoop(int attribute, int ownId) {
        if (originatorId(attribute) == ownId) {
            return true;
        }
        ByteBuffer clusters = ByteBuffer.wrap(octets(attribute, CLUSTER_LIST));
        while (clusters.hasRemaining()) {
            if (clusters.getInt() == ownId) {
                return true;
            }
        }
        return false;
    }

    /** Makes a route what it must look like to the next internal peer: with an originator, and our cluster in front. */
    void reflect(AttributesEdit edit, int attribute, int sourceId, int ownId) {
        if (originatorId(attribute) == 0) {
            edit.raw(identifiers(ORIGINATOR_ID, sourceId, NOTHING));
        }
        edit.raw(identifiers(CLUSTER_LIST, ownId, octets(attribute, CLUSTER_LIST)));
    }

    /** Takes away what means something inside one AS only: both attributes are non-transitive (RFC 4456 §8). */
    void forget(AttributesEdit edit) {
        edit.removeAttribute(ORIGINATOR_ID);
        edit.removeAttribute(CLUSTER_LIST);
    }

    private static RawAttribute identifiers(int type, int first, byte[] others) {
        byte[] octets = ByteBuffer.allocate(Integer.BYTES + others.length)
                .putInt(first)
                .put(others)
                .array();
        return RawAttribute.of(type, RawAttribute.OPTIONAL, octets);
    }

    private byte[] octets(int attribute, int type) {
        if ((attributes.flags(attribute) & AttributeFlags.IS_REFLECTED) == 0) {
            return NOTHING;
        }
        return attributes
                .view(attribute)
                .attribute(type)
                .map(RawAttribute::octets)
                .orElse(NOTHING);
    }
}
