package dev.waymark.engine.model;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a peer holds that heard these octets, read without the product's decoder. Throws an {@link AssertionError} at what no
 * route server may send: half a message, an attribute twice, withdrawals of what was not sent, the same route again unasked.
 */
public final class WireTable {
    private static final int HEADER = 19;
    private static final long AS_TRANS = 23456;

    private final String name;
    private final boolean isFourOctet;
    private final Map<IpPrefix, Attrs> routes = new TreeMap<>();
    private final Map<AddressFamily, Integer> endOfRibs = new HashMap<>();
    private final List<String> notifications = new ArrayList<>();
    private int refreshRequests;
    private boolean mayRepeat;
    private boolean isEstablished;

    /** Makes the table of a new session. */
    public WireTable(String name, boolean isFourOctet) {
        this.name = name;
        this.isFourOctet = isFourOctet;
    }

    /** Allows that the same is told again: somebody asked for it. */
    public void mayRepeat() {
        mayRepeat = true;
    }

    /** Returns what is held. */
    public Map<IpPrefix, Attrs> routes() {
        return routes;
    }

    /** Returns whether the server has confirmed the session with a KEEPALIVE. */
    public boolean isEstablished() {
        return isEstablished;
    }

    /** Returns how many End-of-RIB markers of a family came. */
    public int endOfRibs(AddressFamily family) {
        return endOfRibs.getOrDefault(family, 0);
    }

    /** Returns the NOTIFICATIONs: code, subcode and data in hex. */
    public List<String> notifications() {
        return notifications;
    }

    /** Returns how many requests for a refresh came. */
    public int refreshRequests() {
        return refreshRequests;
    }

    /** Hears whole messages. */
    public void hear(byte[] octets) {
        int at = 0;
        while (at < octets.length) {
            check(octets.length - at >= HEADER, "half a header");
            int length = u16(octets, at + 16);
            check(length <= octets.length - at && length <= 4096, "half a message, or one too long");
            message(octets[at + 18], Arrays.copyOfRange(octets, at + HEADER, at + length));
            at += length;
        }
    }

    private void message(int type, byte[] body) {
        switch (type) {
            case 2 -> update(body);
            case 3 -> notifications.add(java.util.HexFormat.of().formatHex(body));
            case 4 -> isEstablished = true;
            case 5 -> refreshRequests += body[2] == 0 ? 1 : 0;
            default -> check(type == 1, "message type " + type);
        }
    }

    private void update(byte[] body) {
        int withdrawnEnd = 2 + u16(body, 0);
        int attributesEnd = withdrawnEnd + 2 + u16(body, withdrawnEnd);
        Map<Integer, byte[]> attributes = attributes(Arrays.copyOfRange(body, withdrawnEnd + 2, attributesEnd));
        List<IpPrefix> withdrawn = nlri(AddressFamily.IPV4_UNICAST, Arrays.copyOfRange(body, 2, withdrawnEnd));
        List<IpPrefix> announced =
                nlri(AddressFamily.IPV4_UNICAST, Arrays.copyOfRange(body, attributesEnd, body.length));
        byte[] unreachable = attributes.remove(15);
        byte[] reachable = attributes.remove(14);
        if (body.length == 4) {
            endOfRibs.merge(AddressFamily.IPV4_UNICAST, 1, Integer::sum);
        }
        if (unreachable != null && unreachable.length == 3) {
            endOfRibs.merge(family(unreachable), 1, Integer::sum);
        }
        withdrawn.forEach(this::withdraw);
        if (unreachable != null) {
            nlri(family(unreachable), Arrays.copyOfRange(unreachable, 3, unreachable.length))
                    .forEach(this::withdraw);
        }
        if (!announced.isEmpty()) {
            IpAddress nextHop = IpAddress.of(need(attributes, 3));
            announced.forEach(prefix -> announce(prefix, attrs(attributes, nextHop)));
        }
        if (reachable != null) {
            int nextHopEnd = 4 + reachable[3];
            IpAddress nextHop = IpAddress.of(Arrays.copyOfRange(reachable, 4, nextHopEnd));
            nlri(family(reachable), Arrays.copyOfRange(reachable, nextHopEnd + 1, reachable.length))
                    .forEach(prefix -> announce(prefix, attrs(attributes, nextHop)));
        }
    }

    private void withdraw(IpPrefix prefix) {
        check(routes.remove(prefix) != null, "is told to forget " + prefix + ", which it does not have");
    }

