package dev.waymark.examples.authorizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ManagementAction;
import dev.waymark.api.ManagementGuard;
import dev.waymark.api.NotAuthorizedException;
import dev.waymark.api.PeerConfig;
import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.RouterId;
import dev.waymark.engine.RouteServerEngine;
import dev.waymark.spi.Authorizer;
import dev.waymark.spi.contract.AuthorizerContract;
import dev.waymark.spi.contract.LoopbackTransport;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GrantsAuthorizerTest extends AuthorizerContract {
    @Override
    protected Authorizer create() {
        return new GrantsAuthorizer(List.of(
                new GrantsAuthorizer.Grant(READER, Set.of(ManagementAction.READ), SCOPE),
                new GrantsAuthorizer.Grant(PEER_ADMINISTRATOR, Set.of(ManagementAction.PEER_WRITE), SCOPE)));
    }

    @Test
    @DisplayName(
            "ARS-6: a real server behind the guard: a reader reads and can't add peers, a peer administrator adds and can't read")
    void guardsAServer() {
        ManagementGuard guard = new ManagementGuard(create(), "the handbook");
        PeerConfig peer = PeerConfig.builder("nva1", IpAddress.parse("10.0.0.5"), Asn.of(65001))
                .build();
        try (RouteServer server = RouteServerEngine.create(RouteServerConfig.azure()
                .routerId(RouterId.parse("10.0.0.4"))
                .transport(new LoopbackTransport())
                .build())) {
            server.start();
            RouteServer asReader = guard.as(READER, SCOPE, server);
            RouteServer asAdministrator = guard.as(PEER_ADMINISTRATOR, SCOPE, server);
            NotAuthorizedException refused = assertThrows(NotAuthorizedException.class, () -> asReader.addPeer(peer));
            assertTrue(
                    String.valueOf(refused.getMessage()).contains("peers/write over scope " + SCOPE),
                    refused::getMessage);
            asAdministrator.addPeer(peer);
            assertEquals(1, asReader.peers().size());
            assertThrows(NotAuthorizedException.class, asAdministrator::peers);
        }
    }
}
