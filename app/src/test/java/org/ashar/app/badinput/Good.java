package org.ashar.app.badinput;

/** Good bodies. In some there is a mark for a person, which no answer and no log may repeat. */
final class Good {

    static final String PLACE = "41706211812000";
    static final String OTHER_PLACE = "41706207804000";
    static final String ORGANISATION = "okmotu";

    /** It stands for the name of a person: in what is sent, and nowhere else. */
    static final String PERSON = "Anon427";

    private Good() {}

    static String draft() {
        return """
               {"place": {"scheme": "soate", "code": "%s"},
                "title": %s, "description": %s,
                "lead": {"organisation": "%s", "name": %s},
                "contact": {"office": %s, "phone": "+996 3230 5 12 34"},
                "period": {"start": "2026-01-01", "end": "2027-12-31"},
                "classifications": [{"scheme": "sdg", "code": "6.1"}],
                "milestones": [{"id": "m1", "title": %s, "deliverable": %s, "due": "2027-06-30"}],
                "reporting": {"frequency": "quarter", "graceDays": 30}}
               """
                .formatted(
                        PLACE,
                        text("Clean water"),
                        text("Pipes for every street, says " + PERSON),
                        ORGANISATION,
                        text("The executive"),
                        text("Reception of the executive"),
                        text("Pipes are laid"),
                        text("A signed protocol"));
    }

    static String budget(String commitment) {
        return """
               {"commitment": "commitment/%s", "title": %s,
                "period": {"start": "2026-01-01", "end": "2026-12-31"},
                "total": {"amount": "1000.00", "currency": "KGS"},
                "sources": [{"kind": "local-budget", "name": %s, "amount": {"amount": "600.00", "currency": "KGS"}},
                            {"kind": "donor", "name": %s, "amount": {"amount": "400.00", "currency": "KGS"}}]}
               """
                .formatted(commitment, text("Pipes"), text("Local budget"), text("Water fund"));
    }

    static String approval() {
        return """
               {"approvingBody": %s, "resolution": "12/3", "decidedOn": "2026-01-15"}
               """
                .formatted(text("Village council"));
    }

    static String spending() {
        return """
               {"amount": {"amount": "300.00", "currency": "KGS"}, "spentOn": "2026-02-03", "description": %s,
                "evidence": [{"sha256": "%s", "mediaType": "image/jpeg", "size": 1000, "capturedOn": "2026-02-03",
                              "link": "https://okmotu.example/photo.jpg"}]}
               """
                .formatted(text("Pipes"), "ab".repeat(32));
    }

    static String assessment() {
        return """
               {"outcome": "not-met", "note": %s}
               """
                .formatted(text("No pipes"));
    }

    static String report(String commitment) {
        return """
               {"commitment": "%s", "period": "2026-Q1", "status": "limited", "narrative": %s,
                "milestoneNotes": [{"milestone": "m1", "note": %s}],
                "indicators": [{"name": %s, "measure": "percentage", "value": "12.5"}]}
               """
                .formatted(
                        commitment,
                        text("Half of the pipes are laid, says " + PERSON),
                        text("Going on"),
                        text("Houses with water"));
    }

    static String finding(String commitment) {
        return """
               {"subject": "commitment/%s", "auditee": "%s", "title": %s, "narrative": %s,
                "severity": "low", "responseDue": "2026-05-10"}
               """
                .formatted(
                        commitment,
                        ORGANISATION,
                        text("No protocol"),
                        text("Nobody signed, says " + PERSON));
    }

    static String subscription() {
        return """
               {"url": "https://93.184.215.14/hook", "filter": {"place": "soate/%s"}, "from": 0}
               """
                .formatted(PLACE);
    }

    static String text(String english) {
        return "{\"original\": \"en\", \"texts\": {\"en\": {\"value\": \"%s\", \"provenance\": \"human\"}}}"
                .formatted(english);
    }
}
