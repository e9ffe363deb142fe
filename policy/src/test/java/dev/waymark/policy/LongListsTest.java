package dev.waymark.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.Asn;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.LargeCommunity;
import dev.waymark.api.route.Route;
import dev.waymark.policy.asn.AsPathMatchers;
import dev.waymark.policy.community.CommunityMatchers;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("lists of any length match what looking for each listed value in the route finds")
class LongListsTest {
    private static final int ROUTES = 500;
    private static final int VALUES = 4_000; // few enough that long lists and routes meet often, and not always

    private int met;
    private int missed;

    @ParameterizedTest(name = "communities, {0} listed, seed 5")
    @ValueSource(ints = {1, 8, 9, 10, 500})
    void communities(int length) {
        Random random = new Random(5);
        Community[] listed = IntStream.range(0, length)
                .mapToObj(i -> Community.ofBits(random.nextInt(VALUES)))
                .toArray(Community[]::new);
        RouteMatcher matcher = CommunityMatchers.hasAny(listed);
        for (int i = 0; i < ROUTES; i++) {
            String carried = i == 0 ? listed[length - 1].toString() : communities(random, "0:%d");
            Route route = TestRoutes.route("10.0.0.0/8", TestAttributes.ofCommunities(carried));
            check(matcher, route, Arrays.stream(listed).anyMatch(route.attributes()::hasCommunity));
        }
        assertTrue(met > 0 && missed > 0, () -> met + " met, " + missed + " missed");
    }

    @ParameterizedTest(name = "large communities, {0} listed, seed 6")
    @ValueSource(ints = {1, 8, 9, 10, 500})
    void largeCommunities(int length) {
        Random random = new Random(6);
        LargeCommunity[] listed = IntStream.range(0, length)
                .mapToObj(i -> LargeCommunity.parse("1:2:" + random.nextInt(VALUES)))
                .toArray(LargeCommunity[]::new);
        RouteMatcher matcher = CommunityMatchers.hasAny(listed);
        for (int i = 0; i < ROUTES; i++) {
            String carried = i == 0 ? listed[length - 1].toString() : communities(random, "1:2:%d");
            Route route = TestRoutes.route("10.0.0.0/8", TestAttributes.ofCommunities(carried));
            check(matcher, route, Arrays.stream(listed).anyMatch(route.attributes()::hasLargeCommunity));
        }
        assertTrue(met > 0 && missed > 0, () -> met + " met, " + missed + " missed");
    }

    @ParameterizedTest(name = "AS paths with sequences, sets and confederations, {0} listed, seed 7")
    @ValueSource(ints = {1, 8, 9, 10, 500})
    void asPaths(int length) {
        Random random = new Random(7);
        Asn[] listed = IntStream.range(0, length)
                .mapToObj(i -> Asn.of(1 + random.nextInt(VALUES)))
                .toArray(Asn[]::new);
        RouteMatcher matcher = AsPathMatchers.contains(listed);
        for (int i = 0; i < ROUTES; i++) {
            String path = i == 0 ? "{" + listed[length - 1] + "}" : path(random);
            Route route = TestRoutes.route("10.0.0.0/8", path);
            check(matcher, route, Arrays.stream(listed).anyMatch(route.attributes()::asPathContains));
        }
        assertTrue(met > 0 && missed > 0, () -> met + " met, " + missed + " missed");
    }

    private void check(RouteMatcher matcher, Route route, boolean expected) {
        assertEquals(expected, matcher.matches(TestRoutes.IMPORT, route), route::toString);
        met += expected ? 1 : 0;
        missed += expected ? 0 : 1;
    }

    private static String communities(Random random, String format) {
        return random.ints(random.nextInt(5), 0, VALUES)
                .mapToObj(format::formatted)
                .collect(Collectors.joining(" "));
    }

    private static String path(Random random) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> (switch (random.nextInt(3)) {
                            case 0 -> "%d";
                            case 1 -> "{%d}";
                            default -> "(%d)";
                        })
                        .formatted(1 + random.nextInt(VALUES)))
                .collect(Collectors.joining(" "));
    }
}
