package dev.waymark.policy.routemap;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.PathAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the actions of one rule make of path attributes. Immutable but for what it remembers to be quicker. */
final class RouteMapEdits {

    private final List<RouteMapAction> actions;
    private final @Nullable IpPrefix wider;
    private final Set<Community> removed;
    private final boolean changesPath;
    private final boolean changesCommunities;
    private @Nullable Applied last; // a plain field: what it refers to is immutable

    /** What the actions made of some attributes. */
    private static final class Applied {
        private final PathAttributes before;
        private final Collection<Community> kept;
        private final PathAttributes after;

        Applied(PathAttributes before, Collection<Community> kept, PathAttributes after) {
            this.before = before;
            this.kept = kept;
            this.after = after;
        }
    }

    RouteMapEdits(RouteMapRule rule) {
        this.actions = rule.actions();
        this.removed = new HashSet<>();
        IpPrefix prefix = null;
        boolean path = false;
        boolean communities = false;
        for (RouteMapAction action : actions) {
            switch (action.kind()) {
                case DROP -> {}
                case PREFIX_REPLACE -> {
                    prefix = action.prefix().orElseThrow();
                    path = true;
                    communities = true;
                }
                case AS_PATH_REPLACE, AS_PATH_ADD -> path = true;
                case COMMUNITY_REPLACE, COMMUNITY_ADD -> communities = true;
                case COMMUNITY_REMOVE -> {
                    communities = true;
                    removed.addAll(action.communities());
                }
            }
        }
        this.wider = prefix;
        this.changesPath = path;
        this.changesCommunities = communities;
    }

    /** Returns the prefix of the aggregate that routes become part of; null if they don't. */
    @Nullable
    IpPrefix wider() {
        return wider;
    }

    /** Returns whether there is an action that may change a route. */
    boolean changes() {
        return changesPath || changesCommunities;
    }

    /**
     * Returns the attributes after the actions. Routes of one UPDATE come one after another with the same attributes object, so
     * what became of the last one is remembered; a race between threads costs one more edit, no more.
     *
     * @param kept communities that stay whatever the actions say
     */
    @SuppressWarnings("ReferenceEquality") // equal ones of another object become the same when they are edited
    PathAttributes apply(PathAttributes before, Collection<Community> kept) {
        Applied known = last;
        if (known != null && known.before == before && known.kept == kept) {
            return known.after;
        }
        PathAttributes after = edited(before, kept);
        last = new Applied(before, kept, after);
        return after;
    }

    private PathAttributes edited(PathAttributes before, Collection<Community> kept) {
        var edit = before.edit();
        if (changesPath) {
            AsPath path = before.asPath();
            for (RouteMapAction action : actions) {
                path = switch (action.kind()) {
                    case PREFIX_REPLACE -> AsPath.empty();
                    case AS_PATH_REPLACE -> AsPath.ofSequence(action.asns());
                    case AS_PATH_ADD -> prepended(path, action.asns());
                    case DROP, COMMUNITY_REPLACE, COMMUNITY_REMOVE, COMMUNITY_ADD -> path;
                };
            }
            edit.asPath(path);
        }
        if (changesCommunities) {
            List<Community> old = before.communities();
            List<Community> changed = communities(old, kept);
            if (!changed.equals(old)) {
                edit.communities(changed);
            }
        }
        return edit.build();
    }

    private List<Community> communities(List<Community> old, Collection<Community> kept) {
        Collection<Community> now = new ArrayList<>(old);
        for (RouteMapAction action : actions) {
            switch (action.kind()) {
                case PREFIX_REPLACE -> now.removeIf(community -> !kept.contains(community));
                case COMMUNITY_REPLACE -> {
                    Collection<Community> replaced = new LinkedHashSet<>(action.communities());
                    old.stream().filter(kept::contains).forEach(replaced::add);
                    now = replaced;
                }
                case COMMUNITY_REMOVE ->
                    now.removeIf(community -> removed.contains(community) && !kept.contains(community));
                case COMMUNITY_ADD -> {
                    for (Community community : action.communities()) {
                        if (!now.contains(community)) {
                            now.add(community);
                        }
                    }
                }
                case DROP, AS_PATH_REPLACE, AS_PATH_ADD -> {}
            }
        }
        return List.copyOf(now);
    }

    private static AsPath prepended(AsPath path, List<Asn> asns) {
        AsPath longer = path;
        int end = asns.size();
        while (end > 0) {
            Asn asn = asns.get(end - 1);
            int start = end - 1;
            while (start > 0 && asns.get(start - 1).equals(asn)) {
                start--;
            }
            longer = longer.prepend(asn, end - start);
            end = start;
        }
        return longer;
    }
}
