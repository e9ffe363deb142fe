package dev.waymark.api.route;

import dev.waymark.api.internal.Refusal;
import dev.waymark.api.net.Asn;
import dev.waymark.api.route.AsPathSegment.Kind;

/** Reads and writes the text of an {@link AsPath}. */
final class AsPathText {

    private static final String ALLOWED = "AS numbers with blanks between them, sets as {1,2}, confederation sequences"
            + " as (1 2) and confederation sets as [1,2], each with 1 to 255 AS numbers";

    private AsPathText() {}

    static String format(int[] words) {
        StringBuilder text = new StringBuilder(words.length * 6);
        for (int at = 0; at < words.length; at = AsPath.next(words, at)) {
            Kind kind = AsPath.kind(words[at]);
            boolean bracketed = kind != Kind.AS_SEQUENCE;
            if (at > 0) {
                text.append(' ');
            }
            if (bracketed) {
                text.append(kind.opening());
            }
            for (int i = at + 1; i < AsPath.next(words, at); i++) {
                if (i > at + 1) {
                    text.append(kind.isSet() ? ',' : ' ');
                }
                text.append(Integer.toUnsignedString(words[i]));
            }
            if (bracketed) {
                text.append(kind.closing());
            }
        }
        return text.toString();
    }

    static AsPathWords parse(String text) {
        AsPathWords words = new AsPathWords();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            Kind bracketed = opening(c);
            if (c == ' ') {
                at++;
            } else if (bracketed == Kind.AS_SEQUENCE) {
                int end = endOfNumber(text, at);
                words.addToSequence(number(text, at, end));
                at = end;
            } else {
                at = segment(text, at, bracketed, words);
            }
        }
        return words;
    }

    /** Reads a bracketed segment and returns the index behind its closing bracket. */
    private static int segment(String text, int opening, Kind kind, AsPathWords words) {
        int closing = text.indexOf(kind.closing(), opening);
        if (closing < 0) {
            throw refuse(text);
        }
        words.begin(kind);
        int at = opening + 1;
        boolean wantsNumber = true;
        while (at < closing) {
            char c = text.charAt(at);
            if (c == ' ') {
                at++;
            } else if (c == ',') {
                if (wantsNumber || !kind.isSet()) {
                    throw refuse(text);
                }
                wantsNumber = true;
                at++;
            } else {
                int end = Math.min(endOfNumber(text, at), closing);
                words.add(number(text, at, end));
                wantsNumber = false;
                at = end;
            }
        }
        if (wantsNumber || words.count() > AsPathSegment.MAX_ASNS) {
            throw refuse(text);
        }
        return closing + 1;
    }

    private static int number(String text, int from, int to) {
        try {
            return Asn.parse(text.substring(from, to)).bits();
        } catch (IllegalArgumentException e) {
            IllegalArgumentException refusal = refuse(text);
            refusal.initCause(e);
            throw refusal;
        }
    }

    private static int endOfNumber(String text, int from) {
        int end = from + 1;
        while (end < text.length() && " ,{}()[]".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /** The kind that a bracket opens; AS_SEQUENCE, which has none, for every other character. */
    private static Kind opening(char c) {
        return switch (c) {
            case '{' -> Kind.AS_SET;
            case '(' -> Kind.AS_CONFED_SEQUENCE;
            case '[' -> Kind.AS_CONFED_SET;
            default -> Kind.AS_SEQUENCE;
        };
    }

    private static IllegalArgumentException refuse(String text) {
        return Refusal.ofText("as path", text, ALLOWED);
    }
}
