package dev.waymark.benchmarks.policy;

import dev.waymark.api.PeerIdentity;
import dev.waymark.api.PeerRole;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.Community;
import dev.waymark.api.route.Origin;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.api.route.Route;
import dev.waymark.benchmarks.UpdateCorpus;
import dev.waymark.bgp.codec.WireAttributes;
import dev.waymark.policy.PolicyChains;
import dev.waymark.spi.PolicyContext;
import dev.waymark.spi.PolicyVerdict;
import dev.waymark.spi.RoutePolicy;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
 * What does a route map cost by itself, and what do the lengths of its lists? An operation is one route that a map of 50 rules
 * looks at, of which it meets few. For the ratio to a server without a policy see {@code RouteMapServerBenchmark}.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar RouteMapBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class RouteMapBenchmark {
    private static final int RULES = 50;

    /** How long the list of each rule is. */
    @Param({"1", "10000"})
    public int entries;

    /** How many routes there are. */
    @Param("100000")
    public int routes;

    private final PolicyContext context = new PolicyContext(
            PolicyContext.Direction.IMPORT,
            Asn.of(65_000),
            Optional.of(new PeerIdentity("peer", IpAddress.parse("10.0.0.1"), Asn.of(64_601), PeerRole.NVA)),
            Optional.empty());
    private RoutePolicy acceptAll;
    private RoutePolicy map;
    private Route[] table;
    private int next;

    /** Makes the map and the routes. */
    @Setup
    public void setUp() {
        acceptAll = PolicyChains.acceptAll();
        map = LongLists.map(RULES, entries, false);
        UpdateCorpus corpus = UpdateCorpus.of(routes, UpdateCorpus.SEED);
        Random random = new Random(UpdateCorpus.SEED);
        PathAttributes[] sets =
                IntStream.range(0, 4096).mapToObj(i -> attributes(random)).toArray(PathAttributes[]::new);
        table = IntStream.range(0, routes)
                .mapToObj(i -> new Route(
                        new IpPrefix(AddressFamily.IPV4_UNICAST, corpus.high(i), 0, corpus.length(i)),
                        sets[i % sets.length]))
                .toArray(Route[]::new);
    }

    private static PathAttributes attributes(Random random) {
        AsPath path = AsPath.ofSequence(IntStream.range(0, 1 + random.nextInt(6))
                .mapToObj(i -> Asn.of(1 + random.nextInt(400_000)))
                .toList());
        return WireAttributes.of(Origin.IGP, path, IpAddress.parse("10.0.0.1"))
                .edit()
                .communities(IntStream.range(0, random.nextInt(6))
                        .mapToObj(i -> Community.ofBits(random.nextInt()))
                        .toList())
                .build();
    }

    /** Floor: a policy that accepts everything. */
    @Benchmark
    public PolicyVerdict acceptAll() {
        return acceptAll.evaluate(context, route());
    }

    /** The map. */
    @Benchmark
    public PolicyVerdict map() {
        return map.evaluate(context, route());
    }

    private Route route() {
        next = next + 1 < table.length ? next + 1 : 0;
        return table[next];
    }
}
