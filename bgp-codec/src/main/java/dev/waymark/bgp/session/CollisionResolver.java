package dev.waymark.bgp.session;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.RouterId;

/**
 * Decides which of two connections with one peer stays (RFC 4271 §6.8, RFC 6286 §2.3). Pure. To be asked only when both
 * carried a valid OPEN, that is when the new one's has just come and the existing one is in OpenConfirm; an Established
 * session always stays.
 */
public final class CollisionResolver {

    private CollisionResolver() {}

    /**
     * Tells whether the existing connection stays.
     *
     * <p>The connection that was opened by the speaker with the higher identifier stays; with equal identifiers, which
     * external peers may have, the higher AS number decides. If the peer opened both, the newer stays: a speaker opens one
     * connection at a time, so it has given up the older.
     *
     * @param local our side
     * @param peerId the identifier in the new connection's OPEN
     * @param isExistingIncoming whether the peer opened the existing connection
     * @param isNewIncoming whether the peer opened the new one
     * @return true if the new connection is to be closed, false if the existing one is
     */
    public static boolean keepsExisting(
            SessionParameters local, RouterId peerId, boolean isExistingIncoming, boolean isNewIncoming) {
        if (isExistingIncoming && isNewIncoming) {
            return false;
        }
        boolean incomingStays = isPeerHigher(local.localId(), local.localAsn(), peerId, local.peerAsn());
        return isExistingIncoming == incomingStays;
    }

    private static boolean isPeerHigher(RouterId localId, Asn localAsn, RouterId peerId, Asn peerAsn) {
        int order = peerId.compareTo(localId);
        return order != 0 ? order > 0 : peerAsn.compareTo(localAsn) > 0;
    }
}
