package org.ashar.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.ashar.kernel.Decider;
import org.ashar.kernel.Decision;
import org.ashar.kernel.Refusal;
import org.junit.jupiter.api.Test;

class DeciderSpecTest {

    private static final Decider<String, List<String>, String> LAMP =
            new Decider<>(
                    List::of,
                    (state, command) ->
                            state.contains("broken")
                                    ? Decision.refuse(Refusal.conflict("lamp.broken"))
                                    : state.contains(command)
                                            ? Decision.accept()
                                            : Decision.accept(command),
                    (state, event) -> {
                        List<String> after = new ArrayList<>(state);
                        after.add(event);
                        return after;
                    });

    private final DeciderSpec<String, List<String>, String> spec = DeciderSpec.of(LAMP);

    @Test
    void true_sentences_pass() {
        spec.given().when("lit").then("lit");
        spec.given("lit").when("lit").thenNothing();
        spec.given("lit", "broken").when("lit").thenRefused(Refusal.Kind.CONFLICT, "lamp.broken");
    }

    @Test
    void false_sentences_fail() {
        assertThatThrownBy(() -> spec.given().when("lit").then("dark"))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> spec.given().when("lit").thenNothing())
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> spec.given().when("lit").thenRefused("lamp.broken"))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> spec.given("broken").when("lit").then("lit"))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> spec.given("broken").when("lit").thenRefused("lamp.stolen"))
                .isInstanceOf(AssertionError.class);
    }
}
