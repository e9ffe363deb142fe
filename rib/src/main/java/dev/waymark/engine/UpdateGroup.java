package dev.waymark.engine;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.rib.AttributeRefs;
import dev.waymark.rib.GroupChanges;
import dev.waymark.rib.GroupRib;
import dev.waymark.rib.PathRib;
import dev.waymark.rib.SendCap;
import dev.waymark.spi.RoutePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Peers of one family that are sent the same: one Adj-RIB-Out for all of them, from which each is left out as the source
 * of its own routes. Confined to the engine loop.
 */
final class UpdateGroup {
    private static final int NOT_BUILDING = -1;

    private final AddressFamily family;
    private final GroupRib rib;
    private final AttributeRefs refs;
    private final GroupChanges changes = new GroupChanges();
    private final List<Member> members = new ArrayList<>();
    private GroupKey key;
    private @Nullable SendCap cap;
    private int buildCursor;
    private @Nullable GroupAggregates aggregates;
    private final @Nullable PathRib paths;
    private final PathParts parts = new PathParts();

    /** Makes a group that holds nothing yet; a walk over all rows from {@link #buildCursor()} on fills it. */
    UpdateGroup(AddressFamily family, GroupKey key, AttributeRefs refs) {
        this.family = family;
        this.key = key;
        this.rib = new GroupRib(refs);
        this.refs = refs;
        this.cap = capOf(key);
        this.paths = key.sentPaths() == 0 ? null : new PathRib(refs, key.sentPaths());
    }

    /** Returns what the group holds where its members take several paths of a prefix (RFC 7911), else null: see {@link #rib}. */
    @Nullable
    PathRib paths() {
        return paths;
    }

    /** Returns which paths are parts of aggregates in a group with {@link #paths}. */
    PathParts parts() {
        return parts;
    }

    /** Returns how many routes a member that doesn't lag was sent. */
    int sentCount(int slot) {
        return paths == null ? rib.sentCount(slot) : paths.sentCount(slot);
    }

    /** Returns whether nobody is sent anything for a row. */
    boolean isEmpty(int row) {
        return paths == null ? rib.isEmpty(row) : paths.isEmpty(row);
    }

    /** Returns whether there is nothing to flush. */
    boolean isFlushed() {
        return changes.size() == 0 && (paths == null || paths.changes().isEmpty());
    }

    private static @Nullable SendCap capOf(GroupKey key) {
        return key.capped().map(capped -> new SendCap(capped.limit())).orElse(null);
    }

    /** Returns the cap on what its only member is sent; null for most groups. */
    @Nullable
    SendCap cap() {
        return cap;
    }

    AddressFamily family() {
        return family;
    }

    GroupKey key() {
        return key;
    }

    /** Returns what the group holds. */
    GroupRib rib() {
        return rib;
    }

    /** Returns what changed since the last flush. */
    GroupChanges changes() {
        return changes;
    }

    /** Returns the aggregates that export policy makes for this group, or null if it never made one. */
    @Nullable
    GroupAggregates aggregates() {
        return aggregates;
    }

    /** Returns the aggregates that export policy makes for this group. */
    GroupAggregates aggregatesToAdd() {
        GroupAggregates present = aggregates;
        if (present == null) {
            present = new GroupAggregates(refs);
            aggregates = present;
        }
        return present;
    }

    List<Member> members() {
        return members;
    }

    /** Returns the member with a slot, or null. */
    @Nullable
    Member member(int slot) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).slot() == slot) {
                return members.get(i);
            }
        }
        return null;
    }

    /** Puts another policy in force and has every row evaluated again. */
    void changePolicy(Optional<RoutePolicy> policy) {
        changeKey(key.withPolicy(policy));
    }

    /** Puts another key in force and has every row evaluated again; what is the same after that is not sent again. */
    void changeKey(GroupKey changed) {
        if (!key.capped().equals(changed.capped())) {
            SendCap before = cap;
            SendCap after = capOf(changed);
            if (before != null && after != null) {
                after.inherit(before);
            }
            cap = after;
            settleLater();
        }
        key = changed;
        rebuild();
    }

    /** The cap is new to its member: what that is owed may take routes away that it holds until then. */
    void settleLater() {
        SendCap present = cap;
        if (present != null && !members.isEmpty()) {
            present.begin(members.get(0).owed());
        }
    }

    /** Has every row evaluated again, after a change of what the key does not hold. */
    void rebuild() {
        buildCursor = 0;
    }

    /** Returns a group with another key that holds, for now, what this one holds; every row is to be evaluated again. */
    UpdateGroup copy(GroupKey changed, int rowLimit) {
        UpdateGroup copy = new UpdateGroup(family, changed, refs);
        copy.rib.copy(rib, rowLimit);
        GroupAggregates present = aggregates;
        if (copy.paths != null && paths != null) {
            copy.paths.copy(paths, rowLimit);
            if (present != null) {
                copy.parts.copy(parts, copy.aggregatesToAdd(), rowLimit);
            }
        } else if (present != null) {
            copy.aggregatesToAdd().copy(present, rowLimit);
        }
        return copy;
    }

    /** Returns the next row to evaluate; meaningless if all have been. */
    int buildCursor() {
        return buildCursor;
    }

    /** Returns whether rows are still to be evaluated under the key of now. */
    boolean isBuilding() {
        return buildCursor != NOT_BUILDING;
    }

    /** Notes how far the walk has come. */
    void setBuildCursor(int row, int rowLimit) {
        buildCursor = row >= rowLimit ? NOT_BUILDING : row;
    }
}
