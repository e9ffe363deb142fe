package dev.waymark.bgp.message;

import java.util.Optional;

/**
 * A NOTIFICATION (RFC 4271 §4.5): why its sender closes the session. Immutable.
 *
 * @param code the error code, 0 to 255
 * @param subcode the error subcode, 0 to 255
 * @param data what explains the error, as received or to be sent
 */
public record NotificationMessage(int code, int subcode, Octets data) {

    /** The most octets of data that fit the 4096 octets of a message (RFC 4271 §4.1). */
    public static final int MAX_DATA_OCTETS = 4096 - 21;

    /**
     * Checks the numbers and cuts the data to what fits a message.
     *
     * @throws IllegalArgumentException when a number doesn't fit its octet
     */
    public NotificationMessage {
        if (code < 0 || code > 255 || subcode < 0 || subcode > 255) {
            throw new IllegalArgumentException(
                    "notification " + code + "/" + subcode + " is out of range: allowed is 0 to 255 each");
        }
        data = data.size() > MAX_DATA_OCTETS ? data.slice(0, MAX_DATA_OCTETS) : data;
    }

    /**
     * Returns the message with a named reason and data.
     *
     * @param reason error code and subcode; not {@link NotificationSubcode#UNKNOWN}
     * @param data what explains the error
     * @return the message
     */
    public static NotificationMessage of(NotificationSubcode reason, Octets data) {
        return new NotificationMessage(reason.code().code(), reason.subcode(), data);
    }

    /**
     * Returns the message with a named reason and no data.
     *
     * @param reason error code and subcode; not {@link NotificationSubcode#UNKNOWN}
     * @return the message
     */
    public static NotificationMessage of(NotificationSubcode reason) {
        return of(reason, Octets.empty());
    }

    /**
     * Returns a Cease that tells the peer's operator why (RFC 9003 §2).
     *
     * @param reason {@link NotificationSubcode#ADMINISTRATIVE_SHUTDOWN} or
     *     {@link NotificationSubcode#ADMINISTRATIVE_RESET}
     * @param text the text, cut to 255 octets of UTF-8
     * @return the message
     * @throws IllegalArgumentException when the reason is another one
     */
    public static NotificationMessage withText(NotificationSubcode reason, String text) {
        if (!ShutdownText.belongsTo(reason)) {
            throw new IllegalArgumentException("no text goes with " + reason + " (RFC 9003 §2)");
        }
        return of(reason, ShutdownText.encode(text));
    }

    /**
     * Returns a Hard Reset around a message: it tells a peer that keeps routes after NOTIFICATIONs not to (RFC 8538 §3.1).
     *
     * @param original what would have been sent to another peer
     * @return Cease/9 whose data is code, subcode and data of the original
     */
    public static NotificationMessage hardReset(NotificationMessage original) {
        byte[] data = original.data.toByteArray();
        byte[] octets = new byte[data.length + 2];
        octets[0] = (byte) original.code;
        octets[1] = (byte) original.subcode;
        System.arraycopy(data, 0, octets, 2, data.length);
        return of(NotificationSubcode.HARD_RESET, Octets.copyOf(octets));
    }

    /**
     * Returns the named reason.
     *
     * @return code and subcode, {@link NotificationSubcode#UNKNOWN} when they have no name
     */
    public NotificationSubcode reason() {
        return NotificationSubcode.fromCode(code, subcode);
    }

    /**
     * Returns what the peer's operator wrote (RFC 9003 §2): as much of it as is there, with what isn't UTF-8 replaced
     * and control characters escaped.
     *
     * @return the text, or empty when there is none or the reason isn't a shutdown or reset
     */
    public Optional<String> shutdownText() {
        return ShutdownText.belongsTo(reason()) ? ShutdownText.decode(data) : Optional.empty();
    }

    /** Returns the numbers, their names and the data, such as {@code 6/2 Cease, Administrative Shutdown}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(64);
        text.append(code).append('/').append(subcode).append(' ').append(NotificationCode.fromCode(code));
        NotificationSubcode reason = reason();
        if (reason != NotificationSubcode.UNKNOWN) {
            text.append(", ").append(reason);
        }
        Optional<String> shutdownText = shutdownText();
        if (shutdownText.isPresent()) {
            text.append(", \"").append(shutdownText.get()).append('"');
        } else if (data.size() > 0) {
            text.append(", data ").append(data);
        }
        return text.toString();
    }
}
