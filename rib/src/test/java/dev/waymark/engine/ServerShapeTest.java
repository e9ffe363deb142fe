package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteQuery;
import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteView;
import dev.waymark.api.ServerEvent;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.spi.ConnectTarget;
import dev.waymark.spi.ConnectionAcceptor;
import dev.waymark.spi.ConnectionListener;
import dev.waymark.spi.ListeningPort;
import dev.waymark.spi.Transport;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server is and is not: SEMANTICS A and B, where no other test is about it. */
class ServerShapeTest {
    private static final IpPrefix TEN = IpPrefix.parse("10.1.0.0/16");
    private static final IpPrefix DEFAULT = IpPrefix.parse("0.0.0.0/0");

    private final Speaker a = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker b = Speaker.of("b", 65002, "10.0.1.2");
    private final Speaker c = Speaker.of("c", 65003, "10.0.1.3");

    @Test
    @Timeout(60)
    @DisplayName("ARS-1: an instance keeps its own RIB: what one was told, the other doesn't know")
    void instancesKeepTheirOwnRib() {
        try (PairRig rig = new PairRig(a, b).start()) {
            rig.up(a, 0).say(a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), TEN));
            rig.sink.await(routes -> routes.containsKey(TEN));
            RouteQuery ofA = RouteQuery.of(RouteView.RECEIVED, "a");
            assertEquals(1, rig.pair.instance("rs0").routes(ofA).count());
            assertEquals(0, rig.pair.instance("rs1").routes(ofA).count());
            rig.up(b, 1);
            assertEquals(Map.of(), b.routes);
        }
    }

    /** Takes note of what is opened, and opens nothing. */
    private static final class Ports implements Transport {
        private final List<InetSocketAddress> listened = new CopyOnWriteArrayList<>();
        private final BlockingQueue<InetSocketAddress> dialed = new LinkedBlockingQueue<>();

        @Override
        public ListeningPort listen(InetSocketAddress local, ConnectionAcceptor acceptor) {
            listened.add(local);
            return new ListeningPort() {
                @Override
                public InetSocketAddress address() {
                    return local;
                }

                @Override
                public void close() {
                    // nothing is open
                }
            };
        }

        @Override
        public void connect(ConnectTarget target, ConnectionListener listener) {
            dialed.add(target.remote());
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    @Test
    @Timeout(60)
    @DisplayName("ARS-7: a server listens where its configuration says, dials its peers, and opens nothing else")
    void opensNoOtherPort() throws InterruptedException {
        Ports ports = new Ports();
        RouteServerConfig config = RouteExchangeTest.azure(a)
                .peer(PeerConfig.builder("active", IpAddress.parse("10.0.1.9"), Asn.of(65009))
                        .build())
                .listen(EngineRig.LISTEN)
                .transport(ports)
                .build();
        try (RouteServer server = RouteServerEngine.create(config)) {
            assertEquals(List.of(), ports.listened);
            server.start();
            assertEquals(new InetSocketAddress("10.0.1.9", 179), ports.dialed.poll(30, TimeUnit.SECONDS));
            assertEquals(List.of(EngineRig.LISTEN), ports.listened);
        }
        assertTrue(ports.dialed.stream()
                .allMatch(remote -> remote.getAddress().getHostAddress().equals("10.0.1.9")));
    }

    @Test
    @DisplayName(
            "ARS-10: the azure profile's own AS number is 65515, and another version than BGP-4 is refused with 2/1")
    void speaksBgp4() {
        assertEquals(Asn.of(65515), RouteExchangeTest.azure(a).build().localAsn());
        CoreHarness net = new CoreHarness(RouteExchangeTest.azure(a).build());
        a.sendsOpen = false;
        a.answersOpen = false;
        net.accept(a);
        byte[] open = a.open();
        open[19] = 3;
        net.say(a, open);
        assertFalse(a.isConnected);
        assertEquals(2, a.notifications.get(0).code());
        assertEquals(1, a.notifications.get(0).subcode());
    }

    @Test
    @DisplayName("ARS-17: both sides may open the connection; a peer that is passive is never dialed")
    void eitherSideOpens() {
        CoreHarness net = new CoreHarness(RouteExchangeTest.azure(a)
                .peer(PeerConfigs.of(b).passive(false).build())
                .build());
        net.settle();
        assertEquals(
                Set.of(b.address),
                Set.copyOf(net.connects.stream()
                        .map(connect -> IpAddress.of(connect.target().remote().getAddress()))
                        .toList()));
        net.connect(a);
        net.connect(b);
        assertEquals(1, a.endOfRibs.size());
        assertEquals(1, b.endOfRibs.size(), "b was dialed, and came by itself");
    }

    @RepeatedTest(
            value = 50,
            name =
                    "ARS-26: garbage of one peer harms neither another's session nor its routes, seed {currentRepetition}")
    void garbageHarmsNobodyElse(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        CoreHarness net = new CoreHarness(RouteExchangeTest.azure(a, b, c).build());
        net.connect(a);
        net.connect(b);
        net.connect(c);
        net.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), TEN));
        net.settle();
        byte[] garbage = new byte[1 + random.nextInt(5_000)];
        random.nextBytes(garbage);
        if (random.nextBoolean()) { // behind a sound header, so that it gets further
            System.arraycopy(Speaker.keepalive(), 0, garbage, 0, Math.min(16, garbage.length));
            if (garbage.length > 18) {
                garbage[16] = (byte) (garbage.length >>> 8);
                garbage[17] = (byte) garbage.length;
                garbage[18] = (byte) (1 + random.nextInt(5));
            }
        }
        net.say(b, garbage);
        net.settle();
        assertTrue(a.isConnected && c.isConnected);
        assertEquals(Set.of(TEN), c.routes.keySet());
        assertEquals(
                List.of(),
                net.events.stream()
                        .filter(event -> event instanceof ServerEvent.SessionEnded ended
                                && !ended.peer().name().equals("b"))
                        .toList());
    }

    @Test
    @DisplayName("ARS-28: 0.0.0.0/0 is an ordinary route: chosen, programmed, passed on and withdrawn")
    void defaultRouteIsOrdinary() {
        CoreHarness net = new CoreHarness(RouteExchangeTest.azure(a, b).build());
        net.call(new Command.AttachSink(1, "table"));
        net.connect(a);
        net.connect(b);
        net.say(a, a.announce(RouteExchangeTest.path("65001", "10.0.1.1"), DEFAULT));
        net.settle();
        assertEquals(Set.of(DEFAULT), b.routes.keySet());
        assertEquals(Map.of(DEFAULT, List.of(IpAddress.parse("10.0.1.1"))), net.sinks.get(1));
        net.say(a, a.withdraw(List.of(DEFAULT)));
        net.settle();
        assertEquals(Map.of(), b.routes);
        assertEquals(Map.of(), net.sinks.get(1));
    }
}
