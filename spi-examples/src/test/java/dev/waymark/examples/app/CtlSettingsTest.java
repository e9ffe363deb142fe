package dev.waymark.examples.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.PeerConfig;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.AsPath;
import dev.waymark.api.route.Route;
import dev.waymark.spi.PolicyContext;
import dev.waymark.spi.RoutePolicy;
import dev.waymark.spi.contract.LoopbackTransport;
import dev.waymark.spi.contract.SampleAttributes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that {@code waymark ctl} shows and takes back. */
class CtlSettingsTest {
    private static final String ALONE = """
            routerId: 10.0.1.4
            listen: 127.0.0.1:0
            peers: [{name: nva1, address: 127.0.0.2, asn: 65001, port: 1179, passive: true, importPolicy: reject-all,
              holdTime: 30s, routeLimit: 10, sendLimit: 20, enforceFirstAs: false, prependLocalAs: true, enabled: false}]
            """;
    private static final String PAIR = """
            instances:
              - {name: rs0, address: 127.0.0.1, listen: 127.0.0.1:0, routerId: 10.0.1.4}
              - {name: rs1, address: 127.0.0.9, listen: 127.0.0.9:0, routerId: 10.0.1.5}
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {ALONE, PAIR})
    @DisplayName(
            "ARS-31, ARS-52: the routing preference and branch-to-branch of now are shown, of one instance and of a pair")
    void showsSettings(String config) throws Exception {
        CtlRig rig = new CtlRig(folder, config);
        try {
            assertEquals(
                    "the routing preference is express-route\n",
                    rig.done("preference").out());
            rig.done("preference", "vpn-gateway");
            assertEquals(
                    "the routing preference is vpn-gateway\n",
                    rig.done("preference").out());
            assertEquals(
                    "branch-to-branch is off\n", rig.done("branch-to-branch").out());
            rig.done("branch-to-branch", "on");
            assertEquals(
                    "branch-to-branch is on\n", rig.done("branch-to-branch").out());
            assertTrue(rig.done("branch-to-branch", "--json").out().contains("\"branchToBranch\":true"));
        } finally {
            rig.close();
        }
    }

    @Test
    @DisplayName("ARS-74: peer update --unset gives keys their defaults again, together with other changes")
    void unsets() throws Exception {
        CtlRig rig = new CtlRig(folder, ALONE);
        try {
            rig.done("peer", "update", "nva1", "holdTime=60s", "--unset", "importPolicy", "--unset", "routeLimit");
            PeerConfig peer = peer(rig);
            assertEquals(Optional.empty(), peer.importPolicy());
            assertEquals(Optional.empty(), peer.routeLimit());
            assertEquals(60, peer.holdTime().orElseThrow().toSeconds());
            assertTrue(peer.sendLimit().isPresent());
            List<String> rest = List.of(
                    "port",
                    "role",
                    "passive",
                    "enabled",
                    "holdTime",
                    "sendLimit",
                    "enforceFirstAs",
                    "prependLocalAs",
                    "exportPolicy",
                    "pointToSite",
                    "protection");
            for (String key : rest) {
                rig.done("peer", "update", "nva1", "--unset", key);
            }
            assertEquals(
                    PeerConfig.builder("nva1", IpAddress.parse("127.0.0.2"), Asn.of(65001))
                            .build(),
                    peer(rig));
            CtlRig.Said refused = rig.ctl("peer", "update", "nva1", "--unset", "asn");
            assertEquals(1, refused.code());
            assertTrue(refused.err().contains("'asn' has no default: allowed are port, role, "), refused.err());
            CtlRig.Said nothing = rig.ctl("peer", "update", "nva1");
            assertEquals(2, nothing.code());
            assertTrue(nothing.err().startsWith("Update what? Give KEY=VALUE, or --unset KEY"), nothing.err());
        } finally {
            rig.close();
        }
    }

    private static PeerConfig peer(CtlRig rig) {
        return rig.daemon.served().peers().get(0).config();
    }

    @Test
    @DisplayName("ARS-54: remove-private-as, alone or showing an AS number, is the name of a policy in the file")
    void namesRemovePrivateAs() throws Exception {
        List<AsPath> paths = List.of(
                exported("remove-private-as", "65001 3356 64512"),
                exported("remove-private-as-showing-12076", "65001 65001"));
        assertEquals(List.of(AsPath.parse("3356"), AsPath.parse("12076")), paths);
    }

    private static AsPath exported(String policy, String path) throws ConfigFileException {
        RoutePolicy chain = ConfigReader.read(
                        "waymark.yaml",
                        "routerId: 10.0.0.4\nexportPolicy: " + policy,
                        Providers.discover(),
                        new LoopbackTransport())
                .server()
                .exportPolicy()
                .orElseThrow();
        PolicyContext context =
                new PolicyContext(PolicyContext.Direction.EXPORT, Asn.of(65515), Optional.empty(), Optional.empty());
        Route route = new Route(IpPrefix.parse("10.0.0.0/8"), SampleAttributes.of(path, "10.0.0.9"));
        return chain.evaluate(context, route).attributes().orElseThrow().asPath();
    }
}
