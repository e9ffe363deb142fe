package dev.waymark.bgp.codec;

import dev.waymark.api.net.IpAddress;
import dev.waymark.api.route.PathAttributes;
import java.util.function.IntConsumer;

/**
 * The interned attribute sets of one server. Equal sets have one id, whatever session they came from, and are held once,
 * as canonical octets: ascending types, four-octet AS numbers, flags and lengths written anew, without MP_REACH_NLRI and
 * MP_UNREACH_NLRI; an IPv6 next hop is kept beside them and is part of what makes sets equal. What decisions need stands
 * in columns.
 *
 * <p>Ids are above zero; 0 stands for none. References are counted by {@link #retain} and {@link #release}. A set that
 * nobody references stays valid until the next {@link #sweep()}, then its id is given out again. Confined to the engine
 * loop; views stay readable anywhere and for ever.
 */
public final class AttributeTable {

    private static final long DEFAULT_LOCAL_PREF = 100;
    private static final long RAW_CACHE_OCTETS = 16 << 20;
    private static final int VIEWS = 256;
    private static final int NEXT_HOPS = 64;

    private final int ownAs;
    private final long hashSeed;
    private final BlockHash hashing;
    private final RawCache rawCache;
    private final AttributeStore store;
    private final AttributeValidator validator;
    private final AttributeKey key = new AttributeKey();
    private final AttributeSpans spans = new AttributeSpans();
    private WireAttributes[] views = {};
    private IpAddress[] nextHops = {};

    /**
     * Makes an empty table.
     *
     * @param ownAsn the server's AS number as an unsigned 32-bit value, for {@link AttributeFlags#OWN_AS_IN_PATH}; 0
     *     for none
     * @param hashSeed keys the hash; not to be known to peers
     */
    public AttributeTable(int ownAsn, long hashSeed) {
        this(ownAsn, hashSeed, RAW_CACHE_OCTETS);
    }

    AttributeTable(int ownAsn, long hashSeed, long rawCacheOctets) {
        ownAs = ownAsn;
        this.hashSeed = hashSeed;
        hashing = new BlockHash(hashSeed);
        rawCache = new RawCache(rawCacheOctets, hashSeed);
        store = new AttributeStore(rawCache);
        validator = new AttributeValidator(ownAsn, hashSeed);
    }

    /**
     * Returns the AS_PATH length that decisions compare (RFC 4271 §9.1.2.2(a)).
     *
     * @param id a valid id
     * @return the number of hops
     */
    public int asPathLength(int id) {
        return store.get(id, AttributeStore.PATH) >>> 2;
    }

    /**
     * Returns the first AS of the first AS_PATH segment that isn't a confederation's.
     *
     * @param id a valid id
     * @return the AS number as an unsigned 32-bit value; 0 when the path is empty or begins with an AS_SET
     */
    public int firstAs(int id) {
        return store.get(id, AttributeStore.FIRST_AS);
    }

    /**
     * Returns the AS that originated the route (RFC 6811 §2). Reads the path.
     *
     * @param id a valid id
     * @return the AS number as an unsigned 32-bit value; 0 when the path is empty or ends with an AS_SET
     */
    public int originAs(int id) {
        byte[] octets = store.content(id);
        int at = AttributeOctets.find(octets, store.attributesLength(id), AttributeType.AS_PATH);
        return at < 0
                ? 0
                : AsPathOctets.originAs(octets, AttributeOctets.value(octets, at), AttributeOctets.length(octets, at));
    }

    /**
     * Tells whether an AS number stands in AS_PATH. Reads the path.
     *
     * @param id a valid id
     * @param as the AS number as an unsigned 32-bit value
     * @return true when it stands in a segment of any type
     */
    public boolean containsAs(int id, int as) {
        byte[] octets = store.content(id);
        int at = AttributeOctets.find(octets, store.attributesLength(id), AttributeType.AS_PATH);
        return at >= 0
                && AsPathOctets.contains(
                        octets, AttributeOctets.value(octets, at), AttributeOctets.length(octets, at), as);
    }

