package dev.waymark.api.internal;

/**
 * Words the refusal of a value: which parameter, what was given, what is allowed. One wording for all values, so that a
 * configuration reader can show it as it is. Given text is cut to {@value #MAX_QUOTED} characters and its control
 * characters are replaced. Stateless.
 */
public final class Refusal {

    /** The most characters of the given text that a message repeats. */
    public static final int MAX_QUOTED = 64;

    private Refusal() {}

    /**
     * Returns the exception for text that can't be read.
     *
     * @param parameter what the text was for, such as {@code asn}
     * @param text what was given
     * @param allowed what would have been accepted, with an example
     * @return the exception, to be thrown by the caller
     */
    public static IllegalArgumentException ofText(String parameter, String text, String allowed) {
        return new IllegalArgumentException(parameter + " " + quote(text) + " is not valid: allowed is " + allowed);
    }

    /**
     * Returns the exception for a number outside its range.
     *
     * @param parameter what the number was for
     * @param value what was given
     * @param min the smallest allowed value
     * @param max the largest allowed value
     * @return the exception, to be thrown by the caller
     */
    public static IllegalArgumentException ofNumber(String parameter, long value, long min, long max) {
        return new IllegalArgumentException(
                parameter + " " + value + " is out of range: allowed is " + min + " to " + max);
    }

    /**
     * Returns the number when it is inside its range.
     *
     * @param parameter what the number is for
     * @param value the number
     * @param min the smallest allowed value
     * @param max the largest allowed value
     * @return {@code value}
     * @throws IllegalArgumentException when it is outside
     */
    public static long checkRange(String parameter, long value, long min, long max) {
        if (value < min || value > max) {
            throw ofNumber(parameter, value, min, max);
        }
        return value;
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder(Math.min(text.length(), MAX_QUOTED) + 5).append('"');
        for (int i = 0; i < text.length() && i < MAX_QUOTED; i++) {
            char c = text.charAt(i);
            quoted.append(Character.isISOControl(c) ? '?' : c);
        }
        return quoted.append(text.length() > MAX_QUOTED ? "...\"" : "\"").toString();
    }
}