    private void announce(IpPrefix prefix, Attrs attrs) {
        Attrs before = routes.put(prefix, attrs);
        check(mayRepeat || !attrs.equals(before), "is told the same again: " + prefix + " " + attrs);
    }

    private Map<Integer, byte[]> attributes(byte[] block) {
        Map<Integer, byte[]> all = new TreeMap<>();
        int at = 0;
        while (at < block.length) {
            int flags = block[at] & 0xff;
            int type = block[at + 1] & 0xff;
            boolean isExtended = (flags & 0x10) != 0;
            int length = isExtended ? u16(block, at + 2) : block[at + 2] & 0xff;
            check(isExtended == length > 255, "Extended Length exactly over 255 octets");
            check((flags & 0xe0) == flagsOf(type), "flags " + flags + " of attribute " + type);
            int from = at + (isExtended ? 4 : 3);
            check(all.put(type, Arrays.copyOfRange(block, from, from + length)) == null, "an attribute twice");
            at = from + length;
        }
        check(at == block.length, "an attribute over its end");
        return all;
    }

    private int flagsOf(int type) {
        return switch (type) {
            case 1, 2, 3, 5, 6 -> 0x40;
            case 4, 9, 10, 14, 15 -> 0x80;
            case 8, 17 -> 0xc0;
            case 99 -> 0xe0; // what the server does not know is marked Partial
            default -> throw new AssertionError(name + " is sent an attribute of type " + type);
        };
    }

    private Attrs attrs(Map<Integer, byte[]> attributes, IpAddress nextHop) {
        List<Long> path = path(need(attributes, 2), isFourOctet);
        if (attributes.containsKey(17)) {
            check(!isFourOctet && path.contains(AS_TRANS), "AS4_PATH without need");
            List<Long> wide = path(attributes.get(17), true);
            List<Long> merged = new ArrayList<>(path.subList(0, path.size() - wide.size()));
            merged.addAll(wide);
            path = merged;
        }
        return new Attrs(
                need(attributes, 1)[0],
                path,
                nextHop,
                number(attributes, 4),
                number(attributes, 5),
                numbers(attributes, 8),
                Optional.ofNullable(attributes.get(99)).map(octets -> octets[0] & 0xff),
                number(attributes, 9),
                numbers(attributes, 10));
    }

    private List<Long> path(byte[] octets, boolean isWide) {
        List<Long> path = new ArrayList<>();
        int at = 0;
        while (at < octets.length) {
            check(octets[at] == 2, "a segment that is no sequence");
            int count = octets[at + 1] & 0xff;
            at += 2;
            for (int i = 0; i < count; i++) {
                path.add(isWide ? u32(octets, at) : (long) u16(octets, at));
                at += isWide ? 4 : 2;
            }
        }
        return path;
    }

    private List<IpPrefix> nlri(AddressFamily family, byte[] octets) {
        List<IpPrefix> prefixes = new ArrayList<>();
        int at = 0;
        while (at < octets.length) {
            int bits = octets[at] & 0xff;
            int size = (bits + 7) / 8;
            byte[] address = new byte[family == AddressFamily.IPV4_UNICAST ? 4 : 16];
            System.arraycopy(octets, at + 1, address, 0, size);
            prefixes.add(IpPrefix.of(IpAddress.of(address), bits));
            at += 1 + size;
        }
        return prefixes;
    }

    private AddressFamily family(byte[] octets) {
        check(u16(octets, 0) == 2 && octets[2] == 1, "a family that was not offered");
        return AddressFamily.IPV6_UNICAST;
    }

    private byte[] need(Map<Integer, byte[]> attributes, int type) {
        byte[] octets = attributes.get(type);
        check(octets != null, "attribute " + type + " is missing");
        return octets == null ? new byte[0] : octets;
    }

    private static Optional<Long> number(Map<Integer, byte[]> attributes, int type) {
        return numbers(attributes, type).stream().findFirst();
    }

    private static List<Long> numbers(Map<Integer, byte[]> attributes, int type) {
        byte[] octets = attributes.getOrDefault(type, new byte[0]);
        List<Long> numbers = new ArrayList<>();
        for (int at = 0; at < octets.length; at += 4) {
            numbers.add(u32(octets, at));
        }
        return numbers;
    }

    private void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(name + ": " + what);
        }
    }

    private static int u16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | (octets[at + 1] & 0xff);
    }

    private static long u32(byte[] octets, int at) {
        return (long) u16(octets, at) << 16 | u16(octets, at + 2);
    }
}
