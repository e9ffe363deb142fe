package dev.waymark.api.route;

import dev.waymark.api.internal.Refusal;
import dev.waymark.api.net.Asn;
import java.util.List;
import java.util.Optional;

/**
 * One segment of an AS_PATH (RFC 4271 §4.3, RFC 5065 §3). Two sets with another order of members are different segments,
 * because a route server passes a path on as it came. Immutable.
 *
 * @param kind what the AS numbers mean
 * @param asns 1 to 255 AS numbers, in wire order
 */
public record AsPathSegment(Kind kind, List<Asn> asns) {

    /** The most AS numbers that one segment holds (RFC 4271 §4.3: its count is one octet). */
    public static final int MAX_ASNS = 255;

    /**
     * Copies the list and checks its size.
     *
     * @param kind what the AS numbers mean
     * @param asns the AS numbers
     * @throws IllegalArgumentException when there are none or more than 255 AS numbers
     */
    public AsPathSegment {
        asns = List.copyOf(asns);
        Refusal.checkRange("AS numbers in a path segment", asns.size(), 1, MAX_ASNS);
    }

    /** Returns the text of a path that consists of this segment. */
    @Override
    public String toString() {
        return AsPath.of(List.of(this)).toString();
    }

    /** What the AS numbers of a segment mean, with the type code of the segment. */
    public enum Kind {
        /** Unordered, part of the path as a whole (RFC 4271 §4.3; deprecated by RFC 9774). Written {@code {1,2}}. */
        AS_SET(1, '{', '}'),
        /** In order, nearest first (RFC 4271 §4.3). Written {@code 1 2}. */
        AS_SEQUENCE(2, ' ', ' '),
        /** In order, members of the local confederation (RFC 5065 §3). Written {@code (1 2)}. */
        AS_CONFED_SEQUENCE(3, '(', ')'),
        /** Unordered, members of the local confederation (RFC 5065 §3). Written {@code [1,2]}. */
        AS_CONFED_SET(4, '[', ']');

        private final int code;
        private final char opening;
        private final char closing;

        Kind(int code, char opening, char closing) {
            this.code = code;
            this.opening = opening;
            this.closing = closing;
        }

        /**
         * Returns the kind with a type code.
         *
         * @param code the segment type octet
         * @return the kind, or empty when no RFC defines the code
         */
        public static Optional<Kind> fromCode(int code) {
            return switch (code) {
                case 1 -> Optional.of(AS_SET);
                case 2 -> Optional.of(AS_SEQUENCE);
                case 3 -> Optional.of(AS_CONFED_SEQUENCE);
                case 4 -> Optional.of(AS_CONFED_SET);
                default -> Optional.empty();
            };
        }

        /**
         * Returns the segment type octet.
         *
         * @return 1 to 4
         */
        public int code() {
            return code;
        }

        /**
         * Tells whether the order of the AS numbers has no meaning.
         *
         * @return true for AS_SET and AS_CONFED_SET
         */
        public boolean isSet() {
            return this == AS_SET || this == AS_CONFED_SET;
        }

        /**
         * Tells whether the segment belongs to a confederation and so counts nothing in the path's length.
         *
         * @return true for AS_CONFED_SEQUENCE and AS_CONFED_SET
         */
        public boolean isConfederation() {
            return this == AS_CONFED_SEQUENCE || this == AS_CONFED_SET;
        }

        char opening() {
            return opening;
        }

        char closing() {
            return closing;
        }
    }
}
