package dev.waymark.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Management calls behind a host's authorizer (ARS-6; the FAQ on the error about authorization and scope). */
class ManagementGuardTest {
    private static final String CLIENT = "6ea1b1f4-0b0d-4a3b-8f53-6e8b0b1c2d3e";
    private static final String SCOPE = "/routeServers/rs";
    private static final String HELP = "https://example.com/roles";
    private static final PeerConfig PEER = PeerConfig.builder("nva1", IpAddress.parse("10.0.1.1"), Asn.of(65001))
            .build();

    private final List<String> called = new ArrayList<>();
    private final RouteServer server = fake(RouteServer.class);
    private final RouteServerPair pair = fake(RouteServerPair.class);

    /** Notes the methods that get through. */
    private <T> T fake(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    called.add(method.getName());
                    if (method.getName().equals("removePeer")) {
                        throw new IllegalStateException("stopped");
                    }
                    if (method.getName().equals("virtualNetwork")) {
                        return fake(VirtualNetwork.class);
                    }
                    if (method.getName().equals("instance")) {
                        return fake(RouteServer.class);
                    }
                    Class<?> result = method.getReturnType();
                    return result == boolean.class ? (Object) true : result == long.class ? (Object) 7L : null;
                }));
    }

    static Stream<Method> methods() {
        return Stream.of(RouteServer.class, RouteServerPair.class).flatMap(type -> Stream.of(type.getMethods()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("methods")
    @DisplayName("ARS-6: every management method needs exactly one action, and without it nothing gets through")
    void everyMethodIsClassified(Method method) throws IllegalAccessException {
        ManagementAction action = ManagementAction.ofMethod(method.getName())
                .orElseThrow(() -> new AssertionError(method + " is neither read nor write: see ManagementAction"));
        Object guarded = guarded(method, new ManagementGuard((client, wanted, scope) -> wanted != action, HELP));
        InvocationTargetException refused =
                assertThrows(InvocationTargetException.class, () -> invoke(method, guarded));
        NotAuthorizedException why = assertInstanceOf(NotAuthorizedException.class, refused.getCause());
        assertEquals(action.toString(), why.action());
        assertEquals(List.of(), called);

        Object allowed = guarded(method, new ManagementGuard((client, wanted, scope) -> wanted == action, HELP));
        try {
            invoke(method, allowed);
        } catch (InvocationTargetException thrown) {
            assertInstanceOf(IllegalStateException.class, thrown.getCause());
        }
        assertEquals(method.getName(), called.get(0));
    }

    private Object guarded(Method method, ManagementGuard guard) {
        return method.getDeclaringClass() == RouteServer.class
                ? guard.as(CLIENT, SCOPE, server)
                : guard.as(CLIENT, SCOPE, pair);
    }

    private static void invoke(Method method, Object target) throws InvocationTargetException, IllegalAccessException {
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = method.getParameterTypes()[i];
            if (type == boolean.class) {
                arguments[i] = true;
            } else if (type == int.class) {
                arguments[i] = 1;
            } else if (type == long.class) {
                arguments[i] = 1L;
            } else if (type == String.class) {
                arguments[i] = "nva1";
            }
        }
        method.invoke(target, arguments);
    }

    @Test
    @DisplayName("ARS-6: no action is named for a method that isn't there")
    void nothingIsStale() {
        Set<String> names = new HashSet<>();
        methods().forEach(method -> names.add(method.getName()));
        Stream.of(VirtualNetwork.class.getMethods()).forEach(method -> names.add(method.getName()));
        assertEquals(names, ManagementAction.methods());
    }

    static Stream<Method> networkMethods() {
        return Stream.of(VirtualNetwork.class.getMethods());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networkMethods")
    @DisplayName("ARS-6: who may only read changes nothing of the virtual network either, of a server or a pair")
    void networkIsGuarded(Method method) throws ReflectiveOperationException {
        ManagementAction action = ManagementAction.ofMethod(method.getName()).orElseThrow();
        ManagementGuard reading = new ManagementGuard((client, wanted, scope) -> wanted == ManagementAction.READ, HELP);
        for (VirtualNetwork network : List.of(
                reading.as(CLIENT, SCOPE, server).virtualNetwork(),
                reading.as(CLIENT, SCOPE, pair).virtualNetwork())) {
            called.clear();
            if (action == ManagementAction.READ) {
                invoke(method, network);
                assertEquals(List.of(method.getName()), called);
            } else {
                InvocationTargetException refused =
                        assertThrows(InvocationTargetException.class, () -> invoke(method, network));
                NotAuthorizedException why = assertInstanceOf(NotAuthorizedException.class, refused.getCause());
                assertEquals(action.toString(), why.action());
                assertEquals(List.of(), called);
            }
        }
    }

    @Test
    @DisplayName("ARS-6: the text of a refusal")
    void text() {
        RouteServer guarded = new ManagementGuard((client, action, scope) -> false, HELP).as(CLIENT, SCOPE, server);
        NotAuthorizedException refused = assertThrows(NotAuthorizedException.class, () -> guarded.addPeer(PEER));
        assertEquals(
                "The client with object ID 6ea1b1f4-0b0d-4a3b-8f53-6e8b0b1c2d3e doesn't have authorization to perform action"
                        + " Waymark.Network/routeServers/peers/write over scope /routeServers/rs/peers/nva1 or the scope is"
                        + " invalid. For details on the required permissions, please visit https://example.com/roles. If"
                        + " access was recently granted, please refresh your credentials.",
                refused.getMessage());
    }

    @Test
    @DisplayName("ARS-6: reading and the administration of peers are separate permissions")
    void separatePermissions() {
        RouteServer reader =
                new ManagementGuard((client, action, scope) -> !action.isWrite(), HELP).as(CLIENT, SCOPE, server);
        reader.peers();
        assertThrows(NotAuthorizedException.class, () -> reader.setPeerEnabled("nva1", false));
        RouteServer administrator = new ManagementGuard(
                        (client, action, scope) -> action == ManagementAction.PEER_WRITE, HELP)
                .as(CLIENT, SCOPE, server);
        administrator.addPeer(PEER);
        assertThrows(NotAuthorizedException.class, administrator::peers);
        assertThrows(NotAuthorizedException.class, administrator::networks);
        assertFalse(ManagementAction.READ.isWrite());
        assertTrue(ManagementAction.PEER_WRITE.isWrite());
    }

    @Test
    @DisplayName("ARS-6: the authorizer is told the client, and the peer, gateway or instance that a call is about")
    void scopes() {
        List<String> asked = new ArrayList<>();
        ManagementGuard guard = new ManagementGuard((client, action, scope) -> asked.add(client + " " + scope), HELP);
        RouteServer one = guard.as("a", SCOPE, server);
        one.resetPeer("nva1", ResetKind.HARD, "text");
        one.stop("maintenance");
        one.removeVpnGateway("vpn");
        RouteServerPair two = guard.as("b", SCOPE, pair);
        two.stopInstance("rs0", "text");
        two.instance("rs1").peer("nva2");
        assertEquals(
                List.of(
                        "a " + SCOPE + "/peers/nva1",
                        "a " + SCOPE,
                        "a " + SCOPE + "/vpnGateways/vpn",
                        "b " + SCOPE + "/instances/rs0",
                        "b " + SCOPE + "/instances/rs1",
                        "b " + SCOPE + "/instances/rs1/peers/nva2"),
                asked);
    }

    @Test
    @DisplayName("ARS-6: an authorizer that throws refuses; what the server throws comes through as it is")
    void exceptions() {
        RouteServer broken = new ManagementGuard(
                        (client, action, scope) -> {
                            throw new IllegalArgumentException("no directory");
                        },
                        HELP)
                .as(CLIENT, SCOPE, server);
        NotAuthorizedException refused = assertThrows(NotAuthorizedException.class, broken::peers);
        assertInstanceOf(IllegalArgumentException.class, refused.getCause());
        RouteServer open = new ManagementGuard((client, action, scope) -> true, HELP).as(CLIENT, SCOPE, server);
        assertEquals(
                "stopped",
                assertThrows(IllegalStateException.class, () -> open.removePeer("nva1"))
                        .getMessage());
        assertEquals(open, open);
        assertNotEquals(open, server);
    }
}
