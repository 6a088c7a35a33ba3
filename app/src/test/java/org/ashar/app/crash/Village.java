package org.ashar.app.crash;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ashar.security.DevelopmentIssuer;
import org.ashar.security.DevelopmentIssuer.Wish;
import org.ashar.security.Grant;
import org.jspecify.annotations.Nullable;

/** One place and its officials: their tokens, and what they write. */
public final class Village {

    public static final String CODE = "41706211812000";
    static final String PLACE = "soate:" + CODE;
    static final String ORGANISATION = "okmotu-" + CODE;

    private final Path keys;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    /** Its officials sign in with the keys of a data folder that was started at least once. */
    public Village(Path data) {
        this.keys = data.resolve("keys");
    }

    /**
     * A token of the official of this role whom {@code client} speaks for; {@code at} some time.
     */
    public String token(String role, String client, @Nullable Instant at) {
        return tokens.computeIfAbsent(
                role + " " + client + " " + at,
                _ ->
                        DevelopmentIssuer.open(keys)
                                .issue(
                                        new Wish(
                                                role + " " + client,
                                                List.of(new Grant(role, ORGANISATION, PLACE, null)),
                                                Duration.ofDays(1),
                                                at),
                                        Clock.systemUTC().instant()));
    }

    /** A promise that its officer may draft. */
    public static String draft(String title) {
        return """
               {"title": %s, "description": %s,
                "place": {"scheme": "soate", "code": "%s"},
                "lead": {"organisation": "%s", "name": %s},
                "contact": {"office": %s, "phone": "+996 3230 5 12 34"},
                "period": {"start": "2025-01-01", "end": "2027-12-31"},
                "classifications": [{"scheme": "sdg", "code": "6.1"}],
                "milestones": [{"id": "m1", "title": %s, "deliverable": %s, "due": "2027-06-30"}],
                "reporting": {"frequency": "quarter", "graceDays": 30}}
               """
                .formatted(
                        text(title),
                        text("Pipes for every street of the village."),
                        CODE,
                        ORGANISATION,
                        text("The executive"),
                        text("Reception of the executive"),
                        text("Pipes are laid"),
                        text("A signed acceptance protocol"));
    }

    static String budget(String commitment, String title) {
        return """
               {"commitment": "commitment/%s", "title": %s,
                "period": {"start": "2026-01-01", "end": "2026-12-31"},
                "total": {"amount": "1000.00", "currency": "KGS"},
                "sources": [{"kind": "local-budget", "name": %s, "amount": {"amount": "1000.00", "currency": "KGS"}}]}
               """
                .formatted(commitment, text(title), text("Local budget"));
    }

    static String spending(String amount, String description) {
        return """
               {"amount": {"amount": "%s", "currency": "KGS"}, "spentOn": "2026-02-03", "description": %s}
               """
                .formatted(amount, text(description));
    }

    static String approval(String body) {
        return """
               {"approvingBody": %s, "resolution": "12/3", "decidedOn": "2026-01-15"}
               """
                .formatted(text(body));
    }

    static String amendment(String rationale) {
        return """
               {"rationale": %s, "description": %s}
               """
                .formatted(text(rationale), text("Pipes, and a tap in every yard."));
    }

    static String notMet(String note) {
        return """
               {"outcome": "not-met", "note": %s}
               """
                .formatted(text(note));
    }

    static String report(String commitment, String narrative) {
        return """
               {"commitment": "%s", "period": "2025-Q3", "status": "limited", "narrative": %s}
               """
                .formatted(commitment, text(narrative));
    }

    static String text(String english) {
        return "{\"original\": \"en\", \"texts\": {\"en\": {\"value\": \"%s\", \"provenance\": \"human\"}}}"
                .formatted(english);
    }
}
