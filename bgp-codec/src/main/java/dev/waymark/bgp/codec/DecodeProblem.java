package dev.waymark.bgp.codec;

import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import dev.waymark.bgp.message.Octets;

/**
 * What is wrong with a received message: the strongest condition that was met, and among equal ones the first. Reused
 * from message to message: read it before the next one is decoded. Confined to one thread.
 */
public final class DecodeProblem {

    private DecodeCondition condition = DecodeCondition.NONE;
    private ErrorAction action = ErrorAction.NONE;
    private int attributeType = -1;
    private Octets data = Octets.empty();

    /** Makes one that says that nothing is wrong. */
    public DecodeProblem() {}

    /**
     * Returns what is wrong.
     *
     * @return the condition, {@link DecodeCondition#NONE} when nothing is
     */
    public DecodeCondition condition() {
        return condition;
    }

    /**
     * Returns what it leads to: the condition's own action, or a reset where RFC 7606 §5.2 asks for one.
     *
     * @return the action
     */
    public ErrorAction action() {
        return action;
    }

    /**
     * Returns which attribute it is about.
     *
     * @return the attribute type code, 0 to 255, or -1 when it isn't about one
     */
    public int attributeType() {
        return attributeType;
    }

    /**
     * Returns the octets that a NOTIFICATION carries as data: the offending field or the whole offending attribute, as
     * far as it was received.
     *
     * @return at most {@value NotificationMessage#MAX_DATA_OCTETS} octets
     */
    public Octets data() {
        return data;
    }

    /**
     * Returns the NOTIFICATION that answers the message.
     *
     * @return the message
     * @throws IllegalStateException when the action isn't {@link ErrorAction#SESSION_RESET}
     */
    public NotificationMessage notification() {
        if (action != ErrorAction.SESSION_RESET || condition.reason() == NotificationSubcode.UNKNOWN) {
            throw new IllegalStateException("no NOTIFICATION follows from " + this + ": ask action() first");
        }
        return NotificationMessage.of(condition.reason(), data);
    }

    /** Forgets everything. */
    void clear() {
        if (condition != DecodeCondition.NONE) {
            condition = DecodeCondition.NONE;
            action = ErrorAction.NONE;
            attributeType = -1;
            data = Octets.empty();
        }
    }

    /** Takes a condition over if it is stronger than what is there, with a copy of the octets at fault. */
    void note(DecodeCondition found, int type, byte[] buf, int from, int to) {
        if (found.action().isStrongerThan(action)) {
            set(found, type, Octets.copyOf(buf, from, Math.min(to - from, NotificationMessage.MAX_DATA_OCTETS)));
        }
    }

    /** Takes a condition over if it is stronger than what is there. */
    void note(DecodeCondition found, int type, Octets octets) {
        if (found.action().isStrongerThan(action)) {
            set(found, type, octets);
        }
    }

    /** Raises the action to a reset. */
    void raiseToReset() {
        action = ErrorAction.SESSION_RESET;
    }

    private void set(DecodeCondition found, int type, Octets octets) {
        condition = found;
        action = found.action();
        attributeType = type;
        data = octets;
    }

    /** Returns action, condition, attribute and RFC in words. */
    @Override
    public String toString() {
        if (condition == DecodeCondition.NONE) {
            return condition.toString();
        }
        return action + " " + condition.name() + ": " + condition
                + (attributeType < 0 ? "" : ", attribute " + attributeType)
                + " (" + condition.rfc() + ")"
                + (data.size() == 0 ? "" : ", octets " + data);
    }
}
