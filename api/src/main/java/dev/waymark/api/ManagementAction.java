package dev.waymark.api;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a client of {@link RouteServer} or {@link RouteServerPair} can be allowed to do (ARS-6). Reading and the administration of
 * peers are separate: neither includes the other. Every method of the two interfaces, and of their {@link VirtualNetwork}, needs
 * exactly one of these.
 */
public enum ManagementAction {
    /** Looks at configuration, peers, networks and routes, and hears events. */
    READ("Waymark.Network/routeServers/read"),
    /** Changes networks, peerings, route tables, policies, preference and branch-to-branch, and attaches sinks. */
    WRITE("Waymark.Network/routeServers/write"),
    /** Starts, stops, drains and resumes servers and instances. */
    OPERATE("Waymark.Network/routeServers/operate/action"),
    /** Adds and changes peers and VPN gateways, and enables and disables peers. */
    PEER_WRITE("Waymark.Network/routeServers/peers/write"),
    /** Removes peers and VPN gateways. */
    PEER_DELETE("Waymark.Network/routeServers/peers/delete"),
    /** Resets sessions, and reports peers as unreachable. */
    PEER_RESET("Waymark.Network/routeServers/peers/reset/action");

    private static final Map<String, ManagementAction> BY_METHOD = Map.ofEntries(
            Map.entry("config", READ),
            Map.entry("listening", READ),
            Map.entry("peers", READ),
            Map.entry("peer", READ),
            Map.entry("networks", READ),
            Map.entry("vpnGateways", READ),
            Map.entry("page", READ),
            Map.entry("routes", READ),
            Map.entry("subscribe", READ),
            Map.entry("instance", READ),
            Map.entry("check", READ),
            Map.entry("virtualNetwork", READ),
            Map.entry("effectivePage", READ),
            Map.entry("effectiveRoutes", READ),
            Map.entry("peerings", READ),
            Map.entry("serviceEndpoints", READ),
            Map.entry("routeTables", READ),
            Map.entry("addPeering", WRITE),
            Map.entry("updatePeering", WRITE),
            Map.entry("removePeering", WRITE),
            Map.entry("addServiceEndpoint", WRITE),
            Map.entry("removeServiceEndpoint", WRITE),
            Map.entry("addRouteTable", WRITE),
            Map.entry("updateRouteTable", WRITE),
            Map.entry("removeRouteTable", WRITE),
            Map.entry("addNetwork", WRITE),
            Map.entry("removeNetwork", WRITE),
            Map.entry("setRoutingPreference", WRITE),
            Map.entry("setBranchToBranch", WRITE),
            Map.entry("setImportPolicy", WRITE),
            Map.entry("setExportPolicy", WRITE),
            Map.entry("attachSink", WRITE),
            Map.entry("start", OPERATE),
            Map.entry("stop", OPERATE),
            Map.entry("close", OPERATE),
            Map.entry("drain", OPERATE),
            Map.entry("resume", OPERATE),
            Map.entry("startInstance", OPERATE),
            Map.entry("stopInstance", OPERATE),
            Map.entry("drainInstance", OPERATE),
            Map.entry("resumeInstance", OPERATE),
            Map.entry("addPeer", PEER_WRITE),
            Map.entry("updatePeer", PEER_WRITE),
            Map.entry("setPeerEnabled", PEER_WRITE),
            Map.entry("addVpnGateway", PEER_WRITE),
            Map.entry("updateVpnGateway", PEER_WRITE),
            Map.entry("removePeer", PEER_DELETE),
            Map.entry("removeVpnGateway", PEER_DELETE),
            Map.entry("resetPeer", PEER_RESET),
            Map.entry("peerDown", PEER_RESET));

    private final String text;

    ManagementAction(String text) {
        this.text = text;
    }

    /** Returns the names of all methods that need an action. */
    static Set<String> methods() {
        return BY_METHOD.keySet();
    }

    /** Returns what a method of {@link RouteServer}, {@link RouteServerPair} or {@link VirtualNetwork} needs, by its name; empty if there is none. */
    public static Optional<ManagementAction> ofMethod(String name) {
        return Optional.ofNullable(BY_METHOD.get(name));
    }

    /** Returns whether it changes something. */
    public boolean isWrite() {
        return this != READ;
    }

    /** Returns the action as permissions name it: {@code Waymark.Network/routeServers/peers/write}. */
    @Override
    public String toString() {
        return text;
    }
}
