package org.ashar.budgetcommitments.domain.commitment;

import static org.ashar.budgetcommitments.domain.Samples.FACILITATOR;
import static org.ashar.budgetcommitments.domain.Samples.HEAD;
import static org.ashar.budgetcommitments.domain.Samples.MONITOR;
import static org.ashar.budgetcommitments.domain.Samples.OFFICER;
import static org.ashar.budgetcommitments.domain.Samples.PLACE;
import static org.ashar.budgetcommitments.domain.Samples.TODAY;
import static org.ashar.budgetcommitments.domain.Samples.date;
import static org.ashar.budgetcommitments.domain.Samples.evidence;
import static org.ashar.budgetcommitments.domain.Samples.text;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.ashar.budgetcommitments.domain.commitment.CommitmentCommand.*;
import org.ashar.budgetcommitments.domain.commitment.CommitmentEvent.*;
import org.ashar.budgetcommitments.domain.commitment.Milestone.Outcome;
import org.ashar.budgetcommitments.domain.commitment.Terms.Contact;
import org.ashar.budgetcommitments.domain.commitment.Terms.Lead;
import org.ashar.budgetcommitments.domain.commitment.Terms.PlannedMilestone;
import org.ashar.budgetcommitments.domain.commitment.Terms.Reporting;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Classification;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.MultilingualText.Provenance;
import org.ashar.kernel.MultilingualText.Translation;
import org.ashar.kernel.Period;
import org.jspecify.annotations.Nullable;

/** A promise of drinking water for a village, and what may happen to it. */
public final class CommitmentSamples {

    public static final Period PERIOD = new Period(date("2025-03-01"), date("2026-02-28"));
    public static final Contact CONTACT =
            new Contact(text("Office of the aiyl okmotu"), "+996 3239 1 23 45", null);
    public static final PlannedMilestone M1 = milestone("m1", "2025-06-30");
    public static final PlannedMilestone M2 = milestone("m2", "2025-12-31");

    private static final MultilingualText TITLE =
            new MultilingualText(
                    "ky",
                    new TreeMap<>(
                            Map.of(
                                    "ky",
                                    new Translation("Кара-Кулжага таза суу", Provenance.HUMAN),
                                    "ru",
                                    new Translation(
                                            "Чистая вода для Кара-Кулджи", Provenance.HUMAN),
                                    "en",
                                    new Translation(
                                            "Clean water for Kara-Kulja", Provenance.MACHINE))));

    private CommitmentSamples() {}

    public static PlannedMilestone milestone(String id, String due) {
        return new PlannedMilestone(
                id, text("Step " + id), text("Protocol of acceptance of step " + id), date(due));
    }

    public static DraftTerms terms(PlannedMilestone... milestones) {
        return new DraftTerms(
                TITLE,
                text("Eight kilometres of pipe and two pumps."),
                new Lead("okmotu", text("Aiyl okmotu of Kara-Kulja")),
                CONTACT,
                PERIOD,
                List.of(new Classification("sdg", "6.1")),
                List.of(milestones),
                Reporting.DEFAULT);
    }

    static DraftTerms terms(int milestones) {
        return terms(
                IntStream.range(0, milestones)
                        .mapToObj(i -> milestone("m" + i, "2025-06-30"))
                        .toArray(PlannedMilestone[]::new));
    }

    static DraftTerms bare() {
        return new DraftTerms(
                text("Drinking water"),
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                Reporting.DEFAULT);
    }

    static DraftTerms described(String description) {
        DraftTerms t = terms(M1);
        return new DraftTerms(
                t.title(),
                text(description),
                t.lead(),
                t.contact(),
                t.period(),
                t.classifications(),
                t.milestones(),
                t.reporting());
    }

    static Terms complete(DraftTerms terms) {
        return DraftRules.complete(
                new CommitmentState.Draft("okmotu", PLACE, terms, new TreeSet<>()));
    }

    static CommitmentEvent drafted(DraftTerms terms) {
        return new CommitmentDrafted(OFFICER, PLACE, terms);
    }

