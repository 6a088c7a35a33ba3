package org.ashar.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** One service as a Spring context of its own, on a port of its own. */
final class RunningService {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration ASK_LIMIT = Duration.ofSeconds(5);

    private final ConfigurableApplicationContext context;

    private RunningService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts it. Its settings win over those of its own files.
     *
     * @param store what it tells of the store, where it runs on one in this process
     */
    static RunningService start(
            ServiceDefinition definition,
            Map<String, String> arguments,
            Optional<StoreHealth> store) {
        SpringApplication application = new SpringApplication(definition.application());
        application.setBannerMode(Banner.Mode.OFF);
        application.setRegisterShutdownHook(false);
        store.ifPresent(
                health ->
                        application.addInitializers(
                                context ->
                                        context.getBeanFactory()
                                                .registerSingleton(StoreHealth.BEAN, health)));
        return new RunningService(
                application.run(
                        arguments.entrySet().stream()
                                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                                .toArray(String[]::new)));
    }

    /** Waits until the service says that it is ready, unless it says why it cannot be. */
    static void awaitReady(String name, String address, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + "/actuator/health/readiness"))
                        .timeout(ASK_LIMIT)
                        .build();
        String last = "nothing";
        try (HttpClient client =
                HttpClient.newBuilder()
                        .connectTimeout(ASK_LIMIT)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            while (System.nanoTime() - end < 0) {
                try {
                    HttpResponse<String> answer =
                            client.send(request, HttpResponse.BodyHandlers.ofString());
                    if (answer.statusCode() == 200) {
                        return;
                    }
                    List<String> troubles = StoreHealth.troubles(answer.body());
                    if (!troubles.isEmpty()) {
                        throw new StandaloneException(
                                name + " cannot be ready. " + String.join(" ", troubles));
                    }
                    last = answer.statusCode() + " " + answer.body();
                } catch (IOException e) {
                    last = e.toString();
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StandaloneException("interrupted while waiting for " + name, e);
        }
        throw new StandaloneException(
                String.format(
                        Locale.ROOT,
                        "%s was not ready within %d s; it last answered: %s",
                        name,
                        limit.toSeconds(),
                        last));
    }

    /** Takes no more requests, answers those it has, ends what it does in the background. */
    void stop() {
        context.close();
    }
}
