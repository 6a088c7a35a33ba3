package org.ashar.app.crash;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A command in the clients' own log: the oracle of the crash test. Where its body holds words of
 * its own, its key is among them, so that its effect can be told from every other's.
 *
 * @param deed what it is
 * @param key its Idempotency-Key
 * @param token whose it is
 * @param path where it is posted
 * @param body what is posted
 * @param version the If-Match version; absent for a create
 * @param answer what the first answer was; absent while none arrived
 */
record Attempt(
        Deed deed,
        String key,
        String token,
        String path,
        String body,
        @Nullable Long version,
        @Nullable Answer answer) {

    private static final Pattern SAID = Pattern.compile("\\(([^()]+)\\)");

    Attempt answered(Answer given) {
        return new Attempt(deed, key, token, path, body, version, given);
    }

    Attempt withVersion(long other) {
        return new Attempt(deed, key, token, path, body, other, answer);
    }

    Attempt withBody(String other) {
        return new Attempt(deed, key, token, path, other, version, answer);
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

    /** The stream that it was given to, known from its answer. */
    String stream() {
        return deed.streamType + "/" + known().id();
    }

    /** Whether it makes something that was not there before; what it says names its key. */
    boolean isCreate() {
        return version == null;
    }

    boolean saysItsKey() {
        return body.contains(words(key));
    }

    /** How a body says a key, so that no other key is found in it. */
    static String words(String key) {
        return "(" + key + ")";
    }

    /** The keys that a text says in this way, each once. */
    static Stream<String> keysIn(String text) {
        return SAID.matcher(text).results().map(said -> said.group(1)).distinct();
    }

    Map<String, String> headers() {
        Map<String, String> headers =
                new TreeMap<>(
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

    /** Without the token, which tells nobody anything. */
    @Override
    public String toString() {
        return deed + " " + key + " " + path + " at " + version + ": " + answer;
    }
}
