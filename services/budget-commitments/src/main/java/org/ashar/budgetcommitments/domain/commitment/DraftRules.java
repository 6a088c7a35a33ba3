package org.ashar.budgetcommitments.domain.commitment;

import static org.ashar.budgetcommitments.domain.commitment.MilestoneRules.dueOutside;
import static org.ashar.budgetcommitments.domain.commitment.MilestoneRules.duplicateIds;
import static org.ashar.budgetcommitments.domain.commitment.MilestoneRules.tooMany;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.ashar.budgetcommitments.domain.Policy;
import org.ashar.budgetcommitments.domain.Policy.Rule;
import org.ashar.budgetcommitments.domain.commitment.CommitmentCommand.*;
import org.ashar.budgetcommitments.domain.commitment.CommitmentState.Draft;
import org.ashar.budgetcommitments.domain.commitment.CommitmentState.NotDrafted;
import org.ashar.budgetcommitments.domain.commitment.Terms.PlannedMilestone;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.OrganisationName;
import org.ashar.kernel.PersonalData;
import org.ashar.kernel.Refusal;
import org.jspecify.annotations.Nullable;

/** What a promise must be before anyone sees it. */
final class DraftRules {

    static final Refusal UNKNOWN = Refusal.notFound("commitment.not-found");

    static final Policy<NotDrafted, DraftCommitment> DRAFTING =
            Policy.of(
                    new Rule<>("milestones are few enough", (_, c) -> few(c.terms())),
                    new Rule<>("milestones have ids of their own", (_, c) -> unique(c.terms())),
                    new Rule<>("milestones are due in the period", (_, c) -> due(c.terms())));

    static final Policy<Draft, EditDraft> EDITING =
            Policy.of(
                    new Rule<>("a draft is private", DraftRules::ownDraft),
                    new Rule<>("persons stay countable", DraftRules::countablePersons),
                    new Rule<>("milestones are few enough", (_, c) -> few(c.terms())),
                    new Rule<>("milestones have ids of their own", (_, c) -> unique(c.terms())),
                    new Rule<>("milestones are due in the period", (_, c) -> due(c.terms())));

    static final Policy<Draft, DiscardDraft> DISCARDING =
            Policy.of(
                    new Rule<>("a draft is private", DraftRules::ownDraft),
                    new Rule<>("persons stay countable", DraftRules::countablePersons));

    static final Policy<Draft, PublishCommitment> PUBLISHING =
            Policy.of(
                    new Rule<>("a draft is private", DraftRules::ownDraft),
                    new Rule<>("persons stay countable", DraftRules::countablePersons),
                    new Rule<>(
                            "the promise is described",
                            there(t -> t.description() != null, "description")),
                    new Rule<>("somebody leads", there(t -> t.lead() != null, "lead")),
                    new Rule<>(
                            "the public has a contact", there(t -> t.contact() != null, "contact")),
                    new Rule<>("it has a period", there(t -> t.period() != null, "period")),
                    new Rule<>(
                            "a milestone can be verified",
                            there(t -> !t.milestones().isEmpty(), "milestone")),
                    new Rule<>(
                            "personal data is seen",
                            (draft, c) ->
                                    PersonalData.refusal(
                                            c.personalDataAcknowledged(), texts(draft.terms()))));

    private DraftRules() {}

    /** The terms of a draft that nothing is missing from. */
    static Terms complete(Draft state) {
        DraftTerms draft = state.terms();
        if (draft.description() == null
                || draft.lead() == null
                || draft.contact() == null
                || draft.period() == null) {
            throw new IllegalStateException("the policy demands a complete draft");
        }
        return new Terms(
                state.place(),
                draft.title(),
                draft.description(),
                draft.lead(),
                draft.contact(),
                draft.period(),
                draft.classifications(),
                draft.reporting());
    }

    private static Optional<Refusal> ownDraft(Draft draft, OfDraft command) {
        return isOwn(draft.organisation(), command) ? Optional.empty() : Optional.of(UNKNOWN);
    }

    static boolean isOwn(String organisation, CommitmentCommand command) {
        return OrganisationName.alike(organisation, command.by().organisation());
    }

    private static Optional<Refusal> countablePersons(Draft draft, OfDraft command) {
        return PromiseRules.countable(draft.persons(), command.by());
    }

    private static BiFunction<Draft, PublishCommitment, Optional<Refusal>> there(
            Predicate<DraftTerms> present, String what) {
        String pointer = "milestone".equals(what) ? "/milestones" : "/" + what;
        return (draft, _) ->
                present.test(draft.terms())
                        ? Optional.empty()
                        : Optional.of(Refusal.invalid("commitment.no-" + what, pointer));
    }

    private static Optional<Refusal> few(DraftTerms terms) {
        return tooMany(terms.milestones().size());
    }

    private static Optional<Refusal> unique(DraftTerms terms) {
        return duplicateIds(List.of(), terms.milestones(), "/milestones");
    }

    private static Optional<Refusal> due(DraftTerms terms) {
        return terms.period() == null
                ? Optional.empty()
                : dueOutside(
                        terms.period(),
                        terms.milestones().stream().map(PlannedMilestone::due).toList(),
                        "/milestones");
    }

    private static Map<String, @Nullable MultilingualText> texts(DraftTerms terms) {
        Map<String, @Nullable MultilingualText> texts = new LinkedHashMap<>();
        texts.put("/title", terms.title());
        texts.put("/description", terms.description());
        for (int i = 0; i < terms.milestones().size(); i++) {
            PlannedMilestone milestone = terms.milestones().get(i);
            texts.put("/milestones/" + i + "/title", milestone.title());
            texts.put("/milestones/" + i + "/deliverable", milestone.deliverable());
        }
        return texts;
    }
}
