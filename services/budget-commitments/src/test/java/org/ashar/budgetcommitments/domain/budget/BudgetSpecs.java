package org.ashar.budgetcommitments.domain.budget;

import static org.ashar.budgetcommitments.domain.Samples.*;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ashar.budgetcommitments.domain.Refused;
import org.ashar.budgetcommitments.domain.budget.Budget.Approval;
import org.ashar.budgetcommitments.domain.budget.Budget.Source;
import org.ashar.budgetcommitments.domain.budget.Budget.SourceKind;
import org.ashar.budgetcommitments.domain.budget.BudgetCommand.*;
import org.ashar.budgetcommitments.domain.budget.BudgetEvent.*;
import org.ashar.kernel.Money;
import org.ashar.kernel.Period;
import org.ashar.kernel.StreamId;

/** Every refusal of a budget, and a history and a command for every cell of the table. */
public final class BudgetSpecs {

    public static final StreamId COMMITMENT = StreamId.derived("commitment", "sample");
    public static final Period PERIOD = new Period(date("2025-03-01"), date("2026-02-28"));
    static final Approval APPROVAL =
            new Approval(text("Aiyl kenesh of Kara-Kulja"), "No. 12/3", date("2025-03-10"));
    private static final String PHONE = "Call 0555 12-34-56 in the evening";

    private BudgetSpecs() {}

    public static Money kgs(long som) {
        return Money.of(som * 100, "KGS");
    }

    public static Source source(long som) {
        return new Source(SourceKind.LOCAL_BUDGET, text("Local budget"), kgs(som));
    }

    static Source donor(long som) {
        return new Source(SourceKind.DONOR, text("Water fund"), kgs(som));
    }

    static ProposeBudget propose(Money total, Source... sources) {
        return propose(new Standing.UnderWay(PLACE, 3), PERIOD, "Pipes and pumps", total, sources);
    }

    private static ProposeBudget propose(
            Standing standing, Period period, String title, Money total, Source... sources) {
        return new ProposeBudget(
                FINANCE, COMMITMENT, standing, text(title), period, total, List.of(sources), false);
    }

    static BudgetEvent proposedEvent() {
        return new BudgetProposed(
                COMMITMENT,
                3,
                PLACE,
                text("Pipes and pumps"),
                PERIOD,
                kgs(1000),
                List.of(source(600), donor(400)));
    }

    static BudgetEvent adjustedTo(long som) {
        return new BudgetAdjusted(
                kgs(som), List.of(source(som)), text("Pumps cost more"), APPROVAL);
    }

    static BudgetEvent spentEvent(int number, long som) {
        return new SpendingRecorded(number, kgs(som), TODAY, text("Pipes"), List.of());
    }

    static RecordSpending spend(Money amount) {
        return new RecordSpending(FINANCE, TODAY, amount, TODAY, text("Pipes"), List.of(), false);
    }

    static AdjustBudget adjust(Money total, Source... sources) {
        return new AdjustBudget(
                FINANCE, TODAY, total, List.of(sources), text("Pumps cost more"), APPROVAL, false);
    }

    static List<BudgetEvent> then(List<BudgetEvent> before, BudgetEvent... more) {
        List<BudgetEvent> all = new ArrayList<>(before);
        all.addAll(List.of(more));
        return all;
    }

    static List<BudgetEvent> proposed() {
        return List.of(proposedEvent());
    }

    static List<BudgetEvent> approved() {
        return then(proposed(), new BudgetApproved(APPROVAL));
    }

    static List<BudgetEvent> committed() {
        return then(approved(), new BudgetCommitted());
    }

    static List<BudgetEvent> partlyExecuted() {
        return then(committed(), spentEvent(1, 300));
    }

    static List<BudgetEvent> executed() {
        return then(partlyExecuted(), new BudgetExecuted());
    }

    /** State to a history that ends there. */
    public static Map<String, List<BudgetEvent>> histories() {
        Map<String, List<BudgetEvent>> histories = new LinkedHashMap<>();
        histories.put("NotProposed", List.of());
        histories.put("Proposed", proposed());
        histories.put("Approved", approved());
        histories.put("Adjusted", then(approved(), adjustedTo(1200)));
        histories.put("Committed", committed());
        histories.put("PartlyExecuted", partlyExecuted());
        histories.put("Executed", executed());
        histories.put("Closed", then(executed(), new BudgetClosed()));
        histories.put("Lapsed", then(committed(), new BudgetLapsed()));
        histories.put("Cancelled", then(committed(), new BudgetCancelled(text("Double"))));
        return histories;
    }

