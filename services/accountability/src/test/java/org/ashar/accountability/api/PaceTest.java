package org.ashar.accountability.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void all_together_have_so_many_a_second_and_no_more() throws Exception {
        Pace pace = new Pace(1_000);
        long began = System.nanoTime();
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> takers = new ArrayList<>();
            for (int taker = 0; taker < 10; taker++) {
                takers.add(
                        many.submit(
                                () -> {
                                    pace.take(50);
                                    return null;
                                }));
            }
            for (Future<?> taker : takers) {
                taker.get();
            }
        }
        // The last of 500 has waited for the 450 before it.
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isGreaterThanOrEqualTo(Duration.ofMillis(450));
    }

    @Test
    void who_waits_can_be_asked_to_stop() throws Exception {
        Pace pace = new Pace(1);
        pace.take(600);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> pace.take(1)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
