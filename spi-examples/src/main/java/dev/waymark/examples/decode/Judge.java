package dev.waymark.examples.decode;

import dev.waymark.api.SessionState;
import java.util.LinkedHashMap;
import java.util.Map;

/** Judges messages, each under its own context, with as few sessions as there are contexts. Confined to one thread. */
final class Judge {
    private static final int MOST_SESSIONS = 256;
    private static final int OPEN = 1;

    private final DecodeContext common;
    private final Map<DecodeContext, JudgedSession> sessions = new LinkedHashMap<>();

    Judge(DecodeContext common) {
        this.common = common;
    }

    /**
     * Judges a message.
     *
     * @return the judgement, valid until the next
     * @throws IllegalArgumentException when the context is wrong or the message not whole
     */
    Judgement judge(Item item) {
        byte[] octets = item.octets().toByteArray();
        boolean isOpen = octets.length >= 19 && octets[18] == OPEN;
        return session(contextOf(item).withDefaultState(isOpen ? SessionState.OPEN_SENT : SessionState.ESTABLISHED))
                .judge(octets, octets.length);
    }

    /**
     * Returns what is known of a message's session.
     *
     * @throws IllegalArgumentException when the context is wrong
     */
    DecodeContext contextOf(Item item) {
        DecodeContext context = common;
        for (Map.Entry<String, String> entry : item.context().entrySet()) {
            ContextKey key = ContextKey.find(entry.getKey())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "context: there is no " + entry.getKey() + "; waymark decode --help names all"));
            context = context.with(key, entry.getValue());
        }
        return context;
    }

    private JudgedSession session(DecodeContext context) {
        JudgedSession session = sessions.get(context);
        if (session == null) {
            session = new JudgedSession(context);
            if (sessions.size() == MOST_SESSIONS) {
                sessions.clear();
            }
            sessions.put(context, session);
        }
        return session;
    }
}
