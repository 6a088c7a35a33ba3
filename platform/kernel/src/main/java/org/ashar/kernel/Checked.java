package org.ashar.kernel;

import java.util.Map;
import java.util.function.Function;

/** Outside input turned into a value, or the code of the rule that it breaks. */
public sealed interface Checked<T> {

    /** The input was good. */
    record Valid<T>(T value) implements Checked<T> {}

    /** The input breaks the rule {@code code}; {@code arguments} go into its message. */
    record Invalid<T>(String code, Map<String, String> arguments) implements Checked<T> {
        public Invalid {
            arguments = Map.copyOf(arguments);
        }
    }

    static <T> Checked<T> valid(T value) {
        return new Valid<>(value);
    }

    static <T> Checked<T> invalid(String code) {
        return new Invalid<>(code, Map.of());
    }

    static <T> Checked<T> invalid(String code, Map<String, String> arguments) {
        return new Invalid<>(code, arguments);
    }

    /**
     * The value, where the caller knows the input to be good. Throws {@link
     * IllegalArgumentException} otherwise.
     */
    default T orThrow() {
        return switch (this) {
            case Valid<T>(T value) -> value;
            case Invalid<T>(String code, Map<String, String> arguments) ->
                    throw new IllegalArgumentException(code + " " + arguments);
        };
    }

    /** Applies {@code next} to a good value; a broken rule stays what it is. */
    default <R> Checked<R> then(Function<? super T, Checked<R>> next) {
        return switch (this) {
            case Valid<T>(T value) -> next.apply(value);
            case Invalid<T>(String code, Map<String, String> arguments) ->
                    new Invalid<>(code, arguments);
        };
    }
}