    /** Command to one that breaks no rule but perhaps that of the state. */
    public static Map<String, BudgetCommand> commands() {
        Map<String, BudgetCommand> commands = new LinkedHashMap<>();
        commands.put("propose", propose(kgs(1000), source(600), donor(400)));
        commands.put("approve", new ApproveBudget(FINANCE, TODAY, APPROVAL, false));
        commands.put("adjust", adjust(kgs(900), source(900)));
        commands.put("commit", new CommitBudget(FINANCE));
        commands.put("record-spending", spend(kgs(200)));
        commands.put("execute", new ExecuteBudget(FINANCE));
        commands.put("close", new CloseBudget(FINANCE));
        commands.put("lapse", new LapseBudget(FINANCE, date("2026-03-01")));
        commands.put("cancel", new CancelBudget(FINANCE, text("Double"), false));
        return commands;
    }

    /** Spends more than there is left. */
    public static BudgetCommand overspending() {
        return spend(kgs(800));
    }

    private static Refused<BudgetCommand, BudgetEvent> refused(
            String sentence, List<BudgetEvent> given, BudgetCommand when, String code) {
        return new Refused<>(sentence, given, when, code);
    }

    /** Command to everything that is refused for more than its state. */
    public static Map<String, List<Refused<BudgetCommand, BudgetEvent>>> refusals() {
        Map<String, List<Refused<BudgetCommand, BudgetEvent>>> all = new LinkedHashMap<>();
        all.put("propose", proposing());
        all.put(
                "approve",
                List.of(
                        refused(
                                "decided tomorrow",
                                proposed(),
                                new ApproveBudget(
                                        FINANCE,
                                        TODAY,
                                        new Approval(text("Kenesh"), "12", TODAY.plusDays(1)),
                                        false),
                                "budget.decision-in-future"),
                        refused(
                                "the body holds a telephone number",
                                proposed(),
                                new ApproveBudget(
                                        FINANCE,
                                        TODAY,
                                        new Approval(text(PHONE), "12", TODAY),
                                        false),
                                "text.personal-data")));
        all.put("adjust", adjusting());
        all.put("commit", List.of());
        all.put("record-spending", spending());
        all.put("execute", List.of());
        all.put("close", List.of());
        all.put(
                "lapse",
                List.of(
                        refused(
                                "on the last day of the period",
                                committed(),
                                new LapseBudget(FINANCE, date("2026-02-28")),
                                "budget.period-not-over")));
        all.put(
                "cancel",
                List.of(
                        refused(
                                "the reason holds a telephone number",
                                proposed(),
                                new CancelBudget(FINANCE, text(PHONE), false),
                                "text.personal-data")));
        return all;
    }

    private static List<Refused<BudgetCommand, BudgetEvent>> proposing() {
        List<BudgetEvent> nothing = List.of();
        Money half = Money.of(Money.LIMIT - 1, "KGS");
        return List.of(
                refused(
                        "for a draft",
                        nothing,
                        propose(new Standing.NotPublished(), PERIOD, "Pipes", kgs(1), source(1)),
                        "budget.commitment-not-published"),
                refused(
                        "for a withdrawn promise",
                        nothing,
                        propose(new Standing.Withdrawn(), PERIOD, "Pipes", kgs(1), source(1)),
                        "budget.commitment-withdrawn"),
                refused(
                        "for a promise verified complete",
                        nothing,
                        propose(new Standing.Complete(), PERIOD, "Pipes", kgs(1), source(1)),
                        "budget.commitment-complete"),
                refused("from nowhere", nothing, propose(kgs(0)), "budget.no-source"),
                refused(
                        "from 21 sources",
                        nothing,
                        propose(
                                kgs(21),
                                IntStream.range(0, 21)
                                        .mapToObj(_ -> source(1))
                                        .toArray(Source[]::new)),
                        "budget.too-many-sources"),
                refused(
                        "a source that gives nothing",
                        nothing,
                        propose(kgs(10), source(10), source(0)),
                        "budget.source-not-positive"),
                refused(
                        "a source that takes",
                        nothing,
                        propose(kgs(10), source(20), source(-10)),
                        "budget.source-not-positive"),
                refused(
                        "som and dollars",
                        nothing,
                        propose(
                                kgs(10),
                                source(5),
                                new Source(SourceKind.DONOR, text("Fund"), Money.of(500, "USD"))),
                        "budget.currencies-differ"),
                refused(
                        "sources of another sum",
                        nothing,
                        propose(kgs(10), source(5), source(4)),
                        "budget.sources-do-not-sum"),
                refused(
                        "more than can be counted",
                        nothing,
                        propose(
                                half,
                                new Source(SourceKind.DONOR, text("Fund"), half),
                                new Source(SourceKind.DONOR, text("Fund"), half)),
                        "budget.amount-out-of-range"),
                refused(
                        "for a year and a day",
                        nothing,
                        propose(
                                new Standing.UnderWay(PLACE, 3),
                                new Period(date("2025-03-01"), date("2026-03-01")),
                                "Pipes",
                                kgs(1),
                                source(1)),
                        "budget.period-over-a-year"),
                refused(
                        "the title holds a telephone number",
                        nothing,
                        propose(new Standing.UnderWay(PLACE, 3), PERIOD, PHONE, kgs(1), source(1)),
                        "text.personal-data"));
    }

