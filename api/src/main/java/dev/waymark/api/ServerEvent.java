package dev.waymark.api;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened, with its reason and its numbers (ARS-72). Immutable. A burst of one kind is counted and sampled,
 * never queued without bound.
 */
public sealed interface ServerEvent {
    /** Returns what happened, to switch on. */
    Kind kind();

    /** The kinds of events. */
    enum Kind {
        /** See {@link PeerStateChanged}. */
        PEER_STATE_CHANGED,
        /** See {@link SessionEnded}. */
        SESSION_ENDED,
        /** See {@link ConnectionRefused}. */
        CONNECTION_REFUSED,
        /** See {@link RouteLimitWarning}. */
        ROUTE_LIMIT_WARNING,
        /** See {@link SafeMaximumPassed}. */
        SAFE_MAXIMUM_PASSED,
        /** See {@link RouteLimitExceeded}. */
        ROUTE_LIMIT_EXCEEDED,
        /** See {@link SendLimitWarning}. */
        SEND_LIMIT_WARNING,
        /** See {@link SendLimitExceeded}. */
        SEND_LIMIT_EXCEEDED,
        /** See {@link SendLimitCleared}. */
        SEND_LIMIT_CLEARED,
        /** See {@link MemoryLimitExceeded}. */
        MEMORY_LIMIT_EXCEEDED,
        /** See {@link RoutesRejected}. */
        ROUTES_REJECTED,
        /** See {@link UpdateMalformed}. */
        UPDATE_MALFORMED,
        /** See {@link RefreshSent}. */
        REFRESH_SENT,
        /** See {@link RefreshReceived}. */
        REFRESH_RECEIVED,
        /** See {@link StaleRoutesKept}. */
        STALE_ROUTES_KEPT,
        /** See {@link StaleRoutesRemoved}. */
        STALE_ROUTES_REMOVED,
        /** See {@link PolicyApplied}. */
        POLICY_APPLIED,
        /** See {@link SinkFailed}. */
        SINK_FAILED,
        /** See {@link SinkSynchronized}. */
        SINK_SYNCHRONIZED,
        /** See {@link CallbackSlow}. */
        CALLBACK_SLOW,
        /** See {@link EventsLost}. */
        EVENTS_LOST,
        /** See {@link Drain}. */
        DRAIN,
        /** See {@link OfInstance}. */
        OF_INSTANCE,
        /** See {@link ServerStopped}. */
        SERVER_STOPPED
    }

    /**
     * A peer's session went from one state to another.
     *
     * @param peer the peer
     * @param from the state it left
     * @param to the state it is in
     * @param cause what made it so
     */
    record PeerStateChanged(PeerIdentity peer, SessionState from, SessionState to, String cause)
            implements ServerEvent {
        @Override
        public Kind kind() {
            return Kind.PEER_STATE_CHANGED;
        }
    }

    /**
     * A connection with a peer ended, established or not.
     *
     * @param peer the peer
     * @param wasEstablished whether routes were exchanged on it
     * @param byPeer whether the peer, or the network, ended it
     * @param notificationCode the NOTIFICATION's code, 0 if there was none
     * @param notificationSubcode its subcode
     * @param text why, with the text of RFC 9003 if there was one
     */
    record SessionEnded(
            PeerIdentity peer,
            boolean wasEstablished,
            boolean byPeer,
            int notificationCode,
            int notificationSubcode,
            String text)
            implements ServerEvent {
        @Override
        public Kind kind() {
            return Kind.SESSION_ENDED;
        }
    }

    /**
     * A connection was closed before a session began.
     *
     * @param remote where it came from
     * @param reason why it was refused
     */
    record ConnectionRefused(InetSocketAddress remote, String reason) implements ServerEvent {
        @Override
        public Kind kind() {
            return Kind.CONNECTION_REFUSED;
        }
    }

    /**
     * A peer crossed the warning level of its route limit (ARS-23).
     *
     * @param peer the peer
     * @param family the family
     * @param counted the routes as the limit counts them
     * @param limit the limit
     */
    record RouteLimitWarning(PeerIdentity peer, AddressFamily family, long counted, int limit) implements ServerEvent {
        @Override
        public Kind kind() {
            return Kind.ROUTE_LIMIT_WARNING;
        }
    }

    /**
     * A peer has more routes than it can send again without passing its route limit: it is torn down when a virtual-network
     * peering is added, or whenever else it is asked for them (ARS-44).
     *
     * @param peer the peer
     * @param family the family
     * @param held the routes that it has
     * @param safeMaximum the most it should have, {@link RouteLimit#safeMaximum}
     * @param limit the limit
     */
    record SafeMaximumPassed(PeerIdentity peer, AddressFamily family, long held, int safeMaximum, int limit)
            implements ServerEvent {
        @Override
        public Kind kind() {
            return Kind.SAFE_MAXIMUM_PASSED;
        }
    }

