package org.ashar.budgetcommitments.domain.commitment;

import static org.ashar.budgetcommitments.domain.Samples.*;
import static org.ashar.budgetcommitments.domain.commitment.CommitmentSamples.*;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ashar.budgetcommitments.domain.Refused;
import org.ashar.budgetcommitments.domain.commitment.CommitmentCommand.*;
import org.ashar.budgetcommitments.domain.commitment.CommitmentEvent.*;
import org.ashar.budgetcommitments.domain.commitment.Milestone.Outcome;
import org.ashar.budgetcommitments.domain.commitment.Terms.PlannedMilestone;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.Period;
import org.jspecify.annotations.Nullable;

/** Every refusal of a commitment, and a history and a command for every cell of the table. */
public final class CommitmentSpecs {

    private static final String PHONE = "Call 0555 12-34-56 in the evening";

    private CommitmentSpecs() {}

    /** State to a history that ends there. */
    public static Map<String, List<CommitmentEvent>> histories() {
        Map<String, List<CommitmentEvent>> histories = new LinkedHashMap<>();
        histories.put("NotDrafted", List.of());
        histories.put("Draft", draft());
        histories.put("Published", CommitmentSamples.published());
        histories.put("InProgress", inProgress());
        histories.put("ReportedComplete", reportedComplete());
        histories.put("Disputed", inDispute());
        histories.put("VerifiedComplete", verified());
        histories.put("Withdrawn", withdrawn());
        histories.put("Discarded", discarded());
        return histories;
    }

    /** The history in which {@code command} breaks no rule but perhaps that of the state. */
    public static List<CommitmentEvent> history(String state, String command) {
        if (state.equals("InProgress") && command.equals("report-complete")) {
            return allMet();
        }
        List<CommitmentEvent> history = histories().get(state);
        if (history == null) {
            throw new AssertionError("no history ends in " + state);
        }
        return history;
    }

    /** A command that breaks no rule but perhaps that of the state: drafts answer their own. */
    public static @Nullable CommitmentCommand command(String state, String command) {
        boolean hidden = state.equals("Draft") || state.equals("Discarded");
        if (hidden && command.equals("verify-complete")) {
            return verify(actor("b1", "monitor", "okmotu"));
        }
        if (hidden && command.equals("dispute")) {
            return new DisputeCompletion(
                    actor("b1", "monitor", "okmotu"), text("No water yet"), false);
        }
        return commands().get(command);
    }

    /** Command to one that breaks no rule but perhaps that of the state. */
    public static Map<String, CommitmentCommand> commands() {
        Map<String, CommitmentCommand> commands = new LinkedHashMap<>();
        commands.put("draft", new DraftCommitment(OFFICER, PLACE, terms(M1, M2)));
        commands.put("edit", new EditDraft(OFFICER, terms(M1)));
        commands.put("discard", new DiscardDraft(OFFICER));
        commands.put("publish", publish());
        commands.put("start", new StartCommitment(OFFICER));
        commands.put("assess", assessMet("m1"));
        commands.put("report-complete", report(OFFICER));
        commands.put("verify-complete", verify(MONITOR));
        commands.put("dispute", new DisputeCompletion(MONITOR, text("No water yet"), false));
        commands.put("resume", resumption());
        commands.put("withdraw", new WithdrawCommitment(HEAD, text("No money"), false));
        commands.put(
                "amend",
                new AmendCommitment(
                        HEAD,
                        text("A shorter pipe will do"),
                        text("Six kilometres of pipe."),
                        null,
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        false));
        return commands;
    }

    /** Answers a dispute. */
    public static CommitmentCommand resumption() {
        return new ResumeCommitment(OFFICER, text("We repair it"), false);
    }

    /** Postpones one milestone, drops another and adds a third. */
    public static CommitmentCommand amendment() {
        return amend(
                List.of(postpone("m2", "2026-01-31")),
                List.of(milestone("m3", "2026-02-15")),
                List.of("m1"));
    }

    static Refused<CommitmentCommand, CommitmentEvent> refused(
            String sentence, List<CommitmentEvent> given, CommitmentCommand when, String code) {
        return new Refused<>(sentence, given, when, code);
    }

