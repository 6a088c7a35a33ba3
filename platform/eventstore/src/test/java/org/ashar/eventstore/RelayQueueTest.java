package org.ashar.eventstore;

import static org.ashar.eventstore.Fixture.stream;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelayQueueTest {

    @Test
    void what_waits_is_bounded_in_number() {
        RelayQueue queue = new RelayQueue(3);
        queue.takeSweep();
        for (int i = 0; i < 5; i++) {
            queue.offer(commit(i, 10));
        }
        assertThat(queue.size()).isEqualTo(3);
        assertThat(queue.isSweepAsked()).isTrue();
    }

    @Test
    void what_waits_is_bounded_in_what_it_holds() throws Exception {
        RelayQueue queue = new RelayQueue(1_000);
        queue.takeSweep();
        int large = (int) RelayQueue.MOST_CONTENT / 10;
        for (int i = 0; i < 9; i++) {
            queue.offer(commit(i, large));
        }
        assertThat(queue.isSweepAsked()).isFalse();
        for (int i = 9; i < 30; i++) {
            queue.offer(commit(i, large));
        }
        assertThat(queue.size()).isEqualTo(11);
        assertThat(queue.takeSweep()).isTrue();

        assertThat(queue.take(500, Duration.ZERO, Duration.ZERO)).hasSize(11);
        queue.offer(commit(1, large));
        assertThat(queue.size()).isOne();
        assertThat(queue.isSweepAsked()).isFalse();
    }

    @Test
    void what_a_sweep_found_waits_no_longer() throws Exception {
        RelayQueue queue = new RelayQueue(3);
        queue.takeSweep();
        for (int i = 0; i < 3; i++) {
            queue.offer(commit(i, 10));
        }
        queue.remove(commit(1, 10));
        queue.remove(commit(1, 10));
        queue.remove(commit(7, 10));
        assertThat(queue.size()).isEqualTo(2);
        queue.offer(commit(4, 10));
        assertThat(queue.isSweepAsked()).isFalse();
        assertThat(queue.take(500, Duration.ZERO, Duration.ZERO).keySet())
                .containsExactly(stream("s0"), stream("s2"), stream("s4"));
    }

    private static Commit commit(int number, int size) {
        return Fixture.commit(
                stream("s" + number),
                new Commit.StoredEvent("opened", "x".repeat(size)),
                List.of());
    }
}
