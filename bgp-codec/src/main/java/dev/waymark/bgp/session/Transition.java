package dev.waymark.bgp.session;

import dev.waymark.api.SessionState;
import java.util.List;

/**
 * What an event does: the next state, and what is to be done, in this order. Immutable.
 *
 * @param next the state after the event
 * @param actions what the engine performs; walk it by index, that allocates nothing
 */
public record Transition(SessionState next, List<SessionAction> actions) {

    /** Copies the actions. */
    public Transition {
        actions = List.copyOf(actions);
    }
}
