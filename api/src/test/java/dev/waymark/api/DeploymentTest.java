package dev.waymark.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a route server may be deployed (ARS-5; the FAQ's limitations). */
class DeploymentTest {
    private static final Deployment RIGHT = Deployment.of("hub", IpPrefix.parse("10.0.1.0/26"));

    private static RouteServerConfigBuilder config() {
        return RouteServerConfig.azure().localAddress(IpAddress.parse("10.0.1.4"));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("deployment.subnetName", RIGHT.withSubnetName("default")),
                Arguments.of("deployment.subnetName", RIGHT.withSubnetName("routeserversubnet")),
                Arguments.of("deployment.subnet", Deployment.of("hub", IpPrefix.parse("10.0.1.0/27"))),
                Arguments.of("deployment.hasRouteTable", RIGHT.withRouteTable(true)),
                Arguments.of("deployment.hasSecurityGroup", RIGHT.withSecurityGroup(true)),
                Arguments.of("deployment.isConnectedToHub", RIGHT.withConnectedToHub(true)));
    }

    @ParameterizedTest(name = "ARS-5: {0}")
    @MethodSource("mistakes")
    @DisplayName("ARS-5: each rule of deployment is a typed error when a configuration is built, whatever the profile")
    void eachRule(String parameter, Deployment wrong) {
        RouteServerConfigBuilder standard = RouteServerConfig.standard().localAddress(IpAddress.parse("10.0.1.4"));
        for (RouteServerConfigBuilder builder : new RouteServerConfigBuilder[] {config(), standard}) {
            ConfigurationException refused = assertThrows(
                    ConfigurationException.class,
                    () -> builder.deployment(wrong).build());
            assertEquals(parameter, refused.parameter());
            assertEquals("ARS-5", refused.rule());
        }
    }

    @Test
    @DisplayName("ARS-5: a right deployment is taken, a larger subnet too; without a description nothing is checked")
    void right() {
        config().deployment(RIGHT).build();
        config().deployment(Deployment.of("hub", IpPrefix.parse("10.0.0.0/16"))).build();
        config().build();
        assertThrows(ConfigurationException.class, () -> Deployment.of(" ", IpPrefix.parse("10.0.1.0/26")));
    }

    @Test
    @DisplayName("ARS-5: one route server per virtual network, until it gives the network back")
    void registry() {
        DeploymentRegistry registry = new DeploymentRegistry();
        RouteServerConfig first =
                config().name("rs0").deployment(RIGHT).deployments(registry).build();
        Subscription place = DeploymentRegistry.take(first);
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> registry.take("hub", "rs1"));
        assertEquals("deployment.virtualNetwork", refused.parameter());
        assertEquals("ARS-5", refused.rule());
        registry.take("spoke", "rs1").close();
        place.close();
        Subscription next = registry.take("hub", "rs1");
        place.close(); // again: it is another one's by now
        assertThrows(ConfigurationException.class, () -> registry.take("hub", "rs2"));
        next.close();
        DeploymentRegistry.take(config().deployment(RIGHT).build()).close();
    }
}
