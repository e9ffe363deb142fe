package outside;

import dev.waymark.api.RouteServer;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.net.IpAddress;
import dev.waymark.engine.RouteServerEngine;
import java.util.concurrent.TimeUnit;

public final class Host {
    private Host() {}

    public static void main(String[] args) throws InterruptedException {
        RouteServerConfig config = RouteServerConfig.azure()
                .localAddress(IpAddress.parse("10.0.0.4"))
                .discoverProviders(Host.class.getClassLoader())
                .build();
        try (RouteServer server = RouteServerEngine.create(config)) {
            server.start();
            boolean isThere = OutsideSinkProvider.SYNCHRONIZED.await(30, TimeUnit.SECONDS);
            System.out.println("sink 'outside' " + (isThere ? "has" : "never got") + " its snapshot");
        }
    }
}
