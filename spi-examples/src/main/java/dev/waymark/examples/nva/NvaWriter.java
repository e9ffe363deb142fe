package dev.waymark.examples.nva;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.bgp.codec.EncodeOptions;
import dev.waymark.bgp.codec.EncodeResult;
import dev.waymark.bgp.codec.MessageEncoder;
import dev.waymark.bgp.codec.UpdateEncoder;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.OpenMessage;
import dev.waymark.spi.Connection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Encodes messages and sends them; what the connection doesn't take waits here. Not thread-safe. */
final class NvaWriter {
    private final Connection connection;
    private final UpdateEncoder encoder = new UpdateEncoder();
    private final AttributeTable table = new AttributeTable(0, 0);
    private final ByteBuf unsent = Unpooled.buffer();
    private EncodeOptions options = EncodeOptions.builder().build();

    NvaWriter(Connection connection) {
        this.connection = connection;
    }

    void negotiated(EncodeOptions negotiated) {
        options = negotiated;
    }

    void open(OpenMessage open) {
        MessageEncoder.write(unsent, open);
        flush();
    }

    void keepalive() {
        MessageEncoder.writeKeepalive(unsent);
        flush();
    }

    void notification(NotificationMessage notification) {
        MessageEncoder.write(unsent, notification);
        flush();
    }

    void endOfRib(AddressFamily family) {
        UpdateEncoder.endOfRib(unsent, family);
        flush();
    }

    void announce(PathAttributes attributes, Collection<IpPrefix> prefixes) {
        int id = table.intern(attributes);
        byFamily(prefixes).forEach((family, sorted) -> {
            EncodeResult result = encoder.begin(unsent, options, table, id, family);
            if (result != EncodeResult.OK) {
                throw new IllegalArgumentException(family + " routes can't be sent with " + attributes + ": " + result);
            }
            write(sorted);
        });
        table.sweep();
        flush();
    }

    void withdraw(Collection<IpPrefix> prefixes) {
        byFamily(prefixes).forEach((family, sorted) -> {
            encoder.beginWithdraw(unsent, options, family);
            write(sorted);
        });
        flush();
    }

    /** Sends what waits, as far as the connection takes it. */
    void flush() {
        if (unsent.isReadable()) {
            ByteBuffer waiting = unsent.nioBuffer();
            long taken = connection.write(new ByteBuffer[] {waiting}, 0, 1);
            unsent.skipBytes((int) taken).discardReadBytes();
        }
    }

    private void write(Collection<IpPrefix> prefixes) {
        for (IpPrefix prefix : prefixes) {
            encoder.prefix(prefix.high(), prefix.low(), prefix.length());
        }
        encoder.end();
    }

    private static Map<AddressFamily, Collection<IpPrefix>> byFamily(Collection<IpPrefix> prefixes) {
        Map<AddressFamily, Collection<IpPrefix>> families = new EnumMap<>(AddressFamily.class);
        for (AddressFamily family : AddressFamily.values()) {
            List<IpPrefix> own = prefixes.stream()
                    .filter(prefix -> prefix.family() == family)
                    .toList();
            if (!own.isEmpty()) {
                families.put(family, new TreeSet<>(own));
            }
        }
        return families;
    }
}
