package dev.waymark.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A class path of its own with {@code META-INF/services} files that name providers of the test. */
final class ServiceFiles {
    private final Path folder;

    private ServiceFiles(Path folder) {
        this.folder = folder;
    }

    static ServiceFiles in(Path folder) {
        return new ServiceFiles(folder);
    }

    ServiceFiles provide(Class<?> spi, Class<?> provider) {
        return provide(spi, provider.getName());
    }

    ServiceFiles provide(Class<?> spi, String providerName) {
        try {
            Path services = Files.createDirectories(folder.resolve("META-INF/services"));
            Files.writeString(
                    services.resolve(spi.getName()),
                    providerName + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ClassLoader loader() {
        try {
            return new URLClassLoader(new URL[] {folder.toUri().toURL()}, ServiceFiles.class.getClassLoader());
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
