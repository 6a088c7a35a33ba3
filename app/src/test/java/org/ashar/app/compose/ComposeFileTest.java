package org.ashar.app.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds {@code docker-compose.yml} to what it promises, with and without Docker. */
class ComposeFileTest {
    private static final Path FILE = Path.of("..", "docker-compose.yml");
    private final JsonNode compose = parsed();

    @Test
    void names_every_service() {
        assertThat(compose.at("/services").propertyNames())
                .containsExactlyInAnyOrder(
                        "portal",
                        "accountability",
                        "budget-commitments",
                        "progress-reports",
                        "kafka",
                        "mongodb",
                        "oidc");
    }

    @Test
    void every_service_has_a_pinned_image_a_health_check_and_limits() {
        compose.at("/services")
                .properties()
                .forEach(
                        entry -> {
                            JsonNode service = entry.getValue();
                            assertThat(service.path("image").asString(""))
                                    .as(entry.getKey())
                                    .matches("[a-z0-9./-]+:[0-9]+\\.[0-9]+(\\.[0-9]+)?");
                            assertThat(service.at("/healthcheck/test").size())
                                    .as(entry.getKey())
                                    .isPositive();
                            assertThat(service.at("/healthcheck/timeout").asString(""))
                                    .as(entry.getKey())
                                    .matches("[0-9]+s");
                            assertThat(service.at("/deploy/resources/limits").propertyNames())
                                    .as(entry.getKey())
                                    .contains("cpus", "memory");
                        });
    }

    @Test
    void what_is_referred_to_is_there() {
        List<String> volumes = new ArrayList<>();
        compose.at("/services")
                .properties()
                .forEach(
                        entry -> {
                            JsonNode service = entry.getValue();
                            service.path("volumes")
                                    .forEach(v -> volumes.add(v.asString().split(":", 2)[0]));
                            assertThat(compose.at("/services").propertyNames())
                                    .containsAll(service.path("depends_on").propertyNames());
                            service.path("networks")
                                    .forEach(
                                            network ->
                                                    assertThat(
                                                                    compose.at("/networks")
                                                                            .propertyNames())
                                                            .contains(network.asString()));
                        });
        assertThat(compose.at("/volumes").propertyNames())
                .containsExactlyInAnyOrderElementsOf(volumes);
    }

    @Test
    void only_loopback_addresses_are_published() {
        List<String> published = new ArrayList<>();
        compose.at("/services")
                .forEach(
                        service -> service.path("ports").forEach(p -> published.add(p.asString())));
        assertThat(published)
                .containsExactlyInAnyOrder("127.0.0.1:8080:8080", "127.0.0.1:8180:8080");
    }

    @Test
    void docker_itself_accepts_it() throws Exception {
        assumeTrue(succeeds("docker", "compose", "version"), "no docker compose");
        assertThat(succeeds("docker", "compose", "-f", FILE.toString(), "config", "--quiet"))
                .isTrue();
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false; // no such program
        }
    }

    private static JsonNode parsed() {
        try {
            Object yaml = new Yaml().load(Files.readString(FILE));
            return JsonMapper.builder().build().valueToTree(yaml);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
