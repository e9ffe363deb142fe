package dev.waymark.bgp.codec;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.bgp.message.MessageType;
import io.netty.buffer.ByteBuf;

/**
 * Writes UPDATE messages from interned attributes and a stream of prefixes: as few messages as possible, the attributes
 * copied as they are held. MP_REACH_NLRI goes first and each message carries one kind of prefixes only (RFC 7606 §5.1).
 *
 * <p>{@link #begin} or {@link #beginWithdraw}, then {@link #prefix} for each prefix, then {@link #end}. Each call of
 * {@code prefix} and {@code end} writes at most one whole message. Reused; allocates nothing once its arrays have grown.
 * Confined to the engine loop.
 */
public final class UpdateEncoder {

    private static final int FIXED = Wire.HEADER + 4; // with both length fields
    private static final int MP_HEADER = 4; // with Extended Length, used or not
    private static final int MP_REACH_FIXED = 5; // family, next hop length, reserved octet
    private static final int MP_UNREACH_FIXED = 3;
    private static final int SLACK = 32; // prefixes are written in whole words

    /** Where a kind of message has its prefixes. */
    private enum Place {
        NONE,
        NLRI,
        WITHDRAWN,
        MP_REACH,
        MP_UNREACH
    }

    private final NarrowBlock narrowBlock = new NarrowBlock();
    private byte[] message = new byte[Framer.MAX_MESSAGE_OCTETS + SLACK];
    private ByteBuf out = io.netty.buffer.Unpooled.EMPTY_BUFFER;
    private Place place = Place.NONE;
    private AddressFamily family = AddressFamily.IPV4_UNICAST;
    private boolean hasPathIds;
    private byte[] block = {};
    private int blockLength;
    private byte[] nextHop = {};
    private int nextHopFrom;
    private int nextHopLength;
    private int prefixesFrom;
    private int prefixesLimit;
    private int at;
    private int messages;

    /** Makes an encoder for any number of sessions. */
    public UpdateEncoder() {}

    /**
     * Begins announcements with one set of attributes.
     *
     * @param target takes the messages; grows as needed
     * @param options how they are written
     * @param table where the attributes are
     * @param id a valid id
     * @param prefixFamily the family of the prefixes to come
     * @return whether prefixes can be sent with these attributes; if not, nothing has begun
     */
    public EncodeResult begin(
            ByteBuf target, EncodeOptions options, AttributeTable table, int id, AddressFamily prefixFamily) {
        boolean hasIpv6NextHop = table.hasIpv6NextHop(id);
        boolean isIpv4 = prefixFamily == AddressFamily.IPV4_UNICAST;
        if (hasIpv6NextHop ? isIpv4 && !options.hasExtendedNextHop() : !isIpv4) {
            return EncodeResult.NEXT_HOP_FAMILY;
        }
        takeBlock(options, table, id);
        start(target, options, prefixFamily);
        if (hasIpv6NextHop) {
            place = Place.MP_REACH;
            nextHop = table.store().content(id);
            nextHopFrom = table.store().attributesLength(id);
            nextHopLength = nextHop.length - nextHopFrom;
            prefixesFrom = FIXED + MP_HEADER + MP_REACH_FIXED + nextHopLength;
            prefixesLimit = options.maxMessageOctets() - blockLength;
        } else {
            place = Place.NLRI;
            prefixesFrom = FIXED + blockLength;
            prefixesLimit = options.maxMessageOctets();
        }
        at = prefixesFrom;
        if (prefixesFrom >= prefixesLimit) {
            place = Place.NONE;
            return EncodeResult.TOO_LONG;
        }
        if (place == Place.NLRI) {
            System.arraycopy(block, 0, message, FIXED, blockLength);
        }
        return EncodeResult.OK;
    }

    /**
     * Begins withdrawals.
     *
     * @param target takes the messages; grows as needed
     * @param options how they are written
     * @param prefixFamily the family of the prefixes to come
     */
    public void beginWithdraw(ByteBuf target, EncodeOptions options, AddressFamily prefixFamily) {
        start(target, options, prefixFamily);
        if (prefixFamily == AddressFamily.IPV4_UNICAST) {
            place = Place.WITHDRAWN;
            prefixesFrom = Wire.HEADER + 2;
            prefixesLimit = options.maxMessageOctets() - 2;
        } else {
            place = Place.MP_UNREACH;
            prefixesFrom = FIXED + MP_HEADER + MP_UNREACH_FIXED;
            prefixesLimit = options.maxMessageOctets();
        }
        at = prefixesFrom;
    }

    /**
     * Adds a prefix. A message that is full is written and another one begun.
     *
     * @param high the first 64 bits, left-aligned; bits behind the length are zero
     * @param low the last 64 bits; 0 for IPv4
     * @param length the prefix length in bits
     * @return false when the prefix does not fit even a message of its own; then it is not sent
     */
    public boolean prefix(long high, long low, int length) {
        return prefix(high, low, length, 0);
    }