    /**
     * A peer passed its route limit (ARS-24).
     *
     * @param peer the peer
     * @param family the family
     * @param snapshot the routes held when the batch of UPDATEs began
     * @param incoming the routes announced since, those of the UPDATE that passed the limit included
     * @param limit the limit
     * @param firstOver the first prefix over it
     * @param action what was done
     */
    record RouteLimitExceeded(
            PeerIdentity peer,
            AddressFamily family,
            long snapshot,
            long incoming,
            int limit,
            IpPrefix firstOver,
            LimitAction action)
            implements ServerEvent {
        @Override
        public Kind kind() {
            return Kind.ROUTE_LIMIT_EXCEEDED;
        }
    }

    /**
     * What a peer is sent reached the warning level of its send limit (ARS-55).
     *
     * @param peer the peer
     * @param family the family
     * @param sent the routes that it is sent
     * @param limit the limit
     */
    record SendLimitWarning(PeerIdentity peer, AddressFamily family, long sent, int limit) implements ServerEvent {
        @Override
        public Kind kind() {
            return Kind.SEND_LIMIT_WARNING;
        }
    }

    /**
     * There is more to send to a peer than its send limit allows (ARS-55). Told once, until it was cleared.
     *
     * @param peer the peer
     * @param family the family
     * @param wanted how many routes it would be sent
     * @param limit the limit
     * @param firstOver the prefix that has waited longest; empty where the limit itself was lowered
     * @param action what is done: with {@code TEAR_DOWN} the session ends, with {@code DISCARD_NEW} the rest is held back
     */
    record SendLimitExceeded(
            PeerIdentity peer,
            AddressFamily family,
            long wanted,
            int limit,
            Optional<IpPrefix> firstOver,
            LimitAction action)
            implements ServerEvent {
        @Override
        public Kind kind() {
            return Kind.SEND_LIMIT_EXCEEDED;
        }
    }

    /**
     * A peer that had passed its send limit is sent everything again (ARS-55): there are fewer routes, or the limit was raised, or
     * removed.
     *
     * @param peer the peer
     * @param family the family
     * @param sent the routes that it is sent
     * @param limit the limit; where it was removed, the one that there was
     */
    record SendLimitCleared(PeerIdentity peer, AddressFamily family, long sent, int limit) implements ServerEvent {
        @Override
        public Kind kind() {
            return Kind.SEND_LIMIT_CLEARED;
        }
    }

    /**
     * A peer made the server keep more than it may, and its session ends with Cease/8 ({@link LimitSettings}).
     *
     * @param peer the peer
     * @param budget which budget was passed
     * @param kept what the peer, or with {@link MemoryBudget#ALL_PEERS} all peers together, made the server keep: octets, or
     *     attribute sets with {@link MemoryBudget#ATTRIBUTE_SETS}
     * @param limit the budget, in the same unit
     */
    record MemoryLimitExceeded(PeerIdentity peer, MemoryBudget budget, long kept, long limit) implements ServerEvent {
        @Override
        public Kind kind() {
            return Kind.MEMORY_LIMIT_EXCEEDED;
        }
    }

    /**
     * Routes of a peer were rejected; one event a turn, peer and reason.
     *
     * @param peer the peer
     * @param reason why
     * @param detail what the import policy says about the first of them: the route map's rule, or the chain's step
     * @param count how many
     * @param sample the first few
     */
    record RoutesRejected(
            PeerIdentity peer, RejectReason reason, Optional<String> detail, long count, List<IpPrefix> sample)
            implements ServerEvent {
        /** Copies the list. */
        public RoutesRejected {
            sample = List.copyOf(sample);
        }

        @Override
        public Kind kind() {
            return Kind.ROUTES_REJECTED;
        }
    }

    /**
     * UPDATEs had errors (RFC 7606); one event a turn for each peer, action and condition.
     *
     * @param peer the peer
     * @param action {@code attribute-discard}, {@code treat-as-withdraw}, or {@code session-reset}
     * @param condition what was wrong, by name: {@code AS_ZERO_IN_PATH}
     * @param rfc the section that says so
     * @param attributeType the attribute's type code, 0 if none is to blame
     * @param prefixes the prefixes of the messages, 10 at most
     * @param prefixCount how many there were
     * @param message the first such message as hexadecimal digits, for {@code waymark decode}; the first 4,096 octets at most
     */
    record UpdateMalformed(
            PeerIdentity peer,
            String action,
            String condition,
            String rfc,
            int attributeType,
            List<IpPrefix> prefixes,
            int prefixCount,
            String message)
            implements ServerEvent {
        /** Copies the list. */
        public UpdateMalformed {
            prefixes = List.copyOf(prefixes);
        }

        @Override
        public Kind kind() {
            return Kind.UPDATE_MALFORMED;
        }
    }

