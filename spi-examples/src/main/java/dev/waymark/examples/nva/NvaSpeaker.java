package dev.waymark.examples.nva;

import dev.waymark.api.SessionState;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.PathAttributes;
import dev.waymark.bgp.message.NotificationMessage;
import dev.waymark.bgp.message.NotificationSubcode;
import dev.waymark.bgp.message.OpenMessage;
import dev.waymark.bgp.message.RouteRefreshMessage;
import dev.waymark.bgp.session.Negotiated;
import dev.waymark.bgp.session.Negotiation;
import dev.waymark.bgp.session.OpenError;
import dev.waymark.bgp.session.OpenVerdict;
import dev.waymark.bgp.session.SessionParameters;
import dev.waymark.spi.ConnectTarget;
import dev.waymark.spi.Connection;
import dev.waymark.spi.ConnectionListener;
import dev.waymark.spi.Protection;
import dev.waymark.spi.Transport;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One BGP session of an NVA with a route server: connects once, announces what it is told to, keeps what it receives, and
 * remembers how the session ended. It answers route refresh, but does not try again after an end: make another one.
 * Thread-safe.
 */
public final class NvaSpeaker implements AutoCloseable {
    private final NvaConfig config;
    private final SessionParameters parameters;
    private final Map<IpPrefix, PathAttributes> announced = new LinkedHashMap<>();
    private final Map<IpPrefix, PathAttributes> received = new TreeMap<>();
    private SessionState state = SessionState.CONNECT;
    private @Nullable Connection connection;
    private @Nullable NvaWriter writer;
    private @Nullable NotificationMessage notification;
    private @Nullable Exception failure;
    private int keepaliveSeconds;
    private int updates;
    private int refreshes;

    private NvaSpeaker(NvaConfig config) {
        this.config = config;
        parameters = SessionParameters.builder(config.asn(), config.routerId(), config.serverAsn())
                .families(config.families())
                .fourOctetAsn(config.fourOctetAsn())
                .build();
    }

    /** Starts to connect and returns at once. The transport stays the caller's. */
    public static NvaSpeaker connect(NvaConfig config, Transport transport) {
        NvaSpeaker speaker = new NvaSpeaker(config);
        InetSocketAddress local = new InetSocketAddress(config.address().toInetAddress(), 0);
        transport.connect(
                new ConnectTarget(config.name(), Optional.of(local), config.server(), Protection.NONE),
                speaker.new Session());
        return speaker;
    }

    /** Returns what it was made with. */
    public NvaConfig config() {
        return config;
    }

    /** Returns where the session stands; IDLE after its end. */
    public synchronized SessionState state() {
        return state;
    }

    /** Returns the routes that the server has sent and not withdrawn. */
    public synchronized Map<IpPrefix, PathAttributes> received() {
        return new TreeMap<>(received);
    }

    /** Returns what the server has sent of one prefix. */
    public synchronized Optional<PathAttributes> route(IpPrefix prefix) {
        return Optional.ofNullable(received.get(prefix));
    }

    /** Returns the NOTIFICATION that the server sent. */
    public synchronized Optional<NotificationMessage> notification() {
        return Optional.ofNullable(notification);
    }

    /** Returns why the connection failed, if it did. */
    public synchronized Optional<Exception> failure() {
        return Optional.ofNullable(failure);
    }

    /** Returns how many announcements and withdrawals of single prefixes have come. */
    public synchronized int updates() {
        return updates;
    }

    /** Returns how many route refreshes the server has asked for. */
    public synchronized int refreshes() {
        return refreshes;
    }

    /** Announces prefixes; those that were announced before get the new attributes. */
    public synchronized void announce(PathAttributes attributes, Collection<IpPrefix> prefixes) {
        established().announce(attributes, prefixes);
        prefixes.forEach(prefix -> announced.put(prefix, attributes));
    }

    /** Announces prefixes, given as text. */
    public void announce(PathAttributes attributes, String... prefixes) {
        announce(attributes, List.of(prefixes).stream().map(IpPrefix::parse).toList());
    }

    /** Withdraws prefixes. */
    public synchronized void withdraw(Collection<IpPrefix> prefixes) {
        established().withdraw(prefixes);
        prefixes.forEach(announced::remove);
    }

    /** Says that all has been announced (RFC 4724 §2). */
    public synchronized void endOfRib(AddressFamily family) {
        established().endOfRib(family);
    }

