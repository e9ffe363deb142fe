package dev.waymark.engine;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.bgp.codec.EncodeOptions;
import dev.waymark.bgp.codec.EncodeResult;
import dev.waymark.bgp.codec.UpdateEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Finds out whether attributes leave room for a prefix in an UPDATE; only for large ones by trying. Confined to the loop. */
final class FitProbe {
    private static final int SURELY_FITS_OCTETS = 1_024;

    private final AttributeTable attributes;
    private final UpdateEncoder encoder = new UpdateEncoder();

    FitProbe(AttributeTable attributes) {
        this.attributes = attributes;
    }

    /** Returns whether the longest prefix of a family could be sent with these attributes. */
    boolean fits(EncodeOptions options, int attribute, AddressFamily family) {
        if (attributes.octets(attribute) <= SURELY_FITS_OCTETS) {
            return true;
        }
        ByteBuf unread = Unpooled.buffer();
        if (encoder.begin(unread, options, attributes, attribute, family) != EncodeResult.OK) {
            return false;
        }
        boolean fits = encoder.prefix(0, 0, family.maxPrefixLength());
        encoder.end();
        return fits;
    }
}