    /**
     * The server asked a peer to send its routes again (RFC 2918).
     *
     * @param peer the peer
     * @param family the family
     * @param cause why
     */
    record RefreshSent(PeerIdentity peer, AddressFamily family, String cause) implements ServerEvent {
        @Override
        public Kind kind() {
            return Kind.REFRESH_SENT;
        }
    }

    /**
     * A peer asked for the server's routes again (RFC 2918). Requests that one which waits already answers are not told.
     *
     * @param peer the peer
     * @param family the family
     */
    record RefreshReceived(PeerIdentity peer, AddressFamily family) implements ServerEvent {
        @Override
        public Kind kind() {
            return Kind.REFRESH_RECEIVED;
        }
    }

    /**
     * A peer's routes are kept though its session is lost (RFC 4724 §4.2); or, with {@code longLived}, for longer than its
     * restart time, as the least preferred (RFC 9494 §4.2).
     *
     * @param peer the peer
     * @param family the family of the routes
     * @param routes how many are kept
     * @param atMost how long, if the peer does not come back
     * @param longLived whether the restart time is over
     */
    record StaleRoutesKept(PeerIdentity peer, AddressFamily family, long routes, Duration atMost, boolean longLived)
            implements ServerEvent {
        @Override
        public Kind kind() {
            return Kind.STALE_ROUTES_KEPT;
        }
    }

    /**
     * What was kept of a peer's routes, and not announced again, has been removed.
     *
     * @param peer the peer
     * @param family the family of the routes
     * @param routes how many were removed
     * @param cause why now, such as its End-of-RIB
     */
    record StaleRoutesRemoved(PeerIdentity peer, AddressFamily family, long routes, String cause)
            implements ServerEvent {
        @Override
        public Kind kind() {
            return Kind.STALE_ROUTES_REMOVED;
        }
    }

    /**
     * All stored routes have been evaluated under a policy.
     *
     * @param version the version that the change returned
     */
    record PolicyApplied(long version) implements ServerEvent {
        @Override
        public Kind kind() {
            return Kind.POLICY_APPLIED;
        }
    }

    /**
     * A sink threw; it is given a new snapshot later (STYLE, sinks).
     *
     * @param sink its name
     * @param failures how often it has thrown in a row
     * @param error what it threw
     */
    record SinkFailed(String sink, long failures, String error) implements ServerEvent {
        @Override
        public Kind kind() {
            return Kind.SINK_FAILED;
        }
    }

    /**
     * A sink holds a whole snapshot.
     *
     * @param sink its name
     * @param revision the snapshot's revision
     * @param prefixes how many prefixes it has
     */
    record SinkSynchronized(String sink, long revision, long prefixes) implements ServerEvent {
        @Override
        public Kind kind() {
            return Kind.SINK_SYNCHRONIZED;
        }
    }

    /**
     * A call into host code takes longer than it should (ERROR-HANDLING 9).
     *
     * @param callback what was called: {@code sink:console}, {@code policy:import}
     * @param millis how long it has taken so far
     */
    record CallbackSlow(String callback, long millis) implements ServerEvent {
        @Override
        public Kind kind() {
            return Kind.CALLBACK_SLOW;
        }
    }

    /**
     * A listener was too slow: events that it missed were counted, not kept.
     *
     * @param count how many
     */
    record EventsLost(long count) implements ServerEvent {
        @Override
        public Kind kind() {
            return Kind.EVENTS_LOST;
        }
    }

    /**
     * An instance is being drained (ARS-4). Its peers get no other notice than what the routes and the NOTIFICATION say.
     *
     * @param phase how far it is
     * @param text the text of the Cease (RFC 9003)
     * @param after how long peers are given between the first phase and the second
     */
    record Drain(Phase phase, String text, Duration after) implements ServerEvent {
        /** The phases of a drain. */
        public enum Phase {
            /** From now on all routes are advertised with GRACEFUL_SHUTDOWN (RFC 8326). */
            STARTED,
            /** The time is over: all sessions were ended with Cease/2. The server goes on, without sessions. */
            SESSIONS_ENDED,
            /** The host took the drain back: the community goes, and sessions may come. */
            RESUMED
        }

        @Override
        public Kind kind() {
            return Kind.DRAIN;
        }
    }

    /**
     * Something happened in one instance of a {@link RouteServerPair}.
     *
     * @param instance the instance's name
     * @param event what happened there; never of this kind
     */
    record OfInstance(String instance, ServerEvent event) implements ServerEvent {
        @Override
        public Kind kind() {
            return Kind.OF_INSTANCE;
        }
    }

    /**
     * The server stopped; the last event.
     *
     * @param error what stopped it; empty if the host did
     */
    record ServerStopped(Optional<String> error) implements ServerEvent {
        @Override
        public Kind kind() {
            return Kind.SERVER_STOPPED;
        }
    }
}