    /** Command to everything that is refused for more than its state. */
    public static Map<String, List<Refused<CommitmentCommand, CommitmentEvent>>> refusals() {
        Map<String, List<Refused<CommitmentCommand, CommitmentEvent>>> all = new LinkedHashMap<>();
        all.put("draft", ofTerms(List.of(), t -> new DraftCommitment(OFFICER, PLACE, t)));
        all.put(
                "edit",
                and(
                        ofTerms(draft(), t -> new EditDraft(OFFICER, t)),
                        List.of(
                                refused(
                                        "another organisation edits",
                                        draft(),
                                        new EditDraft(STRANGER, terms(M1)),
                                        "commitment.not-found"),
                                refused(
                                        "the 101st person edits",
                                        crowdedDraft(),
                                        new EditDraft(OFFICER, terms(M1)),
                                        "commitment.too-many-persons"))));
        all.put(
                "discard",
                List.of(
                        refused(
                                "another organisation discards",
                                draft(),
                                new DiscardDraft(STRANGER),
                                "commitment.not-found"),
                        refused(
                                "the 101st person discards",
                                crowdedDraft(),
                                new DiscardDraft(OFFICER),
                                "commitment.too-many-persons")));
        all.put("publish", publishing());
        all.put(
                "start",
                List.of(
                        refused(
                                "another organisation starts",
                                CommitmentSamples.published(),
                                new StartCommitment(STRANGER),
                                "commitment.other-organisation"),
                        refused(
                                "the 101st person starts",
                                crowdedPromise(),
                                new StartCommitment(OFFICER),
                                "commitment.too-many-persons")));
        all.put("assess", assessing());
        all.put(
                "report-complete",
                List.of(
                        refused(
                                "another organisation reports",
                                allMet(),
                                report(STRANGER),
                                "commitment.other-organisation"),
                        refused(
                                "a milestone is open",
                                then(inProgress(), met("m1", 1)),
                                report(OFFICER),
                                "commitment.milestone-not-met"),
                        refused(
                                "a milestone is not met",
                                then(inProgress(), met("m1", 1), notMet("m2")),
                                report(OFFICER),
                                "commitment.milestone-not-met"),
                        refused(
                                "the statement holds a telephone number",
                                allMet(),
                                new ReportComplete(OFFICER, text(PHONE), false),
                                "text.personal-data"),
                        refused(
                                "the 101st person reports",
                                crowded(allMet()),
                                report(actor("e1", "officer", "okmotu")),
                                "commitment.too-many-persons")));
        all.put("verify-complete", verifying());
        all.put(
                "dispute",
                List.of(
                        refused(
                                "the reason holds a telephone number",
                                reportedComplete(),
                                new DisputeCompletion(FACILITATOR, text(PHONE), false),
                                "text.personal-data")));
        all.put(
                "resume",
                List.of(
                        refused(
                                "another organisation resumes",
                                inDispute(),
                                new ResumeCommitment(STRANGER, text("We repair it"), false),
                                "commitment.other-organisation"),
                        refused(
                                "the response holds a telephone number",
                                inDispute(),
                                new ResumeCommitment(OFFICER, text(PHONE), false),
                                "text.personal-data"),
                        refused(
                                "the 101st person resumes",
                                crowded(inDispute()),
                                new ResumeCommitment(
                                        actor("e1", "officer", "okmotu"), text("Later"), false),
                                "commitment.too-many-persons")));
        all.put(
                "withdraw",
                List.of(
                        refused(
                                "another organisation withdraws",
                                inProgress(),
                                new WithdrawCommitment(STRANGER, text("No money"), false),
                                "commitment.other-organisation"),
                        refused(
                                "the reason holds a telephone number",
                                inProgress(),
                                new WithdrawCommitment(HEAD, text(PHONE), false),
                                "text.personal-data"),
                        refused(
                                "the 101st person withdraws",
                                crowded(inProgress()),
                                new WithdrawCommitment(
                                        actor("e1", "head", "okmotu"), text("No money"), false),
                                "commitment.too-many-persons")));
        all.put("amend", amending());
        return all;
    }

