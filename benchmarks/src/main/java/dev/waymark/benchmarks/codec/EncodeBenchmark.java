package dev.waymark.benchmarks.codec;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.benchmarks.CorpusPeer;
import dev.waymark.benchmarks.UpdateCorpus;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.bgp.codec.CodecOptions;
import dev.waymark.bgp.codec.DecodedUpdate;
import dev.waymark.bgp.codec.EncodeOptions;
import dev.waymark.bgp.codec.EncodeResult;
import dev.waymark.bgp.codec.UpdateDecoder;
import dev.waymark.bgp.codec.UpdateEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
 * What does it cost to write an UPDATE? An operation is one set of attributes with all its prefixes, six on average, into a
 * direct buffer of 64 KiB that is used again.
 *
 * <ul>
 *   <li>{@code copy}, a floor: the octets of the same UPDATE are copied into the buffer.
 *   <li>{@code fourOctet}: to a peer that knows four-octet AS numbers; the attributes are copied as they are held.
 *   <li>{@code twoOctet}: to one that doesn't (RFC 6793 §4.2); AS_PATH is written anew.
 * </ul>
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar EncodeBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class EncodeBenchmark {
    private static final CorpusPeer PEER = CorpusPeer.of(0);
    private static final int CHUNK_OCTETS = 64 * 1024;
    private static final int ROOM_OCTETS = 8 * 1024;

    /** How many routes are encoded in turn. */
    @Param({"1000", "200000"})
    public int routes;

    private final EncodeOptions fourOctet =
            EncodeOptions.builder().fourOctetAs(true, true).build();
    private final EncodeOptions twoOctet =
            EncodeOptions.builder().fourOctetAs(true, false).build();
    private final UpdateEncoder encoder = new UpdateEncoder();
    private final ByteBuf chunk = Unpooled.directBuffer(CHUNK_OCTETS, CHUNK_OCTETS);
    private AttributeTable table;
    private UpdateCorpus corpus;
    private byte[] stream;
    private int[] offsets;
    private int[] ids;
    private int group;

    /** Makes the corpus and interns its attributes, by decoding them. */
    @Setup
    public void setUp() {
        corpus = UpdateCorpus.of(routes, UpdateCorpus.SEED);
        table = new AttributeTable(0, UpdateCorpus.SEED);
        stream = corpus.announcements(PEER, 1);
        offsets = UpdateCorpus.offsets(stream);
        ids = new int[offsets.length - 1];
        UpdateDecoder decoder = new UpdateDecoder(table);
        DecodedUpdate decoded = new DecodedUpdate();
        CodecOptions options = CodecOptions.builder()
                .fourOctetAs(true, true)
                .peerAsn(Asn.ofBits(PEER.asn()))
                .families(Set.of(AddressFamily.IPV4_UNICAST))
                .build();
        for (int i = 0; i < ids.length; i++) {
            decoder.decode(stream, offsets[i], offsets[i + 1] - offsets[i], options, decoded);
            ids[i] = decoded.attributes(AddressFamily.IPV4_UNICAST);
        }
    }

    /** Floor: copies an UPDATE into the buffer. */
    @Benchmark
    public ByteBuf copy() {
        int next = next();
        return chunk.writeBytes(stream, offsets[next], offsets[next + 1] - offsets[next]);
    }

    /** Encodes an UPDATE with four-octet AS numbers. */
    @Benchmark
    public int fourOctet() {
        return encode(fourOctet);
    }

    /** Encodes an UPDATE with two-octet AS numbers. */
    @Benchmark
    public int twoOctet() {
        return encode(twoOctet);
    }

    private int encode(EncodeOptions options) {
        int next = next();
        EncodeResult result = encoder.begin(chunk, options, table, ids[next], AddressFamily.IPV4_UNICAST);
        if (result != EncodeResult.OK) {
            throw new AssertionError(result);
        }
        int end = corpus.endRoute(next);
        for (int route = corpus.firstRoute(next); route < end; route++) {
            encoder.prefix(corpus.high(route), 0, corpus.length(route));
        }
        return encoder.end();
    }

    private int next() {
        if (chunk.writableBytes() < ROOM_OCTETS) {
            chunk.clear();
        }
        group = group + 1 < corpus.groups() ? group + 1 : 0;
        return group;
    }
}
