package dev.waymark.policy.community;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.waymark.api.net.Asn;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.LargeCommunity;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.api.route.Route;
import dev.waymark.policy.PolicyStep;
import dev.waymark.policy.RouteMatcher;
import dev.waymark.policy.TestAttributes;
import dev.waymark.policy.TestRoutes;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("steps and matchers on standard and large communities")
class CommunityStepsTest {

    private static final Community A = Community.parse("65001:1");
    private static final Community B = Community.parse("65001:2");
    private static final Community C = Community.parse("65002:1");
    private static final LargeCommunity LA = LargeCommunity.parse("65001:1:1");
    private static final LargeCommunity LB = LargeCommunity.parse("65001:1:2");
    private static final LargeCommunity LC = LargeCommunity.parse("4200000000:1:1");

    @ParameterizedTest(name = "{0}: \"{2}\" becomes \"{3}\"")
    @MethodSource
    void changes(String name, PolicyStep step, String before, String after) {
        Route route = TestRoutes.route("10.0.0.0/8", TestAttributes.ofCommunities(before));

        PathAttributes result = TestRoutes.apply(step, route);

        assertEquals(TestAttributes.ofCommunities(after), result);
        if (before.equals(after)) {
            assertSame(route.attributes(), result);
        }
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                arguments("add", CommunitySteps.add(A, B), "65002:1", "65002:1 65001:1 65001:2"),
                arguments("add what is there", CommunitySteps.add(A, B), "65001:2 65001:1", "65001:2 65001:1"),
                arguments("add one of two", CommunitySteps.add(A, B), "65001:2", "65001:2 65001:1"),
                arguments("add nothing", CommunitySteps.add(), "65001:2", "65001:2"),
                arguments("remove", CommunitySteps.remove(A, C), "65001:1 65001:2 65002:1", "65001:2"),
                arguments("remove the last", CommunitySteps.remove(A), "65001:1", ""),
                arguments("remove what isn't there", CommunitySteps.remove(A), "65001:2", "65001:2"),
                arguments("remove of a network", CommunitySteps.removeOf(65001), "65001:1 65002:1 65001:2", "65002:1"),
                arguments("remove of another network", CommunitySteps.removeOf(65003), "65001:1", "65001:1"),
                arguments("replace", CommunitySteps.replace(A, C), "65001:2 65001:1 1:1", "65001:2 65002:1 1:1"),
                arguments("replace by one that is there", CommunitySteps.replace(A, C), "65001:1 65002:1", "65002:1"),
                arguments("replace by itself", CommunitySteps.replace(A, A), "65001:1", "65001:1"),
                arguments("replace what isn't there", CommunitySteps.replace(A, C), "65001:2", "65001:2"),
                arguments("set", CommunitySteps.set(C, A), "65001:2 1:2:3", "65002:1 65001:1 1:2:3"),
                arguments("set what is there", CommunitySteps.set(C, A), "65002:1 65001:1", "65002:1 65001:1"),
                arguments("set nothing", CommunitySteps.set(), "65001:2 1:2:3", "1:2:3"),
                arguments("large add", LargeCommunitySteps.add(LA, LB), "65001:1:2", "65001:1:2 65001:1:1"),
                arguments("large add what is there", LargeCommunitySteps.add(LA), "65001:1:1", "65001:1:1"),
                arguments("large remove", LargeCommunitySteps.remove(LA), "1:1 65001:1:1 65001:1:2", "1:1 65001:1:2"),
                arguments("large remove what isn't there", LargeCommunitySteps.remove(LA), "65001:1:2", "65001:1:2"),
                arguments(
                        "large remove of a network",
                        LargeCommunitySteps.removeOf(Asn.of(4200000000L)),
                        "4200000000:1:1 65001:1:1",
                        "65001:1:1"),
                arguments("large replace", LargeCommunitySteps.replace(LA, LC), "65001:1:1", "4200000000:1:1"),
                arguments(
                        "large replace by one that is there",
                        LargeCommunitySteps.replace(LA, LC),
                        "65001:1:1 4200000000:1:1",
                        "4200000000:1:1"),
                arguments("large set", LargeCommunitySteps.set(LB), "1:1 65001:1:1", "1:1 65001:1:2"),
                arguments("large set nothing", LargeCommunitySteps.set(), "1:1 65001:1:1", "1:1"));
    }

    @Test
    void removesEveryCopy() {
        PathAttributes twice = TestAttributes.ofPath("65001")
                .edit()
                .communities(List.of(A, B, A))
                .build();
        Route route = TestRoutes.route("10.0.0.0/8", twice);

        assertEquals(
                "[65001:2]",
                TestRoutes.apply(CommunitySteps.remove(A), route).communities().toString());
        assertEquals(
                "[65002:1, 65001:2]",
                TestRoutes.apply(CommunitySteps.replace(A, C), route)
                        .communities()
                        .toString());
    }

    @Test
    @DisplayName("RFC 8326 §4: GRACEFUL_SHUTDOWN acts by policy, as LOCAL_PREF 0")
    void prefersRoutesThatAreAboutToGoLeast() {
        PolicyStep step = CommunitySteps.gracefulShutdown();
        Route going = TestRoutes.route("10.0.0.0/8", TestAttributes.ofCommunities("65001:1 GRACEFUL_SHUTDOWN"));
        Route staying = TestRoutes.route("10.0.0.0/8", TestAttributes.ofCommunities("65001:1"));

        assertEquals(OptionalLong.of(0), TestRoutes.apply(step, going).localPref());
        assertSame(staying.attributes(), TestRoutes.apply(step, staying));
    }

    @ParameterizedTest(name = "ARS-61: {0} on \"{2}\": {3}")
    @MethodSource
    void matches(String name, RouteMatcher matcher, String communities, boolean expected) {
        Route route = TestRoutes.route("10.0.0.0/8", TestAttributes.ofCommunities(communities));

        assertEquals(expected, matcher.matches(TestRoutes.IMPORT, route));
    }

    static Stream<Arguments> matches() {
        return Stream.of(
                arguments("all", CommunityMatchers.hasAll(A, C), "65002:1 1:1 65001:1", true),
                arguments("all", CommunityMatchers.hasAll(A, C), "65002:1 1:1", false),
                arguments("any", CommunityMatchers.hasAny(A, C), "65002:1 1:1", true),
                arguments("any", CommunityMatchers.hasAny(A, C), "1:1", false),
                arguments("exactly", CommunityMatchers.hasExactly(A, C), "65002:1 65001:1", true),
                arguments("exactly", CommunityMatchers.hasExactly(A, C), "65002:1 65001:1 1:1", false),
                arguments("exactly", CommunityMatchers.hasExactly(A, C), "65002:1", false),
                arguments("exactly, one twice", CommunityMatchers.hasExactly(A, C, A), "65002:1 65001:1", true),
                arguments("large exactly, one twice", CommunityMatchers.hasExactly(LA, LA), "65001:1:1", true),
                arguments("large all", CommunityMatchers.hasAll(LA, LC), "65001:1:1 4200000000:1:1 1:1", true),
                arguments("large all", CommunityMatchers.hasAll(LA, LC), "65001:1:1", false),
                arguments("large any", CommunityMatchers.hasAny(LA, LC), "4200000000:1:1", true),
                arguments("large any", CommunityMatchers.hasAny(LA, LC), "65001:1:2", false),
                arguments("large exactly", CommunityMatchers.hasExactly(LA), "65001:1:1 1:1", true),
                arguments("large exactly", CommunityMatchers.hasExactly(LA), "65001:1:1 65001:1:2", false));
    }

    @Test
    void refusesANetworkOutOfRange() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> CommunitySteps.removeOf(65536));

        assertEquals("community high half 65536 is out of range: allowed is 0 to 65535", refusal.getMessage());
    }
}
