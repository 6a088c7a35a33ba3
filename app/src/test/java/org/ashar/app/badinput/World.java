package org.ashar.app.badinput;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What there is before anything bad is sent.
 *
 * @param officials who may do what
 * @param commitment published, started: at version 3
 * @param budget of it, committed, with some spending: at version 4
 * @param report on it, published: at version 2
 * @param draft of a commitment, by the same organisation: at version 1
 * @param rivalDraft of a commitment, by another organisation of the same place: at version 1
 * @param tellingDraft a draft with a telephone number in its title: at version 1
 * @param rivalReport a draft of a report on a promise of the other organisation's: at version 1
 */
record World(
        Officials officials,
        String commitment,
        String budget,
        String report,
        String draft,
        String rivalDraft,
        String tellingDraft,
        String rivalReport) {

    /** The Idempotency-Key that made {@code draft}. */
    static final String KEY_OF_DRAFT = "the key of the draft";

    /** The Idempotency-Key that started {@code commitment}. */
    static final String KEY_OF_START = "the key of the start";

    static final String COMMITMENTS = "/api/commitments";
    static final String BUDGETS = "/api/budget-commitments";
    static final String REPORTS = "/api/progress-reports";
    static final String FINDINGS = "/api/findings";
    static final String SUBSCRIPTIONS = "/api/subscriptions";

    static World made(Installation installation, Path forgery)
            throws IOException, InterruptedException {
        Officials officials = new Officials(installation.data(), forgery);
        String commitment = published(installation, officials.headInJanuary());
        installation.give(
                Call.post(COMMITMENTS + "/" + commitment + "/start", "{}")
                        .by(officials.officer())
                        .seen(2)
                        .header("Idempotency-Key", KEY_OF_START));
        String budget =
                installation.give(
                        Call.post(BUDGETS, Good.budget(commitment)).by(officials.financeOfficer()));
        String money = BUDGETS + "/" + budget;
        installation.give(
                Call.post(money + "/approve", Good.approval())
                        .by(officials.financeOfficer())
                        .seen(1));
        installation.give(
                Call.post(money + "/commit", "{}").by(officials.financeOfficer()).seen(2));
        installation.give(
                Call.post(money + "/spending", Good.spending())
                        .by(officials.financeOfficer())
                        .seen(3));
        installation.settle(commitment);
        String report =
                installation.give(
                        Call.post(REPORTS, Good.report(commitment)).by(officials.officer()));
        installation.give(
                Call.post(REPORTS + "/" + report + "/publish", "{}").by(officials.head()).seen(1));
        String draft =
                installation.give(
                        Call.post(COMMITMENTS, Good.draft())
                                .by(officials.officer())
                                .header("Idempotency-Key", KEY_OF_DRAFT));
        String rivalDraft =
                installation.give(Call.post(COMMITMENTS, Good.draft()).by(officials.rival()));
        String tellingDraft =
                installation.give(
                        Call.post(COMMITMENTS, Good.draft())
                                .with("/title", Good.text("Ask " + Good.PERSON + ", 0555 12-34-56"))
                                .by(officials.officer()));
        String rivalPromise =
                published(
                        installation,
                        officials.rivalInJanuary(),
                        Call.post(COMMITMENTS, Good.draft())
                                .with("/lead/organisation", "\"" + Officials.RIVAL + "\""));
        installation.settle(rivalPromise);
        String rivalReport =
                installation.give(
                        Call.post(REPORTS, Good.report(rivalPromise)).by(officials.rivalOfficer()));
        installation.settle(commitment);
        return new World(
                officials,
                commitment,
                budget,
                report,
                draft,
                rivalDraft,
                tellingDraft,
                rivalReport);
    }

    /** A new commitment, public: at version 2, with one event on the topic. */
    static String published(Installation installation, String head)
            throws IOException, InterruptedException {
        return published(installation, head, Call.post(COMMITMENTS, Good.draft()));
    }

    private static String published(Installation installation, String head, Call draft)
            throws IOException, InterruptedException {
        String commitment = installation.give(draft.by(head));
        installation.give(
                Call.post(COMMITMENTS + "/" + commitment + "/publish", "{}").by(head).seen(1));
        return commitment;
    }

    /** The good calls that the table's rows begin with. */
    Map<String, Supplier<Call>> goodCalls() {
        Map<String, Supplier<Call>> calls = new HashMap<>(promises());
        calls.put(
                "finding",
                () -> Call.post(FINDINGS, Good.finding(commitment)).by(officials.auditor()));
        calls.put(
                "subscription",
                () -> Call.post(SUBSCRIPTIONS, Good.subscription()).by(officials.auditor()));
        return calls;
    }

    private Map<String, Supplier<Call>> promises() {
        String promise = COMMITMENTS + "/" + commitment;
        return Map.of(
                "draft",
                () -> Call.post(COMMITMENTS, Good.draft()).by(officials.officer()),
                "edit",
                () ->
                        Call.post(COMMITMENTS + "/" + draft + "/edit", Good.draft())
                                .lacking("/place")
                                .by(officials.officer())
                                .seen(1),
                "publish",
                () ->
                        Call.post(COMMITMENTS + "/" + draft + "/publish", "{}")
                                .by(officials.head())
                                .seen(1),
                "assess",
                () ->
                        Call.post(promise + "/milestones/m1/assess", Good.assessment())
                                .by(officials.officer())
                                .seen(3),
                "complete",
                () -> Call.post(promise + "/report-complete", "{}").by(officials.officer()).seen(3),
                "budget",
                () -> Call.post(BUDGETS, Good.budget(commitment)).by(officials.financeOfficer()),
                "spending",
                () ->
                        Call.post(BUDGETS + "/" + budget + "/spending", Good.spending())
                                .by(officials.financeOfficer())
                                .seen(4),
                "report",
                () -> Call.post(REPORTS, Good.report(commitment)).by(officials.officer()),
                "correct",
                () ->
                        Call.post(REPORTS + "/" + report + "/correct", Good.report(commitment))
                                .lacking("/commitment")
                                .lacking("/period")
                                .with("/reason", Good.text("A mistake"))
                                .by(officials.head())
                                .seen(2));
    }
}
