package org.ashar.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.ashar.security.DevelopmentIssuer;
import org.ashar.security.DevelopmentIssuer.Wish;
import org.ashar.security.Grant;

/** Places and their officials: who gives the commands that are measured, and what these say. */
final class Village {

    /** So many officials share the commands that no one of them meets the limit of a client. */
    private static final int OFFICIALS = 400;

    private static final String PLACE = "41706211812000";
    private static final String ORGANISATION = "okmotu-" + PLACE;

    private final DevelopmentIssuer issuer;

    /** Sets the keys of this process apart from those of every other. */
    private final String keys = Long.toString(System.nanoTime(), Character.MAX_RADIX) + "-";

    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    private Village(Path keys) {
        this.issuer = DevelopmentIssuer.open(keys);
    }

    /** With all tokens made, so that signing them is not measured. */
    static Village signedIn(Path keys) {
        Village village = new Village(keys);
        for (String role :
                List.of("officer", "head", "finance-officer", "council-secretary", "operator")) {
            for (int person = 0; person < OFFICIALS; person++) {
                village.token(role, person);
            }
        }
        return village;
    }

    Map<String, String> headers(String role, int number, String key) {
        Map<String, String> headers = new TreeMap<>();
        headers.put("Authorization", "Bearer " + token(role, number % OFFICIALS));
        headers.put("Content-Type", "application/json");
        headers.put("Idempotency-Key", keys + key);
        return headers;
    }

    Map<String, String> headers(String role, int number, String key, long version) {
        Map<String, String> headers = headers(role, number, key);
        headers.put("If-Match", "\"" + version + "\"");
        return headers;
    }

    private String token(String role, int person) {
        return tokens.computeIfAbsent(
                role + "-" + person,
                subject ->
                        issuer.issue(
                                new Wish(
                                        subject,
                                        List.of(
                                                new Grant(
                                                        role,
                                                        ORGANISATION,
                                                        "soate:" + PLACE,
                                                        null)),
                                        Duration.ofDays(1),
                                        null),
                                Clock.systemUTC().instant()));
    }

    static byte[] draft(String title) {
        return """
               {"title":%s,"description":%s,"place":{"scheme":"soate","code":"%s"},
               "lead":{"organisation":"%s","name":%s},"contact":{"office":%s,"phone":"+996 3230 5 12 34"},
               "period":{"start":"2026-01-01","end":"2027-12-31"},"classifications":[{"scheme":"sdg","code":"6.1"}],
               "milestones":[{"id":"m1","title":%s,"deliverable":%s,"due":"2027-06-30"}]}
               """
                .formatted(
                        text(title),
                        text("Pipes for every street, a pump, and a fence around the spring."),
                        PLACE,
                        ORGANISATION,
                        text("The executive of the aimak"),
                        text("Reception of the executive"),
                        text("Pipes are laid"),
                        text("A signed acceptance protocol"))
                .getBytes(UTF_8);
    }

    static byte[] budget(String commitment) {
        return """
               {"commitment":"commitment/%s","title":%s,"period":{"start":"2026-01-01","end":"2026-12-31"},
               "total":{"amount":"1000000.00","currency":"KGS"},
               "sources":[{"kind":"local-budget","name":%s,"amount":{"amount":"1000000.00","currency":"KGS"}}]}
               """
                .formatted(commitment, text("Pipes and a pump"), text("Local budget"))
                .getBytes(UTF_8);
    }

    static byte[] approval() {
        return "{\"approvingBody\":%s,\"resolution\":\"12/3\",\"decidedOn\":\"2026-01-15\"}"
                .formatted(text("Village council"))
                .getBytes(UTF_8);
    }

    static byte[] spending(int number) {
        return "{\"amount\":{\"amount\":\"12.50\",\"currency\":\"KGS\"},\"spentOn\":\"2026-02-03\",\"description\":%s}"
                .formatted(text("Pipe, length " + number))
                .getBytes(UTF_8);
    }

    private static String text(String english) {
        return "{\"original\":\"en\",\"texts\":{\"en\":{\"value\":\"%s\",\"provenance\":\"human\"}}}"
                .formatted(english);
    }
}
