package dev.waymark.bgp.codec;

/** Checks attributes that a host gives as octets, by the rules for those that a peer sends. Stateless. */
final class RawAttributes {

    private static final AttributeRules RULES = new AttributeRules(DecodeClass.CANONICAL);

    private RawAttributes() {}

    /**
     * Returns the flags that the attribute goes out with.
     *
     * @throws IllegalArgumentException when it may not be set, or is malformed
     */
    static int check(int type, int flags, byte[] octets) {
        int rule = RULES.of(type);
        int kind = AttributeRules.kind(rule);
        int given = flags & (AttributeType.FLAG_OPTIONAL | AttributeType.FLAG_TRANSITIVE);
        if (kind == AttributeRules.MULTIPROTOCOL) {
            throw refuse(type, "holds prefixes and can't be set");
        }
        if (kind == AttributeRules.UNKNOWN) {
            if ((given & AttributeType.FLAG_OPTIONAL) == 0) {
                throw refuse(type, "is unknown and has to be optional (flag 0x80)");
            }
            return given | (flags & AttributeType.FLAG_PARTIAL);
        }
        if (given != AttributeRules.flags(rule)) {
            throw refuse(type, "needs the flags 0x" + Integer.toHexString(AttributeRules.flags(rule)));
        }
        AttributeSpans spans = new AttributeSpans();
        spans.add(type, given, 0, 0, octets.length);
        AttributeValidator validator = new AttributeValidator(0, 0);
        DecodeCondition condition = validator.validate(octets, 0, spans, DecodeClass.CANONICAL);
        if (condition == DecodeCondition.NONE && validator.discards() > 0) {
            condition = validator.discard(0);
        }
        if (condition != DecodeCondition.NONE) {
            throw refuse(type, "is malformed: " + condition + " (" + condition.rfc() + ")");
        }
        if (validator.isRewritten()) {
            throw refuse(type, "repeats a large community (RFC 8092 §3)");
        }
        return AttributeRules.canonicalFlags(rule, flags);
    }

    private static IllegalArgumentException refuse(int type, String why) {
        return new IllegalArgumentException("attribute " + type + " " + why);
    }
}
