package dev.waymark.engine;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteTable;
import dev.waymark.api.RoutingPreference;
import dev.waymark.api.net.Asn;
import dev.waymark.spi.RoutePolicy;
import java.util.Optional;

/**
 * The configuration in force: what the server started with and what the host has changed since. Every change goes through
 * {@link RouteServerConfig}'s own checks. Confined to the engine loop.
 */
final class Settings {
    /** What a route without LOCAL_PREF gets on its way to an internal peer (ARS-52a). */
    static final long DEFAULT_LOCAL_PREF = 100;

    private RouteServerConfig config;
    private RoutingPreference preference;
    private Optional<RoutePolicy> importPolicy;
    private Optional<RoutePolicy> exportPolicy;
    private long policyVersion;
    private boolean isDraining;
    private boolean hasPointToSite;

    Settings(RouteServerConfig config) {
        this.config = config;
        this.preference = config.selection().preference();
        this.importPolicy = config.importPolicy();
        this.exportPolicy = config.exportPolicy();
        this.hasPointToSite = hasPointToSite(config);
    }

    /** Returns the configuration with the peers and networks of now. */
    RouteServerConfig config() {
        return config;
    }

    /** Replaces the configuration by one that passed its checks. */
    void replace(RouteServerConfig changed) {
        config = changed;
        hasPointToSite = hasPointToSite(changed);
    }

    /** Returns whether some routes may be point-to-site ones (ARS-52). */
    boolean hasPointToSite() {
        return hasPointToSite;
    }

    private static boolean hasPointToSite(RouteServerConfig config) {
        return config.peers().stream().anyMatch(peer -> !peer.pointToSite().isEmpty())
                || config.vpnGateways().stream()
                        .anyMatch(gateway -> !gateway.pointToSite().isEmpty());
    }

    /** Returns the route table of a name; throws what names the parameter if there is none. */
    RouteTable requireTable(String name, String parameter) {
        return config.routeTable(name)
                .orElseThrow(() ->
                        new ConfigurationException(parameter, "there is no route table '" + name + "'", "ARS-42"));
    }

    Asn localAsn() {
        return config.localAsn();
    }

    boolean branchToBranch() {
        return config.export().branchToBranch();
    }

    /** Returns whether routes may be kept beyond the restart time (RFC 9494). */
    boolean longLivedRestart() {
        return config.session().extensions().gracefulRestart().longLived();
    }

    boolean honourNoExport() {
        return config.export().honourNoExport();
    }

    /** Returns whether everything that is advertised carries GRACEFUL_SHUTDOWN (ARS-4). */
    boolean isDraining() {
        return isDraining;
    }

    void setDraining(boolean changed) {
        isDraining = changed;
    }

    RoutingPreference preference() {
        return preference;
    }

    void setPreference(RoutingPreference changed) {
        preference = changed;
    }

    Optional<RoutePolicy> importPolicy() {
        return importPolicy;
    }

    Optional<RoutePolicy> exportPolicy() {
        return exportPolicy;
    }

    /** Replaces the server's import or export policy and returns the new version. */
    long setPolicy(boolean isImport, Optional<RoutePolicy> policy) {
        if (isImport) {
            importPolicy = policy;
        } else {
            exportPolicy = policy;
        }
        return ++policyVersion;
    }

    /** Returns a new policy version, for a change of one peer's policy. */
    long nextPolicyVersion() {
        return ++policyVersion;
    }
}
