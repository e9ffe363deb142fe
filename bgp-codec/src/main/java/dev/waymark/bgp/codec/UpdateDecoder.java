package dev.waymark.bgp.codec;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.message.Octets;

/**
 * Decodes UPDATE messages (RFC 4271 §4.3, RFC 4760) and judges them (RFC 7606). A pure function of the octets and the
 * options, but for the table that it interns attributes in; what one peer sent never changes what another's message
 * means. Never throws for anything that a peer sends. Confined to the engine loop.
 *
 * <p>The steps: fields and prefixes; then the attributes are looked up by their octets, before anything about them is read.
 * A block that was accepted before as these octets costs no more and allocates nothing; one that wasn't, but is as it should
 * be, is validated in one pass and interned. All others are walked, header by header, looked up again in canonical form, and
 * if that is new too, validated. A malformed block is never kept.
 */
public final class UpdateDecoder {

    private static final int MIN_UPDATE = 23;
    private static final AddressFamily[] FAMILIES = AddressFamily.values();

    private final AttributeInterner interner;
    private final ReceivedAttributes received = new ReceivedAttributes();
    private final MpAttributes mp = new MpAttributes();
    private final PrefixSet prefixSet;
    private boolean hasPrefixes;

    /**
     * Makes a decoder for any number of sessions.
     *
     * @param table where attributes are interned
     */
    public UpdateDecoder(AttributeTable table) {
        interner = new AttributeInterner(table);
        prefixSet = new PrefixSet(table.hashSeed());
    }

    /**
     * Decodes one message.
     *
     * @param buf where it stands; not kept
     * @param offset index of the first octet of its header
     * @param length its length with the header, as {@link Framer#frame} returned it
     * @param options what was negotiated
     * @param out takes the result; what it held is lost
     */
    public void decode(byte[] buf, int offset, int length, CodecOptions options, DecodedUpdate out) {
        out.clear();
        hasPrefixes = false;
        try {
            read(buf, offset, length, options, out);
        } catch (RuntimeException bug) {
            out.fault(bug);
            out.problem().note(DecodeCondition.DECODER_FAULT, -1, Octets.empty());
            if (hasPrefixes) {
                clearAttributes(out);
            } else {
                out.problem().raiseToReset();
            }
        }
        if (out.action() == ErrorAction.SESSION_RESET) {
            out.clearRoutes();
        }
    }

    private void read(byte[] buf, int offset, int length, CodecOptions options, DecodedUpdate out) {
        int end = offset + length;
        if (length < MIN_UPDATE) {
            out.problem().note(DecodeCondition.MESSAGE_LENGTH, -1, Octets.ofShort(length));
            return;
        }
        int withdrawnFrom = offset + Wire.HEADER + 2;
        int withdrawnTo = withdrawnFrom + Wire.u16(buf, withdrawnFrom - 2);
        if (withdrawnTo > end - 2) {
            out.problem().note(DecodeCondition.WITHDRAWN_LENGTH, -1, Octets.empty());
            return;
        }
        int attributesFrom = withdrawnTo + 2;
        int attributesTo = attributesFrom + Wire.u16(buf, withdrawnTo);
        if (attributesTo > end) {
            out.problem().note(DecodeCondition.ATTRIBUTES_LENGTH, -1, Octets.empty());
            return;
        }
        boolean hasWithdrawn = withdrawnTo > withdrawnFrom;
        boolean hasNlri = end > attributesTo;
        if (hasWithdrawn) {
            readField(buf, withdrawnFrom, withdrawnTo, options, out.withdrawn(AddressFamily.IPV4_UNICAST), out);
        }
        if (hasNlri) {
            readField(buf, attributesTo, end, options, out.announced(AddressFamily.IPV4_UNICAST), out);
            int id = isAnnouncement(out) ? interner.internUnread(buf, attributesFrom, attributesTo, options) : 0;
            if (id != 0) {
                out.attributes(AddressFamily.IPV4_UNICAST, id);
                if (hasWithdrawn) {
                    dropWithdrawalsOfAnnounced(AddressFamily.IPV4_UNICAST, out);
                }
                return;
            }
        }
        received.read(buf, offset, attributesFrom, attributesTo, options.rules(), out);
        mp.clear();
        if (received.hasMultiprotocol()) {
            mp.read(buf, received.mpReachAt(), received.mpUnreachAt(), options, out);
        }
        hasPrefixes = true;
        if (out.action() != ErrorAction.SESSION_RESET) {
            judge(hasWithdrawn, hasNlri, options, out);
        }
    }

    /** Tells whether the NLRI field announces something that its attributes are wanted for. */
    private static boolean isAnnouncement(DecodedUpdate out) {
        return out.announced(AddressFamily.IPV4_UNICAST).size() > 0
                && ErrorAction.TREAT_AS_WITHDRAW.isStrongerThan(out.action());
    }

