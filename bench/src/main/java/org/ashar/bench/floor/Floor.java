package org.ashar.bench.floor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.ashar.embedded.EmbeddedStore;
import org.ashar.embedded.EmbeddedStoreOptions;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs the floor in a process of its own, as Ashar runs its services: one JVM with the same flags
 * holds the HTTP server and the store. Writes {@code port} and {@code store} to the folder's {@code
 * floor.properties}, then serves until its standard input ends.
 */
public final class Floor {

    private static final String SETTINGS_OF_SERVICES = "/org/ashar/web/defaults.properties";

    private Floor() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        try (EmbeddedStore store =
                        EmbeddedStore.open(
                                folder.resolve("store"), EmbeddedStoreOptions.defaults());
                ConfigurableApplicationContext context = start(store.uri())) {
            WebServer server =
                    context instanceof WebServerApplicationContext web ? web.getWebServer() : null;
            if (server == null) {
                throw new IllegalStateException("the floor has no web server");
            }
            Path made = Files.createTempFile(folder, "floor", ".tmp");
            Files.writeString(made, "port=" + server.getPort() + "\nstore=" + store.uri() + "\n");
            Files.move(made, folder.resolve("floor.properties"));
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    /** With the settings that every service has, so that the same HTTP server is measured. */
    private static ConfigurableApplicationContext start(String store) throws IOException {
        Properties settings = new Properties();
        try (InputStream services = Floor.class.getResourceAsStream(SETTINGS_OF_SERVICES)) {
            settings.load(Objects.requireNonNull(services, SETTINGS_OF_SERVICES));
        }
        settings.putAll(
                Map.of(
                        "spring.config.name", "floor",
                        "server.port", "0",
                        "server.address", "127.0.0.1",
                        "spring.main.banner-mode", "off",
                        "logging.level.root", "warn",
                        "floor.store", store));
        SpringApplication application = new SpringApplication(FloorApplication.class);
        application.setDefaultProperties(settings);
        return application.run();
    }
}
