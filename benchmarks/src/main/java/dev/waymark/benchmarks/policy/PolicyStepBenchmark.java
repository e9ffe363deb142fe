package dev.waymark.benchmarks.policy;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.Route;
import dev.waymark.benchmarks.UpdateCorpus;
import dev.waymark.policy.PolicyChain;
import dev.waymark.policy.PolicyChains;
import dev.waymark.policy.PolicySteps;
import dev.waymark.policy.PrefixSet;
import dev.waymark.policy.RouteMatcher;
import dev.waymark.policy.RouteMatchers;
import dev.waymark.policy.asn.AsPathMatchers;
import dev.waymark.policy.community.CommunityMatchers;
import dev.waymark.policy.community.CommunitySteps;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does one step of a policy cost, and what does the length of its list? An operation is one route of the corpus through a
 * chain of one step.
 *
 * <ul>
 *   <li>{@code acceptAll}, a floor: a step that accepts everything.
 *   <li>{@code prefixList}: rejects the prefixes inside those of a list.
 *   <li>{@code communityList}: rejects routes that carry a community of a list.
 *   <li>{@code asList}: rejects routes whose path has an AS of a list.
 *   <li>{@code addCommunity}: adds a community to every route; has no list.
 * </ul>
 *
 * <p>One entry in ten is drawn from the corpus, so that some routes are on a long list, and most are not.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar PolicyStepBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class PolicyStepBenchmark {
    private static final int ONE_IN = 10;

    /** How long the list is. */
    @Param({"10", "10000"})
    public int entries;

    /** How many routes there are. */
    @Param("100000")
    public int routes;

    private final PolicyChain acceptAll = PolicyChains.acceptAll();
    private final PolicyChain addCommunity = PolicyChains.of(CommunitySteps.add(Community.of(64_999, 1)));
    private PolicyChain prefixList;
    private PolicyChain communityList;
    private PolicyChain asList;
    private CorpusRoutes table;

    /** Makes the lists and the routes. */
    @Setup
    public void setUp() {
        table = new CorpusRoutes(routes);
        List<IpPrefix> prefixes = new ArrayList<>();
        List<Community> communities = new ArrayList<>();
        List<Asn> asns = new ArrayList<>();
        Random random = new Random(UpdateCorpus.SEED);
        for (int i = 0; i < entries; i++) {
            Route route = table.any(random);
            boolean isOfCorpus = i % ONE_IN == 0;
            int length = 16 + random.nextInt(9);
            prefixes.add(
                    isOfCorpus ? route.prefix() : IpPrefix.ofIpv4Bits(random.nextInt() & -1 << (32 - length), length));
            List<Community> carried = route.attributes().communities(); // the first of them is on every route
            communities.add(
                    isOfCorpus && carried.size() > 1
                            ? carried.get(1)
                            : Community.of(1 + random.nextInt(60_000), random.nextInt(65_536)));
            asns.add(
                    isOfCorpus
                            ? route.attributes().asPath().originAsn().orElseThrow()
                            : Asn.of(1_000_000 + random.nextInt(1_000_000)));
        }
        prefixList = rejecting(RouteMatchers.prefixIn(PrefixSet.orLonger(prefixes)));
        communityList = rejecting(CommunityMatchers.hasAny(communities.toArray(Community[]::new)));
        asList = rejecting(AsPathMatchers.contains(asns.toArray(Asn[]::new)));
    }

    /** Floor: accepts everything. */
    @Benchmark
    public PolicyVerdict acceptAll() {
        return evaluate(acceptAll);
    }

    /** A list of prefixes. */
    @Benchmark
    public PolicyVerdict prefixList() {
        return evaluate(prefixList);
    }

    /** A list of communities. */
    @Benchmark
    public PolicyVerdict communityList() {
        return evaluate(communityList);
    }

    /** A list of AS numbers. */
    @Benchmark
    public PolicyVerdict asList() {
        return evaluate(asList);
    }

    /** A change. */
    @Benchmark
    public PolicyVerdict addCommunity() {
        return evaluate(addCommunity);
    }

    private static PolicyChain rejecting(RouteMatcher matcher) {
        return PolicyChains.of(PolicySteps.rejectWhen("listed", matcher));
    }

    private PolicyVerdict evaluate(RoutePolicy policy) {
        return policy.evaluate(table.context(), table.next());
    }
}
