package dev.waymark.examples.nva;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.codec.AttributeTable;
import dev.waymark.bgp.codec.CodecOptions;
import dev.waymark.bgp.codec.DecodeProblem;
import dev.waymark.bgp.codec.DecodeResult;
import dev.waymark.bgp.codec.DecodedUpdate;
import dev.waymark.bgp.codec.ErrorAction;
import dev.waymark.bgp.codec.Framer;
import dev.waymark.bgp.codec.MessageDecoder;
import dev.waymark.bgp.codec.NlriList;
import dev.waymark.bgp.codec.UpdateDecoder;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.OpenMessage;
import dev.waymark.bgp.message.RouteRefreshMessage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts a stream of octets into messages and decodes them. Confined to the connection's callbacks. */
final class NvaReader {
    /** Takes what was received. */
    interface Handler {
        void open(OpenMessage open);

        void keepalive();

        void notification(NotificationMessage notification);

        void refresh(RouteRefreshMessage refresh);

        void announced(IpPrefix prefix, PathAttributes attributes);

        void withdrawn(IpPrefix prefix);

        void endOfRib(AddressFamily family);

        /** The peer broke a rule; the connection is to end with this. */
        void broken(NotificationMessage notification);
    }

    private final Handler handler;
    private final AttributeTable table = new AttributeTable(0, 0);
    private final UpdateDecoder decoder = new UpdateDecoder(table);
    private final DecodedUpdate update = new DecodedUpdate();
    private final DecodeProblem problem = new DecodeProblem();
    private CodecOptions options = CodecOptions.builder().build();
    private byte[] buffer = new byte[2 * Framer.MAX_MESSAGE_OCTETS];
    private int filled;
    private boolean isBroken;

    NvaReader(Handler handler) {
        this.handler = handler;
    }

    void negotiated(CodecOptions negotiated) {
        options = negotiated;
    }

    void take(ByteBuffer octets) {
        int count = octets.remaining();
        if (filled + count > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(filled + count, buffer.length * 2));
        }
        octets.get(buffer, filled, count);
        filled += count;
        int at = 0;
        while (!isBroken) {
            int length = Framer.frame(buffer, at, filled - at, options, problem);
            if (length == Framer.INCOMPLETE) {
                break;
            } else if (length == Framer.BROKEN) {
                fail(problem);
            } else {
                message(at, length);
                at += length;
            }
        }
        System.arraycopy(buffer, at, buffer, 0, filled - at);
        filled -= at;
    }

    private void message(int at, int length) {
        switch (Framer.type(buffer, at)) {
            case OPEN -> {
                OpenMessage open = messageOf(MessageDecoder.open(buffer, at, length));
                if (open != null) {
                    handler.open(open);
                }
            }
            case UPDATE -> update(at, length);
            case NOTIFICATION -> {
                NotificationMessage notification = messageOf(MessageDecoder.notification(buffer, at, length));
                if (notification != null) {
                    handler.notification(notification);
                }
            }
            case KEEPALIVE -> handler.keepalive();
            case ROUTE_REFRESH -> {
                RouteRefreshMessage refresh = messageOf(MessageDecoder.routeRefresh(buffer, at, length, options));
                if (refresh != null) {
                    handler.refresh(refresh);
                }
            }
            case UNKNOWN -> throw new AssertionError("the framer lets no unknown message through");
        }
    }

    private void update(int at, int length) {
        decoder.decode(buffer, at, length, options, update);
        if (update.action().compareTo(ErrorAction.SESSION_RESET) >= 0) {
            fail(update.problem());
            return;
        }
        boolean isWithdrawal = update.action() == ErrorAction.TREAT_AS_WITHDRAW;
        for (AddressFamily family : AddressFamily.values()) {
            withdraw(update.withdrawn(family));
            if (isWithdrawal) {
                withdraw(update.announced(family));
            } else if (update.attributes(family) != 0) {
                PathAttributes attributes = table.view(update.attributes(family));
                NlriList announced = update.announced(family);
                for (int i = 0; i < announced.size(); i++) {
                    handler.announced(announced.prefix(i), attributes);
                }
            }
        }
        table.sweep();
        AddressFamily ended = update.endOfRib();
        if (ended != null) {
            handler.endOfRib(ended);
        }
    }

    private void withdraw(NlriList prefixes) {
        for (int i = 0; i < prefixes.size(); i++) {
            handler.withdrawn(prefixes.prefix(i));
        }
    }

    private <T> @Nullable T messageOf(DecodeResult<T> result) {
        if (result.isMessage()) {
            return result.message();
        }
        if (result.problem().action().compareTo(ErrorAction.SESSION_RESET) >= 0) {
            fail(result.problem());
        }
        return null;
    }

    private void fail(DecodeProblem why) {
        isBroken = true;
        handler.broken(why.notification());
    }
}
