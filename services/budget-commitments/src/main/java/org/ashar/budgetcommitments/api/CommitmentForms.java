package org.ashar.budgetcommitments.api;

import java.util.List;
import java.util.Map;
import org.ashar.budgetcommitments.domain.commitment.CommitmentCommand.AmendCommitment;
import org.ashar.budgetcommitments.domain.commitment.CommitmentCommand.MilestoneChange;
import org.ashar.budgetcommitments.domain.commitment.DraftTerms;
import org.ashar.budgetcommitments.domain.commitment.Terms.Contact;
import org.ashar.budgetcommitments.domain.commitment.Terms.Lead;
import org.ashar.budgetcommitments.domain.commitment.Terms.PlannedMilestone;
import org.ashar.budgetcommitments.domain.commitment.Terms.Reporting;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Checked;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.ReportingPeriod.Frequency;
import org.ashar.web.Fields;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of commands on a commitment. */
final class CommitmentForms {

    private static final int DELIVERABLE = 1_000;
    private static final int MAX_CLASSIFICATIONS = 20;

    private CommitmentForms() {}

    static DraftTerms terms(Fields f) {
        return new DraftTerms(
                f.multilingual("title", Forms.TITLE),
                Forms.narrative(f, "description"),
                f.optional("lead", (g, n) -> g.nested(n, CommitmentForms::lead)).orElse(null),
                contact(f),
                period(f),
                f.optional(
                                "classifications",
                                (g, n) ->
                                        g.listOf(
                                                n,
                                                0,
                                                MAX_CLASSIFICATIONS,
                                                (elements, i) -> elements.classification(i)))
                        .orElse(List.of()),
                milestones(f, "milestones"),
                f.optional("reporting", (g, n) -> g.nested(n, CommitmentForms::reporting))
                        .orElse(Reporting.DEFAULT));
    }

    /** Reads the whole body; the command is made once the actor is known. */
    static Amendment amendment(Fields f) {
        return new Amendment(
                f.multilingualLines("rationale", Forms.NARRATIVE),
                Forms.narrative(f, "description"),
                contact(f),
                period(f),
                f.optional("milestones", (g, n) -> g.nested(n, CommitmentForms::changes))
                        .orElse(new Changes(List.of(), List.of(), List.of())),
                Forms.acknowledged(f));
    }

    /** An amendment as sent. */
    record Amendment(
            MultilingualText rationale,
            @Nullable MultilingualText description,
            @Nullable Contact contact,
            @Nullable Period period,
            Changes milestones,
            boolean acknowledged) {

        AmendCommitment by(Actor actor) {
            return new AmendCommitment(
                    actor,
                    rationale,
                    description,
                    contact,
                    period,
                    milestones.change(),
                    milestones.add(),
                    milestones.drop(),
                    acknowledged);
        }
    }

    private record Changes(
            List<MilestoneChange> change, List<PlannedMilestone> add, List<String> drop) {}

    private static Changes changes(Fields f) {
        return new Changes(
                f.optional("change", (g, n) -> g.list(n, 0, Forms.ENTRIES, CommitmentForms::change))
                        .orElse(List.of()),
                milestones(f, "add"),
                f.optional(
                                "drop",
                                (g, n) ->
                                        g.listOf(n, 0, Forms.ENTRIES, CommitmentForms::milestoneId))
                        .orElse(List.of()));
    }

    private static MilestoneChange change(Fields f) {
        return new MilestoneChange(
                milestoneId(f, "id"),
                Forms.title(f, "title"),
                f.optional("deliverable", (g, n) -> g.multilingualLines(n, DELIVERABLE))
                        .orElse(null),
                f.optional("due", Fields::date).orElse(null));
    }

    private static List<PlannedMilestone> milestones(Fields f, String name) {
        return f.optional(
                        name,
                        (g, n) ->
                                g.listOf(
                                        n,
                                        0,
                                        Forms.ENTRIES,
                                        (elements, i) ->
                                                elements.nested(i, CommitmentForms::milestone)))
                .orElse(List.of());
    }

    private static PlannedMilestone milestone(Fields f) {
        return new PlannedMilestone(
                milestoneId(f, "id"),
                f.multilingual("title", Forms.TITLE),
                f.multilingualLines("deliverable", DELIVERABLE),
                f.date("due"));
    }

    private static String milestoneId(Fields f, String name) {
        return f.string(
                name,
                "",
                text ->
                        text.matches("[a-z0-9][a-z0-9-]{0,31}")
                                ? Checked.valid(text)
                                : Checked.invalid("milestone.malformed-id", Map.of()));
    }

    private static Lead lead(Fields f) {
        return new Lead(Forms.organisation(f, "organisation"), f.multilingual("name", Forms.TITLE));
    }

    private static @Nullable Contact contact(Fields f) {
        return f.optional(
                        "contact",
                        (g, n) ->
                                g.nested(
                                        n,
                                        c -> {
                                            MultilingualText office =
                                                    c.multilingual("office", Forms.TITLE);
                                            String phone =
                                                    c.optional("phone", Fields::telephone)
                                                            .orElse(null);
                                            String email =
                                                    c.optional("email", Fields::email).orElse(null);
                                            if (phone == null && email == null) {
                                                c.invalid("phone", "contact.no-address", Map.of());
                                                return new Contact(office, "", null);
                                            }
                                            return new Contact(office, phone, email);
                                        }))
                .orElse(null);
    }

    private static @Nullable Period period(Fields f) {
        return f.optional("period", Fields::period).orElse(null);
    }

    private static Reporting reporting(Fields f) {
        return new Reporting(
                f.optional("frequency", (g, n) -> g.oneOf(n, Frequency.class))
                        .orElse(Reporting.DEFAULT.frequency()),
                f.optional("graceDays", (g, n) -> g.integer(n, 0, Reporting.MAX_GRACE_DAYS))
                        .map(Math::toIntExact)
                        .orElse(Reporting.DEFAULT.graceDays()));
    }
}
