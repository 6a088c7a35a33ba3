package org.ashar.budgetcommitments.domain.budget;

import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import org.ashar.budgetcommitments.domain.EvidenceRules;
import org.ashar.budgetcommitments.domain.Policy;
import org.ashar.budgetcommitments.domain.Policy.Rule;
import org.ashar.budgetcommitments.domain.budget.Budget.Approval;
import org.ashar.budgetcommitments.domain.budget.Budget.Source;
import org.ashar.budgetcommitments.domain.budget.BudgetCommand.*;
import org.ashar.budgetcommitments.domain.budget.BudgetState.NotProposed;
import org.ashar.kernel.Money;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.PersonalData;
import org.ashar.kernel.Refusal;
import org.ashar.kernel.Refusal.Kind;
import org.ashar.kernel.Refusal.Violation;

/** What holds of money at every step. */
final class BudgetRules {

    static final Policy<NotProposed, ProposeBudget> PROPOSING =
            Policy.of(
                    new Rule<>("there is a source", (_, c) -> oneSource(c.sources())),
                    new Rule<>("sources are few enough", (_, c) -> fewSources(c.sources())),
                    new Rule<>(
                            "each source gives something", (_, c) -> positiveSources(c.sources())),
                    new Rule<>(
                            "one currency",
                            (_, c) -> oneCurrency(c.total().currency(), c.total(), c.sources())),
                    new Rule<>(
                            "sources sum to the total",
                            (_, c) -> sourcesSum(c.total(), c.sources())),
                    new Rule<>("a budget is for a year at most", BudgetRules::oneYear),
                    new Rule<>(
                            "personal data is seen",
                            (_, c) ->
                                    PersonalData.refusal(
                                            c.personalDataAcknowledged(),
                                            texts(Map.of("/title", c.title()), c.sources()))));

    static final Policy<Budget, ApproveBudget> APPROVING =
            Policy.of(
                    new Rule<>(
                            "a decision is past",
                            unless(
                                    (_, c) -> c.approval().decidedOn().isAfter(c.today()),
                                    "budget.decision-in-future",
                                    "/decidedOn")),
                    new Rule<>(
                            "personal data is seen",
                            (_, c) ->
                                    PersonalData.refusal(
                                            c.personalDataAcknowledged(), texts(c.approval()))));

    static final Policy<Budget, AdjustBudget> ADJUSTING =
            Policy.of(
                    new Rule<>("there is a source", (_, c) -> oneSource(c.sources())),
                    new Rule<>("sources are few enough", (_, c) -> fewSources(c.sources())),
                    new Rule<>(
                            "each source gives something", (_, c) -> positiveSources(c.sources())),
                    new Rule<>(
                            "one currency",
                            (b, c) -> oneCurrency(b.total().currency(), c.total(), c.sources())),
                    new Rule<>(
                            "sources sum to the total",
                            (_, c) -> sourcesSum(c.total(), c.sources())),
                    new Rule<>(
                            "something changes",
                            unless(
                                    (b, c) -> c.sources().equals(b.sources()),
                                    "budget.adjustment-changes-nothing",
                                    "/sources")),
                    new Rule<>(
                            "a decision is past",
                            unless(
                                    (_, c) -> c.approval().decidedOn().isAfter(c.today()),
                                    "budget.decision-in-future",
                                    "/decidedOn")),
                    new Rule<>("personal data is seen", (_, c) -> personalData(c)));

    static final Policy<Budget, RecordSpending> SPENDING =
            Policy.of(
                    new Rule<>(
                            "an entry moves money",
                            unless(
                                    (_, c) -> c.amount().isZero(),
                                    "budget.spending-zero",
                                    "/amount/amount")),
                    new Rule<>(
                            "one currency",
                            unless(
                                    (b, c) -> !sameCurrency(b, c),
                                    "budget.currencies-differ",
                                    "/amount/currency")),
                    new Rule<>(
                            "amounts stay exact",
                            unless(
                                    (b, c) -> sameCurrency(b, c) && !b.spent().canAdd(c.amount()),
                                    "budget.amount-out-of-range",
                                    "/amount/amount")),
                    new Rule<>(
                            "refunds give back what was spent",
                            unless(
                                    BudgetRules::refundsTooMuch,
                                    "budget.refund-exceeds-spending",
                                    "/amount/amount")),
                    new Rule<>(
                            "spending is past",
                            unless(
                                    (_, c) -> c.spentOn().isAfter(c.today()),
                                    "budget.spending-in-future",
                                    "/spentOn")),
                    new Rule<>(
                            "nothing is spent before the period",
                            unless(
                                    (b, c) -> c.spentOn().isBefore(b.period().start()),
                                    "budget.spending-before-period",
                                    "/spentOn")),
                    new Rule<>(
                            "evidence stays readable",
                            unless(
                                    (_, c) -> c.evidence().size() > Budget.MAX_EVIDENCE,
                                    "budget.too-much-evidence",
                                    "/evidence")),
                    new Rule<>(
                            "evidence was captured already",
                            (_, c) -> EvidenceRules.captured(c.evidence(), c.today())),
                    new Rule<>(
                            "personal data is seen",
                            (_, c) ->
                                    PersonalData.refusal(
                                            c.personalDataAcknowledged(),
                                            Map.of("/description", c.description()))));

