package org.ashar.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.ashar.web.Server.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsIT {

    @Test
    void a_client_that_gives_too_many_commands_waits(@TempDir Path folder) throws Exception {
        Map<String, Object> strict =
                Map.of("ashar.commands-per-second", "0.01", "ashar.commands-at-once", "3");
        try (Server server = new Server(folder.resolve("keys"), strict)) {
            for (int i = 0; i < 3; i++) {
                assertThat(server.send(server.command("/api/echo", "{}")).status()).isEqualTo(200);
            }
            Answer answer = server.send(server.command("/api/echo", "{}"));
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.code()).isEqualTo("request.too-many");
            assertThat(answer.header("Retry-After")).matches("[1-9][0-9]?|100|101");
            assertThat(server.send(server.to("/api/things?limit=1")).status()).isEqualTo(200);
        }
    }

    @Test
    void the_bucket_fills_again_at_its_rate_and_each_client_has_its_own() {
        AtomicLong now = new AtomicLong();
        ClientLimits limits = new ClientLimits(10, 2, now::get);
        assertThat(limits.take("a")).isZero();
        assertThat(limits.take("a")).isZero();
        assertThat(limits.take("a")).isEqualTo(Duration.ofMillis(100));
        assertThat(limits.take("b")).isZero();
        now.addAndGet(Duration.ofMillis(100).toNanos());
        assertThat(limits.take("a")).isZero();
        assertThat(limits.take("a")).isPositive();
        now.addAndGet(Duration.ofDays(1).toNanos());
        assertThat(limits.take("a")).isZero();
        assertThat(limits.take("a")).isZero();
        assertThat(limits.take("a")).as("no more than the burst").isPositive();
    }
}
