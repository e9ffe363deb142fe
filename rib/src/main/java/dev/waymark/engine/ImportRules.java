package dev.waymark.engine;

import dev.waymark.api.RejectReason;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Route;
import dev.waymark.bgp.codec.AttributeFlags;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.bgp.message.BgpRole;
import dev.waymark.bgp.session.RoleRules;
import dev.waymark.rib.Verdict;
import dev.waymark.spi.PolicyContext;
import dev.waymark.spi.RoutePolicy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges received routes: loops first, then the import policy of the session's peer (ARS-25, RFC 8212). The same for
 * arrivals and for stored routes under a new policy. Confined to the engine loop.
 */
final class ImportRules {
    private static final int ONLY_TO_CUSTOMER = 35;

    private final Settings settings;
    private final AttributeTable attributes;
    private final Reflection reflection;
    private final PolicyCalls policies;
    private final LongLivedTag tag;
    private byte verdict;
    private int effective;

    ImportRules(Settings settings, AttributeTable attributes, PolicyCalls policies) {
        this.settings = settings;
        this.attributes = attributes;
        this.reflection = new Reflection(attributes);
        this.policies = policies;
        this.tag = new LongLivedTag(attributes);
    }

    /** Returns whether one judgement holds for every prefix with the same attributes: there is no policy to look at it. */
    boolean isSameForAllPrefixes(Session session) {
        return policyOf(session).isEmpty();
    }

    /**
     * Judges a route; {@link #verdict()} and {@link #effective()} tell the outcome.
     *
     * @param received the attributes as received
     * @param prefix the prefix; null where {@link #isSameForAllPrefixes}
     */
    void judge(Session session, int received, @Nullable IpPrefix prefix) {
        effective = received;
        verdict = Verdict.ACCEPTED;
        if ((attributes.flags(received) & AttributeFlags.OWN_AS_IN_PATH) != 0) {
            verdict = Verdict.of(RejectReason.OWN_AS_IN_PATH);
            return;
        }
        if (reflection.isLoop(received, settings.config().routerId().bits())) {
            verdict = Verdict.of(RejectReason.REFLECTION_LOOP);
            return;
        }
        if ((attributes.flags(received) & AttributeFlags.HAS_OTC) != 0 && isLeak(session, received)) {
            verdict = Verdict.of(RejectReason.OTC_LEAK);
            return;
        }
        Optional<RoutePolicy> policy = policyOf(session);
        if (policy.isEmpty() || prefix == null) {
            if (settings.config().requiresPolicy() && policy.isEmpty()) {
                verdict = Verdict.of(RejectReason.NO_IMPORT_POLICY);
            }
            return;
        }
        Route route = new Route(prefix, attributes.view(received));
        int judged = policies.judge(policy.get(), contextOf(session), route, received);
        if (judged == PolicyCalls.FAILED) {
            verdict = Verdict.of(RejectReason.POLICY_FAILED);
        } else if (judged == PolicyCalls.REJECTED) {
            verdict = Verdict.of(RejectReason.POLICY);
        } else if (judged == PolicyCalls.NOT_WIDER) {
            verdict = Verdict.of(RejectReason.AGGREGATE_NOT_WIDER);
        } else {
            effective = judged;
            verdict = policies.aggregate().isPresent() ? Verdict.CONTRIBUTES : Verdict.ACCEPTED;
        }
    }

    /** Returns what the policy said in the last judgement; empty if it was not the policy that refused. */
    String detail() {
        return isByPolicy(Verdict.reason(verdict)) ? policies.lastReason() : "";
    }

    /** Returns what the policy of now says about a stored route that it refused; empty if it was something else, or accepts it. */
    String detailOf(Session session, int received, IpPrefix prefix, @Nullable RejectReason reason) {
        Optional<RoutePolicy> policy = isByPolicy(reason) ? policyOf(session) : Optional.empty();
        return policy.isEmpty()
                ? ""
                : PolicyCalls.refusal(policy.get(), contextOf(session), new Route(prefix, attributes.view(received)));
    }

    private static boolean isByPolicy(@Nullable RejectReason reason) {
        return reason == RejectReason.POLICY || reason == RejectReason.POLICY_FAILED;
    }

    private PolicyContext contextOf(Session session) {
        return session.importContext(settings.localAsn(), settings.config().routeMapRestrictions());
    }

    /**
     * Says that the route judged last is kept beyond the restart time, so that it carries LLGR_STALE whatever policy says;
     * returns false if it must not be kept so long (RFC 9494 §4.2).
     */
    boolean tryMarkLongLived(int received) {
        if (tag.isForbidden(received) || tag.isForbidden(effective)) {
            return false;
        }
        effective = tag.tagged(effective);
        return true;
    }

    /** Returns what the last judgement says. */
    byte verdict() {
        return verdict;
    }

    /** Returns the attributes after policy of the last judgement. */
    int effective() {
        return effective;
    }

    /** Returns the aggregate of the last judgement, if the route is to contribute to one. */
    IpPrefix aggregate() {
        return policies.aggregate().orElseThrow();
    }

    private boolean isLeak(Session session, int received) {
        Optional<BgpRole> role = session.negotiated().extensions().role();
        if (role.isEmpty()) {
            return false;
        }
        int otc = attributes
                .view(received)
                .attribute(ONLY_TO_CUSTOMER)
                .orElseThrow()
                .viewOctets()
                .getInt();
        return RoleRules.isLeak(role.get(), otc, session.negotiated().peerAsn().bits());
    }

    private Optional<RoutePolicy> policyOf(Session session) {
        Optional<RoutePolicy> own = session.config().importPolicy();
        return own.isPresent() ? own : settings.importPolicy();
    }
}
