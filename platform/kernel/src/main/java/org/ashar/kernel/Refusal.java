package org.ashar.kernel;

import java.util.List;
import java.util.Map;

/**
 * Why a command was not carried out. The code is public and never changes; the message is looked up
 * by code in the reader's language, with {@code arguments} filled in by name.
 *
 * @param kind what sort of refusal, which decides the HTTP status
 * @param code stable, {@code <subject>.<reason>} in kebab-case: {@code
 *     commitment.already-withdrawn}
 * @param arguments named values for the message; never personal data
 * @param violations the fields that broke a rule, empty when the refusal is not about fields
 */
public record Refusal(
        Kind kind, String code, Map<String, String> arguments, List<Violation> violations) {

    /** The sort of refusal. */
    public enum Kind {
        /** The aggregate's state does not allow it (409). */
        CONFLICT,
        /** A value or an invariant is broken (422). */
        INVALID,
        /** The actor may not do this (403). */
        FORBIDDEN,
        /** There is no such thing, or the actor may not know that there is (404). */
        NOT_FOUND
    }

    /**
     * One broken rule.
     *
     * @param pointer RFC 6901 JSON pointer into the request body
     * @param code stable code of the rule
     * @param arguments named values for the message
     */
    public record Violation(String pointer, String code, Map<String, String> arguments) {
        public Violation {
            arguments = Map.copyOf(arguments);
        }

        public Violation(String pointer, String code) {
            this(pointer, code, Map.of());
        }
    }

    public Refusal {
        arguments = Map.copyOf(arguments);
        violations = List.copyOf(violations);
    }

    /** The state does not allow it. */
    public static Refusal conflict(String code) {
        return new Refusal(Kind.CONFLICT, code, Map.of(), List.of());
    }

    /** The rule {@code code} is broken at {@code pointer}. */
    public static Refusal invalid(String code, String pointer) {
        return invalid(code, pointer, Map.of());
    }

    /**
     * The rule {@code code} is broken at {@code pointer}; {@code arguments} go into its message.
     */
    public static Refusal invalid(String code, String pointer, Map<String, String> arguments) {
        return new Refusal(
                Kind.INVALID, code, arguments, List.of(new Violation(pointer, code, arguments)));
    }

    /** The actor may not do this. */
    public static Refusal forbidden(String code) {
        return new Refusal(Kind.FORBIDDEN, code, Map.of(), List.of());
    }

    /** There is no such thing for this reader. */
    public static Refusal notFound(String code) {
        return new Refusal(Kind.NOT_FOUND, code, Map.of(), List.of());
    }
}
