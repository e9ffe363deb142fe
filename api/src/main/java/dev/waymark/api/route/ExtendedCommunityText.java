package dev.waymark.api.route;

import dev.waymark.api.internal.Digits;
import dev.waymark.api.internal.Refusal;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.RouterId;

/** Reads and writes the text of an {@link ExtendedCommunity}. */
final class ExtendedCommunityText {

    /** The last six octets. */
    static final long VALUE_MASK = 0xffff_ffff_ffffL;

    private static final String ALLOWED = "rt: or soo: with AS:number (65001:100, 65001L:100 for a four-octet AS) or"
            + " address:number (192.0.2.1:100), or 0x with 16 hexadecimal digits";
    private static final int TWO_OCTET_AS = 0x00; // RFC 4360 §3.1
    private static final int IPV4_ADDRESS = 0x01; // RFC 4360 §3.2
    private static final int FOUR_OCTET_AS = 0x02; // RFC 5668 §2
    private static final int ROUTE_TARGET = 0x02; // RFC 4360 §4
    private static final int ROUTE_ORIGIN = 0x03; // RFC 4360 §5
    private static final long MAX_32 = 0xffff_ffffL;
    private static final int MAX_16 = 0xffff;

    private ExtendedCommunityText() {}

    static String format(ExtendedCommunity community) {
        int subtype = community.subtype();
        if (community.type() > FOUR_OCTET_AS || (subtype != ROUTE_TARGET && subtype != ROUTE_ORIGIN)) {
            return String.format("0x%016x", community.bits());
        }
        String name = subtype == ROUTE_TARGET ? "rt:" : "soo:";
        long value = community.value();
        if (community.type() == TWO_OCTET_AS) {
            return name + (value >>> 32) + ":" + (value & MAX_32);
        }
        int administrator = (int) (value >>> 16);
        String who = community.type() == IPV4_ADDRESS
                ? RouterId.ofBits(administrator).toString()
                : Integer.toUnsignedString(administrator) + "L";
        return name + who + ":" + (value & MAX_16);
    }

    static ExtendedCommunity parse(String text) {
        if (text.startsWith("0x") && text.length() == 18) {
            long upper = Digits.hexadecimal(text, 2, 10, 8);
            long lower = Digits.hexadecimal(text, 10, 18, 8);
            if (upper != Digits.NONE && lower != Digits.NONE) {
                return new ExtendedCommunity(upper << 32 | lower);
            }
        } else if (text.startsWith("rt:")) {
            return known(text, 3, ROUTE_TARGET);
        } else if (text.startsWith("soo:")) {
            return known(text, 4, ROUTE_ORIGIN);
        }
        throw refuse(text);
    }

    private static ExtendedCommunity known(String text, int from, int subtype) {
        int colon = text.indexOf(':', from);
        if (colon <= from) {
            throw refuse(text);
        }
        String who = text.substring(from, colon);
        int type = IPV4_ADDRESS;
        long administrator;
        if (who.indexOf('.') >= 0) {
            administrator = address(text, who);
        } else {
            boolean wide = who.endsWith("L");
            administrator = Digits.decimal(wide ? who.substring(0, who.length() - 1) : who, Asn.MAX_VALUE);
            type = wide || administrator > MAX_16 ? FOUR_OCTET_AS : TWO_OCTET_AS;
        }
        long number = Digits.decimal(text, colon + 1, text.length(), type == TWO_OCTET_AS ? MAX_32 : MAX_16);
        if (administrator == Digits.NONE || number == Digits.NONE) {
            throw refuse(text);
        }
        return ExtendedCommunity.of(type, subtype, administrator << (type == TWO_OCTET_AS ? 32 : 16) | number);
    }

    private static long address(String text, String who) {
        try {
            return Integer.toUnsignedLong(RouterId.parse(who).bits());
        } catch (IllegalArgumentException e) {
            IllegalArgumentException refusal = refuse(text);
            refusal.initCause(e);
            throw refusal;
        }
    }

    private static IllegalArgumentException refuse(String text) {
        return Refusal.ofText("extended community", text, ALLOWED);
    }
}
