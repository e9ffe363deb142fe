package dev.waymark.api;

import java.util.HashMap;
import java.util.Map;

/**
 * The virtual networks that have a route server, so that none gets two (ARS-5). A host makes one and gives it to all its
 * configurations; whoever has none is not checked. A server, or a pair, takes its virtual network when it is created and gives
 * it back when it stops. Thread-safe.
 */
public final class DeploymentRegistry {
    private final Map<String, String> serverOf = new HashMap<>();

    /** Makes a registry in which every virtual network is free. */
    public DeploymentRegistry() {}

    /**
     * Takes the virtual network that a configuration names, in the registry that it names.
     *
     * @return gives it back when it is closed; does nothing if the configuration names none
     * @throws ConfigurationException if it has a route server already
     */
    public static Subscription take(RouteServerConfig config) {
        if (config.deployment().isEmpty() || config.deployments().isEmpty()) {
            return () -> {};
        }
        return config.deployments().get().take(config.deployment().get().virtualNetwork(), config.name());
    }

    /**
     * Takes a virtual network.
     *
     * @param virtualNetwork its name in {@link Deployment}
     * @param server the name of the route server, for messages
     * @return gives it back when it is closed, once
     * @throws ConfigurationException if it has a route server already
     */
    public synchronized Subscription take(String virtualNetwork, String server) {
        String other = serverOf.putIfAbsent(virtualNetwork, server);
        Checks.require(
                other == null,
                "deployment.virtualNetwork",
                virtualNetwork + " has the route server '" + other + "' already; there can be one",
                "ARS-5");
        return new Subscription() {
            private boolean isClosed;

            @Override
            public void close() {
                synchronized (DeploymentRegistry.this) {
                    if (!isClosed) {
                        isClosed = true;
                        serverOf.remove(virtualNetwork);
                    }
                }
            }
        };
    }
}
