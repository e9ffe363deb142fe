package dev.waymark.examples.app;

import dev.waymark.api.AsnRange;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parsers of the values that configuration files have. Each refusal says what is allowed. Stateless. */
final class Values {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern OCTETS = Pattern.compile("(\\d{1,15})(|KiB|MiB|GiB)");
    private static final Pattern ADDRESS_AND_PORT = Pattern.compile("(?:\\[(.+)]|([^:]+)):(\\d{1,5})");
    private static final Map<String, Long> UNITS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private Values() {}

    static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(text, "true or false");
        };
    }

    /** Reads a name that is shown: not blank, at most 80 characters, none of them a control character. */
    static String name(String text) {
        if (text.isBlank() || text.length() > 80 || text.chars().anyMatch(Character::isISOControl)) {
            throw refused(text, "a name of 1 to 80 characters");
        }
        return text;
    }

    static int integer(String text) {
        return Math.toIntExact(number(text, Integer.MAX_VALUE));
    }

    static long longInteger(String text) {
        return number(text, Long.MAX_VALUE);
    }

    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        Long unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw refused(text, "a whole number with a unit, ms, s, m, h or d, like 180s");
        }
        return Duration.ofMillis(Long.parseLong(matcher.group(1)) * unit);
    }

    static long octets(String text) {
        Matcher matcher = OCTETS.matcher(text);
        if (!matcher.matches()) {
            throw refused(text, "a whole number of octets, or one with KiB, MiB or GiB, like 64MiB");
        }
        int shift = switch (matcher.group(2)) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            case "GiB" -> 30;
            default -> 0;
        };
        long value = Long.parseLong(matcher.group(1));
        if (value > Long.MAX_VALUE >> shift) {
            throw refused(text, "at most " + Long.MAX_VALUE + " octets");
        }
        return value << shift;
    }

    static int octetsInt(String text) {
        long value = octets(text);
        if (value > Integer.MAX_VALUE) {
            throw refused(text, "at most " + Integer.MAX_VALUE + " octets");
        }
        return (int) value;
    }

    /** Reads {@code 10.0.0.4:179} or {@code [2001:db8::4]:179}; no names, so that nothing is looked up. */
    static InetSocketAddress addressAndPort(String text) {
        Matcher matcher = ADDRESS_AND_PORT.matcher(text);
        String allowed = "an address and a port, like 10.0.0.4:179 or [2001:db8::4]:179";
        if (!matcher.matches()) {
            throw refused(text, allowed);
        }
        int port = Integer.parseInt(matcher.group(3));
        IpAddress address = IpAddress.parse(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        if (port > 65_535 || address.isIpv4() == (matcher.group(1) != null)) {
            throw refused(text, allowed);
        }
        return new InetSocketAddress(address.toInetAddress(), port);
    }

    static AsnRange asnRange(String text) {
        int dash = text.indexOf('-');
        Asn first = Asn.parse(dash < 0 ? text : text.substring(0, dash));
        Asn last = dash < 0 ? first : Asn.parse(text.substring(dash + 1));
        return new AsnRange(first, last, "reserved by this configuration");
    }

    /** Returns a parser of an enum's constants in lower case, with dashes: {@code tear-down}. */
    static <E extends Enum<E>> ValueParser<E> oneOf(Class<E> type) {
        return text -> Stream.of(type.getEnumConstants())
                .filter(constant -> dashed(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> refused(
                        text,
                        Stream.of(type.getEnumConstants()).map(Values::dashed).collect(Collectors.joining(", "))));
    }

    static String dashed(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static IllegalArgumentException refused(String text, String allowed) {
        return new IllegalArgumentException("'" + printable(text) + "' is not valid: allowed is " + allowed);
    }

    private static long number(String text, long most) {
        if (text.matches("\\d{1,19}")) {
            try {
                long value = Long.parseLong(text);
                if (value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw refused(text, "0 to " + most);
            }
        }
        throw refused(text, "a whole number, 0 to " + most);
    }

    /** Returns a text that may be shown: cut, and without control characters. */
    static String printable(String text) {
        String cut = text.length() > 64 ? text.substring(0, 64) + "..." : text;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
