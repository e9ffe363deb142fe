package dev.waymark.bgp.codec;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.message.Octets;
import org.jspecify.annotations.Nullable;

/**
 * Turns the attributes of a message into an id of the table. What is looked up is the block with canonical headers in
 * ascending order: where it stands, if it came that way, and a copy in a scratch array otherwise. So other orders, lengths of
 * length fields and attributes dropped by type alone still meet what is interned, without a value being read.
 *
 * <p>There are two ways. The quick one, {@link #internUnread}, takes blocks that are canonical already; the careful one takes
 * any that have been walked, and is the only one that says what is wrong. Reused. Confined to one thread.
 */
final class AttributeInterner {

    /** Octets of the shortest block that the quick way takes: a head, a needless octet and one more word. */
    private static final int MIN_QUICK = 17;

    private final AttributeTable table;
    private final AttributeStore store;
    private final RawCache rawCache;
    private final AttributeValidator validator;
    private final AttributeKey key = new AttributeKey();
    private final AttributeKey canonicalKey = new AttributeKey();
    private final AttributeSpans spans = new AttributeSpans();
    private byte[] scratch = new byte[512];
    private byte[] canonical = new byte[512];
    private @Nullable CodecOptions lastOptions;
    private int lastClassIndex;

    AttributeInterner(AttributeTable table) {
        this.table = table;
        store = table.store();
        rawCache = table.rawCache();
        validator = new AttributeValidator(table.ownAs(), table.hashSeed());
    }

    /**
     * The quick way, for a block that announces the NLRI field. If it was accepted before as these octets, it is hashed and
     * compared, in words, and not even walked: what it says about itself was checked then, and canonical octets have neither
     * a multiprotocol attribute nor anything that is counted each time. If not, it is validated in one pass.
     *
     * <p>It costs a reader a second loop over headers ({@link AttributeValidator#acceptsCanonical}), which UnreadBlockTest holds
     * to the first. What it brings is in DecodeBenchmark and FirstSightBenchmark: of UPDATEs recorded in 2026 (mrt2026), decoding
     * one with a block seen before took 3.0 times as long as the floor {@code deep} when all were walked first, and takes 1.4; at
     * first sight it was 4.8 and is 3.1.
     *
     * @return the id; 0 when the block is very short or isn't canonical (an AS_PATH that {@link AttributeKey#hasLongPath}
     *     aside), or anything is wrong: then nothing has happened, and the careful way finds out what it is
     */
    int internUnread(byte[] buf, int from, int to, CodecOptions options) {
        if (to - from < MIN_QUICK) {
            return 0;
        }
        boolean hasLongPath = AttributeKey.hasLongPath(buf, from, to - from);
        long head = AttributeKey.head(buf, from, hasLongPath);
        int rest = AttributeKey.restOf(from, hasLongPath);
        int hash = AttributeKey.hash(table.hashing(), head, buf, rest, to - rest);
        int classIndex = classIndex(options);
        int id = store.find(hash, head, buf, rest, to - rest);
        if (!store.isValidFor(id, classIndex)) {
            if (!validator.acceptsCanonical(buf, from, to, hasLongPath, options)) {
                return 0;
            }
            if (id == 0) {
                key.setHashed(hash, head, buf, rest, to - rest);
                id = store.add(key, validator.summary());
            }
            store.markValid(id, classIndex);
        }
        return peerCondition(id, options) == DecodeCondition.NONE ? id : 0;
    }

    /** Returns the id of the attributes of the NLRI field, or 0 when they are not accepted. */
    int intern(ReceivedAttributes received, CodecOptions options, DecodedUpdate out) {
        if (received.isPlain()) {
            setKeyToPlain(received, 0, 0);
        } else {
            AttributeSpans kept = received.spans(options.rules());
            kept.sort();
            setKeyToCopy(received, kept, 0, 0);
        }
        int classIndex = classIndex(options);
        int known = store.find(key);
        int id = store.isValidFor(known, classIndex) ? known : findRaw(classIndex, out);
        if (id == 0) {
            id = firstSight(received, received.spans(options.rules()), true, known, options, out);
        }
        return id == 0 ? 0 : judgePeer(id, received, options, out);
    }

