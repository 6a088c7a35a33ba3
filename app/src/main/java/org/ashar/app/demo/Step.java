package org.ashar.app.demo;

import java.time.Instant;
import java.util.Map;

/**
 * One command of a story.
 *
 * @param key its Idempotency-Key: the same step always has the same one
 * @param at the time it counts as given
 * @param who gives it
 * @param subject what it is about, within the story
 * @param action {@link #CREATE} or the command's name in the path
 * @param body what is sent; {@link IdOf} and {@link StreamOf} in it stand for what is known only
 *     when the subject is there
 */
record Step(
        String key, Instant at, Who who, Subject subject, String action, Map<String, Object> body) {
    static final String CREATE = "create";

    /** What a step is about. */
    record Subject(Kind kind, String name) {
        static final Subject COMMITMENT = new Subject(Kind.COMMITMENT, "commitment");
    }

    /** Stands for a subject's id. */
    record IdOf(Subject subject) {}

    /** Stands for a subject's stream: {@code commitment/<id>}. */
    record StreamOf(Subject subject) {}

    /** What kinds of things the public API keeps. */
    enum Kind {
        COMMITMENT("commitment", "/api/commitments"),
        BUDGET("budget-commitment", "/api/budget-commitments"),
        REPORT("progress-report", "/api/progress-reports");

        private final String stream;
        private final String collection;

        Kind(String stream, String collection) {
            this.stream = stream;
            this.collection = collection;
        }

        String stream() {
            return stream;
        }

        String collection() {
            return collection;
        }
    }

    /** A person in a role of an organisation, for one place. */
    record Who(String subject, String role, String organisation, String place) {}
}
