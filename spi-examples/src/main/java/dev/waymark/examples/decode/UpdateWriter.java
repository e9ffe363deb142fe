package dev.waymark.examples.decode;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.bgp.codec.EncodeOptions;
import dev.waymark.bgp.codec.EncodeResult;
import dev.waymark.bgp.codec.Framer;
import dev.waymark.bgp.codec.UpdateEncoder;
import dev.waymark.bgp.codec.WireAttributes;
import io.netty.buffer.ByteBuf;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes UPDATEs out of JSON: withdrawals first, then announcements, each family in messages of its own. Confined to one thread. */
final class UpdateWriter {
    private final DecodeContext context;
    private final AttributeTable table;
    private final UpdateEncoder encoder = new UpdateEncoder();

    UpdateWriter(DecodeContext context) {
        this.context = context;
        table = new AttributeTable(0, 1);
    }

    void write(Map<String, Object> line, ByteBuf out) {
        String outcome = JsonTree.text(line, "outcome");
        if (Outcome.SESSION_RESET.toString().equals(outcome)
                || Outcome.CLOSE.toString().equals(outcome)) {
            throw new IllegalArgumentException("outcome: nothing is left of an UPDATE with outcome " + outcome);
        }
        EncodeOptions options = options(line);
        Map<String, Object> withdrawn = JsonTree.object(line, "withdrawn");
        Map<String, Object> announced = JsonTree.object(line, "announced");
        for (AddressFamily family : AddressFamily.values()) {
            encoder.beginWithdraw(out, options, family);
            writePrefixes("withdrawn", withdrawn, family);
            encoder.end();
        }
        for (AddressFamily family : AddressFamily.values()) {
            if (!JsonTree.list(announced, family.toString()).isEmpty()) {
                announce(line, announced, family, options, out);
            }
        }
        String endOfRib = JsonTree.text(line, "end_of_rib");
        if (endOfRib != null) {
            UpdateEncoder.endOfRib(out, AddressFamily.parse(endOfRib));
        }
        table.sweep();
    }

    private void announce(
            Map<String, Object> line,
            Map<String, Object> announced,
            AddressFamily family,
            EncodeOptions options,
            ByteBuf out) {
        Map<String, Object> attributes = JsonTree.object(line, "attributes");
        WireAttributes shared = AttributesReader.read(attributes);
        String hop = JsonTree.text(attributes, "next_hop_ipv6");
        String linkLocal = JsonTree.text(attributes, "next_hop_link_local");
        boolean isIpv6 = family == AddressFamily.IPV6_UNICAST;
        if (isIpv6 && hop != null) {
            shared =
                    (WireAttributes) shared.edit().nextHop(IpAddress.parse(hop)).build();
        }
        if (linkLocal != null && !shared.nextHop().isIpv4()) {
            shared = shared.withLinkLocalNextHop(IpAddress.parse(linkLocal));
        }
        EncodeResult result = encoder.begin(out, options, table, table.intern(shared), family);
        if (result != EncodeResult.OK) {
            throw new IllegalArgumentException(
                    result == EncodeResult.TOO_LONG
                            ? "attributes: they don't fit a message; see --ext-message"
                            : "next_hop: " + shared.nextHop() + " can't go with " + family + "; see --ext-next-hop");
        }
        writePrefixes("announced", announced, family);
        encoder.end();
    }

    private void writePrefixes(String field, Map<String, Object> families, AddressFamily family) {
        for (Object element : JsonTree.list(families, family.toString())) {
            long pathId = 0;
            String text = element.toString();
            if (element instanceof Map) {
                Map<String, Object> path = JsonFields.object(field, element);
                text = JsonFields.required(path, "prefix");
                pathId = JsonFields.longNumber(JsonFields.required(path, "path_id"), "path_id");
            }
            IpPrefix prefix = IpPrefix.parse(text);
            if (prefix.family() != family) {
                throw new IllegalArgumentException(field + ": " + prefix + " is not " + family);
            }
            if (!encoder.prefix(prefix.high(), prefix.low(), prefix.length(), (int) pathId)) {
                throw new IllegalArgumentException(field + ": " + prefix + " doesn't fit a message; see --ext-message");
            }
        }
    }

    private EncodeOptions options(Map<String, Object> line) {
        Set<AddressFamily> withIds = EnumSet.noneOf(AddressFamily.class);
        for (AddressFamily family : AddressFamily.values()) {
            for (String field : List.of("announced", "withdrawn")) {
                if (JsonTree.list(JsonTree.object(line, field), family.toString()).stream()
                        .anyMatch(Map.class::isInstance)) {
                    withIds.add(family);
                }
            }
        }
        return EncodeOptions.builder()
                .fourOctetAs(
                        context.isSet(ContextKey.AS4, true) || context.isSet(ContextKey.LOCAL_AS4, true),
                        context.isSet(ContextKey.AS4, true))
                .maxMessageOctets(
                        context.isSet(ContextKey.EXT_MESSAGE, false)
                                ? Framer.MAX_EXTENDED_MESSAGE_OCTETS
                                : Framer.MAX_MESSAGE_OCTETS)
                .extendedNextHop(context.isSet(ContextKey.EXT_NEXT_HOP, false))
                .addPathSend(withIds)
                .build();
    }
}
