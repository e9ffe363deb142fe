package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.Deployment;
import dev.waymark.api.DeploymentRegistry;
import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerPair;
import dev.waymark.api.RouteServerPairConfig;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.spi.contract.LoopbackTransport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Real engines that share a registry of virtual networks (ARS-5). */
class DeploymentRegistryTest {
    private static final Deployment HUB = Deployment.of("hub", IpPrefix.parse("10.0.0.0/26"));

    private final DeploymentRegistry registry = new DeploymentRegistry();

    private RouteServerConfig config(LoopbackTransport transport) {
        return RouteServerConfig.azure()
                .transport(transport)
                .localAddress(IpAddress.parse("10.0.0.4"))
                .deployment(HUB)
                .deployments(registry)
                .build();
    }

    private RouteServerPairConfig pairConfig(LoopbackTransport transport) {
        return RouteServerPairConfig.of(
                RouteServerConfig.azure().transport(transport).deployment(HUB).deployments(registry),
                PairRig.instance(0),
                PairRig.instance(1));
    }

    private static void assertRefused(Executable create) {
        ConfigurationException refused = assertThrows(ConfigurationException.class, create);
        assertEquals("ARS-5", refused.rule());
    }

    @Test
    @DisplayName("ARS-5: a virtual network has one route server, or one pair, and is free again when that has stopped")
    void oneForEachNetwork() {
        try (LoopbackTransport transport = new LoopbackTransport()) {
            RouteServer server = RouteServerEngine.create(config(transport));
            assertRefused(() -> RouteServerEngine.create(config(transport)));
            assertRefused(() -> RouteServerEngine.createPair(pairConfig(transport)));
            server.stop("");
            RouteServerPair pair = RouteServerEngine.createPair(pairConfig(transport));
            pair.start();
            assertRefused(() -> RouteServerEngine.create(config(transport)));
            pair.stopInstance("rs1", "");
            pair.startInstance("rs1");
            pair.stop("");
            RouteServerEngine.create(config(transport)).stop("");
        }
    }
}
