package org.ashar.app.crash;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ashar.security.DevelopmentIssuer;
import org.ashar.security.DevelopmentIssuer.Wish;
import org.ashar.security.Grant;

/** One place and its officials: their tokens, and what they write. */
final class Village {

    static final String CODE = "41706211812000";
    static final String PLACE = "soate:" + CODE;
    static final String ORGANISATION = "okmotu-" + CODE;

    private final Path keys;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    /** Its officials sign in with the keys of a data folder that was started at least once. */
    Village(Path data) {
        this.keys = data.resolve("keys");
    }

    String token(String role, int person) {
        return tokens.computeIfAbsent(
                role + "-" + person,
                subject ->
                        DevelopmentIssuer.open(keys)
                                .issue(
                                        new Wish(
                                                subject,
                                                List.of(new Grant(role, ORGANISATION, PLACE, null)),
                                                Duration.ofDays(1),
                                                null),
                                        Clock.systemUTC().instant()));
    }

    static String draft(String title) {
        return """
               {"title": %s, "description": %s,
                "place": {"scheme": "soate", "code": "%s"},
                "lead": {"organisation": "%s", "name": %s},
                "contact": {"office": %s, "phone": "+996 3230 5 12 34"},
                "period": {"start": "2026-01-01", "end": "2027-12-31"},
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

    static String approval() {
        return """
               {"approvingBody": %s, "resolution": "12/3", "decidedOn": "2026-01-15"}
               """
                .formatted(text("Village council"));
    }

    static String text(String english) {
        return "{\"original\": \"en\", \"texts\": {\"en\": {\"value\": \"%s\", \"provenance\": \"human\"}}}"
                .formatted(english);
    }
}
