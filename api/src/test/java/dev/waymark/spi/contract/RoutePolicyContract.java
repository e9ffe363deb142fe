package dev.waymark.spi.contract;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.waymark.api.PeerIdentity;
import dev.waymark.api.PeerRole;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.LargeCommunity;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.api.route.RawAttribute;
import dev.waymark.api.route.Route;
import dev.waymark.spi.PolicyContext;
import dev.waymark.spi.PolicyContext.Direction;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RoutePolicy} must do: its side of rules P1 to P3, over ordinary and odd routes in both directions. That a
 * throw or null rejects is the server's side; a policy should do neither.
 */
public abstract class RoutePolicyContract {
    /** Returns a policy; each call returns one that behaves the same. */
    protected abstract RoutePolicy create();

    /** Returns routes that the policy is asked about besides the odd ones: those that it treats specially. */
    protected List<Route> specialRoutes() {
        return List.of();
    }

    @Test
    @DisplayName(
            "P1: equal arguments give equal verdicts: again, in another order, in another thread, by another instance")
    void isPure() {
        RoutePolicy policy = create();
        List<Question> questions = questions();
        List<String> first =
                questions.stream().map(question -> question.ask(policy)).toList();
        List<Question> reversed = new ArrayList<>(questions);
        Collections.reverse(reversed);
        List<String> second = new ArrayList<>(CompletableFuture.supplyAsync(() ->
                        reversed.stream().map(question -> question.ask(policy)).toList())
                .join());
        Collections.reverse(second);
        assertEquals(first, second);
        RoutePolicy other = create();
        assertEquals(
                first, questions.stream().map(question -> question.ask(other)).toList());
    }

    @Test
    @DisplayName("P2: no route makes it throw or return null")
    void answersEveryRoute() {
        RoutePolicy policy = create();
        assertAll(questions().stream()
                .map(question -> () -> assertNotNull(
                        policy.evaluate(question.context, question.route), () -> "null for " + question)));
    }

    @Test
    @DisplayName("P3: unchanged attributes are the very same object, and the route that was asked about stays as it is")
    void passesUnchangedAttributesOn() {
        RoutePolicy policy = create();
        for (Question question : questions()) {
            PathAttributes asked = question.route.attributes();
            List<RawAttribute> before = asked.attributes();
            PolicyVerdict verdict = policy.evaluate(question.context, question.route);
            assertEquals(before, asked.attributes(), () -> "changed in place: " + question);
            verdict.attributes()
                    .filter(changed -> changed.equals(asked))
                    .ifPresent(changed -> assertSame(asked, changed, () -> "a copy for " + question));
        }
    }

    /** What a policy is asked. */
    private record Question(PolicyContext context, Route route) {
        String ask(RoutePolicy policy) {
            PolicyVerdict verdict = policy.evaluate(context, route);
            return route.prefix() + ": " + verdict + " " + verdict.attributes().map(PathAttributes::attributes);
        }
    }

    private List<Question> questions() {
        Asn local = Asn.of(65515);
        PeerIdentity nva = new PeerIdentity("nva1", IpAddress.parse("10.0.0.5"), Asn.of(65001), PeerRole.NVA);
        List<PolicyContext> contexts = List.of(
                new PolicyContext(Direction.IMPORT, local, Optional.of(nva), Optional.empty()),
                new PolicyContext(Direction.EXPORT, local, Optional.of(nva), Optional.of(PeerRole.NVA)),
                new PolicyContext(Direction.EXPORT, local, Optional.empty(), Optional.of(PeerRole.VPN_GATEWAY)));
        List<Route> routes = new ArrayList<>(specialRoutes());
        routes.addAll(oddRoutes());
        List<Question> questions = new ArrayList<>();
        contexts.forEach(context -> routes.forEach(route -> questions.add(new Question(context, route))));
        return questions;
    }

    private static List<Route> oddRoutes() {
        PathAttributes plain = SampleAttributes.of("65001 65002", "10.0.0.5");
        AsPath longest = AsPath.empty().prepend(Asn.of(65001), 255).prepend(Asn.of(65001), 255);
        List<Community> many = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            many.add(Community.of(65001, i));
        }
        return List.of(
                route("192.0.2.0/24", plain),
                route("0.0.0.0/0", plain),
                route("10.0.0.5/32", plain),
                route("2001:db8::/32", SampleAttributes.of("65001", "2001:db8::5")),
                route("::/0", SampleAttributes.of("65001", "2001:db8::5")),
                route("198.51.100.0/24", SampleAttributes.of("", "10.0.0.5")),
                route("198.51.101.0/24", SampleAttributes.of("65001 {65002,65003}", "10.0.0.5")),
                route("198.51.102.0/24", SampleAttributes.of(longest, IpAddress.parse("10.0.0.5"))),
                route("198.51.103.0/24", plain.edit().communities(many).build()),
                route(
                        "198.51.104.0/24",
                        plain.edit().addCommunity(Community.NO_ADVERTISE).build()),
                route(
                        "198.51.105.0/24",
                        plain.edit()
                                .med(0xffff_ffffL)
                                .localPref(0)
                                .atomicAggregate(true)
                                .addLargeCommunity(LargeCommunity.of(4_294_967_295L, 0, 4_294_967_295L))
                                .raw(RawAttribute.of(99, 0xe0, new byte[300]))
                                .build()));
    }

    private static Route route(String prefix, PathAttributes attributes) {
        return new Route(IpPrefix.parse(prefix), attributes);
    }
}