    /**
     * Adds a prefix with a path identifier (RFC 7911 §3).
     *
     * @param high the first 64 bits, left-aligned; bits behind the length are zero
     * @param low the last 64 bits; 0 for IPv4
     * @param length the prefix length in bits
     * @param pathId the identifier as an unsigned 32-bit value; not written where ADD-PATH isn't used
     * @return false when the prefix does not fit even a message of its own; then it is not sent
     */
    public boolean prefix(long high, long low, int length, int pathId) {
        int octets = ((length + 7) >>> 3) + (hasPathIds ? 5 : 1);
        if (at + octets > prefixesLimit) {
            if (at == prefixesFrom) {
                return false;
            }
            write();
            if (at + octets > prefixesLimit) {
                return false;
            }
        }
        int start = at;
        if (hasPathIds) {
            Wire.put32(message, start, pathId);
            start += 4;
        }
        message[start] = (byte) length;
        Wire.put64(message, start + 1, high);
        if (length > 64) {
            Wire.put64(message, start + 9, low);
        }
        at += octets;
        return true;
    }

    /**
     * Writes the last message, if a prefix waits for one.
     *
     * @return the number of messages written since it began
     */
    public int end() {
        if (place != Place.NONE && at > prefixesFrom) {
            write();
        }
        place = Place.NONE;
        out = io.netty.buffer.Unpooled.EMPTY_BUFFER;
        return messages;
    }

    /**
     * Writes the End-of-RIB marker of a family (RFC 4724 §2).
     *
     * @param target takes the message
     * @param markedFamily the family
     */
    public static void endOfRib(ByteBuf target, AddressFamily markedFamily) {
        boolean isIpv4 = markedFamily == AddressFamily.IPV4_UNICAST;
        byte[] octets = new byte[isIpv4 ? FIXED : FIXED + 6];
        Wire.putHeader(octets, 0, octets.length, MessageType.UPDATE.code());
        if (!isIpv4) {
            Wire.put16(octets, FIXED - 2, 6);
            AttributeOctets.putHeader(
                    octets, FIXED, AttributeType.FLAG_OPTIONAL, AttributeType.MP_UNREACH_NLRI, MP_UNREACH_FIXED);
            putFamily(octets, FIXED + 3, markedFamily);
        }
        target.writeBytes(octets);
    }

    private void start(ByteBuf target, EncodeOptions options, AddressFamily prefixFamily) {
        out = target;
        family = prefixFamily;
        hasPathIds = options.sendsPathIds(prefixFamily);
        messages = 0;
        int room = options.maxMessageOctets() + SLACK;
        if (message.length < room) {
            message = new byte[room];
        }
    }

    /** Finds the octets that are sent: those that are held, unless AS numbers have another width on this session. */
    private void takeBlock(EncodeOptions options, AttributeTable table, int id) {
        byte[] content = table.store().content(id);
        int length = table.store().attributesLength(id);
        if (!options.isFourOctetSession()) {
            narrowBlock.narrow(content, length, options.isLocalFourOctet());
            block = narrowBlock.octets();
            blockLength = narrowBlock.length();
        } else if ((table.flags(id) & AttributeFlags.HAS_OPAQUE_AS4) != 0) {
            narrowBlock.dropAs4(content, length); // RFC 6793 §4.1: never between two that know four octets
            block = narrowBlock.octets();
            blockLength = narrowBlock.length();
        } else {
            block = content;
            blockLength = length;
        }
    }

    /** Writes the message that the prefixes so far make, and begins the next one of the kind. */
    private void write() {
        switch (place) {
            case NLRI -> {
                Wire.put16(message, Wire.HEADER, 0);
                Wire.put16(message, Wire.HEADER + 2, blockLength);
                write(0, at);
            }
            case WITHDRAWN -> {
                Wire.put16(message, Wire.HEADER, at - prefixesFrom);
                Wire.put16(message, at, 0);
                write(0, at + 2);
            }
            case MP_REACH -> writeReach();
            case MP_UNREACH -> writeUnreach();
            case NONE -> throw new IllegalStateException("no message has begun: call begin or beginWithdraw first");
        }
        at = prefixesFrom;
    }

    private void writeReach() {
        int valueFrom = prefixesFrom - MP_REACH_FIXED - nextHopLength;
        int from = putMpFront(AttributeType.MP_REACH_NLRI, valueFrom, blockLength);
        putFamily(message, valueFrom, family);
        message[valueFrom + 3] = (byte) nextHopLength;
        System.arraycopy(nextHop, nextHopFrom, message, valueFrom + 4, nextHopLength);
        message[prefixesFrom - 1] = 0;
        System.arraycopy(block, 0, message, at, blockLength);
        write(from, at + blockLength);
    }

    private void writeUnreach() {
        int valueFrom = prefixesFrom - MP_UNREACH_FIXED;
        int from = putMpFront(AttributeType.MP_UNREACH_NLRI, valueFrom, 0);
        putFamily(message, valueFrom, family);
        write(from, at);
    }

    /** Writes what stands before a multiprotocol attribute's value, and returns where the message begins: 0 or 1. */
    private int putMpFront(int type, int valueFrom, int othersLength) {
        int valueLength = at - valueFrom;
        int header = valueLength > 255 ? 4 : 3;
        int from = MP_HEADER - header;
        AttributeOctets.putHeader(message, valueFrom - header, AttributeType.FLAG_OPTIONAL, type, valueLength);
        Wire.put16(message, from + Wire.HEADER, 0);
        Wire.put16(message, from + Wire.HEADER + 2, header + valueLength + othersLength);
        return from;
    }

    private void write(int from, int to) {
        Wire.putHeader(message, from, to - from, MessageType.UPDATE.code());
        out.writeBytes(message, from, to - from);
        messages++;
    }

    private static void putFamily(byte[] octets, int from, AddressFamily written) {
        Wire.put16(octets, from, written.afi());
        octets[from + 2] = (byte) written.safi();
    }
}
