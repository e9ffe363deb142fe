package dev.waymark.benchmarks.codec;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.benchmarks.CorpusPeer;
import dev.waymark.benchmarks.UpdateCorpus;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.bgp.codec.CodecOptions;
import dev.waymark.bgp.codec.DecodeProblem;
import dev.waymark.bgp.codec.DecodedUpdate;
import dev.waymark.bgp.codec.Framer;
import dev.waymark.bgp.codec.UpdateDecoder;
import java.util.Set;
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
 * What does it cost to read an UPDATE? An operation is one UPDATE of the corpus, six routes on average, framed and decoded.
 *
 * <ul>
 *   <li>{@code copy}, a floor: the octets are copied once.
 *   <li>{@code walk}, a floor: a loop that only steps over attribute headers and prefixes.
 *   <li>{@code seenBefore}: attributes that are interned already, as after a session restart or from another peer.
 *   <li>{@code firstSight}: attributes that are validated and interned. What it allocates is the table: the octets of one
 *       set, and its columns.
 * </ul>
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar DecodeBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class DecodeBenchmark {
    private static final CorpusPeer PEER = CorpusPeer.of(0);

    /** How many routes are decoded in turn: few stay in the processor's caches. */
    @Param({"1000", "200000"})
    public int routes;

    private final CodecOptions options = CodecOptions.builder()
            .fourOctetAs(true, true)
            .peerAsn(Asn.ofBits(PEER.asn()))
            .families(Set.of(AddressFamily.IPV4_UNICAST))
            .build();
    private final DecodedUpdate decoded = new DecodedUpdate();
    private final DecodeProblem problem = new DecodeProblem();
    private final byte[] copied = new byte[4096];
    private byte[] stream;
    private UpdateDecoder warm;
    private UpdateDecoder cold;
    private int at;

    /** Makes the stream, and one decoder that has seen it. */
    @Setup
    public void setUp() {
        stream = UpdateCorpus.of(routes, UpdateCorpus.SEED).announcements(PEER, 1);
        warm = decoder();
        cold = decoder();
        at = 0;
        do {
            decode(warm);
        } while (at < stream.length);
    }

    /** Floor: copies an UPDATE. */
    @Benchmark
    public byte[] copy() {
        int from = next();
        System.arraycopy(stream, from, copied, 0, at - from);
        return copied;
    }

    /** Floor: steps over an UPDATE. */
    @Benchmark
    public int walk() {
        int from = next();
        int place = from + 23;
        int end = place + u16(from + 21);
        int sum = 0;
        while (place < end) {
            sum += stream[place + 1];
            place += (stream[place] & 0x10) == 0 ? 3 + (stream[place + 2] & 0xff) : 4 + u16(place + 2);
        }
        while (place < at) {
            sum += stream[place];
            place += 1 + (((stream[place] & 0xff) + 7) >>> 3);
        }
        return sum;
    }

    /** Decodes an UPDATE with attributes that the table holds. */
    @Benchmark
    public int seenBefore() {
        return decode(warm);
    }

    /** Decodes an UPDATE with attributes that the table doesn't hold. */
    @Benchmark
    public int firstSight() {
        if (at >= stream.length) {
            cold = decoder();
        }
        return decode(cold);
    }

    private int decode(UpdateDecoder decoder) {
        if (at >= stream.length) {
            at = 0;
        }
        int length = Framer.frame(stream, at, stream.length - at, options, problem);
        decoder.decode(stream, at, length, options, decoded);
        at += length;
        return decoded.attributes(AddressFamily.IPV4_UNICAST)
                + decoded.announced(AddressFamily.IPV4_UNICAST).size();
    }

    private int next() {
        int from = at >= stream.length ? 0 : at;
        at = from + u16(from + 16);
        return from;
    }

    private int u16(int index) {
        return (stream[index] & 0xff) << 8 | (stream[index + 1] & 0xff);
    }

    private static UpdateDecoder decoder() {
        return new UpdateDecoder(new AttributeTable(0, UpdateCorpus.SEED));
    }
}
