package dev.waymark.bgp.codec;

import dev.waymark.api.net.AddressFamily;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an UPDATE says after {@link UpdateDecoder} has judged it. Reused from message to message: take out what is needed
 * before the next one is decoded. Confined to one thread.
 */
public final class DecodedUpdate {

    private final NlriList[] announced = new NlriList[Families.COUNT];
    private final NlriList[] withdrawn = new NlriList[Families.COUNT];
    private final int[] attributes = new int[Families.COUNT];
    private final DecodeProblem problem = new DecodeProblem();
    private DecodeCondition[] discardConditions = new DecodeCondition[4];
    private int[] discardTypes = new int[4];
    private int discards;
    private @Nullable AddressFamily endOfRib;
    private final int[] ignoredAnnouncements = new int[Families.COUNT];
    private int ignoredPrefixes;
    private int ignoredFamilies;
    private @Nullable RuntimeException fault;

    /** Makes one for any number of messages. */
    public DecodedUpdate() {
        for (AddressFamily family : AddressFamily.values()) {
            announced[Families.index(family)] = new NlriList(family);
            withdrawn[Families.index(family)] = new NlriList(family);
        }
    }

    /**
     * Returns what the message leads to. With {@link ErrorAction#TREAT_AS_WITHDRAW} the announced lists hold the
     * prefixes to withdraw; with {@link ErrorAction#SESSION_RESET} all lists are empty.
     *
     * @return the strongest action of all conditions that were met
     */
    public ErrorAction action() {
        return problem.action();
    }

    /**
     * Returns what is wrong with the message.
     *
     * @return the strongest condition, and among equals the first
     */
    public DecodeProblem problem() {
        return problem;
    }

    /**
     * Returns the prefixes that the message announces for a family.
     *
     * @param family the family
     * @return the list; empty when the family wasn't negotiated
     */
    public NlriList announced(AddressFamily family) {
        return announced[Families.index(family)];
    }

    /**
     * Returns the prefixes that the message withdraws from a family. A prefix that it announces too is left out
     * (RFC 4271 §4.3).
     *
     * @param family the family
     * @return the list; empty when the family wasn't negotiated
     */
    public NlriList withdrawn(AddressFamily family) {
        return withdrawn[Families.index(family)];
    }

    /**
     * Returns the attributes of the announced prefixes of a family.
     *
     * @param family the family
     * @return an id of the decoder's {@link AttributeTable}, not retained; 0 when the family announces nothing or the
     *     action is {@link ErrorAction#TREAT_AS_WITHDRAW} or stronger
     */
    public int attributes(AddressFamily family) {
        return attributes[Families.index(family)];
    }

    /**
     * Returns the family whose initial routes the message ends (RFC 4724 §2).
     *
     * @return the family, or null when the message isn't an End-of-RIB of a negotiated family
     */
    public @Nullable AddressFamily endOfRib() {
        return endOfRib;
    }

    /**
     * Returns how many prefixes were left out because they aren't unicast (RFC 4271 §6.3).
     *
     * @return 0 or more
     */
    public int ignoredPrefixes() {
        return ignoredPrefixes;
    }

    /**
     * Returns how many of the announced prefixes of a family were left out because they aren't unicast.
     *
     * @param family the family
     * @return 0 or more
     */
    public int ignoredAnnouncements(AddressFamily family) {
        return ignoredAnnouncements[Families.index(family)];
    }

    /**
     * Returns how many fields of the message were about families that weren't negotiated.
     *
     * @return 0 to 4
     */
    public int ignoredFamilies() {
        return ignoredFamilies;
    }

    /**
     * Returns the failure of the decoder itself, with {@link DecodeCondition#DECODER_FAULT}. To be reported as a bug.
     *
     * @return the exception, or null when the decoder did not fail
     */
    public @Nullable RuntimeException fault() {
        return fault;
    }

    /**
     * Returns how many attributes were discarded.
     *
     * @return 0 or more
     */
    public int discardedAttributes() {
        return discards;
    }

    /**
     * Returns the type of a discarded attribute.
     *
     * @param index 0 to {@link #discardedAttributes()} - 1
     * @return the attribute type code, 0 to 255
     */
    public int discardedType(int index) {
        return discardTypes[index];
    }

    /**
     * Returns why an attribute was discarded.
     *
     * @param index 0 to {@link #discardedAttributes()} - 1
     * @return the condition
     */
    public DecodeCondition discardCondition(int index) {
        return discardConditions[index];
    }

    void clear() {
        clearRoutes();
        problem.clear();
        discards = 0;
        if (ignoredPrefixes > 0) {
            Arrays.fill(ignoredAnnouncements, 0);
            ignoredPrefixes = 0;
        }
        ignoredFamilies = 0;
        fault = null;
    }

    /** Leaves nothing that could be applied. */
    void clearRoutes() {
        for (int i = 0; i < Families.COUNT; i++) {
            announced[i].clear();
            withdrawn[i].clear();
            attributes[i] = 0;
        }
        endOfRib = null;
    }

    void attributes(AddressFamily family, int id) {
        attributes[Families.index(family)] = id;
    }

    void fault(RuntimeException failure) {
        fault = failure;
    }

    void endOfRib(AddressFamily family) {
        endOfRib = family;
    }

    void addIgnoredPrefixes(int count) {
        ignoredPrefixes += count;
    }

    void addIgnoredAnnouncements(AddressFamily family, int count) {
        ignoredPrefixes += count;
        ignoredAnnouncements[Families.index(family)] += count;
    }

    void addIgnoredFamily() {
        ignoredFamilies++;
    }

    void addDiscard(int type, DecodeCondition condition) {
        if (discards == discardTypes.length) {
            discardTypes = Arrays.copyOf(discardTypes, discards * 2);
            discardConditions = Arrays.copyOf(discardConditions, discards * 2);
        }
        discardTypes[discards] = type;
        discardConditions[discards++] = condition;
    }

    /** Returns what happened and what is left of the message, as text for tests and logs. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(action().toString());
        if (problem.condition() != DecodeCondition.NONE) {
            text.append(" [").append(problem).append(']');
        }
        for (int i = 0; i < Families.COUNT; i++) {
            if (announced[i].size() > 0) {
                text.append(" announced ").append(announced[i]);
            }
            if (withdrawn[i].size() > 0) {
                text.append(" withdrawn ").append(withdrawn[i]);
            }
        }
        return endOfRib == null
                ? text.toString()
                : text.append(" end of ").append(endOfRib).toString();
    }
}
