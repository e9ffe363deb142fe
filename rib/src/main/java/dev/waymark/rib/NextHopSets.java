package dev.waymark.rib;

import dev.waymark.api.net.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The distinct sets of next hops that rows are programmed with (ARS-32), each held once and known by an id above 0; 0 is the
 * empty set. A set is in ascending order without duplicates.
 *
 * <p>A set is made with {@link #begin}, {@link #add} and {@link #intern}. One that nobody retains is forgotten by {@link
 * #sweep}, called once a turn. Confined to the engine loop; interning a set that exists doesn't allocate.
 */
public final class NextHopSets {
    private static final int FIRST_SLOTS = 16;

    private final long seed;
    private final RowIds ids = new RowIds(1);
    private final ArrayList<List<IpAddress>> sets = new ArrayList<>(List.of(List.of()));
    private final IntColumn counts = new IntColumn(0);
    private final Bitmap unreferenced = new Bitmap();
    private int[] slots = new int[FIRST_SLOTS];

    private IpAddress[] building = new IpAddress[8];
    private int built;
    private int most;

    /**
     * Makes a table with no set.
     *
     * @param hashSeed makes collisions unpredictable for peers; has no influence on ids
     */
    public NextHopSets(long hashSeed) {
        this.seed = hashSeed;
    }

    /**
     * Begins a new set.
     *
     * @param maxNextHops how many next hops it takes, the first ones added; 0 for any number
     */
    public void begin(int maxNextHops) {
        built = 0;
        most = maxNextHops == 0 ? Integer.MAX_VALUE : maxNextHops;
    }

    /** Adds a next hop to the set that was begun, if it isn't there and the set isn't full. */
    public void add(IpAddress nextHop) {
        int at = built;
        while (at > 0) {
            int order = building[at - 1].compareTo(nextHop);
            if (order == 0) {
                return;
            }
            if (order < 0) {
                break;
            }
            at--;
        }
        if (built == most) {
            return;
        }
        if (built == building.length) {
            building = Arrays.copyOf(building, built * 2);
        }
        System.arraycopy(building, at, building, at + 1, built - at);
        building[at] = nextHop;
        built++;
    }

    /** Returns the id of the set that was begun: the same id for the same set. It must be retained to last. */
    public int intern() {
        if (built == 0) {
            return 0;
        }
        int at = home(hashOfBuilding());
        for (int id = slots[at]; id != 0; id = slots[at]) {
            if (isBuilding(sets.get(id))) {
                return id;
            }
            at = (at + 1) & (slots.length - 1);
        }
        return addAt(at);
    }

    /** Adds one reference; 0 is allowed and needs none. */
    public void retain(int set) {
        if (set != 0) {
            counts.set(set, counts.get(set) + 1);
        }
    }

    /** Takes one reference away; 0 is allowed. */
    public void release(int set) {
        if (set == 0) {
            return;
        }
        int count = counts.get(set) - 1;
        if (count < 0) {
            throw new AssertionError("released without a reference: " + set);
        }
        counts.set(set, count);
        if (count == 0) {
            unreferenced.set(set);
        }
    }

    /** Forgets the sets that have no reference. Their ids may be given to others. */
    public void sweep() {
        for (int set = unreferenced.nextSet(0); set >= 0; set = unreferenced.nextSet(set + 1)) {
            unreferenced.clear(set);
            if (counts.get(set) == 0) {
                removeSlot(set);
                sets.set(set, List.of());
                ids.release(set);
            }
        }
    }

    /** Returns the next hops of a set, ascending; immutable, and valid after the set is forgotten. */
    public List<IpAddress> nextHops(int set) {
        return sets.get(set);
    }

    /** Returns how many sets there are, the empty one not counted. */
    public int size() {
        return ids.size();
    }

    private int addAt(int slot) {
        int id = ids.take();
        List<IpAddress> set = List.of(Arrays.copyOf(building, built));
        if (id == sets.size()) {
            sets.add(set);
        } else {
            sets.set(id, set);
        }
        slots[slot] = id;
        unreferenced.set(id);
        if (ids.size() > slots.length / 2) {
            rehash(slots.length * 2);
        }
        return id;
    }

    private void rehash(int length) {
        int[] old = slots;
        slots = new int[length];
        for (int id : old) {
            if (id != 0) {
                int at = home(hash(sets.get(id)));
                while (slots[at] != 0) {
                    at = (at + 1) & (length - 1);
                }
                slots[at] = id;
            }
        }
    }

    private void removeSlot(int set) {
        int mask = slots.length - 1;
        int hole = home(hash(sets.get(set)));
        while (slots[hole] != set) {
            hole = (hole + 1) & mask;
        }
        for (int at = (hole + 1) & mask; slots[at] != 0; at = (at + 1) & mask) {
            int home = home(hash(sets.get(slots[at])));
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                slots[hole] = slots[at];
                hole = at;
            }
        }
        slots[hole] = 0;
    }

    private boolean isBuilding(List<IpAddress> set) {
        if (set.size() != built) {
            return false;
        }
        for (int i = 0; i < built; i++) {
            if (set.get(i).compareTo(building[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    private int home(long hash) {
        return (int) (hash >>> 40) & (slots.length - 1);
    }

    private long hashOfBuilding() {
        long hash = seed;
        for (int i = 0; i < built; i++) {
            hash = mix(hash, building[i]);
        }
        return hash;
    }

    private long hash(List<IpAddress> set) {
        long hash = seed;
        for (int i = 0; i < set.size(); i++) {
            hash = mix(hash, set.get(i));
        }
        return hash;
    }

    private static long mix(long hash, IpAddress nextHop) {
        long mixed = (hash ^ nextHop.high()) * 0x9e3779b97f4a7c15L;
        mixed = ((mixed ^ (mixed >>> 32)) + nextHop.low()) * 0xff51afd7ed558ccdL;
        return mixed ^ (mixed >>> 31);
    }
}
