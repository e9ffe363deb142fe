package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.LimitSettings;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** ERROR-HANDLING §9: what configured addresses can cost before they are Established. */
class GateTest {
    private final List<Speaker> speakers = new ArrayList<>();

    private CoreHarness net(int count, boolean isPassive, UnaryOperator<LimitSettings> limits) {
        RouteServerConfigBuilder config = RouteServerConfig.standard()
                .localAddress(IpAddress.parse("10.0.0.4"))
                .limits(limits);
        for (int i = 1; i <= count; i++) {
            Speaker speaker = Speaker.of("p" + i, 65_000 + i, "10.0.1." + i);
            speaker.sendsOpen = false;
            speaker.answersOpen = false;
            speakers.add(speaker);
            config.peer(PeerConfig.builder(speaker.name, speaker.address, speaker.asn)
                    .passive(isPassive || i == count)
                    .build());
        }
        CoreHarness net = new CoreHarness(config.build());
        net.settle();
        return net;
    }

    private static String refusal(CoreHarness net) {
        List<ServerEvent.ConnectionRefused> refused = net.events(ServerEvent.ConnectionRefused.class);
        return refused.isEmpty() ? "" : refused.get(refused.size() - 1).reason();
    }

    @Test
    @DisplayName("ERROR-HANDLING 9: of unfinished connections of an address the newest is closed")
    void unfinishedPerAddress() {
        CoreHarness net = net(2, true, limits -> limits.withUnfinishedPerAddress(1));
        net.accept(speakers.get(0));
        Speaker twin = Speaker.of("p1", 65_001, "10.0.1.1");
        net.accept(twin);
        assertFalse(twin.isConnected);
        assertTrue(refusal(net).contains("1 unfinished"), refusal(net));
        net.accept(speakers.get(1));
        assertTrue(speakers.get(0).isConnected && speakers.get(1).isConnected);
    }

    @Test
    @DisplayName(
            "ERROR-HANDLING 9: of unfinished connections in all the newest is closed, until others are Established or gone")
    void unfinishedInAll() {
        CoreHarness net = net(6, true, limits -> limits.withUnfinished(3));
        for (int i = 0; i < 3; i++) {
            net.accept(speakers.get(i));
        }
        net.accept(speakers.get(3));
        assertFalse(speakers.get(3).isConnected);
        assertTrue(refusal(net).contains("3 unfinished"), refusal(net));
        net.say(speakers.get(0), speakers.get(0).open());
        net.say(speakers.get(0), Speaker.keepalive());
        net.accept(speakers.get(3));
        assertTrue(speakers.get(3).isConnected);
        net.accept(speakers.get(4));
        assertFalse(speakers.get(4).isConnected);
        net.kill(speakers.get(1));
        net.accept(speakers.get(4));
        assertTrue(speakers.get(4).isConnected);
    }

    @Test
    @DisplayName(
            "ERROR-HANDLING 9: five connections of an address at a time, then one a second; other addresses don't pay")
    void acceptRate() {
        CoreHarness net = net(2, true, limits -> limits);
        int taken = 0;
        for (int i = 0; i < 20; i++) {
            net.accept(speakers.get(0));
            taken += speakers.get(0).isConnected ? 1 : 0;
            if (speakers.get(0).isConnected) {
                net.kill(speakers.get(0));
                net.call(new Command.EnablePeer("p1", true));
            }
        }
        assertEquals(5, taken);
        net.accept(speakers.get(1));
        assertTrue(speakers.get(1).isConnected);
        net.advance(Duration.ofMillis(999));
        net.accept(speakers.get(0));
        assertFalse(speakers.get(0).isConnected);
        net.advance(Duration.ofMillis(1));
        net.accept(speakers.get(0));
        assertTrue(speakers.get(0).isConnected);
    }

    @Test
    @DisplayName("ERROR-HANDLING 9: our own attempts to connect to peers that don't answer keep nobody out")
    void ownAttemptsDoNotCount() {
        CoreHarness net = net(70, false, limits -> limits);
        assertEquals(69, net.connects.size());
        Speaker last = speakers.get(69);
        net.accept(last);
        assertTrue(last.isConnected, () -> refusal(net));
    }

    @Test
    @DisplayName("ERROR-HANDLING 9: a peer that sends OPEN and nothing else is closed with 4/0 after 60 s")
    void timeToEstablished() {
        CoreHarness net = net(2, true, limits -> limits);
        Speaker slow = speakers.get(0);
        net.accept(slow);
        net.say(slow, slow.open());
        net.advance(Duration.ofMillis(59_999));
        assertTrue(slow.isConnected);
        net.advance(Duration.ofMillis(2));
        assertFalse(slow.isConnected);
        assertEquals(4, slow.notifications.get(0).code());
    }
}
