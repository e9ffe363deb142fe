package dev.waymark.engine;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.NetworkPeering;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerConfigBuilder;
import dev.waymark.api.RouteTable;
import dev.waymark.api.net.IpPrefix;

/** A change of what surrounds the own address spaces, as data: how the configuration is after it. Immutable. */
sealed interface NetworkChange {
    /** Returns whether there is something to change in a configuration. */
    boolean applies(RouteServerConfig config);

    /** Returns a configuration's builder with the change made, not yet checked. */
    RouteServerConfigBuilder edit(RouteServerConfigBuilder builder);

    /** Returns why every NVA is asked for its routes again because of it, empty if none is (ARS-43). */
    default String refreshCause() {
        return "";
    }

    record AddPeering(NetworkPeering peering) implements NetworkChange {
        @Override
        public boolean applies(RouteServerConfig config) {
            return true;
        }

        @Override
        public RouteServerConfigBuilder edit(RouteServerConfigBuilder builder) {
            return builder.peering(peering);
        }

        @Override
        public String refreshCause() {
            return "virtual-network peering " + peering.name() + " was added";
        }
    }

    record UpdatePeering(NetworkPeering peering) implements NetworkChange {
        @Override
        public boolean applies(RouteServerConfig config) {
            require(config.peering(peering.name()).isPresent(), "peering." + peering.name(), "ARS-40");
            return true;
        }

        @Override
        public RouteServerConfigBuilder edit(RouteServerConfigBuilder builder) {
            return builder.removePeering(peering.name()).peering(peering);
        }
    }

    record RemovePeering(String name) implements NetworkChange {
        @Override
        public boolean applies(RouteServerConfig config) {
            return config.peering(name).isPresent();
        }

        @Override
        public RouteServerConfigBuilder edit(RouteServerConfigBuilder builder) {
            return builder.removePeering(name);
        }
    }

    record AddServiceEndpoint(IpPrefix space) implements NetworkChange {
        @Override
        public boolean applies(RouteServerConfig config) {
            return true;
        }

        @Override
        public RouteServerConfigBuilder edit(RouteServerConfigBuilder builder) {
            return builder.serviceEndpoint(space);
        }
    }

    record RemoveServiceEndpoint(IpPrefix space) implements NetworkChange {
        @Override
        public boolean applies(RouteServerConfig config) {
            return config.serviceEndpoints().contains(space);
        }

        @Override
        public RouteServerConfigBuilder edit(RouteServerConfigBuilder builder) {
            return builder.removeServiceEndpoint(space);
        }
    }

    record AddTable(RouteTable table) implements NetworkChange {
        @Override
        public boolean applies(RouteServerConfig config) {
            return true;
        }

        @Override
        public RouteServerConfigBuilder edit(RouteServerConfigBuilder builder) {
            return builder.routeTable(table);
        }
    }

    record UpdateTable(RouteTable table) implements NetworkChange {
        @Override
        public boolean applies(RouteServerConfig config) {
            require(config.routeTable(table.name()).isPresent(), "routeTable." + table.name(), "ARS-42");
            return true;
        }

        @Override
        public RouteServerConfigBuilder edit(RouteServerConfigBuilder builder) {
            return builder.removeRouteTable(table.name()).routeTable(table);
        }
    }

    record RemoveTable(String name) implements NetworkChange {
        @Override
        public boolean applies(RouteServerConfig config) {
            return config.routeTable(name).isPresent();
        }

        @Override
        public RouteServerConfigBuilder edit(RouteServerConfigBuilder builder) {
            return builder.removeRouteTable(name);
        }
    }

    private static void require(boolean isThere, String parameter, String rule) {
        if (!isThere) {
            throw new ConfigurationException(parameter, "is not there", rule);
        }
    }
}