    private static List<Refused<CommitmentCommand, CommitmentEvent>> ofTerms(
            List<CommitmentEvent> given,
            java.util.function.Function<DraftTerms, CommitmentCommand> command) {
        return List.of(
                refused(
                        "51 milestones",
                        given,
                        command.apply(terms(51)),
                        "commitment.too-many-milestones"),
                refused(
                        "two milestones of one id",
                        given,
                        command.apply(terms(M1, milestone("m1", "2025-12-31"))),
                        "milestone.duplicate-id"),
                refused(
                        "a milestone after the period",
                        given,
                        command.apply(terms(M1, milestone("m2", "2026-03-01"))),
                        "milestone.due-outside-period"),
                refused(
                        "a milestone before the period",
                        given,
                        command.apply(terms(milestone("m1", "2025-02-28"))),
                        "milestone.due-outside-period"));
    }

    private static List<Refused<CommitmentCommand, CommitmentEvent>> publishing() {
        DraftTerms full = terms(M1);
        return List.of(
                refused(
                        "another organisation publishes",
                        draft(),
                        new PublishCommitment(STRANGER, TODAY, false),
                        "commitment.not-found"),
                refused(
                        "nothing but a title",
                        List.of(drafted(bare())),
                        publish(),
                        "commitment.no-description"),
                refused(
                        "nobody leads",
                        List.of(
                                drafted(
                                        new DraftTerms(
                                                full.title(),
                                                full.description(),
                                                null,
                                                CONTACT,
                                                PERIOD,
                                                List.of(),
                                                full.milestones(),
                                                full.reporting()))),
                        publish(),
                        "commitment.no-lead"),
                refused(
                        "nobody to ask",
                        List.of(
                                drafted(
                                        new DraftTerms(
                                                full.title(),
                                                full.description(),
                                                full.lead(),
                                                null,
                                                PERIOD,
                                                List.of(),
                                                full.milestones(),
                                                full.reporting()))),
                        publish(),
                        "commitment.no-contact"),
                refused(
                        "no period",
                        List.of(
                                drafted(
                                        new DraftTerms(
                                                full.title(),
                                                full.description(),
                                                full.lead(),
                                                CONTACT,
                                                null,
                                                List.of(),
                                                full.milestones(),
                                                full.reporting()))),
                        publish(),
                        "commitment.no-period"),
                refused(
                        "nothing can be verified",
                        List.of(drafted(terms())),
                        publish(),
                        "commitment.no-milestone"),
                refused(
                        "the description holds a telephone number",
                        List.of(drafted(described(PHONE))),
                        publish(),
                        "text.personal-data"),
                refused(
                        "the 101st person publishes",
                        crowdedDraft(),
                        publish(),
                        "commitment.too-many-persons"));
    }

    private static List<Refused<CommitmentCommand, CommitmentEvent>> assessing() {
        return List.of(
                refused(
                        "another organisation assesses",
                        inProgress(),
                        new AssessMilestone(
                                STRANGER,
                                TODAY,
                                "m1",
                                Outcome.MET,
                                TODAY,
                                List.of(evidence(1)),
                                null,
                                false),
                        "commitment.other-organisation"),
                refused("no such milestone", inProgress(), assessMet("m9"), "milestone.unknown"),
                refused(
                        "a dropped milestone",
                        then(inProgress(), dropped(terms(M1, M2), "m1")),
                        assessMet("m1"),
                        "milestone.dropped"),
                refused(
                        "met is final",
                        then(inProgress(), met("m1", 1)),
                        assess("m1", Outcome.NOT_MET, null, text("It leaks")),
                        "milestone.already-met"),
                refused(
                        "met without a day",
                        inProgress(),
                        assess("m1", Outcome.MET, null, null, evidence(1)),
                        "milestone.met-without-date"),
                refused(
                        "met tomorrow",
                        inProgress(),
                        assess("m1", Outcome.MET, TODAY.plusDays(1), null, evidence(1)),
                        "milestone.met-in-future"),
                refused(
                        "met without evidence",
                        inProgress(),
                        assess("m1", Outcome.MET, TODAY, null),
                        "milestone.met-without-evidence"),
                refused(
                        "not met on a day",
                        inProgress(),
                        assess("m1", Outcome.NOT_MET, TODAY, text("It leaks")),
                        "milestone.met-date-misplaced"),
                refused(
                        "not met without a word",
                        inProgress(),
                        assess("m1", Outcome.NOT_MET, null, null),
                        "milestone.note-missing"),
                refused(
                        "partially met without a word",
                        inProgress(),
                        assess("m1", Outcome.PARTIALLY_MET, null, null, evidence(1)),
                        "milestone.note-missing"),
                refused(
                        "21 pieces of evidence",
                        inProgress(),
                        assess(
                                "m1",
                                Outcome.MET,
                                TODAY,
                                null,
                                IntStream.range(0, 21)
                                        .mapToObj(i -> evidence(i))
                                        .toArray(Evidence[]::new)),
                        "milestone.too-much-evidence"),
                refused(
                        "evidence of tomorrow",
                        inProgress(),
                        assess("m1", Outcome.MET, TODAY, null, evidence(1, TODAY.plusDays(1))),
                        "evidence.captured-in-future"),
                refused(
                        "the note holds a telephone number",
                        inProgress(),
                        assess("m1", Outcome.NOT_MET, null, text(PHONE)),
                        "text.personal-data"),
                refused(
                        "the 101st person assesses",
                        crowded(inProgress()),
                        new AssessMilestone(
                                actor("e1", "officer", "okmotu"),
                                TODAY,
                                "m1",
                                Outcome.MET,
                                TODAY,
                                List.of(evidence(1)),
                                null,
                                false),
                        "commitment.too-many-persons"));
    }

