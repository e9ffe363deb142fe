package dev.waymark.bgp.message;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The shutdown communication of RFC 9003 §2: one octet of length, then UTF-8. Stateless. */
final class ShutdownText {

    private static final int MAX_OCTETS = 255;

    private ShutdownText() {}

    static boolean belongsTo(NotificationSubcode reason) {
        return reason == NotificationSubcode.ADMINISTRATIVE_SHUTDOWN
                || reason == NotificationSubcode.ADMINISTRATIVE_RESET;
    }

    static Octets encode(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(utf8.length, MAX_OCTETS);
        while (length < utf8.length && length > 0 && (utf8[length] & 0xc0) == 0x80) {
            length--; // never cut inside a character
        }
        byte[] data = new byte[1 + length];
        data[0] = (byte) length;
        System.arraycopy(utf8, 0, data, 1, length);
        return Octets.copyOf(data);
    }

    /** Believes the octets that are there, not the length that is claimed. */
    static Optional<String> decode(Octets data) {
        if (data.size() < 2 || data.get(0) == 0) {
            return Optional.empty();
        }
        int length = Math.min(data.get(0), data.size() - 1);
        String text = new String(data.toByteArray(), 1, length, StandardCharsets.UTF_8);
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (isUnsafe(point)) {
                escaped.append("\\u").append(String.format("%04x", point));
            } else {
                escaped.appendCodePoint(point);
            }
        });
        return Optional.of(escaped.toString());
    }

    /** Control and format characters, line and paragraph separators: what could forge or turn a log line. */
    private static boolean isUnsafe(int point) {
        int type = Character.getType(point);
        return Character.isISOControl(point)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || point == '\\';
    }
}
