package dev.waymark.policy.community;

import dev.waymark.api.route.Community;
import dev.waymark.policy.PolicyStep;
import dev.waymark.policy.PolicySteps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes steps on standard communities; for large ones see {@link LargeCommunitySteps}. To limit a step to some routes, wrap
 * it in {@link PolicySteps#when(dev.waymark.policy.RouteMatcher, PolicyStep)}. Stateless.
 */
public final class CommunitySteps {

    private CommunitySteps() {}

    /**
     * Returns a step that adds communities which the route doesn't have, at the end.
     *
     * @param communities the communities to add
     * @return the step
     */
    public static PolicyStep add(Community... communities) {
        List<Community> list = List.of(communities);
        return PolicySteps.changeWhen(
                "add-communities-" + list,
                CommunityMatchers.hasAll(communities).not(),
                (context, route, edit) -> list.forEach(edit::addCommunity));
    }

    /**
     * Returns a step that removes every copy of the given communities.
     *
     * @param communities the communities to remove
     * @return the step
     */
    public static PolicyStep remove(Community... communities) {
        List<Community> list = List.of(communities);
        return PolicySteps.changeWhen(
                "remove-communities-" + list,
                CommunityMatchers.hasAny(communities),
                (context, route, edit) -> list.forEach(edit::removeCommunity));
    }

    /**
     * Returns a step that removes the communities for which a test is true.
     *
     * @param name the name of the step
     * @param test a pure function; true for the communities to remove
     * @return the step
     */
    public static PolicyStep removeIf(String name, Predicate<Community> test) {
        return PolicySteps.changeWhen(
                name,
                (context, route) -> route.attributes().communities().stream().anyMatch(test),
                (context, route, edit) -> edit.communities(route.attributes().communities().stream()
                        .filter(test.negate())
                        .toList()));
    }

    /**
     * Returns a step that removes the communities of one network: all whose first half is its AS number.
     *
     * @param high the first half, 0 to 65535
     * @return the step
     * @throws IllegalArgumentException when it is out of range
     */
    public static PolicyStep removeOf(int high) {
        int first = Community.of(high, 0).high();
        return removeIf("remove-communities-of-" + first, community -> community.high() == first);
    }

    /**
     * Returns a step that puts one community in the place of another, where that is; a route never has it twice by this.
     *
     * @param old the community to replace
     * @param replacement the community to put there
     * @return the step
     */
    public static PolicyStep replace(Community old, Community replacement) {
        return PolicySteps.changeWhen(
                "replace-community-" + old + "-" + replacement,
                CommunityMatchers.hasAny(old),
                (context, route, edit) -> {
                    List<Community> communities =
                            new ArrayList<>(route.attributes().communities());
                    boolean hasReplacement = communities.contains(replacement);
                    if (!hasReplacement) {
                        communities.set(communities.indexOf(old), replacement);
                    }
                    if (!old.equals(replacement)) {
                        communities.removeAll(Collections.singleton(old));
                    }
                    edit.communities(communities);
                });
    }

    /**
     * Returns a step that replaces all communities.
     *
     * @param communities the new communities, in order; without one, the attribute is removed
     * @return the step
     */
    public static PolicyStep set(Community... communities) {
        List<Community> list = List.of(communities);
        return PolicySteps.changeWhen(
                "set-communities-" + list,
                (context, route) -> !route.attributes().communities().equals(list),
                (context, route, edit) -> edit.communities(list));
    }

    /**
     * Returns a step that makes routes with GRACEFUL_SHUTDOWN the least preferred, by LOCAL_PREF 0 (RFC 8326 §4). It acts
     * where selection looks at LOCAL_PREF.
     *
     * @return the step
     */
    public static PolicyStep gracefulShutdown() {
        return PolicySteps.changeWhen(
                "graceful-shutdown",
                CommunityMatchers.hasAny(Community.GRACEFUL_SHUTDOWN),
                (context, route, edit) -> edit.localPref(0));
    }
}
