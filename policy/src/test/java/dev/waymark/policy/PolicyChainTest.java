package dev.waymark.policy;

import static dev.waymark.policy.TestRoutes.IMPORT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.RejectReason;
import dev.waymark.api.net.Asn;
import dev.waymark.api.route.Route;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PolicyChainTest {

    private static final Route ROUTE = TestRoutes.route("10.1.0.0/16", "65001");

    @Test
    @DisplayName("RFC 8212 §3: acceptAll is an explicit policy and changes nothing")
    void acceptsAllUnchanged() {
        PolicyVerdict verdict = PolicyChains.acceptAll().evaluate(IMPORT, ROUTE);

        assertTrue(verdict.isAccepted());
        assertTrue(verdict.attributes().isEmpty());
    }

    @Test
    @DisplayName("RFC 8212 §3: rejectAll is what a session without a policy does")
    void rejectsAllAndSaysWhy() {
        PolicyVerdict verdict = PolicyChains.rejectAll().evaluate(IMPORT, ROUTE);

        assertFalse(verdict.isAccepted());
        assertEquals("reject-all: nothing is accepted (RFC 8212 §3)", verdict.reason());
    }

    @Test
    @DisplayName("the first rejection wins, and no later step runs")
    void stopsAtTheFirstRejection() {
        List<String> ran = new ArrayList<>();
        PolicyChain chain = PolicyChains.of(
                recording("a", ran, PolicyVerdict.accept()),
                recording("b", ran, PolicyVerdict.reject("because of b")),
                recording("c", ran, PolicyVerdict.reject("because of c")));

        PolicyVerdict verdict = chain.evaluate(IMPORT, ROUTE);

        assertEquals("because of b", verdict.reason());
        assertEquals(List.of("a", "b"), ran);
    }

    @Test
    @DisplayName("a rejection after an edit takes the edit with it")
    void rejectsWhatItChanged() {
        RouteMatcher hasMed = (context, route) -> route.attributes().med().isPresent();
        PolicyChain chain = PolicyChains.of(AttributeSteps.setMed(7), PolicySteps.rejectWhen("has med", hasMed));

        PolicyVerdict verdict = chain.evaluate(IMPORT, ROUTE);

        assertFalse(verdict.isAccepted());
        assertTrue(verdict.attributes().isEmpty());
    }

    @Test
    @DisplayName("ARS-62: later steps see earlier changes")
    void laterStepsSeeEarlierEdits() {
        RouteMatcher threeHops = (context, route) -> route.attributes().asPathLength() == 3;
        PolicyChain chain = PolicyChains.of(
                AttributeSteps.prepend(Asn.of(65009), 2),
                PolicySteps.rejectUnless("three hops", threeHops),
                AttributeSteps.prependLocalAsn(1));

        assertEquals(
                "65515 65009 65009 65001",
                TestRoutes.apply(chain, ROUTE).asPath().toString());
        assertEquals("65001", ROUTE.attributes().asPath().toString());
    }

    @Test
    @DisplayName("P3: a chain that ends with what it began with changes nothing")
    void acceptsUnchangedWhenEditsCancelOut() {
        PolicyChain chain = PolicyChains.of(AttributeSteps.setMed(7), AttributeSteps.removeMed());

        PolicyVerdict verdict = chain.evaluate(IMPORT, ROUTE);

        assertTrue(verdict.isAccepted());
        assertTrue(verdict.attributes().isEmpty());
    }

    @Test
    @DisplayName("P3: steps that change nothing hand on the very same object")
    void keepsTheAttributesObjectWhenNothingChanges() {
        PolicyChain chain = PolicyChains.of(
                AttributeSteps.removeMed(),
                AttributeSteps.setOrigin(ROUTE.attributes().origin()),
                (context, route) -> {
                    assertSame(ROUTE, route);
                    return PolicyVerdict.accept();
                });

        assertSame(ROUTE.attributes(), TestRoutes.apply(chain, ROUTE));
    }

    @Test
    @DisplayName("ERROR-HANDLING §10: a step that throws fails the chain closed, by name")
    void failsClosedWhenAStepThrows() {
        IllegalStateException cause = new IllegalStateException("no list");
        PolicyChain chain = PolicyChains.of(
                AttributeSteps.setMed(7),
                PolicyChains.step("irr", (context, route) -> {
                    throw cause;
                }),
                PolicyChains.acceptAll());

        var failure = assertThrows(PolicyStepException.class, () -> chain.evaluate(IMPORT, ROUTE));

        assertEquals("irr", failure.step());
        assertEquals(RejectReason.POLICY_FAILED, failure.reason());
        assertEquals("policy step irr threw java.lang.IllegalStateException: no list", failure.getMessage());
        assertSame(cause, failure.getCause());
        assertEquals(0, failure.getStackTrace().length);
    }

    @Test
    @DisplayName("ERROR-HANDLING §10: a step that returns null fails the chain closed, by its place if it has no name")
    void failsClosedWhenAStepReturnsNull() {
        PolicyChain chain = PolicyChains.of(PolicyChains.acceptAll(), returningNull(), PolicyChains.acceptAll());

        var failure = assertThrows(PolicyStepException.class, () -> chain.evaluate(IMPORT, ROUTE));

        assertEquals("step-2", failure.step());
        assertEquals("policy step step-2 returned null", failure.getMessage());
    }

    @Test
    @DisplayName("ERROR-HANDLING §10: a failure in a chain inside a chain names the way to it")
    void namesTheWayToAFailureInside() {
        PolicyChain inner = PolicyChains.of(PolicyChains.acceptAll(), PolicyChains.step("filter", returningNull()));
        PolicyChain outer = PolicyChains.of(PolicyChains.step("customer", inner));

        var failure = assertThrows(PolicyStepException.class, () -> outer.evaluate(IMPORT, ROUTE));

        assertEquals("customer > filter", failure.step());
        assertEquals("policy step customer > filter returned null", failure.getMessage());
    }

    @Test
    @DisplayName("ERROR-HANDLING §10: an Error is for the server to judge and passes as it is")
    void letsErrorsPass() {
        StackOverflowError error = new StackOverflowError();
        PolicyChain chain = PolicyChains.of((context, route) -> {
            throw error;
        });

        assertSame(error, assertThrows(StackOverflowError.class, () -> chain.evaluate(IMPORT, ROUTE)));
    }

    @Test
    void chainsAreSteps() {
        PolicyChain inner = PolicyChains.of(AttributeSteps.setMed(7));
        PolicyChain outer = PolicyChains.of(inner, PolicyChains.step("named", inner), AttributeSteps.setLocalPref(9));

        assertEquals("[step-1, named, set-local-pref-9]", outer.toString());
        assertEquals(OptionalLong.of(7), TestRoutes.apply(outer, ROUTE).med());
        assertEquals(
                OptionalLong.of(8),
                TestRoutes.apply(outer.then(AttributeSteps.setMed(8)), ROUTE).med());
    }

    @Test
    void refusesAChainWithoutStepsAndAStepWithoutName() {
        var empty = assertThrows(ConfigurationException.class, PolicyChains::of);
        assertEquals(
                "policy.steps: is empty; give at least one step, or use PolicyChains.acceptAll() or rejectAll()",
                empty.getMessage());

        var blank = assertThrows(ConfigurationException.class, () -> PolicyChains.step(" ", PolicyChains.acceptAll()));
        assertEquals("policy.step.name: is blank; give the step a short name", blank.getMessage());
    }

    private static RoutePolicy recording(String name, List<String> ran, PolicyVerdict verdict) {
        return new PolicyStep(name, (context, route) -> {
            ran.add(name);
            return verdict;
        });
    }

    @SuppressWarnings("NullAway") // what a host's code may do all the same
    private static RoutePolicy returningNull() {
        return (context, route) -> null;
    }
}
