package dev.waymark.policy.community;

import dev.waymark.api.net.Asn;
import dev.waymark.api.route.LargeCommunity;
import dev.waymark.policy.PolicyStep;
import dev.waymark.policy.PolicySteps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/** Makes steps on large communities (RFC 8092), as {@link CommunitySteps} does on standard ones. Stateless. */
public final class LargeCommunitySteps {

    private LargeCommunitySteps() {}

    /**
     * Returns a step that adds large communities which the route doesn't have, at the end.
     *
     * @param communities the large communities to add
     * @return the step
     */
    public static PolicyStep add(LargeCommunity... communities) {
        List<LargeCommunity> list = List.of(communities);
        return PolicySteps.changeWhen(
                "add-large-communities-" + list,
                CommunityMatchers.hasAll(communities).not(),
                (context, route, edit) -> list.forEach(edit::addLargeCommunity));
    }

    /**
     * Returns a step that removes the given large communities.
     *
     * @param communities the large communities to remove
     * @return the step
     */
    public static PolicyStep remove(LargeCommunity... communities) {
        List<LargeCommunity> list = List.of(communities);
        return PolicySteps.changeWhen(
                "remove-large-communities-" + list,
                CommunityMatchers.hasAny(communities),
                (context, route, edit) -> list.forEach(edit::removeLargeCommunity));
    }

    /**
     * Returns a step that removes the large communities for which a test is true.
     *
     * @param name the name of the step
     * @param test a pure function; true for the large communities to remove
     * @return the step
     */
    public static PolicyStep removeIf(String name, Predicate<LargeCommunity> test) {
        return PolicySteps.changeWhen(
                name,
                (context, route) ->
                        route.attributes().largeCommunities().stream().anyMatch(test),
                (context, route, edit) -> edit.largeCommunities(route.attributes().largeCommunities().stream()
                        .filter(test.negate())
                        .toList()));
    }

    /**
     * Returns a step that removes the large communities of one network: all whose global administrator it is.
     *
     * @param administrator the AS number of the network
     * @return the step
     */
    public static PolicyStep removeOf(Asn administrator) {
        return removeIf(
                "remove-large-communities-of-" + administrator,
                community -> community.globalAdministrator() == administrator.bits());
    }

    /**
     * Returns a step that puts one large community in the place of another, where that is.
     *
     * @param old the large community to replace
     * @param replacement the large community to put there
     * @return the step
     */
    public static PolicyStep replace(LargeCommunity old, LargeCommunity replacement) {
        return PolicySteps.changeWhen(
                "replace-large-community-" + old + "-" + replacement,
                CommunityMatchers.hasAny(old),
                (context, route, edit) -> {
                    List<LargeCommunity> communities =
                            new ArrayList<>(route.attributes().largeCommunities());
                    if (!communities.contains(replacement)) {
                        communities.set(communities.indexOf(old), replacement);
                    }
                    if (!old.equals(replacement)) {
                        communities.removeAll(Collections.singleton(old));
                    }
                    edit.largeCommunities(communities);
                });
    }

    /**
     * Returns a step that replaces all large communities.
     *
     * @param communities the new large communities, in order; without one, the attribute is removed
     * @return the step
     */
    public static PolicyStep set(LargeCommunity... communities) {
        List<LargeCommunity> list = List.of(communities);
        return PolicySteps.changeWhen(
                "set-large-communities-" + list,
                (context, route) -> !route.attributes().largeCommunities().equals(list),
                (context, route, edit) -> edit.largeCommunities(list));
    }
}
