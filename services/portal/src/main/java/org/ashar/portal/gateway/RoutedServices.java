package org.ashar.portal.gateway;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.ashar.portal.config.PortalSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The services behind the portal and the paths that belong to each. */
@Component
public final class RoutedServices implements AutoCloseable {

    /**
     * What belongs to a service.
     *
     * @param segments first segments of its paths under {@code /api/}
     * @param openApi where it describes them
     */
    private record Routes(List<String> segments, String openApi) {}

    /** The service whose log lies at the public door under {@code /ledger}. */
    private static final String LEDGER = "accountability";

    private static final Map<String, Routes> ROUTES =
            Map.of(
                    LEDGER,
                    new Routes(
                            List.of("ledger", "findings", "subscriptions"),
                            "/api/ledger/openapi.yaml"),
                    "budget-commitments",
                    new Routes(
                            List.of("commitments", "budget-commitments"),
                            "/openapi/budget-commitments.json"),
                    "progress-reports",
                    new Routes(
                            List.of("progress-reports", "reports", "record"),
                            "/api/progress-reports/openapi.yaml"));

    private final HttpClient client;
    private final Map<String, RoutedService> byName = new LinkedHashMap<>();
    private final Map<String, RoutedService> byPrefix = new LinkedHashMap<>();
    private final Map<String, Description> descriptions = new LinkedHashMap<>();

    RoutedServices(PortalSettings settings) {
        client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(settings.gateway().connectLimit())
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .build();
        new TreeMap<>(ROUTES)
                .forEach(
                        (name, routes) ->
                                add(
                                        name,
                                        routes,
                                        settings.services().get(name),
                                        settings.gateway()));
    }

    private void add(
            String name, Routes routes, @Nullable URI base, PortalSettings.Gateway gateway) {
        if (base == null
                || base.getHost() == null
                || !List.of("http", "https").contains(base.getScheme())) {
            throw new IllegalArgumentException(
                    "ashar.services." + name + " is to be the service's http address, not " + base);
        }
        RoutedService service = new RoutedService(name, base, client, gateway);
        byName.put(name, service);
        routes.segments().forEach(segment -> byPrefix.put("/api/" + segment, service));
        byPrefix.put(routes.openApi(), service);
        byPrefix.put("/contracts/" + name, service);
        if (name.equals(LEDGER)) {
            List.of("checkpoint", "checkpoint.latest", "key", "tile", "logs")
                    .forEach(document -> byPrefix.put("/ledger/" + document, service));
        }
        descriptions.put(
                name, new Description(name, routes.openApi(), List.copyOf(routes.segments())));
    }

    /** The service that owns this path ({@code /api/commitments/…}). */
    public Optional<RoutedService> owning(String path) {
        String[] segments = path.split("/", 4);
        return segments.length > 2
                ? Optional.ofNullable(byPrefix.get("/" + segments[1] + "/" + segments[2]))
                : Optional.empty();
    }

    /** The service of this name. */
    public Optional<RoutedService> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** What a service offers to programs. */
    public record Description(String service, String openApi, List<String> segments) {

        public Description {
            segments = List.copyOf(segments);
        }

        /** The addresses under which its API lies. */
        public String paths() {
            return segments.stream().map("/api/"::concat).collect(Collectors.joining(", "));
        }
    }

    /** What each service offers, in the order of their names. */
    public List<Description> descriptions() {
        return List.copyOf(descriptions.values());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
