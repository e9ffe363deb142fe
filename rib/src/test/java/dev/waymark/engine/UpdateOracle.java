package dev.waymark.engine;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the tables of ERROR-HANDLING 2, 4 and 5 say of what an external peer with AS 65001 sends on a session of some {@link
 * Shape}: a second, slow reading of RFC 4271, RFC 4760, RFC 6793 and RFC 7606. Cuts a stream into messages as they would be cut,
 * until something resets the session.
 */
final class UpdateOracle {
    private final Shape shape;

    /** What the peer has announced and not lost, as {@link RawTable} writes it for a peer that takes all there is. */
    final Map<String, String> routes = new TreeMap<>();
    /** The NOTIFICATIONs that the session may end with; empty if it goes on. */
    final Set<String> resets = new TreeSet<>();
    /** Whether octets are left that are no whole message. */
    boolean waits;

    private boolean isWithdrawn;

    /** What is wrong only of a route from this peer: its path does not begin with the peer, its next hop is the server. */
    private boolean isForeign;

    /** Whether MP_REACH_NLRI announces anything, of whatever family. */
    private boolean isReachable;

    private final Map<Integer, String> kept = new TreeMap<>();
    private final Set<String> withdrawn = new TreeSet<>();
    /** The prefixes announced, each with the next hop's attribute, or nothing where NEXT_HOP is that. */
    private final Map<String, String> announced = new TreeMap<>();

    private OraclePath path;

    private UpdateOracle(Shape shape) {
        this.shape = shape;
        this.path = new OraclePath(shape);
    }

    static UpdateOracle of(byte[] stream) {
        return of(stream, Shape.AZURE);
    }

    static UpdateOracle of(byte[] stream, Shape shape) {
        UpdateOracle oracle = new UpdateOracle(shape);
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
        isReachable = false;
        kept.clear();
        withdrawn.clear();
        announced.clear();
        path = new OraclePath(shape);
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
        prefixes(octets, from + 2, attributesAt, "", "3/10").forEach(withdrawn::add);
        Set<String> field = prefixes(octets, nlriAt, end, "", "3/10");
        Set<Integer> seen = new HashSet<>();
        boolean isCut = walk(octets, attributesAt + 2, nlriAt, seen);
        String nextHop = kept.getOrDefault(3, "");
        boolean hasOther = announced.entrySet().stream()
                .anyMatch(each -> !each.getKey().startsWith(RawTable.IPV6)
                        && !each.getValue().equals(nextHop));
        isWithdrawn |= !field.isEmpty() && hasOther; // one family with two next hops
        field.forEach(prefix -> announced.put(prefix, ""));
        judgeWhole(seen, end > nlriAt, isCut);
        if (resets.isEmpty()) {
            apply();
        }
    }

    private void judgeWhole(Set<Integer> seen, boolean hasField, boolean isCut) {
        boolean hasPath = seen.contains(1) && seen.contains(2);
        isWithdrawn |= isCut || path.isBad();
        isWithdrawn |= hasField && !(hasPath && seen.contains(3));
        isWithdrawn |= !announced.isEmpty() && !hasPath;
        boolean hasOthers = isCut || seen.stream().anyMatch(type -> type != 15);
        if (isWithdrawn && hasOthers && !hasField && !isReachable) {
            resets.add("3/x"); // RFC 7606 §5.2: the subcode of whatever it was
        }
        isWithdrawn |= isForeign || path.isForeign();
    }

    private void apply() {
        withdrawn.removeAll(announced.keySet());
        routes.keySet().removeAll(withdrawn);
        kept.putAll(path.kept());
        announced.forEach((prefix, nextHop) -> {
            Map<Integer, String> attributes = new TreeMap<>(kept);
            if (!nextHop.isEmpty()) {
                attributes.remove(3);
                attributes.put(prefix.startsWith(RawTable.IPV6) ? 14 : 3, nextHop);
            }
            if (isWithdrawn) {
                routes.remove(prefix);
            } else {
                routes.put(prefix, String.join(" ", attributes.values()));
            }
        });
    }

    private Set<String> prefixes(byte[] octets, int from, int end, String family, String reset) {
        int most = family.isEmpty() ? 32 : 128;
        Set<String> all = new TreeSet<>();
        int at = from;
        while (at < end) {
            int size = RawTable.size(octets[at]);
            if ((octets[at] & 0xff) > most || at + 1 + size > end) {
                resets.add(reset);
                return all;
            }
            if (size == 0 || isUnicast(octets, at, family.isEmpty())) {
                all.add(family + masked(octets, at, size));
            }
            at += 1 + size;
        }
        return all;
    }

    private static boolean isUnicast(byte[] octets, int at, boolean isIpv4) {
        int first = octets[at + 1] & 0xff;
        return isIpv4 ? first < 224 : first != 0xff || octets[at] < 8;
    }