    /** Waits until something is true of this session; returns false if it takes too long, or the session ended without it. */
    public synchronized boolean await(Duration atMost, Predicate<NvaSpeaker> condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.test(this)) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0 || state == SessionState.IDLE) {
                return false;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** Waits until the session is established. */
    public boolean awaitEstablished(Duration atMost) {
        return await(atMost, speaker -> speaker.state == SessionState.ESTABLISHED);
    }

    /** Waits until the received routes are as wanted. */
    public boolean awaitReceived(Duration atMost, Predicate<Map<IpPrefix, PathAttributes>> wanted) {
        return await(atMost, speaker -> wanted.test(speaker.received));
    }

    /** Ends the session as an operator does: Cease/2, with a text (RFC 9003). */
    public synchronized void shutdown(String text) {
        end(NotificationMessage.withText(NotificationSubcode.ADMINISTRATIVE_SHUTDOWN, text));
    }

    /** Ends the connection as a crash does: no NOTIFICATION, an RST. */
    public synchronized void kill() {
        if (connection != null) {
            connection.abort();
        }
    }

    @Override
    public void close() {
        shutdown("");
    }

    private NvaWriter established() {
        if (state != SessionState.ESTABLISHED || writer == null) {
            throw new IllegalStateException(config.name() + " is " + state + "; await ESTABLISHED first");
        }
        return writer;
    }

    private void end(NotificationMessage last) {
        if (writer != null && connection != null && state != SessionState.IDLE) {
            writer.notification(last);
            connection.close();
        }
    }

    private void armKeepalive() {
        if (keepaliveSeconds > 0) {
            CompletableFuture.delayedExecutor(keepaliveSeconds, TimeUnit.SECONDS)
                    .execute(() -> {
                        synchronized (this) {
                            if (writer != null && state == SessionState.ESTABLISHED) {
                                writer.keepalive();
                                armKeepalive();
                            }
                        }
                    });
        }
    }

    /** Hears of the connection. All calls hold the lock, so that what they change can be awaited. */
    private final class Session implements ConnectionListener, NvaReader.Handler {
        private final NvaReader reader = new NvaReader(this);

        @Override
        public void onOpened(Connection opened) {
            synchronized (NvaSpeaker.this) {
                connection = opened;
                NvaWriter started = new NvaWriter(opened);
                writer = started;
                state = SessionState.OPEN_SENT;
                OpenMessage open = parameters.localOpen();
                started.open(new OpenMessage(
                        open.version(), open.myAs(), config.holdTimeSeconds(), open.routerId(), open.capabilities()));
                NvaSpeaker.this.notifyAll();
            }
        }

        @Override
        public void onBytes(Connection from, ByteBuffer octets) {
            synchronized (NvaSpeaker.this) {
                reader.take(octets);
                NvaSpeaker.this.notifyAll();
            }
        }

        @Override
        public void onWritable(Connection to) {
            synchronized (NvaSpeaker.this) {
                if (writer != null) {
                    writer.flush();
                }
            }
        }

        @Override
        public void onPolled(Connection polled) {}

        @Override
        public void onClosed(@Nullable Connection gone, @Nullable Exception cause) {
            synchronized (NvaSpeaker.this) {
                state = SessionState.IDLE;
                failure = cause;
                received.clear();
                NvaSpeaker.this.notifyAll();
            }
        }

        @Override
        public void open(OpenMessage open) {
            OpenVerdict verdict = Negotiation.judge(parameters, open);
            if (verdict instanceof OpenError error) {
                end(error.notification());
            } else if (verdict instanceof Negotiated negotiated && writer != null) {
                // A route server does not prepend its own AS number (RFC 7947 §2.2.2).
                reader.negotiated(
                        negotiated.toCodecOptions().enforceFirstAs(false).build());
                writer.negotiated(negotiated.toEncodeOptions().build());
                keepaliveSeconds = Math.min(config.holdTimeSeconds(), open.holdTimeSeconds()) / 3;
                state = SessionState.OPEN_CONFIRM;
                writer.keepalive();
            }
        }

        @Override
        public void keepalive() {
            if (state == SessionState.OPEN_CONFIRM) {
                state = SessionState.ESTABLISHED;
                armKeepalive();
            }
        }

        @Override
        public void notification(NotificationMessage sent) {
            notification = sent;
            if (connection != null) {
                connection.close();
            }
        }

        @Override
        public void refresh(RouteRefreshMessage refresh) {
            refreshes++;
            NvaWriter out = writer;
            if (out != null && refresh.subtype() == RouteRefreshMessage.REQUEST) {
                announced.entrySet().stream()
                        .collect(Collectors.groupingBy(
                                Map.Entry::getValue,
                                LinkedHashMap::new,
                                Collectors.mapping(Map.Entry::getKey, Collectors.toList())))
                        .forEach(out::announce);
            }
        }

        @Override
        public void announced(IpPrefix prefix, PathAttributes attributes) {
            updates++;
            received.put(prefix, attributes);
        }

        @Override
        public void withdrawn(IpPrefix prefix) {
            updates++;
            received.remove(prefix);
        }

        @Override
        public void endOfRib(AddressFamily family) {}

        @Override
        public void broken(NotificationMessage broken) {
            end(broken);
        }
    }
}
