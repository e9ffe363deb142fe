package dev.waymark.policy.asn;

import dev.waymark.api.net.Asn;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.AsPathSegment;
import dev.waymark.policy.PolicyStep;
import dev.waymark.policy.PolicySteps;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes private AS numbers (RFC 6996 §5) out of paths, wherever they stand in an AS_SEQUENCE or AS_SET (ARS-54). Segments
 * of a confederation stay as they are; a segment that becomes empty goes. A path without private numbers stays the same
 * object. Stateless.
 *
 * <p>What on-premises networks see behind an ExpressRoute gateway is {@link #showing showing(12076)}: a route with path
 * {@code 65001 65001 65001} arrives there as {@code 12076}, however often it was prepended.
 */
public final class RemovePrivateAs {

    private RemovePrivateAs() {}

    /**
     * Returns a step that removes private AS numbers.
     *
     * @return the step
     */
    public static PolicyStep step() {
        return change("remove-private-as", RemovePrivateAs::remove);
    }

    /**
     * Returns a step that puts another AS number in the place of each private one, so that the path keeps its length.
     *
     * @param replacement the AS number to put there
     * @return the step
     */
    public static PolicyStep replacingWith(Asn replacement) {
        return change("replace-private-as-" + replacement, path -> replace(path, replacement));
    }

    /**
     * Returns a step that removes private AS numbers and then puts an AS before every path once, whether anything was
     * removed or not.
     *
     * @param shown the AS number that the path shall begin with
     * @return the step
     */
    public static PolicyStep showing(Asn shown) {
        return PolicySteps.change(
                "remove-private-as-showing-" + shown,
                (context, route, edit) ->
                        edit.asPath(remove(route.attributes().asPath())).prepend(shown, 1));
    }

    /**
     * Returns a path without its private AS numbers.
     *
     * @param path the path
     * @return the shorter path, perhaps empty, or the same one
     */
    public static AsPath remove(AsPath path) {
        return rewrite(path, asn -> asn.isPrivate() ? Optional.empty() : Optional.of(asn));
    }

    /**
     * Returns a path with another AS number in the place of each private one; a set holds it once.
     *
     * @param path the path
     * @param replacement the AS number to put there
     * @return the new path, or the same one
     */
    public static AsPath replace(AsPath path, Asn replacement) {
        return rewrite(path, asn -> Optional.of(asn.isPrivate() ? replacement : asn));
    }

    static boolean hasPrivate(AsPath path) {
        return path.asns().stream().anyMatch(Asn::isPrivate);
    }

    private static PolicyStep change(String name, Function<AsPath, AsPath> change) {
        return PolicySteps.changeWhen(
                name,
                AsPathMatchers.containsPrivate(),
                (context, route, edit) ->
                        edit.asPath(change.apply(route.attributes().asPath())));
    }

    private static AsPath rewrite(AsPath path, Function<Asn, Optional<Asn>> change) {
        if (!hasPrivate(path)) {
            return path;
        }
        List<AsPathSegment> segments = new ArrayList<>();
        for (AsPathSegment segment : path.segments()) {
            if (segment.kind().isConfederation()) {
                segments.add(segment);
                continue;
            }
            Collection<Asn> asns = segment.kind().isSet() ? new LinkedHashSet<>() : new ArrayList<>();
            segment.asns().forEach(asn -> change.apply(asn).ifPresent(asns::add));
            if (!asns.isEmpty()) {
                segments.add(new AsPathSegment(segment.kind(), List.copyOf(asns)));
            }
        }
        return AsPath.of(segments);
    }
}