    /** Reads the withdrawn routes or the NLRI field, which are always about IPv4 unicast (RFC 4271 §4.3). */
    private static void readField(
            byte[] buf, int from, int to, CodecOptions options, NlriList list, DecodedUpdate out) {
        if (!options.hasFamily(AddressFamily.IPV4_UNICAST)) {
            out.addIgnoredFamily();
            out.problem().note(DecodeCondition.FAMILY, -1, Octets.empty());
            return;
        }
        int ignored = NlriReader.read(buf, from, to, options.receivesPathIds(AddressFamily.IPV4_UNICAST), list);
        if (ignored < 0) {
            out.problem().note(DecodeCondition.NLRI, -1, Octets.empty());
        } else if (list == out.announced(AddressFamily.IPV4_UNICAST)) {
            out.addIgnoredAnnouncements(AddressFamily.IPV4_UNICAST, ignored);
        } else {
            out.addIgnoredPrefixes(ignored);
        }
    }

    private void judge(boolean hasWithdrawn, boolean hasNlri, CodecOptions options, DecodedUpdate out) {
        if (!hasNlri && !hasWithdrawn && !received.hasOthersThanMpUnreach()) {
            findEndOfRib(options, out);
        }
        boolean isReachable = hasNlri || mp.announces();
        boolean hasIpv4Field = out.announced(AddressFamily.IPV4_UNICAST).size() > 0;
        out.announced(AddressFamily.IPV4_UNICAST).addAll(mp.ipv4());
        if (out.action().compareTo(ErrorAction.TREAT_AS_WITHDRAW) < 0) {
            if (out.announced(AddressFamily.IPV4_UNICAST).size() > 0) {
                internIpv4(hasIpv4Field, options, out);
            }
            if (out.announced(AddressFamily.IPV6_UNICAST).size() > 0) {
                internIpv6(options, out);
            }
            if (!isReachable && !received.isEmpty()) {
                interner.check(received, options, out);
            }
        }
        if (out.action() == ErrorAction.TREAT_AS_WITHDRAW) {
            treatAsWithdraw(isReachable, out);
        }
        if (hasWithdrawn || received.mpUnreachAt() >= 0) {
            for (AddressFamily family : FAMILIES) {
                dropWithdrawalsOfAnnounced(family, out);
            }
        }
    }

    /** RFC 4271 §4.3: a prefix that is withdrawn and announced is announced. */
    private void dropWithdrawalsOfAnnounced(AddressFamily family, DecodedUpdate out) {
        NlriList withdrawn = out.withdrawn(family);
        NlriList announced = out.announced(family);
        if (withdrawn.size() > 0 && announced.size() > 0) {
            withdrawn.removeAll(announced, prefixSet);
        }
    }

    /** RFC 4724 §2: an UPDATE without anything, or one with nothing but an MP_UNREACH_NLRI without prefixes. */
    private void findEndOfRib(CodecOptions options, DecodedUpdate out) {
        AddressFamily family = received.mpUnreachAt() < 0 ? AddressFamily.IPV4_UNICAST : mp.endOfRib();
        boolean isSound = out.problem().condition() == DecodeCondition.NONE;
        if (isSound && family != null && options.hasFamily(family)) {
            out.endOfRib(family);
        }
    }

    /**
     * IPv4 prefixes come in the NLRI field, or in MP_REACH_NLRI with a next hop of its own. Nobody is known to use both in
     * one message; with the same next hop they are one announcement.
     */
    private void internIpv4(boolean hasField, CodecOptions options, DecodedUpdate out) {
        int id = 0;
        if (hasField) {
            id = interner.intern(received, options, out);
        }
        if (mp.ipv4().size() > 0) {
            int mpId = interner.internMp(received, mp, options, out);
            if (hasField && id != 0 && mpId != 0 && id != mpId) {
                out.problem().note(DecodeCondition.MP_REACH_TWO_NEXT_HOPS, AttributeType.MP_REACH_NLRI, Octets.empty());
            }
            id = mpId;
        }
        out.attributes(AddressFamily.IPV4_UNICAST, id);
    }

    private void internIpv6(CodecOptions options, DecodedUpdate out) {
        out.attributes(AddressFamily.IPV6_UNICAST, interner.internMp(received, mp, options, out));
    }

    private void treatAsWithdraw(boolean isReachable, DecodedUpdate out) {
        if (!isReachable && received.hasOthersThanMpUnreach()) {
            out.problem().raiseToReset(); // RFC 7606 §5.2
        } else {
            clearAttributes(out);
        }
    }

    private static void clearAttributes(DecodedUpdate out) {
        for (AddressFamily family : FAMILIES) {
            out.attributes(family, 0);
        }
    }
}