    private static List<Refused<BudgetCommand, BudgetEvent>> adjusting() {
        Money half = Money.of(Money.LIMIT - 1, "KGS");
        return List.of(
                refused("from nowhere", approved(), adjust(kgs(0)), "budget.no-source"),
                refused(
                        "from 21 sources",
                        approved(),
                        adjust(
                                kgs(21),
                                IntStream.range(0, 21)
                                        .mapToObj(_ -> source(1))
                                        .toArray(Source[]::new)),
                        "budget.too-many-sources"),
                refused(
                        "a source that gives nothing",
                        approved(),
                        adjust(kgs(10), source(10), source(0)),
                        "budget.source-not-positive"),
                refused(
                        "in dollars",
                        approved(),
                        adjust(
                                Money.of(500, "USD"),
                                new Source(SourceKind.DONOR, text("Fund"), Money.of(500, "USD"))),
                        "budget.currencies-differ"),
                refused(
                        "sources of another sum",
                        approved(),
                        adjust(kgs(10), source(9)),
                        "budget.sources-do-not-sum"),
                refused(
                        "more than can be counted",
                        approved(),
                        adjust(
                                half,
                                new Source(SourceKind.DONOR, text("Fund"), half),
                                new Source(SourceKind.DONOR, text("Fund"), half)),
                        "budget.amount-out-of-range"),
                refused(
                        "nothing changes",
                        approved(),
                        adjust(kgs(1000), source(600), donor(400)),
                        "budget.adjustment-changes-nothing"),
                refused(
                        "decided tomorrow",
                        approved(),
                        new AdjustBudget(
                                FINANCE,
                                TODAY,
                                kgs(900),
                                List.of(source(900)),
                                text("Cheaper"),
                                new Approval(text("Kenesh"), "12", TODAY.plusDays(1)),
                                false),
                        "budget.decision-in-future"),
                refused(
                        "the rationale holds a telephone number",
                        approved(),
                        new AdjustBudget(
                                FINANCE,
                                TODAY,
                                kgs(900),
                                List.of(source(900)),
                                text(PHONE),
                                APPROVAL,
                                false),
                        "text.personal-data"));
    }

    private static List<Refused<BudgetCommand, BudgetEvent>> spending() {
        return List.of(
                refused("nothing", committed(), spend(kgs(0)), "budget.spending-zero"),
                refused(
                        "in dollars",
                        committed(),
                        spend(Money.of(500, "USD")),
                        "budget.currencies-differ"),
                refused(
                        "a refund before any spending",
                        committed(),
                        spend(kgs(-1)),
                        "budget.refund-exceeds-spending"),
                refused(
                        "a refund of more than was spent",
                        partlyExecuted(),
                        spend(kgs(-301)),
                        "budget.refund-exceeds-spending"),
                refused(
                        "more than can be counted",
                        partlyExecuted(),
                        spend(Money.of(Money.LIMIT - 1, "KGS")),
                        "budget.amount-out-of-range"),
                refused(
                        "tomorrow",
                        committed(),
                        new RecordSpending(
                                FINANCE,
                                TODAY,
                                kgs(1),
                                TODAY.plusDays(1),
                                text("Pipes"),
                                List.of(),
                                false),
                        "budget.spending-in-future"),
                refused(
                        "before the period",
                        committed(),
                        new RecordSpending(
                                FINANCE,
                                TODAY,
                                kgs(1),
                                date("2025-02-28"),
                                text("Pipes"),
                                List.of(),
                                false),
                        "budget.spending-before-period"),
                refused(
                        "21 pieces of evidence",
                        committed(),
                        new RecordSpending(
                                FINANCE,
                                TODAY,
                                kgs(1),
                                TODAY,
                                text("Pipes"),
                                IntStream.range(0, 21).mapToObj(i -> evidence(i)).toList(),
                                false),
                        "budget.too-much-evidence"),
                refused(
                        "evidence of tomorrow",
                        committed(),
                        new RecordSpending(
                                FINANCE,
                                TODAY,
                                kgs(1),
                                TODAY,
                                text("Pipes"),
                                List.of(evidence(1, TODAY.plusDays(1))),
                                false),
                        "evidence.captured-in-future"),
                refused(
                        "the description holds a telephone number",
                        committed(),
                        new RecordSpending(
                                FINANCE, TODAY, kgs(1), TODAY, text(PHONE), List.of(), false),
                        "text.personal-data"));
    }
}