    /**
     * Returns the ORIGIN.
     *
     * @param id a valid id
     * @return 0 to 2; lower is preferred
     */
    public int origin(int id) {
        return store.get(id, AttributeStore.PATH) & 3;
    }

    /**
     * Returns the MULTI_EXIT_DISC.
     *
     * @param id a valid id
     * @return 0 to 4294967295; 0 when it is missing
     */
    public long med(int id) {
        return Integer.toUnsignedLong(store.get(id, AttributeStore.MED));
    }

    /**
     * Tells whether MULTI_EXIT_DISC is there.
     *
     * @param id a valid id
     * @return true when it is
     */
    public boolean hasMed(int id) {
        return (store.flags(id) & AttributeFlags.HAS_MED) != 0;
    }

    /**
     * Returns the LOCAL_PREF. Reads the octets when there is one, which no external peer can send.
     *
     * @param id a valid id
     * @return 0 to 4294967295; 100 when it is missing
     */
    public long localPref(int id) {
        if ((store.flags(id) & AttributeFlags.HAS_LOCAL_PREF) == 0) {
            return DEFAULT_LOCAL_PREF;
        }
        byte[] octets = store.content(id);
        int at = AttributeOctets.find(octets, store.attributesLength(id), AttributeType.LOCAL_PREF);
        return Integer.toUnsignedLong(Wire.i32(octets, AttributeOctets.value(octets, at)));
    }

    /**
     * Returns the IPv4 next hop.
     *
     * @param id a valid id
     * @return the address as an unsigned 32-bit value; 0 when the next hop is IPv6
     */
    public int nextHop4(int id) {
        return store.get(id, AttributeStore.NEXT_HOP);
    }

    /**
     * Returns the first 64 bits of the next hop.
     *
     * @param id a valid id
     * @return the bits, left-aligned for IPv4
     */
    public long nextHopHigh(int id) {
        return hasIpv6NextHop(id)
                ? Wire.i64(store.content(id), store.attributesLength(id))
                : (long) store.get(id, AttributeStore.NEXT_HOP) << 32;
    }

    /**
     * Returns the last 64 bits of the next hop.
     *
     * @param id a valid id
     * @return the bits; 0 for IPv4
     */
    public long nextHopLow(int id) {
        return hasIpv6NextHop(id) ? Wire.i64(store.content(id), store.attributesLength(id) + 8) : 0;
    }

    /**
     * Tells whether the next hop is an IPv6 address.
     *
     * @param id a valid id
     * @return false for IPv4
     */
    public boolean hasIpv6NextHop(int id) {
        return (store.flags(id) & AttributeFlags.IPV6_NEXT_HOP) != 0;
    }

    /**
     * Returns the next hop as a value; of a peer's routes mostly the same object.
     *
     * @param id a valid id
     * @return the address; of IPv6 the global one
     */
    public IpAddress nextHop(int id) {
        boolean isIpv6 = hasIpv6NextHop(id);
        long high = nextHopHigh(id);
        long low = nextHopLow(id);
        if (nextHops.length == 0) {
            nextHops = new IpAddress[NEXT_HOPS];
        }
        int slot = (int) (BlockHash.mix(high ^ hashSeed, low | 1) >>> 32) & NEXT_HOPS - 1;
        IpAddress nextHop = nextHops[slot];
        if (nextHop == null || nextHop.high() != high || nextHop.low() != low || nextHop.isIpv4() == isIpv6) {
            nextHop = isIpv6 ? IpAddress.ofIpv6Bits(high, low) : IpAddress.ofIpv4Bits((int) (high >>> 32));
            nextHops[slot] = nextHop;
        }
        return nextHop;
    }

    /**
     * Returns what the set is known for.
     *
     * @param id a valid id
     * @return bits of {@link AttributeFlags}
     */
    public int flags(int id) {
        return store.flags(id);
    }