    static final Policy<Budget, LapseBudget> LAPSING =
            Policy.of(
                    new Rule<>(
                            "money lapses after its period",
                            (b, c) ->
                                    c.today().isAfter(b.period().end())
                                            ? Optional.empty()
                                            : Optional.of(
                                                    Refusal.conflict("budget.period-not-over"))));

    static final Policy<Budget, CancelBudget> CANCELLING =
            Policy.of(
                    new Rule<>(
                            "personal data is seen",
                            (_, c) ->
                                    PersonalData.refusal(
                                            c.personalDataAcknowledged(),
                                            Map.of("/reason", c.reason()))));

    private BudgetRules() {}

    private static Optional<Refusal> oneYear(NotProposed nothing, ProposeBudget command) {
        return command.period().isAtMostOneYear()
                ? Optional.empty()
                : Optional.of(Refusal.invalid("budget.period-over-a-year", "/period"));
    }

    private static Optional<Refusal> oneSource(List<Source> sources) {
        return sources.isEmpty()
                ? Optional.of(Refusal.invalid("budget.no-source", "/sources"))
                : Optional.empty();
    }

    private static Optional<Refusal> fewSources(List<Source> sources) {
        return sources.size() <= Budget.MAX_SOURCES
                ? Optional.empty()
                : Optional.of(
                        Refusal.invalid(
                                "budget.too-many-sources",
                                "/sources",
                                Map.of("limit", Integer.toString(Budget.MAX_SOURCES))));
    }

    private static Optional<Refusal> positiveSources(List<Source> sources) {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            Money amount = sources.get(i).amount();
            if (amount.isNegative() || amount.isZero()) {
                violations.add(
                        new Violation(
                                "/sources/" + i + "/amount/amount", "budget.source-not-positive"));
            }
        }
        return refusal("budget.source-not-positive", violations);
    }

    private static Optional<Refusal> oneCurrency(
            Currency currency, Money total, List<Source> sources) {
        List<Violation> violations = new ArrayList<>();
        if (!total.currency().equals(currency)) {
            violations.add(new Violation("/total/currency", "budget.currencies-differ"));
        }
        for (int i = 0; i < sources.size(); i++) {
            if (!sources.get(i).amount().currency().equals(currency)) {
                violations.add(
                        new Violation(
                                "/sources/" + i + "/amount/currency", "budget.currencies-differ"));
            }
        }
        return refusal("budget.currencies-differ", violations);
    }

    private static Optional<Refusal> sourcesSum(Money total, List<Source> sources) {
        if (sources.isEmpty()
                || sources.stream()
                        .anyMatch(s -> !s.amount().currency().equals(total.currency()))) {
            return Optional.empty();
        }
        Money sum = Money.zero(total.currency());
        for (Source source : sources) {
            if (!sum.canAdd(source.amount())) {
                return Optional.of(Refusal.invalid("budget.amount-out-of-range", "/sources"));
            }
            sum = sum.plus(source.amount());
        }
        return sum.equals(total)
                ? Optional.empty()
                : Optional.of(
                        Refusal.invalid(
                                "budget.sources-do-not-sum",
                                "/total",
                                Map.of("total", total.amount(), "sum", sum.amount())));
    }

    private static boolean sameCurrency(Budget budget, RecordSpending command) {
        return budget.total().currency().equals(command.amount().currency());
    }

    private static boolean refundsTooMuch(Budget budget, RecordSpending command) {
        return sameCurrency(budget, command)
                && budget.spent().canAdd(command.amount())
                && budget.spent().plus(command.amount()).isNegative();
    }

    private static Optional<Refusal> personalData(AdjustBudget command) {
        Map<String, MultilingualText> texts = new LinkedHashMap<>();
        texts.put("/rationale", command.rationale());
        texts.putAll(texts(command.approval()));
        return PersonalData.refusal(
                command.personalDataAcknowledged(), texts(texts, command.sources()));
    }

    private static Map<String, MultilingualText> texts(Approval approval) {
        Map<String, MultilingualText> texts = new LinkedHashMap<>();
        texts.put("/approvingBody", approval.body());
        texts.put(
                "/resolution",
                MultilingualText.of(PersonalData.NO_LANGUAGE, approval.resolution()));
        return texts;
    }

    private static Map<String, MultilingualText> texts(
            Map<String, MultilingualText> first, List<Source> sources) {
        Map<String, MultilingualText> texts = new LinkedHashMap<>(first);
        for (int i = 0; i < sources.size(); i++) {
            texts.put("/sources/" + i + "/name", sources.get(i).name());
        }
        return texts;
    }

    private static Optional<Refusal> refusal(String code, List<Violation> violations) {
        return violations.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(Kind.INVALID, code, Map.of(), violations));
    }

    private static <C> BiFunction<Budget, C, Optional<Refusal>> unless(
            BiPredicate<Budget, C> broken, String code, String pointer) {
        return (budget, command) ->
                broken.test(budget, command)
                        ? Optional.of(Refusal.invalid(code, pointer))
                        : Optional.empty();
    }
}
