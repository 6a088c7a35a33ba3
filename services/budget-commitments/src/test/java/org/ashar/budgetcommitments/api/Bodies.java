package org.ashar.budgetcommitments.api;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import org.ashar.json.AsharJson;
import org.ashar.kernel.MultilingualText;

/** Bodies of commands. */
final class Bodies {

    static final String NOTHING = "{}";

    /** Days are counted from today, so that what is late today is late in ten years. */
    @SuppressWarnings("TimeInStaticInitializer") // one day for the whole run
    static final LocalDate TODAY = LocalDate.now(Clock.system(ZoneId.of("Asia/Bishkek")));

    static final String DUE = TODAY.plusYears(1).toString();

    private Bodies() {}

    static String text(String value) {
        return AsharJson.strict().writeValueAsString(MultilingualText.of("en", value));
    }

    static String reason(String value) {
        return "{\"reason\":" + text(value) + "}";
    }

    static String draft(String title, String due) {
        return "{\"place\":{\"scheme\":\"soate\",\"code\":\"41706207804000\",\"asOf\":\"2025-01-15\"},"
                + terms(title, due)
                + "}";
    }

    static String edit(String title, String due) {
        return "{" + terms(title, due) + "}";
    }

    private static String terms(String title, String due) {
        return """
               "title":%s,
               "description":%s,
               "lead":{"organisation":"okmotu","name":%s},
               "contact":{"office":%s,"phone":"+996 3239 1 23 45"},
               "period":{"start":"%s","end":"%s"},
               "classifications":[{"scheme":"sdg","code":"6.1"}],
               "milestones":[{"id":"m1","title":%s,"deliverable":%s,"due":"%s"}]
               """
                .formatted(
                        text(title),
                        text("Eight kilometres of pipe."),
                        text("Aiyl okmotu"),
                        text("Office"),
                        TODAY.minusYears(1),
                        TODAY.plusYears(3),
                        text("Pipe laid"),
                        text("Protocol of acceptance"),
                        due);
    }

    static String met() {
        return """
               {"outcome":"met","metOn":"%1$s","evidence":[{"sha256":"%2$s","mediaType":"image/jpeg",
               "size":1000,"capturedOn":"%1$s","link":"https://okmotu.example/photo.jpg"}]}
               """
                .formatted(TODAY.minusDays(10), "ab".repeat(32));
    }

    static String budget(String commitment, String total) {
        return """
               {"commitment":"commitment/%s","title":%s,"period":{"start":"%s","end":"%s"},
               "total":{"amount":"%s","currency":"KGS"},
               "sources":[{"kind":"local-budget","name":%s,"amount":{"amount":"%s","currency":"KGS"}}]}
               """
                .formatted(
                        commitment,
                        text("Pipes"),
                        TODAY.minusMonths(6),
                        TODAY.plusMonths(5),
                        total,
                        text("Local budget"),
                        total);
    }

    static String approval() {
        return """
               {"approvingBody":%s,"resolution":"No. 12/3","decidedOn":"%s"}
               """
                .formatted(text("Aiyl kenesh"), TODAY.minusMonths(3));
    }

    static String adjustment(String total) {
        return """
               {"total":{"amount":"%s","currency":"KGS"},
               "sources":[{"kind":"donor","name":%s,"amount":{"amount":"%s","currency":"KGS"}}],
               "rationale":%s,"approvingBody":%s,"resolution":"No. 14/1","decidedOn":"%s"}
               """
                .formatted(
                        total,
                        text("Water fund"),
                        total,
                        text("Pumps cost more"),
                        text("Kenesh"),
                        TODAY);
    }

    static String spending(String amount) {
        return """
               {"amount":{"amount":"%s","currency":"KGS"},"spentOn":"%s","description":%s}
               """
                .formatted(amount, TODAY.minusDays(3), text("Pipes"));
    }
}
