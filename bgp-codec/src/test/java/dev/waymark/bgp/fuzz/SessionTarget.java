package dev.waymark.bgp.fuzz;

import dev.waymark.api.net.RouterId;
import dev.waymark.bgp.message.Capability;
import dev.waymark.bgp.message.MessageType;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import dev.waymark.bgp.message.OpenMessage;
import dev.waymark.bgp.session.IdleHoldReason;
import dev.waymark.bgp.session.SessionEvent;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The session machine with all connections of a peer. The input is an octet that chooses our side and then what happens:
 * connections that open, fail and say things, time that passes, an operator. {@link FuzzedPeer} checks.
 */
public final class SessionTarget {
    private static final int MOST = 400;
    private static final MessageType[] TYPES = {
        MessageType.OPEN, MessageType.UPDATE, MessageType.NOTIFICATION, MessageType.KEEPALIVE, MessageType.ROUTE_REFRESH
    };

    /** What can happen, by number. */
    private enum Happening {
        START,
        STOP,
        LIMIT,
        ACCEPT,
        CONNECTED,
        FAILED,
        OPEN,
        OTHER_OPEN,
        KEEPALIVE,
        MESSAGE,
        OCTETS,
        SECONDS,
        NEXT_DEADLINE,
        UNSENT,
        TAKEN,
        TURN
    }

    private SessionTarget() {}

    /** Runs one input. */
    public static void fuzzerTestOneInput(byte[] data) {
        FuzzInput in = new FuzzInput(data);
        int side = in.u8();
        FuzzedPeer peer = new FuzzedPeer(LocalSides.all().get(side & 3));
        for (int i = 0; i < MOST && in.hasMore(); i++) {
            int what = in.u8();
            boolean isSecond = in.bit(what, 4);
            happen(Happening.values()[what & 15], isSecond, side & 3, peer, in);
            peer.check();
        }
    }

    private static void happen(Happening what, boolean isSecond, int side, FuzzedPeer peer, FuzzInput in) {
        switch (what) {
            case START -> peer.start();
            case STOP -> peer.stop(SessionEvent.Stop.manual(cease(NotificationSubcode.ADMINISTRATIVE_SHUTDOWN)));
            case LIMIT ->
                peer.stop(SessionEvent.Stop.automatic(
                        cease(NotificationSubcode.MAXIMUM_PREFIXES_REACHED), IdleHoldReason.LIMIT, "limit"));
            case ACCEPT -> peer.accept();
            case CONNECTED -> peer.connected();
            case FAILED -> peer.failed(isSecond);
            case OPEN -> peer.open(isSecond, LocalSides.peersOpens().get(side));
            case OTHER_OPEN -> peer.open(isSecond, otherOpen(in));
            case KEEPALIVE -> peer.octets(isSecond, FuzzInput.message(MessageType.KEEPALIVE, new byte[0]));
            case MESSAGE -> peer.octets(isSecond, in.message(TYPES[in.u8() % TYPES.length], 4096));
            case OCTETS -> peer.octets(isSecond, in.octets(in.u8()));
            case SECONDS -> peer.pass(in.u8() * 1_000_000_000L);
            case NEXT_DEADLINE -> peer.passToDeadline();
            case UNSENT -> peer.unsent(isSecond, 0, 1 + in.u8());
            case TAKEN -> peer.unsent(isSecond, 1, in.u8());
            case TURN -> peer.pass(0);
        }
    }

    private static NotificationMessage cease(NotificationSubcode reason) {
        return NotificationMessage.of(reason);
    }

    /** An OPEN with a hold time and an identifier of its own. */
    private static OpenMessage otherOpen(FuzzInput in) {
        OpenMessage like = LocalSides.peersOpens().get(in.u8() & 3);
        int holdTime = in.u8();
        int id = in.u8();
        List<Capability> capabilities = like.capabilities();
        return new OpenMessage(
                OpenMessage.VERSION,
                like.myAs(),
                holdTime,
                RouterId.ofBits(id),
                capabilities.subList(0, Math.min(capabilities.size(), in.u8())));
    }

    /** Returns sessions that come up and end in all ways, collisions, and what chance makes of it. */
    public static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int side = 0; side < 4; side++) {
            seeds.add(seed(side, Happening.START, Happening.ACCEPT, Happening.OPEN, Happening.KEEPALIVE));
            seeds.add(seed(side, Happening.START, Happening.CONNECTED, Happening.OPEN, Happening.KEEPALIVE));
            for (Happening end : Happening.values()) {
                seeds.add(seed(
                        side,
                        Happening.START,
                        Happening.CONNECTED,
                        Happening.ACCEPT,
                        Happening.OPEN,
                        Happening.KEEPALIVE,
                        end,
                        end,
                        Happening.NEXT_DEADLINE,
                        Happening.NEXT_DEADLINE));
            }
            Random random = new Random(side);
            byte[] chance = new byte[200];
            random.nextBytes(chance);
            seeds.add(chance);
        }
        seeds.add(new byte[] {1, 0, 4, 3, 6, 22, 8, 24, 13, 5, 12, 12, 14, 0, 12, 12, 9, 1, 0, 4, 0, 0, 0, 0});
        return seeds;
    }

    private static byte[] seed(int side, Happening... happenings) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(side);
        for (Happening happening : happenings) {
            out.write(List.of(Happening.values()).indexOf(happening));
        }
        return out.toByteArray();
    }
}
