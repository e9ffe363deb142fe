package dev.waymark.benchmarks.codec;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.benchmarks.UpdateCorpus;
import dev.waymark.benchmarks.UpdateStream;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.bgp.codec.EncodeOptions;
import dev.waymark.bgp.codec.EncodeResult;
import dev.waymark.bgp.codec.NlriList;
import dev.waymark.bgp.codec.UpdateDecoder;
import dev.waymark.bgp.codec.UpdateEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to write an UPDATE? An operation is one UPDATE of the stream that announces IPv4 prefixes: its interned
 * attributes with its prefixes, as rows of a table hold them, into a direct buffer of 64 KiB that is used again.
 *
 * <ul>
 *   <li>{@code copy}, a floor: the octets of the same UPDATE are copied into the buffer.
 *   <li>{@code deep}, a floor: a loop that reads every value and prefix of it, and keeps nothing.
 *   <li>{@code fourOctet}: to a peer that knows four-octet AS numbers; the attributes are copied as they are held.
 *   <li>{@code twoOctet}: to one that doesn't (RFC 6793 §4.2); AS_PATH is written anew.
 * </ul>
 *
 * <pre>java -Dwaymark.shared=FOLDER -jar benchmarks/target/benchmarks.jar codec.EncodeBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class EncodeBenchmark {
    private static final int CHUNK_OCTETS = 64 * 1024;
    private static final int ROOM_OCTETS = 8 * 1024;

    /** Which messages, see {@link UpdateStream#of}. Without {@code waymark.shared} the recorded ones fail and say so. */
    @Param({"seeded-1000", "seeded-200000", "order", "packed", "mrt2026"})
    public String stream;

    private final EncodeOptions fourOctet =
            EncodeOptions.builder().fourOctetAs(true, true).build();
    private final EncodeOptions twoOctet =
            EncodeOptions.builder().fourOctetAs(true, false).build();
    private final UpdateEncoder encoder = new UpdateEncoder();
    private final ByteBuf chunk = Unpooled.directBuffer(CHUNK_OCTETS, CHUNK_OCTETS);
    private final AttributeTable table = new AttributeTable(0, UpdateCorpus.SEED);
    private Playback playback;
    private int[] ids = new int[1024];
    private int[] firstPrefix = new int[1024];
    private long[] prefixes = new long[1024];
    private byte[] lengths = new byte[1024];
    private int updates;
    private int update;

    /** Interns the attributes of the stream and keeps its prefixes, by decoding it. */
    @Setup
    public void setUp() {
        playback = new Playback(UpdateStream.of(stream).announcements());
        UpdateDecoder decoder = new UpdateDecoder(table);
        playback.decodeAll(decoder);
        do {
            playback.decode(decoder);
            int id = playback.decoded().attributes(AddressFamily.IPV4_UNICAST);
            if (id == 0) {
                throw new IllegalStateException("not an announcement: " + playback.decoded());
            }
            keep(id, playback.decoded().announced(AddressFamily.IPV4_UNICAST));
        } while (!playback.isAtEnd());
    }

    private void keep(int id, NlriList list) {
        int from = firstPrefix[updates];
        int to = from + list.size();
        if (updates + 2 > ids.length) {
            ids = Arrays.copyOf(ids, 2 * ids.length);
            firstPrefix = Arrays.copyOf(firstPrefix, ids.length);
        }
        if (to > prefixes.length) {
            prefixes = Arrays.copyOf(prefixes, 2 * to);
            lengths = Arrays.copyOf(lengths, 2 * to);
        }
        for (int i = from; i < to; i++) {
            prefixes[i] = list.high(i - from);
            lengths[i] = (byte) list.length(i - from);
        }
        ids[updates++] = id;
        firstPrefix[updates] = to;
    }

    /** Gives the buffer back. */
    @TearDown
    public void tearDown() {
        chunk.release();
    }

    /** Floor: copies an UPDATE into the buffer. */
    @Benchmark
    public ByteBuf copy() {
        makeRoom();
        int from = playback.next();
        return chunk.writeBytes(playback.octets(), from, Floors.messageLength(playback.octets(), from));
    }

    /** Floor: reads all of an UPDATE. */
    @Benchmark
    public long deep() {
        return playback.deep();
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
        makeRoom();
        int next = update + 1 < updates ? update + 1 : 0;
        update = next;
        EncodeResult result = encoder.begin(chunk, options, table, ids[next], AddressFamily.IPV4_UNICAST);
        if (result != EncodeResult.OK) {
            throw new AssertionError(result);
        }
        int end = firstPrefix[next + 1];
        for (int i = firstPrefix[next]; i < end; i++) {
            encoder.prefix(prefixes[i], 0, lengths[i]);
        }
        return encoder.end();
    }

    private void makeRoom() {
        if (chunk.writableBytes() < ROOM_OCTETS) {
            chunk.clear();
        }
    }
}
