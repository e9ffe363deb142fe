package dev.waymark.engine.model;

import dev.waymark.api.RoutingPreference;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One thing that happens. A step that can't happen now, since the peer it is about is not there or not up, does nothing, so
 * that any step can be left out of a history.
 */
public sealed interface Step {
    /** The host adds a peer. */
    record Add(PeerSpec peer) implements Step {}

    /** The host removes a peer. */
    record Remove(int peer) implements Step {}

    /** The host configures a peer anew. */
    record Update(PeerSpec peer) implements Step {}

    /** The host enables a peer, which ends a rest, or disables it. */
    record Enable(int peer, boolean on) implements Step {}

    /** A peer connects, and comes up if it may. */
    record Connect(int peer) implements Step {}

    /** How a session ends. */
    enum End {
        CONNECTION_LOST,
        NOTIFICATION,
        HARD_RESET,
        PEER_DOWN,
        BAD_PREFIX_LENGTH,
        /** The peer says nothing for its hold time of 180 s. */
        SILENCE
    }

    /** A session ends. */
    record Cut(int peer, End how) implements Step {}

    /** What is wrong with an UPDATE. */
    enum Flaw {
        NOTHING,
        /** ORIGIN 9: treat-as-withdraw. */
        BAD_ORIGIN,
        /** COMMUNITIES of three octets: treat-as-withdraw. */
        BAD_COMMUNITIES,
        /** ATOMIC_AGGREGATE of one octet: attribute-discard. */
        BAD_ATOMIC_AGGREGATE,
        /** An unknown optional non-transitive attribute: attribute-discard. */
        UNKNOWN_NON_TRANSITIVE
    }

    /** A peer sends an UPDATE, all of it in one family. */
    record Say(
            int peer,
            AddressFamily family,
            List<IpPrefix> withdrawn,
            Optional<Attrs> attrs,
            List<IpPrefix> announced,
            Flaw flaw)
            implements Step {}

    /** A peer announces again all that it has said in a family, as after a request. */
    record Repeat(int peer, AddressFamily family) implements Step {
        /** Returns what it says: an UPDATE for each prefix. */
        public List<Say> all(Model model) {
            List<Say> all = new ArrayList<>();
            model.said(peer, family)
                    .forEach((prefix, attrs) -> all.add(
                            new Say(peer, family, List.of(), Optional.of(attrs), List.of(prefix), Flaw.NOTHING)));
            return all;
        }
    }

    /** A peer sends End-of-RIB. */
    record EndOfRib(int peer, AddressFamily family) implements Step {}

    /** A peer asks for all routes: ROUTE-REFRESH. */
    record Ask(int peer, AddressFamily family) implements Step {}

    /** A peer begins or ends a refresh (RFC 7313). */
    record Mark(int peer, AddressFamily family, boolean begins) implements Step {}

    /** The host asks a peer for its routes, or sends it all again. */
    record Soft(int peer, boolean in) implements Step {}

    /** Time passes while everybody keeps alive. */
    record Pass(long millis) implements Step {}

    /** The host adds an address space. */
    record AddNetwork(IpPrefix prefix, Optional<IpAddress> nextHop) implements Step {}

    /** The host removes an address space. */
    record RemoveNetwork(IpPrefix prefix) implements Step {}

    /** The host changes the routing preference. */
    record Prefer(RoutingPreference preference) implements Step {}

    /** The host turns branch-to-branch on or off. */
    record Branches(boolean on) implements Step {}

    /** The host changes the policy of peers that have none of their own. */
    record Policy(boolean isImport, Optional<MapSpec> map) implements Step {}

    /** A sink is attached, or detached if it is. */
    record Sink(int sink) implements Step {}

    /** What the server did is compared with the model: after most steps. */
    record Rest() implements Step {}
}