    private static String masked(byte[] octets, int at, int size) {
        byte[] copy = Arrays.copyOfRange(octets, at, at + 1 + size);
        int spare = size * 8 - (copy[0] & 0xff);
        copy[size] &= (byte) (size == 0 ? 0xff : 0xff << spare);
        return RawTable.prefix(copy, 0);
    }

    private boolean walk(byte[] octets, int from, int end, Set<Integer> seen) {
        int at = from;
        while (at < end) {
            int header = (octets[at] & 0x10) != 0 ? 4 : 3;
            if (end - at < header) {
                return true;
            }
            int length = header == 4 ? RawMessages.u16(octets, at + 2) : octets[at + 2] & 0xff;
            if (length > end - at - header) {
                return true;
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
        return false;
    }

    private void attribute(byte[] octets, int flags, int type, int at, int length) {
        switch (type) {
            case 1 -> wellKnown(flags, type, octets, at, length, length == 1 && (octets[at] & 0xff) <= 2);
            case 2 -> {
                check(flags, 0x40);
                path.path(Arrays.copyOfRange(octets, at, at + length));
            }
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
                path.aggregator(flags, Arrays.copyOfRange(octets, at, at + length));
            }
            case 8 -> known(flags, 0xc0, flags, type, octets, at, length, length > 0 && length % 4 == 0);
            case 9, 10 -> check(flags, 0x80); // from an external peer: discarded
            case 16 -> known(flags, 0xc0, flags, type, octets, at, length, length > 0 && length % 8 == 0);
            case 25 -> known(flags, 0xc0, flags, type, octets, at, length, length > 0 && length % 20 == 0);
            case 26, 29, 40 -> {
                // discarded unread
            }
            case 32 -> known(flags, 0xc0, flags, type, octets, at, length, length > 0 && length % 12 == 0);
            case 35 -> known(flags, 0xc0, flags, type, octets, at, length, length == 4);
            case 14, 15 -> {
                check(flags, 0x80);
                multiprotocol(type == 14, Arrays.copyOfRange(octets, at, at + length));
            }
            default -> other(octets, flags, type, at, length);
        }
    }

    private void other(byte[] octets, int flags, int type, int at, int length) {
        if (shape.isStandard() && (type == 17 || type == 18)) {
            if (!shape.isFourOctet()) {
                check(flags, 0xc0);
                path.as4(type, Arrays.copyOfRange(octets, at, at + length));
            }
            return;
        }
        boolean isOptional = (flags & 0x80) != 0;
        boolean isTransitive = (flags & 0x40) != 0;
        if (!isOptional) {
            resets.add("3/2");
        } else if (isTransitive) {
            keep(0xe0, type, octets, at, length);
        }
    }

    /** RFC 4760 §3 and §4, RFC 7606 §7.11, §7.12. */
    private void multiprotocol(boolean isReach, byte[] value) {
        if (value.length < (isReach ? 5 : 3)) {
            resets.add("3/9");
            return;
        }
        int afi = RawMessages.u16(value, 0);
        boolean isNegotiated = value[2] == 1 && (afi == 1 || (afi == 2 && shape.isStandard()));
        if (!isNegotiated) {
            isReachable |= isReach; // its content is not read
            return;
        }
        String family = afi == 1 ? "" : RawTable.IPV6;
        if (!isReach) {
            withdrawn.addAll(prefixes(value, 3, value.length, family, "3/9"));
            return;
        }
        int nextHop = value[3] & 0xff;
        int nlriAt = 4 + nextHop + 1;
        boolean isLength = afi == 1 ? nextHop == 4 : nextHop == 16 || nextHop == 32;
        if (nlriAt > value.length || !isLength) {
            resets.add("3/9");
            return;
        }
        isReachable |= nlriAt < value.length;
        isWithdrawn |=
                afi == 1 ? !isHost(value, 4) : !isIpv6Host(value, 4); // the global one, if there are two (RFC 2545 §3)
        String text = afi == 1 ? RawTable.text(0x40, 3, value, 4, 4) : RawTable.text(0x80, 14, value, 4, nextHop);
        prefixes(value, nlriAt, value.length, family, "3/9").forEach(prefix -> announced.put(prefix, text));
    }

    private boolean isIpv6Host(byte[] octets, int at) {
        byte[] address = Arrays.copyOfRange(octets, at, at + 16);
        isForeign |= Arrays.equals(address, Shape.OWN_IPV6.toBytes());
        boolean isLow = true;
        for (int i = 0; i < 15; i++) {
            isLow &= address[i] == 0;
        }
        return (address[0] & 0xff) != 0xff && !(isLow && (address[15] & 0xfe) == 0);
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
}
