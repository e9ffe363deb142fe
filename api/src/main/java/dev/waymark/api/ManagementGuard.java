package dev.waymark.api;

import dev.waymark.spi.Authorizer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Guards the management of route servers by what a host's {@link Authorizer} says (ARS-6): makes views of a server, or a pair,
 * that belong to one client and refuse with {@link NotAuthorizedException} what that client may not do. The authorizer is asked
 * at every call; what a call returned before (a stream, a subscription) stays usable. Thread-safe.
 *
 * <p>A host gives such views to its own management, and keeps the unguarded server to itself.
 */
public final class ManagementGuard {
    private final Authorizer authorizer;
    private final String help;

    /**
     * Makes a guard.
     *
     * @param help where clients read about the permissions that they need, for the text of refusals
     */
    public ManagementGuard(Authorizer authorizer, String help) {
        this.authorizer = authorizer;
        this.help = help;
    }

    /**
     * Returns a server as one client may use it.
     *
     * @param client the client's object id
     * @param scope what the server is called towards the authorizer
     */
    public RouteServer as(String client, String scope, RouteServer server) {
        return view(RouteServer.class, server, client, scope);
    }

    /** Returns a pair as one client may use it, its instances too; see the other method. */
    public RouteServerPair as(String client, String scope, RouteServerPair pair) {
        return view(RouteServerPair.class, pair, client, scope);
    }

    private <T> T view(Class<T> type, T target, String client, String scope) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            Object[] given = arguments == null ? new Object[0] : arguments;
            if (method.getDeclaringClass() == Object.class) {
                return ofObject(proxy, target, method, given);
            }
            require(client, method, scopeOf(scope, method, given));
            Object result = call(target, method, given);
            if (result instanceof VirtualNetwork network) {
                return view(VirtualNetwork.class, network, client, scope);
            }
            return result instanceof RouteServer instance
                    ? as(client, scope + "/instances/" + given[0], instance)
                    : result;
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private void require(String client, Method method, String scope) {
        Optional<ManagementAction> action = ManagementAction.ofMethod(method.getName());
        if (action.isEmpty()) { // a method that nobody classified is nobody's
            throw new NotAuthorizedException(client, method.getName(), scope, help, null);
        }
        boolean isAllowed;
        try {
            isAllowed = authorizer.isAllowed(client, action.get(), scope);
        } catch (RuntimeException failed) {
            throw new NotAuthorizedException(client, action.get().toString(), scope, help, failed);
        }
        if (!isAllowed) {
            throw new NotAuthorizedException(client, action.get().toString(), scope, help, null);
        }
    }

    /** Adds the peer, gateway or instance that a call is about. */
    private static String scopeOf(String scope, Method method, Object[] given) {
        Object first = given.length == 0 ? "" : given[0];
        if (first instanceof PeerConfig peer) {
            return scope + "/peers/" + peer.name();
        }
        if (first instanceof VpnGateway gateway) {
            return scope + "/vpnGateways/" + gateway.name();
        }
        if (first instanceof String name) {
            String called = method.getName();
            if (called.endsWith("VpnGateway")) {
                return scope + "/vpnGateways/" + name;
            }
            if ((called.contains("Peer") && !called.contains("Peering")) || called.startsWith("peer")) {
                return scope + "/peers/" + name;
            }
            if (called.endsWith("nstance")) {
                return scope + "/instances/" + name;
            }
        }
        return scope;
    }

    private static @Nullable Object call(Object target, Method method, Object[] given) throws Throwable {
        try {
            return method.invoke(target, given);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }

    @SuppressWarnings("ReferenceEquality") // a view equals itself alone, as objects do by default
    private static Object ofObject(Object proxy, Object target, Method method, Object[] given) {
        return switch (method.getName()) {
            case "equals" -> proxy == given[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "guarded " + target;
        };
    }
}
