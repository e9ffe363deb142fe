package dev.waymark.engine;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.bgp.codec.EncodeOptions;
import dev.waymark.bgp.codec.EncodeResult;
import dev.waymark.bgp.codec.UpdateEncoder;
import dev.waymark.rib.PrefixTable;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Writes UPDATEs of one family into chunks of about 64 KiB, each a number of whole messages. Confined to the engine loop.
 */
final class UpdateWriter {
    /** A chunk is handed out once it is this long; one more message still fits. */
    static final int FULL_OCTETS = 60 * 1024;

    private static final int CHUNK_OCTETS = 64 * 1024;

    private final AddressFamily family;
    private final AttributeTable attributes;
    private final ByteBufAllocator allocator;
    private final UpdateEncoder encoder = new UpdateEncoder();
    private @Nullable ByteBuf chunk;

    UpdateWriter(AddressFamily family, AttributeTable attributes, ByteBufAllocator allocator) {
        this.family = family;
        this.attributes = attributes;
        this.allocator = allocator;
    }

    /** Starts UPDATEs that announce prefixes with these attributes. */
    void beginAnnouncement(EncodeOptions options, int attribute) {
        EncodeResult result = encoder.begin(open(), options, attributes, attribute, family);
        if (result != EncodeResult.OK) {
            throw new AssertionError("export let attributes through that can't be sent: " + result);
        }
    }

    /** Starts UPDATEs that withdraw prefixes. */
    void beginWithdrawal(EncodeOptions options) {
        encoder.beginWithdraw(open(), options, family);
    }

    /** Adds the prefix of a row. */
    void prefix(PrefixTable prefixes, int row) {
        encoder.prefix(prefixes.high(row), prefixes.low(row), prefixes.length(row));
    }

    /** Adds the prefix of a row with a path identifier (RFC 7911 §3). */
    void prefix(PrefixTable prefixes, int row, int pathId) {
        encoder.prefix(prefixes.high(row), prefixes.low(row), prefixes.length(row), pathId);
    }

    /** Ends what was begun. */
    void end() {
        encoder.end();
    }

    /** Writes an End-of-RIB marker (RFC 4724 §2). */
    void endOfRib() {
        UpdateEncoder.endOfRib(open(), family);
    }

    /** Returns whether the chunk should be taken before more is added. */
    boolean isChunkFull() {
        return chunk != null && chunk.readableBytes() >= FULL_OCTETS;
    }

    /** Returns how many octets the chunk has. */
    int octets() {
        return chunk == null ? 0 : chunk.readableBytes();
    }

    /** Returns whether anything has been written since the last chunk was taken. */
    boolean hasChunk() {
        return chunk != null && chunk.isReadable();
    }

    /** Hands the chunk out, with its only reference. */
    ByteBuf takeChunk() {
        ByteBuf taken = open();
        chunk = null;
        return taken;
    }

    private ByteBuf open() {
        ByteBuf open = chunk;
        if (open == null) {
            open = allocator.buffer(CHUNK_OCTETS);
            chunk = open;
        }
        return open;
    }
}
