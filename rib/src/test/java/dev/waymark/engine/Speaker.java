package dev.waymark.engine;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.net.RouterId;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.bgp.codec.CodecOptions;
import dev.waymark.bgp.codec.DecodeProblem;
import dev.waymark.bgp.codec.DecodedUpdate;
import dev.waymark.bgp.codec.EncodeOptions;
import dev.waymark.bgp.codec.Framer;
import dev.waymark.bgp.codec.MessageDecoder;
import dev.waymark.bgp.codec.MessageEncoder;
import dev.waymark.bgp.codec.NlriList;
import dev.waymark.bgp.codec.UpdateDecoder;
import dev.waymark.bgp.codec.UpdateEncoder;
import dev.waymark.bgp.message.AddPathCapability;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.ExtendedNextHopCapability;
import dev.waymark.bgp.message.MessageType;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.OpenMessage;
import dev.waymark.bgp.message.RouteRefreshMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a connection, as a test wants it: says what it is told to, and keeps what it hears. Checks what no route
 * server may do: withdraw what was not announced, or announce the same again.
 */
final class Speaker {
    final String name;
    final Asn asn;
    final IpAddress address;
    final boolean isFourOctet;
    final Set<AddressFamily> families;
    final List<MessageType> received = new ArrayList<>();
    final List<NotificationMessage> notifications = new ArrayList<>();
    final List<RouteRefreshMessage> refreshes = new ArrayList<>();
    final Map<IpPrefix, PathAttributes> routes = new TreeMap<>();
    /** What it holds where it takes several paths of a prefix (RFC 7911); then {@link #routes} is empty. */
    final Map<PathKey, PathAttributes> paths = new TreeMap<>();

    final Map<AddressFamily, Integer> endOfRibs = new EnumMap<>(AddressFamily.class);
    int updates;
    /** The most routes that it held at any moment, between two messages. */
    int mostRoutes;

    int idleWithdrawals;
    int sameAnnouncements;
    /** What the speaker held when it asked for a refresh, and has not been told again since. */
    final Set<IpPrefix> unrefreshed = new HashSet<>();

    /** Whether it may be told the same again: it was deaf, or asked. */
    boolean mayRepeat;

    boolean sendsOpen = true;
    boolean isInternal;
    boolean isEnhanced;
    /** Whether it can be asked for its routes again (RFC 2918). */
    boolean canRefresh = true;

    /** What else its OPEN offers; it reads and writes accordingly. */
    List<Capability> extras = List.of();

    @Nullable
    RouterId routerId;

    boolean answersOpen = true;
    /** Whether its prefixes have path identifiers: it offers to send them, and the server takes them. */
    boolean sendsPathIds;
    /** The identifier of the paths that it announces and withdraws next, where they have one. */
    int pathId;

    /** Whether what it is sent has path identifiers: it offers to take them, and the server sends them. */
    boolean takesPathIds;

    /** Whether UPDATEs are counted only: what was negotiated is not known here. */
    boolean ignoresUpdates;

    int holdTimeSeconds = 180;
    long connection;
    boolean isConnected;
    private final AttributeTable table = new AttributeTable(0, 7);
    private final UpdateDecoder decoder = new UpdateDecoder(table);
    private final DecodedUpdate decoded = new DecodedUpdate();
    private byte[] pending = {};

    /** A prefix with a path identifier as an unsigned number. */
    record PathKey(IpPrefix prefix, long pathId) implements Comparable<PathKey> {
        @Override
        public int compareTo(PathKey other) {
            int byPrefix = prefix.compareTo(other.prefix);
            return byPrefix != 0 ? byPrefix : Long.compare(pathId, other.pathId);
        }
    }

    Speaker(String name, int asn, String address, boolean isFourOctet, Set<AddressFamily> families) {
        this.name = name;
        this.asn = Asn.of(asn);
        this.address = IpAddress.parse(address);
        this.isFourOctet = isFourOctet;
        this.families = families;
    }

    static Speaker of(String name, int asn, String address) {
        return new Speaker(name, asn, address, false, Set.of(AddressFamily.IPV4_UNICAST));
    }

    /** Forgets the connection and all that was heard on it. */
    void reset() {
        isConnected = false;
        mayRepeat = false;
        routes.clear();
        paths.clear();
        received.clear();
        refreshes.clear();
        endOfRibs.clear();
        unrefreshed.clear();
        pending = new byte[0];
        updates = 0;
    }

    RouterId identifier() {
        return routerId == null ? RouterId.ofBits(address.ipv4Bits()) : routerId;
    }