    /**
     * Returns a set as a value. The same object for a while, so that asking for every route of a message makes one.
     *
     * @param id a valid id
     * @return the attributes
     */
    public WireAttributes view(int id) {
        byte[] octets = store.content(id);
        if (views.length == 0) {
            views = new WireAttributes[VIEWS];
        }
        int slot = id & VIEWS - 1;
        WireAttributes view = views[slot];
        if (view == null || !view.isBackedBy(octets)) {
            view = new WireAttributes(octets, store.attributesLength(id));
            views[slot] = view;
        }
        return view;
    }

    /**
     * Interns a set that a policy made or a host gave.
     *
     * @param attributes the attributes
     * @return their id, not retained
     * @throws IllegalArgumentException when they are malformed: AS 0 in the path, or a next hop that nobody can have
     */
    public int intern(PathAttributes attributes) {
        WireAttributes wire = WireAttributes.of(attributes);
        byte[] octets = wire.octets();
        int length = wire.attributesLength();
        key.set(hashing, octets, 0, length, octets, length, octets.length - length);
        int id = store.find(key);
        return id != 0 ? id : internNew(octets, length);
    }

    /**
     * Adds a reference to a set.
     *
     * @param id a valid id, or 0, which has no effect
     */
    public void retain(int id) {
        if (id != 0) {
            store.retain(id);
        }
    }

    /**
     * Takes a reference away. After the last one the set stays valid until the next sweep.
     *
     * @param id a valid id that was retained, or 0, which has no effect
     */
    public void release(int id) {
        if (id != 0) {
            store.release(id);
        }
    }

    /**
     * Has a listener told of every set that is freed, just before its id may be given out again.
     *
     * @param listener takes the id; must not use this table
     */
    public void onFree(IntConsumer listener) {
        store.onFree(listener);
    }

    /** Frees all sets that nobody references. */
    public void sweep() {
        sweep(Integer.MAX_VALUE);
    }

    /**
     * Frees sets that nobody references, a bounded number at a time.
     *
     * @param units how many sets to look at, at most
     * @return how many were looked at; less than {@code units} when there are no more
     */
    public int sweep(int units) {
        return store.sweep(units);
    }

    /**
     * Returns how many sets there are for {@link #sweep(int)} to look at.
     *
     * @return 0 when it would do nothing
     */
    public int unswept() {
        return store.unswept();
    }

    /**
     * Returns the number of references to a set.
     *
     * @param id a valid id
     * @return 0 or more
     */
    public int references(int id) {
        return store.references(id);
    }

    /**
     * Returns the number of sets.
     *
     * @return those nobody references included, until they are swept
     */
    public int size() {
        return store.size();
    }

    /**
     * Returns the octets that the table retains, columns and caches included.
     *
     * @return octets, near enough for accounting
     */
    public long octets() {
        return store.octets();
    }

    /**
     * Returns the octets that one set retains beyond its columns.
     *
     * @param id a valid id
     * @return octets
     */
    public int octets(int id) {
        return store.octets(id);
    }

    int ownAs() {
        return ownAs;
    }

    long hashSeed() {
        return hashSeed;
    }

    BlockHash hashing() {
        return hashing;
    }

    RawCache rawCache() {
        return rawCache;
    }

    AttributeStore store() {
        return store;
    }

    private int internNew(byte[] octets, int length) {
        spans.clear();
        for (int at = 0; at < length; at = AttributeOctets.next(octets, at)) {
            int value = AttributeOctets.value(octets, at);
            spans.add(
                    AttributeOctets.type(octets, at),
                    octets[at] & ~AttributeType.FLAG_EXTENDED & 0xff,
                    value - at,
                    value,
                    AttributeOctets.length(octets, at));
        }
        DecodeCondition condition = validator.validate(octets, 0, spans, DecodeClass.CANONICAL);
        if (condition != DecodeCondition.NONE) {
            throw new IllegalArgumentException(
                    "the attributes are malformed: " + condition + " (" + condition.rfc() + ")");
        }
        if (validator.isRewritten()) {
            throw new AssertionError("attributes that were made here are not canonical");
        }
        int id = store.add(key, validator.summary());
        store.markValid(id, AttributeStore.CANONICAL_CLASS);
        return id;
    }
}
