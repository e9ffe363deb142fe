package dev.waymark.engine;

import dev.waymark.api.NetworkSpace;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.ResetKind;
import dev.waymark.api.RouteQuery;
import dev.waymark.api.RoutingPreference;
import dev.waymark.api.VpnGateway;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.spi.RoutePolicy;
import java.time.Duration;
import java.util.Optional;

/** What a host asks of a server, as data; see {@link dev.waymark.api.RouteServer} for what each does. */
sealed interface Command {
    /** Returns what is asked, to switch on. */
    Kind kind();

    enum Kind {
        START,
        STOP,
        DRAIN,
        RESUME,
        PEERS,
        ADD_PEER,
        UPDATE_PEER,
        REMOVE_PEER,
        ENABLE_PEER,
        RESET_PEER,
        PEER_DOWN,
        NETWORKS,
        ADD_NETWORK,
        REMOVE_NETWORK,
        VPN_GATEWAYS,
        ADD_VPN_GATEWAY,
        UPDATE_VPN_GATEWAY,
        REMOVE_VPN_GATEWAY,
        CHANGE_NETWORK,
        CONFIGURATION,
        SET_PREFERENCE,
        SET_BRANCH_TO_BRANCH,
        SET_POLICY,
        PAGE,
        EFFECTIVE_PAGE,
        ATTACH_SINK,
        ATTACH_TABLE_SINK,
        DETACH_SINK
    }

    record Start() implements Command {
        @Override
        public Kind kind() {
            return Kind.START;
        }
    }

    record Stop(String text) implements Command {
        @Override
        public Kind kind() {
            return Kind.STOP;
        }
    }

    record Drain(String text, Duration after) implements Command {
        @Override
        public Kind kind() {
            return Kind.DRAIN;
        }
    }

    record Resume() implements Command {
        @Override
        public Kind kind() {
            return Kind.RESUME;
        }
    }

    record Peers() implements Command {
        @Override
        public Kind kind() {
            return Kind.PEERS;
        }
    }

    record AddPeer(PeerConfig peer) implements Command {
        @Override
        public Kind kind() {
            return Kind.ADD_PEER;
        }
    }

    record UpdatePeer(PeerConfig peer) implements Command {
        @Override
        public Kind kind() {
            return Kind.UPDATE_PEER;
        }
    }

    record RemovePeer(String name) implements Command {
        @Override
        public Kind kind() {
            return Kind.REMOVE_PEER;
        }
    }

    record EnablePeer(String name, boolean enabled) implements Command {
        @Override
        public Kind kind() {
            return Kind.ENABLE_PEER;
        }
    }

    record ResetPeer(String name, ResetKind reset, String text) implements Command {
        @Override
        public Kind kind() {
            return Kind.RESET_PEER;
        }
    }

    record PeerDown(String name, String reason) implements Command {
        @Override
        public Kind kind() {
            return Kind.PEER_DOWN;
        }
    }

    record Networks() implements Command {
        @Override
        public Kind kind() {
            return Kind.NETWORKS;
        }
    }

    record AddNetwork(NetworkSpace space) implements Command {
        @Override
        public Kind kind() {
            return Kind.ADD_NETWORK;
        }
    }

    record RemoveNetwork(IpPrefix prefix) implements Command {
        @Override
        public Kind kind() {
            return Kind.REMOVE_NETWORK;
        }
    }

    record VpnGateways() implements Command {
        @Override
        public Kind kind() {
            return Kind.VPN_GATEWAYS;
        }
    }

    record AddVpnGateway(VpnGateway gateway) implements Command {
        @Override
        public Kind kind() {
            return Kind.ADD_VPN_GATEWAY;
        }
    }

    record UpdateVpnGateway(VpnGateway gateway) implements Command {
        @Override
        public Kind kind() {
            return Kind.UPDATE_VPN_GATEWAY;
        }
    }

    record RemoveVpnGateway(String name) implements Command {
        @Override
        public Kind kind() {
            return Kind.REMOVE_VPN_GATEWAY;
        }
    }

    record ChangeNetwork(NetworkChange change) implements Command {
        @Override
        public Kind kind() {
            return Kind.CHANGE_NETWORK;
        }
    }

    record Configuration() implements Command {
        @Override
        public Kind kind() {
            return Kind.CONFIGURATION;
        }
    }

    record SetPreference(RoutingPreference preference) implements Command {
        @Override
        public Kind kind() {
            return Kind.SET_PREFERENCE;
        }
    }

    record SetBranchToBranch(boolean on) implements Command {
        @Override
        public Kind kind() {
            return Kind.SET_BRANCH_TO_BRANCH;
        }
    }

    record SetPolicy(boolean isImport, Optional<RoutePolicy> policy) implements Command {
        @Override
        public Kind kind() {
            return Kind.SET_POLICY;
        }
    }

    record Page(RouteQuery query, int cursor, int limit) implements Command {
        @Override
        public Kind kind() {
            return Kind.PAGE;
        }
    }

    record EffectivePage(String table, long cursor, int limit) implements Command {
        @Override
        public Kind kind() {
            return Kind.EFFECTIVE_PAGE;
        }
    }

    record AttachTableSink(int sink, String name, String table) implements Command {
        @Override
        public Kind kind() {
            return Kind.ATTACH_TABLE_SINK;
        }
    }

    record AttachSink(int sink, String name) implements Command {
        @Override
        public Kind kind() {
            return Kind.ATTACH_SINK;
        }
    }

    record DetachSink(int sink) implements Command {
        @Override
        public Kind kind() {
            return Kind.DETACH_SINK;
        }
    }
}