    private static List<Refused<CommitmentCommand, CommitmentEvent>> verifying() {
        Actor earlierReporter = actor("d1", "officer", "okmotu");
        List<CommitmentEvent> twice =
                then(allMet(), reported(earlierReporter), disputed(), resumed(), reported(OFFICER));
        return List.of(
                refused(
                        "the reporter, for a monitoring group",
                        reportedComplete(),
                        verify(actor("a1", "monitor", "monitoring-group")),
                        "commitment.verifier-is-reporter"),
                refused(
                        "who reported before the dispute",
                        twice,
                        verify(actor("d1", "monitor", "monitoring-group")),
                        "commitment.verifier-is-reporter"),
                refused(
                        "somebody else of the reporter's organisation",
                        reportedComplete(),
                        verify(actor("b1", "council-secretary", "okmotu")),
                        "commitment.verifier-is-reporter"),
                refused(
                        "the lead, that did not report itself",
                        then(ledElsewhere(), reported(OFFICER)),
                        verify(actor("b1", "monitor", "water-board")),
                        "commitment.verifier-is-lead"),
                refused(
                        "the lead, written in other letters",
                        then(ledElsewhere(), reported(OFFICER)),
                        verify(actor("b1", "monitor", " WATER-board ")),
                        "commitment.verifier-is-lead"),
                refused(
                        "who published it, for a monitoring group",
                        reportedComplete(),
                        verify(actor("a2", "monitor", "monitoring-group")),
                        "commitment.verifier-is-lead"),
                refused(
                        "the statement holds a telephone number",
                        reportedComplete(),
                        new VerifyComplete(MONITOR, text(PHONE), false),
                        "text.personal-data"));
    }