    /** Returns the id of the attributes of MP_REACH_NLRI, or 0 when they are not accepted. */
    int internMp(ReceivedAttributes received, MpAttributes mp, CodecOptions options, DecodedUpdate out) {
        boolean isIpv4 = mp.nextHopLength() == 4;
        boolean isAsItStands = !isIpv4 && !received.hasNextHop();
        if (isAsItStands && received.isPlain()) {
            setKeyToPlain(received, mp.nextHopFrom(), mp.nextHopLength());
        } else if (!setKeyToSpans(received, mp, isIpv4, options, out)) {
            return 0;
        }
        int classIndex = classIndex(options);
        int known = store.find(key);
        int id = store.isValidFor(known, classIndex) ? known : findRaw(classIndex, out);
        if (id == 0) {
            boolean isPlain = isAsItStands && received.isPlain();
            AttributeSpans kept = isPlain ? received.spans(options.rules()) : spans;
            id = firstSight(received, kept, isIpv4, known, options, out);
        }
        return id == 0 ? 0 : judgePeer(id, received, options, out);
    }

    /** Validates attributes that announce nothing, so that errors are found; keeps nothing. */
    void check(ReceivedAttributes received, CodecOptions options, DecodedUpdate out) {
        AttributeSpans kept = received.spans(options.rules());
        kept.sort();
        DecodeCondition condition = validator.validate(received.buf(), received.base(), kept, options.decodeClass());
        if (condition != DecodeCondition.NONE) {
            note(condition, received, kept, validator.faultIndex(), out);
        } else {
            addDiscards(validator.packedDiscards(), out);
        }
    }

    /**
     * The block of MP_REACH_NLRI has no NEXT_HOP of its own (RFC 4760 §3: a sound one is ignored), but for IPv4 the next
     * hop of MP_REACH_NLRI takes its place, so that equal routes have equal attributes however they came.
     */
    private boolean setKeyToSpans(
            ReceivedAttributes received, MpAttributes mp, boolean isIpv4, CodecOptions options, DecodedUpdate out) {
        AttributeSpans kept = received.spans(options.rules());
        int nextHop = kept.indexOf(AttributeType.NEXT_HOP);
        if (nextHop >= 0 && kept.length(nextHop) != 4) { // RFC 7606 §7.3
            note(DecodeCondition.NEXT_HOP_LENGTH, received, kept, nextHop, out);
            return false;
        }
        spans.copyWithout(kept, AttributeType.NEXT_HOP);
        if (isIpv4) {
            int offset = mp.nextHopFrom() - received.base();
            spans.add(AttributeType.NEXT_HOP, AttributeType.FLAG_TRANSITIVE, 0, offset, 4);
        }
        spans.sort();
        setKeyToCopy(received, spans, mp.nextHopFrom(), isIpv4 ? 0 : mp.nextHopLength());
        return true;
    }

    private void setKeyToPlain(ReceivedAttributes received, int hopFrom, int hopLength) {
        PlainBlock block = received.plain();
        byte[] buf = received.buf();
        key.set(table.hashing(), block.octets(buf), block.from(), block.length(), buf, hopFrom, hopLength);
    }

    private void setKeyToCopy(ReceivedAttributes received, AttributeSpans kept, int hopFrom, int hopLength) {
        int length = kept.canonicalLength();
        if (scratch.length < length) {
            scratch = new byte[Integer.highestOneBit(length) << 1];
        }
        kept.write(received.buf(), received.base(), scratch, 0);
        key.set(table.hashing(), scratch, 0, length, received.buf(), hopFrom, hopLength);
    }

    private int findRaw(int classIndex, DecodedUpdate out) {
        int entry = classIndex < 0 ? 0 : rawCache.find(classIndex, key);
        if (entry == 0) {
            return 0;
        }
        addDiscards(rawCache.discards(entry), out);
        return rawCache.id(entry);
    }

    private int firstSight(
            ReceivedAttributes received,
            AttributeSpans kept,
            boolean needsNextHop,
            int known,
            CodecOptions options,
            DecodedUpdate out) {
        DecodeCondition condition = validator.validate(received.buf(), received.base(), kept, options.decodeClass());
        if (condition != DecodeCondition.NONE) {
            note(condition, received, kept, validator.faultIndex(), out);
            return 0;
        }
        int missing = missing(kept, needsNextHop);
        if (missing != 0) {
            out.problem().note(DecodeCondition.MISSING_WELL_KNOWN, missing, Octets.of(missing));
            return 0;
        }
        if (!validator.isRewritten()) {
            int id = known != 0 ? known : store.add(key, validator.summary());
            store.markValid(id, classIndex(options));
            return id;
        }
        return internRewritten(kept, classIndex(options), out);
    }

