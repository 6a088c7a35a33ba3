package org.ashar.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AtOnceTest {

    private record Said(int status, String text) implements AtOnce.Answer {}

    @Test
    void answers_come_in_the_order_of_their_senders() {
        assertThat(AtOnce.all(sender -> sender))
                .containsExactlyElementsOf(IntStream.range(0, AtOnce.SENDERS).boxed().toList());
    }

    @Test
    void all_are_under_way_at_the_same_time() {
        CountDownLatch missing = new CountDownLatch(AtOnce.SENDERS);
        assertThat(
                        AtOnce.all(
                                _ -> {
                                    missing.countDown();
                                    return isOver(missing);
                                }))
                .containsOnly(true);
    }

    @Test
    void one_writer_wins() {
        assertThat(AtOnce.oneWinner(writer -> new Said(writer == 7 ? 200 : 412, ""))).isEqualTo(7);
    }

    @Test
    void two_winners_none_or_another_refusal_fail() {
        assertThatThrownBy(() -> AtOnce.oneWinner(writer -> new Said(writer < 2 ? 200 : 412, "")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> AtOnce.oneWinner(_ -> new Said(412, "")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> AtOnce.oneWinner(writer -> new Said(writer == 0 ? 200 : 409, "")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void one_answer_is_the_same_in_status_and_text() {
        Said answer = AtOnce.oneAnswer(_ -> new Said(201, "a"));
        assertThat(answer).isEqualTo(new Said(201, "a"));
        assertThatThrownBy(() -> AtOnce.oneAnswer(sender -> new Said(201, sender == 3 ? "b" : "a")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> AtOnce.oneAnswer(sender -> new Said(sender == 3 ? 200 : 201, "a")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void what_a_sender_throws_fails() {
        IllegalStateException broken = new IllegalStateException("broken");
        assertThatThrownBy(
                        () ->
                                AtOnce.all(
                                        sender -> {
                                            if (sender == 5) {
                                                throw broken;
                                            }
                                            return sender;
                                        }))
                .isInstanceOf(AssertionError.class)
                .hasCause(broken);
    }

    private static boolean isOver(CountDownLatch missing) {
        try {
            return missing.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