    private static List<Refused<CommitmentCommand, CommitmentEvent>> amending() {
        List<CommitmentEvent> oneMet = then(inProgress(), met("m1", 1));
        List<CommitmentEvent> oneDropped = then(inProgress(), dropped(terms(M1, M2), "m1"));
        List<PlannedMilestone> fortyNine =
                IntStream.range(0, 49).mapToObj(i -> milestone("n" + i, "2025-12-31")).toList();
        return List.of(
                refused(
                        "another organisation amends",
                        inProgress(),
                        new AmendCommitment(
                                STRANGER,
                                text("Why not"),
                                text("Nothing at all"),
                                null,
                                null,
                                List.of(),
                                List.of(),
                                List.of(),
                                false),
                        "commitment.other-organisation"),
                refused(
                        "nothing changes",
                        inProgress(),
                        amend(List.of(postpone("m1", "2025-06-30")), List.of(), List.of()),
                        "commitment.amendment-changes-nothing"),
                refused(
                        "no such milestone",
                        inProgress(),
                        amend(List.of(), List.of(), List.of("m9")),
                        "milestone.unknown"),
                refused(
                        "a met milestone is postponed",
                        oneMet,
                        amend(List.of(postpone("m1", "2025-12-31")), List.of(), List.of()),
                        "milestone.already-met"),
                refused(
                        "a met milestone is dropped",
                        oneMet,
                        amend(List.of(), List.of(), List.of("m1")),
                        "milestone.already-met"),
                refused(
                        "a dropped milestone comes back",
                        oneDropped,
                        amend(List.of(postpone("m1", "2025-12-31")), List.of(), List.of()),
                        "milestone.dropped"),
                refused(
                        "changed and dropped at once",
                        inProgress(),
                        amend(List.of(postpone("m1", "2025-12-31")), List.of(), List.of("m1")),
                        "milestone.changed-twice"),
                refused(
                        "the id of a dropped milestone is given again",
                        oneDropped,
                        amend(List.of(), List.of(milestone("m1", "2025-12-31")), List.of()),
                        "milestone.duplicate-id"),
                refused(
                        "51 milestones in all",
                        inProgress(),
                        amend(List.of(), fortyNine, List.of()),
                        "commitment.too-many-milestones"),
                refused(
                        "no milestone is left",
                        inProgress(),
                        amend(List.of(), List.of(), List.of("m1", "m2")),
                        "commitment.no-milestone"),
                refused(
                        "postponed beyond the period",
                        inProgress(),
                        amend(List.of(postpone("m2", "2026-06-30")), List.of(), List.of()),
                        "milestone.due-outside-period"),
                refused(
                        "added beyond the period",
                        inProgress(),
                        amend(List.of(), List.of(milestone("m3", "2026-06-30")), List.of()),
                        "milestone.due-outside-period"),
                refused(
                        "the period ends before a milestone",
                        inProgress(),
                        new AmendCommitment(
                                HEAD,
                                text("Earlier"),
                                null,
                                null,
                                new Period(date("2025-03-01"), date("2025-07-31")),
                                List.of(),
                                List.of(),
                                List.of(),
                                false),
                        "milestone.due-outside-period"),
                refused(
                        "the rationale holds a telephone number",
                        inProgress(),
                        new AmendCommitment(
                                HEAD,
                                text(PHONE),
                                text("Six kilometres"),
                                null,
                                null,
                                List.of(),
                                List.of(),
                                List.of(),
                                false),
                        "text.personal-data"),
                refused(
                        "the 101st person amends",
                        crowded(inProgress()),
                        new AmendCommitment(
                                actor("e1", "head", "okmotu"),
                                text("Shorter"),
                                text("Six kilometres"),
                                null,
                                null,
                                List.of(),
                                List.of(),
                                List.of(),
                                false),
                        "commitment.too-many-persons"));
    }

    /** Drafted by the okmotu, led by a water board. */
    static List<CommitmentEvent> ledElsewhere() {
        DraftTerms t = terms(M1);
        DraftTerms led =
                new DraftTerms(
                        t.title(),
                        t.description(),
                        new Terms.Lead("water-board", text("Water board")),
                        t.contact(),
                        t.period(),
                        t.classifications(),
                        t.milestones(),
                        t.reporting());
        return List.of(
                drafted(led),
                CommitmentSamples.published(led),
                new CommitmentStarted(OFFICER),
                met("m1", 1));
    }

    private static List<CommitmentEvent> crowdedDraft() {
        List<CommitmentEvent> history = new ArrayList<>();
        history.add(new CommitmentDrafted(crowd(0), PLACE, terms(M1)));
        IntStream.range(1, 100).forEach(i -> history.add(new DraftEdited(crowd(i), terms(M1))));
        return history;
    }

    private static List<CommitmentEvent> crowdedPromise() {
        List<CommitmentEvent> history = crowdedDraft();
        history.add(
                new CommitmentPublished(
                        crowd(0), TODAY, complete(terms(M1)), List.of(Milestone.scheduled(M1))));
        return history;
    }

    /** The same history, with as many persons before it as a draft may have. */
    private static List<CommitmentEvent> crowded(List<CommitmentEvent> history) {
        List<CommitmentEvent> crowded = new ArrayList<>();
        crowded.add(history.getFirst());
        IntStream.range(0, 100).forEach(i -> crowded.add(new DraftEdited(crowd(i), terms(M1, M2))));
        crowded.addAll(history.subList(1, history.size()));
        return crowded;
    }

    private static Actor crowd(int number) {
        return new Actor("%064x".formatted(number), "officer", "okmotu");
    }

    private static List<Refused<CommitmentCommand, CommitmentEvent>> and(
            List<Refused<CommitmentCommand, CommitmentEvent>> before,
            List<Refused<CommitmentCommand, CommitmentEvent>> more) {
        return Stream.concat(before.stream(), more.stream()).toList();
    }
}