    /** The canonical octets aren't those that came: intern them, and remember what those that came mean. */
    private int internRewritten(AttributeSpans kept, int classIndex, DecodedUpdate out) {
        int room = 2 * kept.canonicalLength() + 16; // AS numbers may double, AS4 parts move
        if (canonical.length < room) {
            canonical = new byte[Integer.highestOneBit(room) << 1];
        }
        int length = validator.write(kept, canonical);
        canonicalKey.setBlock(table.hashing(), canonical, length, key);
        int id = store.find(canonicalKey);
        if (id == 0) {
            id = store.add(canonicalKey, validator.summary());
        }
        long discards = validator.packedDiscards();
        addDiscards(discards, out);
        if (classIndex >= 0) {
            rawCache.put(classIndex, key, id, discards);
        }
        return id;
    }

    /** Returns the mandatory attribute that is missing, or 0 (RFC 7606 §3(d)). Only asked when prefixes are announced. */
    private static int missing(AttributeSpans kept, boolean needsNextHop) {
        if (kept.indexOf(AttributeType.ORIGIN) < 0) {
            return AttributeType.ORIGIN;
        }
        if (kept.indexOf(AttributeType.AS_PATH) < 0) {
            return AttributeType.AS_PATH;
        }
        return needsNextHop && kept.indexOf(AttributeType.NEXT_HOP) < 0 ? AttributeType.NEXT_HOP : 0;
    }

    /** What depends on the session and not on its class: compares with columns. Returns the id, or 0. */
    private int judgePeer(int id, ReceivedAttributes received, CodecOptions options, DecodedUpdate out) {
        DecodeCondition condition = peerCondition(id, options);
        if (condition == DecodeCondition.NONE) {
            return id;
        }
        AttributeSpans kept = received.spans(options.rules());
        int type = condition == DecodeCondition.AS_PATH_FIRST_AS ? AttributeType.AS_PATH : AttributeType.NEXT_HOP;
        note(condition, received, kept, kept.indexOf(type), out);
        return 0;
    }

    private DecodeCondition peerCondition(int id, CodecOptions options) {
        boolean isEmptyPath = (store.flags(id) & AttributeFlags.EMPTY_AS_PATH) != 0;
        if (options.isFirstAsEnforced() ? table.firstAs(id) != options.peerAs() : isEmptyPath && options.isExternal()) {
            return DecodeCondition.AS_PATH_FIRST_AS;
        }
        return options.hasOwnAddresses()
                        && options.isOwnAddress(family(id), table.nextHopHigh(id), table.nextHopLow(id))
                ? DecodeCondition.NEXT_HOP_OWN
                : DecodeCondition.NONE;
    }

    private AddressFamily family(int id) {
        return table.hasIpv6NextHop(id) ? AddressFamily.IPV6_UNICAST : AddressFamily.IPV4_UNICAST;
    }

    private int classIndex(CodecOptions options) {
        if (options != lastOptions) {
            lastOptions = options;
            lastClassIndex = store.classIndex(options.decodeClass());
        }
        return lastClassIndex;
    }

    private static void addDiscards(long packed, DecodedUpdate out) {
        for (long left = packed; left != 0; left >>>= 8) {
            DecodeCondition condition = DecodeCondition.at((int) left & 0xff);
            int type = AttributeValidator.discardedType(condition);
            out.addDiscard(type, condition);
            out.problem().note(condition, type, Octets.empty());
        }
    }

    private static void note(
            DecodeCondition condition, ReceivedAttributes received, AttributeSpans kept, int index, DecodedUpdate out) {
        if (index < 0) {
            out.problem().note(condition, -1, Octets.empty());
            return;
        }
        int value = received.base() + kept.offset(index);
        out.problem()
                .note(
                        condition,
                        kept.type(index),
                        received.buf(),
                        value - kept.header(index),
                        value + kept.length(index));
    }
}