    static CommitmentEvent published(DraftTerms terms) {
        return new CommitmentPublished(
                HEAD,
                date("2025-02-20"),
                complete(terms),
                terms.milestones().stream().map(Milestone::scheduled).toList());
    }

    static CommitmentEvent met(String milestone, int... evidence) {
        return new MilestoneAssessed(
                OFFICER,
                milestone,
                Outcome.MET,
                date("2025-06-10"),
                Arrays.stream(evidence)
                        .mapToObj(org.ashar.budgetcommitments.domain.Samples::evidence)
                        .toList(),
                null);
    }

    static CommitmentEvent notMet(String milestone) {
        return new MilestoneAssessed(
                OFFICER, milestone, Outcome.NOT_MET, null, List.of(), text("The pump is missing"));
    }

    static CommitmentEvent reported(Actor by) {
        return new CommitmentReportedComplete(by, null);
    }

    static CommitmentEvent disputed() {
        return new CommitmentDisputed(FACILITATOR, text("No water on Lenin street"));
    }

    static CommitmentEvent resumed() {
        return new CommitmentResumed(OFFICER, text("The valve will be replaced"));
    }

    static CommitmentEvent dropped(DraftTerms terms, String milestone) {
        return new CommitmentAmended(
                HEAD,
                text("Built by the province instead"),
                text("Eight kilometres of pipe."),
                CONTACT,
                PERIOD,
                terms.milestones().stream()
                        .map(Milestone::scheduled)
                        .map(m -> m.id().equals(milestone) ? m.droppedOut() : m)
                        .toList());
    }

    static List<CommitmentEvent> then(List<CommitmentEvent> before, CommitmentEvent... more) {
        List<CommitmentEvent> all = new ArrayList<>(before);
        all.addAll(List.of(more));
        return all;
    }

    static List<CommitmentEvent> draft() {
        return List.of(drafted(terms(M1, M2)));
    }

    static List<CommitmentEvent> discarded() {
        return then(draft(), new DraftDiscarded(OFFICER));
    }

    public static List<CommitmentEvent> published() {
        return then(draft(), published(terms(M1, M2)));
    }

    static List<CommitmentEvent> inProgress() {
        return then(published(), new CommitmentStarted(OFFICER));
    }

    static List<CommitmentEvent> allMet() {
        return then(inProgress(), met("m1", 1), met("m2", 2));
    }

    static List<CommitmentEvent> reportedComplete() {
        return then(allMet(), reported(OFFICER));
    }

    static List<CommitmentEvent> inDispute() {
        return then(reportedComplete(), disputed());
    }

    static List<CommitmentEvent> verified() {
        return then(reportedComplete(), new CommitmentVerifiedComplete(MONITOR, null));
    }

    static List<CommitmentEvent> withdrawn() {
        return then(published(), new CommitmentWithdrawn(HEAD, text("No money")));
    }

    static PublishCommitment publish() {
        return new PublishCommitment(HEAD, TODAY, false);
    }

    static AssessMilestone assess(
            String milestone,
            Outcome outcome,
            @Nullable LocalDate metOn,
            @Nullable MultilingualText note,
            Evidence... evidence) {
        return new AssessMilestone(
                OFFICER, TODAY, milestone, outcome, metOn, List.of(evidence), note, false);
    }

    static AssessMilestone assessMet(String milestone) {
        return assess(milestone, Outcome.MET, date("2025-06-10"), null, evidence(9));
    }

    static ReportComplete report(Actor by) {
        return new ReportComplete(by, null, false);
    }

    static VerifyComplete verify(Actor by) {
        return new VerifyComplete(by, null, false);
    }

    static AmendCommitment amend(
            List<MilestoneChange> changed, List<PlannedMilestone> added, List<String> dropped) {
        return new AmendCommitment(
                HEAD,
                text("The contractor failed"),
                null,
                null,
                null,
                changed,
                added,
                dropped,
                false);
    }

    static MilestoneChange postpone(String milestone, String due) {
        return new MilestoneChange(milestone, null, null, date(due));
    }
}
