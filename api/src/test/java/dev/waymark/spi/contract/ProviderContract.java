package dev.waymark.spi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.Asn;
import dev.waymark.api.net.RouterId;
import dev.waymark.spi.MonotonicClockProvider;
import dev.waymark.spi.RoutePolicyProvider;
import dev.waymark.spi.RouteSinkProvider;
import dev.waymark.spi.ServerEventListenerProvider;
import dev.waymark.spi.ServerMetricsProvider;
import dev.waymark.spi.SpiContext;
import dev.waymark.spi.SpiProvider;
import dev.waymark.spi.TransportProvider;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.opentest4j.TestAbortedException;

/** What every {@link SpiProvider} must do: a stable name, and to be found on the class path and on the module path. */
public abstract class ProviderContract {
    private static final List<Class<? extends SpiProvider>> SPIS = List.of(
            TransportProvider.class,
            RouteSinkProvider.class,
            RoutePolicyProvider.class,
            MonotonicClockProvider.class,
            ServerMetricsProvider.class,
            ServerEventListenerProvider.class);

    /** Returns the provider, as {@link ServiceLoader} would make it. */
    protected abstract SpiProvider provider();

    /** Returns whether the provider is to be found by ServiceLoader; one that is only given as an instance says no. */
    protected boolean isDiscoverable() {
        return true;
    }

    @Test
    @DisplayName("the name matches [a-z0-9-]+ and doesn't change; neither does the order")
    void nameIsStable() {
        SpiProvider provider = provider();
        assertTrue(provider.name().matches("[a-z0-9-]+"), provider.name());
        assertEquals(provider.name(), provider().name());
        assertEquals(provider.name(), provider.name());
        assertEquals(provider.order(), provider().order());
    }

    @Test
    @DisplayName("it is found by ServiceLoader, exactly once, and no other provider of the SPI has its name")
    void isFoundOnce() {
        skipUnlessDiscoverable();
        for (Class<? extends SpiProvider> spi : spis()) {
            List<? extends SpiProvider> found = load(spi);
            String name = provider().name();
            List<String> sameName = found.stream()
                    .filter(other -> other.name().equals(name))
                    .map(other -> other.getClass().getName())
                    .toList();
            assertEquals(List.of(provider().getClass().getName()), sameName, "providers of " + spi.getSimpleName());
        }
    }

    @Test
    @DisplayName("its module, if it is in one, declares it with provides")
    void isDeclaredByItsModule() throws IOException {
        skipUnlessDiscoverable();
        Class<?> type = provider().getClass();
        try (InputStream compiled = moduleInfo(type)) {
            if (compiled == null) {
                throw new TestAbortedException("no module-info beside " + type.getName());
            }
            ModuleDescriptor module = ModuleDescriptor.read(compiled);
            for (Class<? extends SpiProvider> spi : spis()) {
                assertTrue(
                        module.provides().stream()
                                .anyMatch(provides -> provides.service().equals(spi.getName())
                                        && provides.providers().contains(type.getName())),
                        module.name() + " lacks: provides " + spi.getName() + " with " + type.getName());
            }
        }
    }

    @Test
    @DisplayName("create makes something for each server that asks")
    void createsForEachServer(TestInfo info) throws Exception {
        for (int server = 1; server <= 2; server++) {
            SpiContext context = new SpiContext("server" + server, Asn.of(65515), RouterId.ofBits(server));
            Object made = create(context);
            assertNotNull(made, info.getDisplayName());
            if (made instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }

    private Object create(SpiContext context) {
        SpiProvider provider = provider();
        if (provider instanceof TransportProvider transport) {
            return transport.create(context);
        } else if (provider instanceof RouteSinkProvider sink) {
            return sink.create(context);
        } else if (provider instanceof RoutePolicyProvider policy) {
            return policy.create(context);
        } else if (provider instanceof MonotonicClockProvider clock) {
            return clock.create(context);
        } else if (provider instanceof ServerMetricsProvider metrics) {
            return metrics.create(context);
        } else if (provider instanceof ServerEventListenerProvider listener) {
            return listener.create(context);
        }
        throw new AssertionError(provider.getClass() + " provides none of the SPIs");
    }

    private List<Class<? extends SpiProvider>> spis() {
        SpiProvider provider = provider();
        return SPIS.stream().filter(spi -> spi.isInstance(provider)).toList();
    }

    private void skipUnlessDiscoverable() {
        if (!isDiscoverable()) {
            throw new TestAbortedException("not to be discovered");
        }
    }

    private static <P extends SpiProvider> List<P> load(Class<P> spi) {
        return ServiceLoader.load(spi, ProviderContract.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /** Opens the module-info of the jar or folder that a class came from: others may be on the class path too. */
    private static @Nullable InputStream moduleInfo(Class<?> type) throws IOException {
        String classFile = type.getName().replace('.', '/') + ".class";
        URL own = type.getClassLoader().getResource(classFile);
        if (own == null) {
            return null;
        }
        String base = own.toString().substring(0, own.toString().length() - classFile.length());
        try {
            return URI.create(base + "module-info.class").toURL().openStream();
        } catch (FileNotFoundException e) {
            return null;
        }
    }
}
