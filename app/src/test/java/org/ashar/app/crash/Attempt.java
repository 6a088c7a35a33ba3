package org.ashar.app.crash;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command in the clients' own log: the oracle of the crash test.
 *
 * @param key its Idempotency-Key
 * @param token whose it is
 * @param path where it is posted
 * @param body what is posted
 * @param version the If-Match version; absent for a create
 * @param answer what the first answer was; absent while none arrived
 */
record Attempt(
        String key,
        String token,
        String path,
        String body,
        @Nullable Long version,
        @Nullable Answer answer) {

    /** Status and the body's id and version, which the product promises to repeat. */
    record Answer(int status, String id, long version) {}

    Attempt answered(Answer given) {
        return new Attempt(key, token, path, body, version, given);
    }

    boolean isAnswered() {
        return answer != null;
    }

    Answer known() {
        if (answer == null) {
            throw new IllegalStateException("not answered: " + path);
        }
        return answer;
    }

    Map<String, String> headers() {
        Map<String, String> headers =
                new java.util.TreeMap<>(
                        Map.of(
                                "Authorization",
                                "Bearer " + token,
                                "Idempotency-Key",
                                key,
                                "Content-Type",
                                "application/json"));
        if (version != null) {
            headers.put("If-Match", "\"" + version + "\"");
        }
        return headers;
    }
}
