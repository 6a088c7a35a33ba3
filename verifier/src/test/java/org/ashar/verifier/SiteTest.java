package org.ashar.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Servers that keep an auditor waiting, or would lead it away. */
class SiteTest {

    @Test
    void who_never_ends_an_answer_is_not_waited_for() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (ServedLog log = new ServedLog();
                Site site = new Site(log.url(), Duration.ofMillis(300))) {
            log.hostile.put(
                    "checkpoint.latest",
                    exchange -> {
                        exchange.sendResponseHeaders(200, 100);
                        exchange.getResponseBody().write('x');
                        exchange.getResponseBody().flush();
                        try {
                            assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    });
            assertThatThrownBy(site::checkpoint)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no whole answer");
            over.countDown();
        }
    }

    @Test
    void an_address_of_another_server_is_not_asked() throws Exception {
        try (ServedLog log = new ServedLog();
                Site site = new Site(log.url(), Duration.ofSeconds(5))) {
            assertThatThrownBy(() -> site.record("//other.example/api/record"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("leads elsewhere");
        }
    }
}