    byte[] open() {
        List<Capability> capabilities = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) {
            if (families.contains(family)) {
                capabilities.add(Capability.Multiprotocol.of(family));
            }
        }
        if (canRefresh) {
            capabilities.add(new Capability.RouteRefresh());
        }
        if (isFourOctet) {
            capabilities.add(new Capability.FourOctetAs(asn));
        }
        if (isEnhanced) {
            capabilities.add(new Capability.EnhancedRouteRefresh());
        }
        capabilities.addAll(extras);
        OpenMessage open = OpenMessage.of(asn, holdTimeSeconds, identifier(), capabilities);
        ByteBuf out = Unpooled.buffer();
        MessageEncoder.write(out, open);
        return octets(out);
    }

    static byte[] keepalive() {
        ByteBuf out = Unpooled.buffer();
        MessageEncoder.writeKeepalive(out);
        return octets(out);
    }

    static byte[] notification(NotificationMessage message) {
        ByteBuf out = Unpooled.buffer();
        MessageEncoder.write(out, message);
        return octets(out);
    }

    static byte[] refresh(AddressFamily family) {
        return refresh(family, RouteRefreshMessage.REQUEST);
    }

    static byte[] refresh(AddressFamily family, int subtype) {
        ByteBuf out = Unpooled.buffer();
        MessageEncoder.write(out, RouteRefreshMessage.of(family, subtype));
        return octets(out);
    }

    byte[] announce(PathAttributes attributes, IpPrefix... prefixes) {
        return announce(attributes, Arrays.asList(prefixes));
    }

    /** Announces a path of prefixes. */
    byte[] announcePath(PathAttributes attributes, int pathId, IpPrefix... prefixes) {
        ByteBuf out = Unpooled.buffer();
        UpdateEncoder encoder = new UpdateEncoder();
        encoder.begin(out, encoding(), table, table.intern(attributes), prefixes[0].family());
        for (IpPrefix prefix : prefixes) {
            encoder.prefix(prefix.high(), prefix.low(), prefix.length(), pathId);
        }
        encoder.end();
        return octets(out);
    }

    /** Withdraws a path of prefixes. */
    byte[] withdrawPath(int pathId, IpPrefix... prefixes) {
        ByteBuf out = Unpooled.buffer();
        UpdateEncoder encoder = new UpdateEncoder();
        encoder.beginWithdraw(out, encoding(), prefixes[0].family());
        for (IpPrefix prefix : prefixes) {
            encoder.prefix(prefix.high(), prefix.low(), prefix.length(), pathId);
        }
        encoder.end();
        return octets(out);
    }

    /** Offers to send several paths, to take them, or both; whether that is agreed on is for the test to know. */
    void offersAddPath(boolean sends, boolean takes) {
        int mode = (sends ? AddPathCapability.SEND : 0) | (takes ? AddPathCapability.RECEIVE : 0);
        List<AddPathCapability.Entry> entries = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) {
            if (families.contains(family)) {
                entries.add(new AddPathCapability.Entry(family.afi(), family.safi(), mode));
            }
        }
        List<Capability> all = new ArrayList<>(extras);
        all.removeIf(AddPathCapability.class::isInstance);
        if (mode != 0) {
            all.add(new AddPathCapability(entries));
        }
        extras = all;
    }

    byte[] announce(PathAttributes attributes, List<IpPrefix> prefixes) {
        int id = table.intern(attributes);
        ByteBuf out = Unpooled.buffer();
        UpdateEncoder encoder = new UpdateEncoder();
        encoder.begin(out, encoding(), table, id, prefixes.get(0).family());
        for (IpPrefix prefix : prefixes) {
            encoder.prefix(prefix.high(), prefix.low(), prefix.length(), pathId);
        }
        encoder.end();
        return octets(out);
    }

    byte[] withdraw(List<IpPrefix> prefixes) {
        ByteBuf out = Unpooled.buffer();
        UpdateEncoder encoder = new UpdateEncoder();
        encoder.beginWithdraw(out, encoding(), prefixes.get(0).family());
        for (IpPrefix prefix : prefixes) {
            encoder.prefix(prefix.high(), prefix.low(), prefix.length(), pathId);
        }
        encoder.end();
        return octets(out);
    }

    static byte[] endOfRib(AddressFamily family) {
        ByteBuf out = Unpooled.buffer();
        UpdateEncoder.endOfRib(out, family);
        return octets(out);
    }

    private EncodeOptions encoding() {
        return EncodeOptions.builder()
                .fourOctetAs(isFourOctet, isFourOctet)
                .maxMessageOctets(maxOctets())
                .extendedNextHop(true)
                .addPathSend(sendsPathIds ? families : Set.of())
                .build();
    }

    private int maxOctets() {
        return extras.contains(new Capability.ExtendedMessage())
                ? Framer.MAX_EXTENDED_MESSAGE_OCTETS
                : Framer.MAX_MESSAGE_OCTETS;
    }

    /** Hears octets; returns what it says at once. */
    List<byte[]> hear(byte[] octets) {
        byte[] all = Arrays.copyOf(pending, pending.length + octets.length);
        System.arraycopy(octets, 0, all, pending.length, octets.length);
        List<byte[]> answers = new ArrayList<>();
        CodecOptions options = CodecOptions.builder()
                .fourOctetAs(isFourOctet, isFourOctet)
                .families(families)
                .external(!isInternal)
                .enhancedRefresh(isEnhanced)
                .maxMessageOctets(maxOctets())
                .extendedNextHop(extras.contains(ExtendedNextHopCapability.IPV4_WITH_IPV6))
                .enforceFirstAs(false)
                .peerAsn(Asn.of(65515))
                .addPathReceive(takesPathIds ? families : Set.of())
                .build();
        DecodeProblem problem = new DecodeProblem();
        int at = 0;
        while (at < all.length) {
            int length = Framer.frame(all, at, all.length - at, options, problem);
            if (length == Framer.BROKEN) {
                throw new AssertionError(name + " heard " + problem);
            }
            if (length == Framer.INCOMPLETE) {
                break;
            }
            hear(all, at, length, options, answers);
            at += length;
        }
        pending = Arrays.copyOfRange(all, at, all.length);
        return answers;
    }

    private void hear(byte[] octets, int offset, int length, CodecOptions options, List<byte[]> answers) {
        MessageType type = Framer.type(octets, offset);
        received.add(type);
        switch (type) {
            case OPEN -> {
                if (answersOpen) {
                    answers.add(keepalive());
                }
            }
            case UPDATE -> update(octets, offset, length, options);
            case NOTIFICATION ->
                notifications.add(
                        MessageDecoder.notification(octets, offset, length).message());
            case ROUTE_REFRESH ->
                refreshes.add(MessageDecoder.routeRefresh(octets, offset, length, options)
                        .message());
            case KEEPALIVE, UNKNOWN -> {}
        }
    }

    private void update(byte[] octets, int offset, int length, CodecOptions options) {
        updates++;
        if (ignoresUpdates) {
            return;
        }
        decoder.decode(octets, offset, length, options, decoded);
        @Nullable AddressFamily ended = decoded.endOfRib();
        if (ended != null) {
            endOfRibs.merge(ended, 1, Integer::sum);
        }
        for (AddressFamily family : families) {
            if (takesPathIds) {
                updatePaths(family);
                continue;
            }
            NlriList withdrawn = decoded.withdrawn(family);
            for (int i = 0; i < withdrawn.size(); i++) {
                unrefreshed.remove(withdrawn.prefix(i));
                if (routes.remove(withdrawn.prefix(i)) == null) {
                    idleWithdrawals++;
                }
            }
            NlriList announced = decoded.announced(family);
            for (int i = 0; i < announced.size(); i++) {
                PathAttributes attributes = table.view(decoded.attributes(family));
                unrefreshed.remove(announced.prefix(i));
                PathAttributes before = routes.put(announced.prefix(i), attributes);
                if (attributes.equals(before) && !mayRepeat) {
                    sameAnnouncements++;
                }
                mostRoutes = Math.max(mostRoutes, routes.size());
            }
        }
    }

    private void updatePaths(AddressFamily family) {
        NlriList withdrawn = decoded.withdrawn(family);
        for (int i = 0; i < withdrawn.size(); i++) {
            if (paths.remove(key(withdrawn, i)) == null) {
                idleWithdrawals++;
            }
        }
        NlriList announced = decoded.announced(family);
        for (int i = 0; i < announced.size(); i++) {
            if (!announced.hasPathIds()) {
                throw new AssertionError(name + " heard a prefix without a path identifier");
            }
            PathAttributes attributes = table.view(decoded.attributes(family));
            unrefreshed.remove(announced.prefix(i));
            PathAttributes before = paths.put(key(announced, i), attributes);
            if (attributes.equals(before) && !mayRepeat) {
                sameAnnouncements++;
            }
            mostRoutes = Math.max(mostRoutes, paths.size());
        }
    }

    private static PathKey key(NlriList prefixes, int index) {
        return new PathKey(prefixes.prefix(index), Integer.toUnsignedLong(prefixes.pathId(index)));
    }

    Map<IpPrefix, PathAttributes> routesOf(AddressFamily family) {
        Map<IpPrefix, PathAttributes> some = new LinkedHashMap<>();
        routes.forEach((prefix, attributes) -> {
            if (prefix.family() == family) {
                some.put(prefix, attributes);
            }
        });
        return some;
    }

    private static byte[] octets(ByteBuf out) {
        byte[] octets = new byte[out.readableBytes()];
        out.readBytes(octets);
        return octets;
    }
}
