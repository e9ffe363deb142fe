package dev.waymark.api.internal;

/**
 * Reads unsigned numbers out of text, strictly: ASCII digits only, no sign, no blanks, and no leading zero in a decimal
 * number (some readers take it for octal). Stateless.
 */
public final class Digits {

    /** What the readers return when the text isn't such a number. */
    public static final long NONE = -1;

    private Digits() {}

    /**
     * Reads a whole text as a decimal number.
     *
     * @param text the text
     * @param max the largest value that is accepted
     * @return the number, or {@link #NONE}
     */
    public static long decimal(String text, long max) {
        return decimal(text, 0, text.length(), max);
    }

    /**
     * Reads a part of a text as a decimal number.
     *
     * @param text the text
     * @param from index of the first character
     * @param to index after the last character
     * @param max the largest value that is accepted
     * @return the number, or {@link #NONE}
     */
    public static long decimal(String text, int from, int to, long max) {
        if (from >= to || (to - from > 1 && text.charAt(from) == '0')) {
            return NONE;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            value = value * 10 + digit;
            if (value > max) {
                return NONE;
            }
        }
        return value;
    }

    /**
     * Reads a part of a text as a hexadecimal number of at most 15 digits, in either case.
     *
     * @param text the text
     * @param from index of the first character
     * @param to index after the last character
     * @param maxDigits the most digits that are accepted, 1 to 15
     * @return the number, or {@link #NONE}
     */
    public static long hexadecimal(String text, int from, int to, int maxDigits) {
        if (from >= to || to - from > maxDigits) {
            return NONE;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return NONE;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
