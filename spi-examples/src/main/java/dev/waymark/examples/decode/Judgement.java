package dev.waymark.examples.decode;

import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.bgp.codec.DecodedUpdate;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.OpenMessage;
import dev.waymark.bgp.message.RouteRefreshMessage;
import org.jspecify.annotations.Nullable;

/** What a session makes of one message. The update is valid until the session judges the next one. Confined to one thread. */
final class Judgement {
    final String type;
    Outcome outcome = Outcome.ACCEPT;
    String reason = "";
    String rfc = "";
    String ineligible = "";
    int trailingOctets;

    @Nullable
    NotificationMessage answer;

    @Nullable
    OpenMessage open;

    @Nullable
    DecodedUpdate update;

    @Nullable
    AttributeTable table;

    @Nullable
    NotificationMessage notification;

    @Nullable
    RouteRefreshMessage refresh;

    Judgement(String type) {
        this.type = type;
    }

    void explain(String why, String where) {
        reason = why;
        rfc = where;
    }
}
