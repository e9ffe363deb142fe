package dev.waymark.examples.decode;

import dev.waymark.bgp.codec.DecodedUpdate;
import dev.waymark.bgp.message.NotificationMessage;

/** Says in a line what a message leads to. Stateless. */
final class PrettyOutcome {
    private PrettyOutcome() {}

    static String of(Judgement judgement) {
        StringBuilder text = new StringBuilder("=> ").append(judgement.outcome);
        NotificationMessage answer = judgement.answer;
        if (answer != null) {
            text.append(' ').append(answer);
        }
        DecodedUpdate update = judgement.update;
        if (update != null && update.discardedAttributes() > 0) {
            text.append(", without");
            for (int i = 0; i < update.discardedAttributes(); i++) {
                text.append(' ').append(AttributeNames.of(update.discardedType(i)));
            }
        }
        if (!judgement.reason.isEmpty()) {
            text.append(": ").append(judgement.reason);
        }
        if (!judgement.rfc.isEmpty()) {
            text.append(" (").append(judgement.rfc).append(')');
        }
        return text.toString();
    }
}
