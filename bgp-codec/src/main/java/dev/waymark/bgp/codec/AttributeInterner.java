package dev.waymark.bgp.codec;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.message.Octets;
import org.jspecify.annotations.Nullable;

/**
 * Turns the walked attributes of a message into an id of the table. What is looked up is the block with canonical headers
 * in ascending order: where it stands, if it came that way, and a copy in a scratch array otherwise. So other orders,
 * lengths of length fields and attributes dropped by type alone still meet what is interned, without a value being read.
 * Reused. Confined to one thread.
 */
final class AttributeInterner {

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

    /** Returns the id of the attributes of the NLRI field, or 0 when they are not accepted. */
    int intern(byte[] buf, int base, AttributeWalk walk, CodecOptions options, DecodedUpdate out) {
        AttributeSpans kept = walk.spans();
        if (walk.isCanonical()) {
            setKey(buf, walk.blockFrom(), walk.blockTo() - walk.blockFrom(), buf, 0, 0);
        } else {
            kept.sort();
            setKeyToCopy(buf, base, kept, 0, 0);
        }
        return resolve(buf, base, kept, true, options, out);
    }

    /** Returns the id of the attributes of MP_REACH_NLRI, or 0 when they are not accepted. */
    int internMp(byte[] buf, int base, AttributeWalk walk, MpAttributes mp, CodecOptions options, DecodedUpdate out) {
        AttributeSpans kept = walk.spans();
        int nextHop = kept.indexOf(AttributeType.NEXT_HOP);
        if (nextHop >= 0 && kept.length(nextHop) != 4) { // RFC 7606 §7.3; a sound one is ignored: RFC 4760 §3
            note(DecodeCondition.NEXT_HOP_LENGTH, buf, base, kept, nextHop, out);
            return 0;
        }
        boolean isIpv4 = mp.nextHopLength() == 4;
        if (nextHop < 0 && !isIpv4 && walk.isCanonical()) {
            int from = walk.blockFrom();
            setKey(buf, from, walk.blockTo() - from, buf, mp.nextHopFrom(), mp.nextHopLength());
            return resolve(buf, base, kept, false, options, out);
        }
        spans.copyWithout(kept, AttributeType.NEXT_HOP);
        if (isIpv4) {
            spans.add(AttributeType.NEXT_HOP, AttributeType.FLAG_TRANSITIVE, 0, mp.nextHopFrom() - base, 4);
        }
        spans.sort();
        setKeyToCopy(buf, base, spans, mp.nextHopFrom(), isIpv4 ? 0 : mp.nextHopLength());
        return resolve(buf, base, spans, isIpv4, options, out);
    }

    /** Validates attributes that announce nothing, so that errors are found; keeps nothing. */
    void check(byte[] buf, int base, AttributeWalk walk, CodecOptions options, DecodedUpdate out) {
        spans.copyWithout(walk.spans(), -1);
        spans.sort();
        DecodeCondition condition = validator.validate(buf, base, spans, options.decodeClass());
        if (condition != DecodeCondition.NONE) {
            note(condition, buf, base, spans, validator.faultIndex(), out);
        } else {
            addDiscards(validator.packedDiscards(), out);
        }
    }

    private void setKey(byte[] block, int from, int length, byte[] hop, int hopFrom, int hopLength) {
        key.set(table.hashing(), block, from, length, hop, hopFrom, hopLength);
    }

    private void setKeyToCopy(byte[] buf, int base, AttributeSpans kept, int hopFrom, int hopLength) {
        int length = kept.canonicalLength();
        if (scratch.length < length) {
            scratch = new byte[Integer.highestOneBit(length) << 1];
        }
        kept.write(buf, base, scratch, 0);
        setKey(scratch, 0, length, buf, hopFrom, hopLength);
    }

    private int resolve(
            byte[] buf, int base, AttributeSpans kept, boolean needsNextHop, CodecOptions options, DecodedUpdate out) {
        int classIndex = classIndex(options);
        int known = store.find(key);
        int id = known != 0 && store.isValidFor(known, classIndex) ? known : findRaw(classIndex, out);
        if (id == 0) {
            id = firstSight(buf, base, kept, needsNextHop, known, classIndex, options, out);
        }
        if (id == 0) {
            return 0;
        }
        DecodeCondition condition = judgePeer(id, options);
        if (condition != DecodeCondition.NONE) {
            int type = condition == DecodeCondition.AS_PATH_FIRST_AS ? AttributeType.AS_PATH : AttributeType.NEXT_HOP;
            note(condition, buf, base, kept, kept.indexOf(type), out);
            return 0;
        }
        return id;
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
            byte[] buf,
            int base,
            AttributeSpans kept,
            boolean needsNextHop,
            int known,
            int classIndex,
            CodecOptions options,
            DecodedUpdate out) {
        DecodeCondition condition = validator.validate(buf, base, kept, options.decodeClass());
        if (condition != DecodeCondition.NONE) {
            note(condition, buf, base, kept, validator.faultIndex(), out);
            return 0;
        }
        int missing = missing(kept, needsNextHop);
        if (missing != 0) {
            out.problem().note(DecodeCondition.MISSING_WELL_KNOWN, missing, Octets.of(missing));
            return 0;
        }
        if (!validator.isRewritten()) {
            int id = known != 0 ? known : store.add(key, validator.summary());
            store.markValid(id, classIndex);
            return id;
        }
        return internRewritten(kept, classIndex, out);
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

    /** What depends on the session and not on its class: compares with columns. */
    private DecodeCondition judgePeer(int id, CodecOptions options) {
        if (options.isExternal() && (store.flags(id) & AttributeFlags.EMPTY_AS_PATH) != 0) {
            return DecodeCondition.AS_PATH_FIRST_AS;
        }
        if (options.isFirstAsEnforced() && table.firstAs(id) != options.peerAs()) {
            return DecodeCondition.AS_PATH_FIRST_AS;
        }
        AddressFamily family = table.hasIpv6NextHop(id) ? AddressFamily.IPV6_UNICAST : AddressFamily.IPV4_UNICAST;
        return options.isOwnAddress(family, table.nextHopHigh(id), table.nextHopLow(id))
                ? DecodeCondition.NEXT_HOP_OWN
                : DecodeCondition.NONE;
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
            DecodeCondition condition, byte[] buf, int base, AttributeSpans kept, int index, DecodedUpdate out) {
        if (index < 0) {
            out.problem().note(condition, -1, Octets.empty());
            return;
        }
        int value = base + kept.offset(index);
        out.problem().note(condition, kept.type(index), buf, value - kept.header(index), value + kept.length(index));
    }
}
