package dev.waymark.benchmarks.peers;

import dev.waymark.benchmarks.UpdateStream;
import dev.waymark.benchmarks.codec.Playback;
import dev.waymark.bgp.codec.UpdateDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
import org.opendaylight.protocol.bgp.parser.BGPDocumentedException;
import org.opendaylight.protocol.bgp.parser.BGPParsingException;
import org.opendaylight.protocol.bgp.parser.impl.BGPActivator;
import org.opendaylight.protocol.bgp.parser.spi.MessageRegistry;
import org.opendaylight.protocol.bgp.parser.spi.RevisedErrorHandlingSupport;
import org.opendaylight.protocol.bgp.parser.spi.pojo.PeerSpecificParserConstraintImpl;
import org.opendaylight.protocol.bgp.parser.spi.pojo.RevisedErrorHandlingSupportImpl;
import org.opendaylight.protocol.bgp.parser.spi.pojo.SimpleBGPExtensionProviderContext;

/**
 * How does the decoder compare with that of OpenDaylight's bgpcep? An operation is one UPDATE that announces IPv4 prefixes,
 * each the first of its stream with its block of attributes, with the checks of RFC 7606 on both sides. For the rows of
 * OpenDaylight and for {@code seenBefore} the stream is played over and over. UPDATEs with LARGE_COMMUNITY and other types that
 * OpenDaylight doesn't know are left out: it keeps unknown attributes from one message to the next and then refuses the second
 * of a type.
 *
 * <ul>
 *   <li>{@code deep}, a floor: a loop that reads every value and prefix, and keeps nothing.
 *   <li>{@code openDaylight}: makes its objects anew for every message, as it does without its cache.
 *   <li>{@code openDaylightCached}: with its cache of values, in its usual size.
 *   <li>{@code firstSight}: ours with interning of no use: no block has been seen before, each is validated and kept.
 *   <li>{@code seenBefore}: ours with interning: every block has been seen before.
 * </ul>
 *
 * <p>Needs a JDK 21 or newer; the module is built for it with the profile {@code peers} alone.
 *
 * <pre>
 * mvn -q -DskipTests -Ppeers -pl benchmarks -am package
 * java -Dwaymark.shared=FOLDER -jar benchmarks/target/benchmarks.jar OpenDaylight -prof gc
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class OpenDaylightBenchmark {
    private static final int LARGEST_KNOWN_TYPE = 29;

    /** Which messages, see {@link UpdateStream#of}. Without {@code waymark.shared} the recorded ones fail and say so. */
    @Param({"seeded-200000", "order", "packed", "mrt2026"})
    public String stream;

    private final PeerSpecificParserConstraintImpl constraint = new PeerSpecificParserConstraintImpl();
    private MessageRegistry plain;
    private MessageRegistry cached;
    private ByteBuf buffer;
    private Playback playback;
    private UpdateDecoder warm;
    private UpdateDecoder cold;

    /** Reads the stream, with one decoder that has seen it then. */
    @Setup
    public void setUp() {
        playback = new Playback(UpdateStream.of(stream)
                .announcements()
                .firstOfEachBlock()
                .withTypesUpTo(LARGEST_KNOWN_TYPE));
        warm = Playback.decoder();
        cold = Playback.decoder();
        playback.decodeAll(warm);
        buffer = Unpooled.wrappedBuffer(playback.octets());
        constraint.addPeerConstraint(
                RevisedErrorHandlingSupport.class, RevisedErrorHandlingSupportImpl.forExternalPeer());
        plain = registry(new SimpleBGPExtensionProviderContext(0));
        cached = registry(new SimpleBGPExtensionProviderContext());
    }

    /** Floor: reads all of an UPDATE. */
    @Benchmark
    public long deep() {
        return playback.deep();
    }

    /** OpenDaylight without its cache. */
    @Benchmark
    public Object openDaylight() throws BGPDocumentedException, BGPParsingException {
        return plain.parseMessage(nextBuffer(), constraint);
    }

    /** OpenDaylight with its cache. */
    @Benchmark
    public Object openDaylightCached() throws BGPDocumentedException, BGPParsingException {
        return cached.parseMessage(nextBuffer(), constraint);
    }

    /** Ours, with attributes that the table doesn't hold. */
    @Benchmark
    public int firstSight() {
        if (playback.isAtEnd()) {
            cold = Playback.decoder();
        }
        return playback.decode(cold);
    }

    /** Ours, with attributes that the table holds. */
    @Benchmark
    public int seenBefore() {
        return playback.decode(warm);
    }

    private ByteBuf nextBuffer() {
        int from = playback.next();
        return buffer.slice(from, playback.lengthAt(from));
    }

    private static MessageRegistry registry(SimpleBGPExtensionProviderContext context) {
        new BGPActivator().start(context);
        return context.getMessageRegistry();
    }
}
