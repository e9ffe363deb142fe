package dev.waymark.engine;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the tables of ERROR-HANDLING 2, 4 and 5 say of what an external peer with AS 65001 sends to the {@code azure} profile:
 * a second, slow reading of RFC 4271 and RFC 7606, for IPv4 and two-octet AS numbers. Cuts a stream into messages as they
 * would be cut, until something resets the session.
 */
final class UpdateOracle {
    private static final int PEER = 65001;

    /** What the peer has announced and not lost, as {@link RawTable} writes it. */
    final Map<String, String> routes = new TreeMap<>();
    /** The NOTIFICATIONs that the session may end with; empty if it goes on. */
    final Set<String> resets = new TreeSet<>();
    /** Whether octets are left that are no whole message. */
    boolean waits;

    private boolean isWithdrawn;

    /** What is wrong only of a route from this peer: its path does not begin with the peer, its next hop is the server. */
    private boolean isForeign;

    private final Map<Integer, String> kept = new TreeMap<>();

    static UpdateOracle of(byte[] stream) {
        UpdateOracle oracle = new UpdateOracle();
        oracle.hear(stream);
        return oracle;
    }

    private void hear(byte[] stream) {
        int at = 0;
        while (at < stream.length && resets.isEmpty()) {
            if (stream.length - at < RawMessages.HEADER) {
                waits = true;
                return;
            }
            int length = RawMessages.u16(stream, at + 16);
            int type = stream[at + 18] & 0xff;
            judgeHeader(stream, at, length, type);
            if (!resets.isEmpty()) {
                break;
            }
            if (at + length > stream.length) {
                waits = true;
                return;
            }
            if (type == RawMessages.UPDATE) {
                update(stream, at + RawMessages.HEADER, at + length);
            }
            at += length;
        }
        if (!resets.isEmpty()) {
            routes.clear();
        }
    }

    private void judgeHeader(byte[] stream, int at, int length, int type) {
        for (int i = 0; i < 16; i++) {
            if (stream[at + i] != (byte) 0xff) {
                resets.add("1/1");
                return;
            }
        }
        boolean isKeepalive = type == RawMessages.KEEPALIVE;
        int least = type == RawMessages.UPDATE ? 23 : RawMessages.HEADER;
        if (length < least || length > 4096 || (isKeepalive && length != RawMessages.HEADER)) {
            resets.add("1/2");
        } else if (type < 1 || type > 5) {
            resets.add("1/3");
        }
    }

    private void update(byte[] octets, int from, int end) {
        isWithdrawn = false;
        isForeign = false;
        kept.clear();
        int attributesAt = from + 2 + RawMessages.u16(octets, from);
        if (attributesAt + 2 > end) {
            resets.add("3/1");
            return;
        }
        int nlriAt = attributesAt + 2 + RawMessages.u16(octets, attributesAt);
        if (nlriAt > end) {
            resets.add("3/1");
            return;
        }
        Set<String> withdrawn = prefixes(octets, from + 2, attributesAt);
        Set<String> announced = prefixes(octets, nlriAt, end);
        Set<Integer> seen = new HashSet<>();
        String overrun = walk(octets, attributesAt + 2, nlriAt, seen);
        boolean hasNlri = end > nlriAt;
        if (hasNlri && !(seen.contains(1) && seen.contains(2) && seen.contains(3))) {
            isWithdrawn = true;
        }
        if ((isWithdrawn || !overrun.isEmpty()) && !hasNlri) {
            resets.add("3/x"); // RFC 7606 §5.2: the subcode of whatever it was
        }
        isWithdrawn |= isForeign;
        if (!resets.isEmpty()) {
            return;
        }
        withdrawn.removeAll(announced);
        routes.keySet().removeAll(withdrawn);
        for (String prefix : announced) {
            if (isWithdrawn || !overrun.isEmpty()) {
                routes.remove(prefix);
            } else {
                routes.put(prefix, String.join(" ", kept.values()));
            }
        }
    }

    private Set<String> prefixes(byte[] octets, int from, int end) {
        Set<String> all = new TreeSet<>();
        int at = from;
        while (at < end) {
            int size = RawTable.size(octets[at]);
            if ((octets[at] & 0xff) > 32 || at + 1 + size > end) {
                resets.add("3/10");
                return all;
            }
            if (size == 0 || octets[at + 1] >= 0 || (octets[at + 1] & 0xff) < 224) {
                all.add(masked(octets, at, size));
            }
            at += 1 + size;
        }
        return all;
    }

    private static String masked(byte[] octets, int at, int size) {
        byte[] copy = Arrays.copyOfRange(octets, at, at + 1 + size);
        int spare = size * 8 - (copy[0] & 0xff);
        copy[size] &= (byte) (size == 0 ? 0xff : 0xff << spare);
        return RawTable.prefix(copy, 0);
    }

    private String walk(byte[] octets, int from, int end, Set<Integer> seen) {
        int at = from;
        while (at < end) {
            int header = (octets[at] & 0x10) != 0 ? 4 : 3;
            if (end - at < header) {
                return "cut";
            }
            int length = header == 4 ? RawMessages.u16(octets, at + 2) : octets[at + 2] & 0xff;
            if (length > end - at - header) {
                return "over";
            }
            int type = octets[at + 1] & 0xff;
            boolean isFirst = seen.add(type);
            if (isFirst) {
                attribute(octets, octets[at] & 0xe0, type, at + header, length);
            } else if (type == 14 || type == 15) {
                resets.add("3/1");
            }
            at += header + length;
        }
        return "";
    }

    private void attribute(byte[] octets, int flags, int type, int at, int length) {
        switch (type) {
            case 1 -> wellKnown(flags, type, octets, at, length, length == 1 && (octets[at] & 0xff) <= 2);
            case 2 -> wellKnown(flags, type, octets, at, length, isSoundPath(octets, at, length));
            case 3 -> wellKnown(flags, type, octets, at, length, length == 4 && isHost(octets, at));
            case 4 -> known(flags, 0x80, 0x80, type, octets, at, length, length == 4);
            case 5 -> check(flags, 0x40);
            case 6 -> {
                check(flags, 0x40);
                if (length == 0) {
                    keep(0x40, type, octets, at, length);
                }
            }
            case 7 -> {
                check(flags, 0xc0);
                if (length == 6 && RawMessages.u16(octets, at) != 0) {
                    keep(flags, type, octets, at, length);
                }
            }
            case 8 -> known(flags, 0xc0, flags, type, octets, at, length, length > 0 && length % 4 == 0);
            case 16 -> known(flags, 0xc0, flags, type, octets, at, length, length > 0 && length % 8 == 0);
            case 32 -> known(flags, 0xc0, flags, type, octets, at, length, length > 0 && length % 12 == 0);
            default -> other(octets, flags, type, at, length);
        }
    }

    private void other(byte[] octets, int flags, int type, int at, int length) {
        boolean isOptional = (flags & 0x80) != 0;
        boolean isTransitive = (flags & 0x40) != 0;
        if (!isOptional) {
            resets.add("3/2");
        } else if (isTransitive) {
            keep(0xe0, type, octets, at, length);
        }
    }

    private void wellKnown(int flags, int type, byte[] octets, int at, int length, boolean isSound) {
        known(flags, 0x40, 0x40, type, octets, at, length, isSound);
    }

    private void known(int flags, int wanted, int sent, int type, byte[] octets, int at, int length, boolean isSound) {
        check(flags, wanted);
        isWithdrawn |= !isSound;
        keep(sent, type, octets, at, length);
    }

    private void check(int flags, int wanted) {
        isWithdrawn |= (flags & 0xc0) != wanted;
    }

    private void keep(int flags, int type, byte[] octets, int at, int length) {
        kept.put(type, RawTable.text(flags, type, octets, at, length));
    }

    private boolean isHost(byte[] octets, int at) {
        int first = octets[at] & 0xff;
        isForeign |= RawMessages.u16(octets, at) == 0x0a00 && RawMessages.u16(octets, at + 2) == 4;
        return first != 0 && first != 127 && first < 224;
    }

    private boolean isSoundPath(byte[] octets, int from, int length) {
        int at = from;
        int hops = 0;
        boolean isFirst = true;
        while (at < from + length) {
            if (from + length - at < 2 || octets[at] != 2 || octets[at + 1] == 0) {
                return false;
            }
            int count = octets[at + 1] & 0xff;
            at += 2;
            if (at + 2 * count > from + length) {
                return false;
            }
            for (int i = 0; i < count; i++) {
                int as = RawMessages.u16(octets, at + 2 * i);
                if (as == 0) {
                    return false;
                }
                isForeign |= isFirst && as != PEER;
                isFirst = false;
            }
            hops += count;
            at += 2 * count;
        }
        isForeign |= hops == 0;
        return hops <= 1_000;
    }
}
