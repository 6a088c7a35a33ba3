package org.ashar.progressreports.readmodel.record;

import static org.ashar.progressreports.readmodel.record.Town.milestone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.ashar.json.AsharJson;
import org.ashar.kernel.Money;
import org.ashar.progressreports.contract.consumed.BudgetNews;
import org.ashar.progressreports.contract.consumed.CommitmentNews.Outcome;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.BudgetRecord;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.DueItem;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.MilestoneRecord;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.ReportRecord;
import org.ashar.progressreports.readmodel.record.Deliveries.Delivery;
import org.ashar.progressreports.readmodel.record.MoneyTotals.OfCurrency;
import org.ashar.progressreports.readmodel.record.Town.Purse;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CommitmentRecordTest {

    private final Town town =
            new Town("water")
                    .on("2025-01-15")
                    .published(milestone("m1", "2025-04-30"), milestone("m2", "2025-10-31"));

    @Test
    void what_was_promised_stands_in_its_original_words() {
        CommitmentRecord record = town.record("2025-02-01");
        assertThat(record.id()).isEqualTo(town.commitment.id());
        assertThat(record.commitment().title()).isEqualTo(Town.text("Таза суу"));
        assertThat(record.commitment().events()).containsExactly(event(1));
        assertThat(record.state().value()).isEqualTo("published");
        assertThat(record.lateness().late()).isFalse();
        assertThat(record.lateness().nextDue()).isEqualTo(LocalDate.of(2025, 4, 30));
        assertThat(record.restsOn()).isEqualTo(Map.of(town.commitment.toString(), 1L));
    }

    @Test
    void a_milestone_is_late_from_the_day_after_it_was_due() {
        town.started();
        assertThat(town.record("2025-04-30").lateness().late()).isFalse();
        CommitmentRecord record = town.record("2025-05-03");
        assertThat(record.lateness().late()).isTrue();
        assertThat(record.lateness().days()).isEqualTo(3);
        assertThat(record.lateness().milestones()).containsExactly("m1");
        assertThat(record.milestones().getFirst().late()).isTrue();
        assertThat(record.milestones().getFirst().daysLate()).isEqualTo(3);
        assertThat(record.milestones().getLast().late()).isFalse();
    }

    @Test
    void a_milestone_that_is_met_is_late_no_more() {
        town.started()
                .on("2025-05-01")
                .assessed("m1", Outcome.PARTIALLY_MET)
                .on("2025-05-20")
                .assessed("m1", Outcome.MET);
        MilestoneRecord met = town.record("2025-06-01").milestones().getFirst();
        assertThat(met.status()).isEqualTo("met");
        assertThat(met.metOn()).isEqualTo(LocalDate.of(2025, 5, 20));
        assertThat(met.late()).isFalse();
        assertThat(met.events()).containsExactly(event(1), event(4));
    }

    @Test
    void an_amendment_keeps_the_original_date_beside_the_new_one() {
        town.started()
                .on("2025-05-01")
                .amended(
                        "2026-03-31",
                        milestone("m1", "2025-06-30"),
                        milestone("m2", "2025-10-31", true),
                        milestone("m3", "2026-02-28"));
        CommitmentRecord record = town.record("2025-06-15");
        assertThat(record.lateness().late()).isFalse();
        MilestoneRecord first = record.milestones().getFirst();
        assertThat(first.due()).isEqualTo(LocalDate.of(2025, 6, 30));
        assertThat(first.originalDue()).isEqualTo(LocalDate.of(2025, 4, 30));
        assertThat(first.events()).containsExactly(event(1), event(3));
        assertThat(record.milestones().get(1).dropped()).isTrue();
        assertThat(record.milestones().get(2).events()).containsExactly(event(3));
        assertThat(record.commitment().period().end()).isEqualTo(LocalDate.of(2026, 3, 31));
        assertThat(record.commitment().originalPeriod().end())
                .isEqualTo(LocalDate.of(2025, 12, 31));
        assertThat(record.amendments())
                .singleElement()
                .satisfies(
                        amendment -> {
                            assertThat(amendment.event()).isEqualTo(event(3));
                            assertThat(amendment.entry().text())
                                    .isEqualTo(Town.text("Кар эрте түштү"));
                        });
    }

    @Test
    void disputes_and_what_was_answered_to_them_stay_visible() {
        town.started().reportedComplete().disputed().resumed();
        CommitmentRecord record = town.record("2025-12-31");
        assertThat(record.state().value()).isEqualTo("in-progress");
        assertThat(record.disputes().stream().map(item -> item.entry().kind()))
                .containsExactly("commitment-disputed", "commitment-resumed");
        assertThat(record.lateness().late()).isTrue();
    }

    @Test
    void what_is_reported_complete_or_withdrawn_is_not_late() {
        town.started().reportedComplete();
        assertThat(town.record("2030-01-01").lateness().late()).isFalse();
        Town other = new Town("road").published(milestone("m1", "2025-04-30")).withdrawn();
        CommitmentRecord withdrawn = other.record("2030-01-01");
        assertThat(withdrawn.lateness().late()).isFalse();
        assertThat(withdrawn.withdrawal()).isNotNull();
        assertThat(withdrawn.milestones().getFirst().late()).isFalse();
    }

    @Test
    void money_is_shown_from_promise_to_overspending_with_its_events() {
        town.purse("a", "KGS")
                .proposed(1_000_00)
                .approved()
                .committed()
                .spent(1_200_00)
                .spent(-100_00);
        CommitmentRecord record = town.record("2025-06-01");
        OfCurrency kgs = only(record);
        Purse purse = town.purse("a", "KGS");
        assertThat(kgs.currency()).isEqualTo("KGS");
        assertThat(kgs.promised().amount()).isEqualTo("1000.00");
        assertThat(kgs.promised().events())
                .containsExactly(purse.stream + "@1", purse.stream + "@2");
        assertThat(kgs.committed().amount()).isEqualTo("1000.00");
        assertThat(kgs.spent().amount()).isEqualTo("1100.00");
        assertThat(kgs.spent().events()).containsExactly(purse.stream + "@6");
        assertThat(kgs.refunded().amount()).isEqualTo("100.00");
        assertThat(kgs.overspent().amount()).isEqualTo("100.00");
        assertThat(kgs.overspent().events())
                .containsExactly(purse.stream + "@5", purse.stream + "@6");
        assertThat(kgs.sources())
                .extracting(source -> source.kind() + " " + source.amount().amount())
                .containsExactly("donor 500.00", "local-budget 500.00");
        assertThat(record.money().spending().items()).hasSize(2);
        BudgetRecord budget = record.money().budgets().items().getFirst();
        assertThat(budget.state().value()).isEqualTo("partly-executed");
        assertThat(budget.spent().from())
                .isEqualTo(
                        "/api/record/commitments/"
                                + town.commitment.id()
                                + "/spending?budget="
                                + purse.stream.id());
    }

    @Test
    void an_event_that_mixes_currencies_cannot_be_taken_in() {
        Purse purse = town.purse("a", "KGS").proposed(1_000).approved().committed();
        BudgetNews.Amounts som =
                new BudgetNews.Amounts(
                        Money.of(1_000, "KGS"), Money.of(1_000, "KGS"), Money.of(10, "KGS"));
        BudgetNews.Amounts dollars =
                new BudgetNews.Amounts(
                        Money.of(1_000, "USD"), Money.of(1_000, "USD"), Money.of(10, "USD"));
        assertThatThrownBy(() -> purse.entry(Money.of(10, "USD"), som))
                .isInstanceOf(IllegalArgumentException.class);
        purse.entry(Money.of(10, "USD"), dollars);
        assertThatThrownBy(() -> town.record("2025-06-01"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void money_that_is_only_proposed_or_was_given_up_is_not_promised_now() {
        town.purse("a", "KGS").proposed(100);
        town.purse("b", "KGS").proposed(200).approved().lapsed();
        town.purse("c", "KGS").proposed(400).cancelled();
        OfCurrency kgs = only(town.record("2025-06-01"));
        assertThat(kgs.proposed().amount()).isEqualTo("1.00");
        assertThat(kgs.promised().amount()).isEqualTo("2.00");
        assertThat(kgs.adjusted().amount()).isEqualTo("0.00");
        assertThat(kgs.givenUp().amount()).isEqualTo("6.00");
    }

    @Test
    void currencies_never_mix() {
        town.purse("a", "KGS").proposed(100).approved();
        town.purse("b", "IQD").proposed(1_500).approved();
        assertThat(town.record("2025-06-01").money().totals())
                .extracting(of -> of.currency() + " " + of.promised().amount())
                .containsExactly("IQD 1.500", "KGS 1.00");
    }

    @Test
    void sums_beyond_what_one_amount_may_be_are_exact() {
        for (int i = 0; i < 20; i++) {
            town.purse("p" + i, "KGS").proposed(999_999_999_999_999L).approved();
        }
        assertThat(only(town.record("2025-06-01")).promised().amount())
                .isEqualTo("199999999999999.80");
    }

    @Test
    void reports_stand_with_their_corrections_beside_them() {
        town.on("2025-07-20").reported("2025-Q2", "Башталды").corrected("2025-Q2", 1, "Башталган");
        CommitmentRecord record = town.record("2025-12-01");
        ReportRecord report = record.reports().published().items().getFirst();
        assertThat(report.id()).isEqualTo(town.report("2025-Q2").id());
        assertThat(report.status()).isEqualTo("substantial");
        assertThat(report.versions().stream().map(item -> item.version().narrative()))
                .containsExactly(Town.text("Башталды"), Town.text("Башталган"));
        assertThat(report.events())
                .containsExactly(town.report("2025-Q2") + "@1", town.report("2025-Q2") + "@2");
        assertThat(record.reports().due())
                .extracting(DueItem::period, DueItem::standing, DueItem::daysLate)
                .containsExactly(
                        tuple("2025-Q2", "published", 0L), tuple("2025-Q3", "overdue", 32L));
        assertThat(record.reports().overdue()).isEqualTo(1);
    }

    @Test
    void a_report_that_came_late_says_by_how_much() {
        town.on("2025-08-09").reported("2025-Q2", "Башталды");
        DueItem due = town.record("2025-09-01").reports().due().getFirst();
        assertThat(due.standing()).isEqualTo("published-late");
        assertThat(due.dueOn()).isEqualTo(LocalDate.of(2025, 7, 30));
        assertThat(due.daysLate()).isEqualTo(10);
    }

    @Test
    void a_day_ends_at_midnight_in_the_installations_zone() {
        town.on("2025-07-30").reported("2025-Q2", "Башталды");
        assertThat(town.record("2025-09-01").reports().due().getFirst().standing())
                .isEqualTo("published");
    }

    @Test
    void the_record_is_the_same_however_often_and_in_whatever_order_events_arrive() {
        long seed = new Random().nextLong();
        System.out.println("CommitmentRecordTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            Town random1 = randomTown("town" + round, random);
            List<Delivery> shuffled = new ArrayList<>(random1.events);
            random1.events.forEach(
                    event -> {
                        for (int i = random.nextInt(3); i > 0; i--) {
                            shuffled.add(event);
                        }
                    });
            Collections.shuffle(shuffled, random);
            JsonNode inOrder = json(random1.record("2026-02-10"));
            assertThat(json(random1.record(shuffled, "2026-02-10"))).isEqualTo(inOrder);
            assertThat(namedEvents(inOrder, new HashSet<>()))
                    .isSubsetOf(random1.events.stream().map(e -> e.envelope().id()).toList());
        }
    }

    @Test
    void totals_are_what_the_entries_add_up_to() {
        long seed = new Random().nextLong();
        System.out.println("CommitmentRecordTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            CommitmentRecord record = randomTown("sum" + round, random).record("2026-02-10");
            Map<String, BigDecimal> spent = new HashMap<>();
            Map<String, BigDecimal> refunded = new HashMap<>();
            record.money()
                    .spending()
                    .items()
                    .forEach(
                            item -> {
                                BigDecimal amount = new BigDecimal(item.entry().amount().amount());
                                String currency =
                                        item.entry().amount().currency().getCurrencyCode();
                                spent.merge(currency, amount, BigDecimal::add);
                                if (amount.signum() < 0) {
                                    refunded.merge(currency, amount.negate(), BigDecimal::add);
                                }
                            });
            for (OfCurrency of : record.money().totals()) {
                assertThat(new BigDecimal(of.spent().amount()))
                        .isEqualByComparingTo(spent.getOrDefault(of.currency(), BigDecimal.ZERO));
                assertThat(new BigDecimal(of.refunded().amount()))
                        .isEqualByComparingTo(
                                refunded.getOrDefault(of.currency(), BigDecimal.ZERO));
            }
        }
    }

    private static Town randomTown(String name, Random random) {
        Town town =
                new Town(name)
                        .published(milestone("m1", "2025-04-30"), milestone("m2", "2025-10-31"));
        List<Purse> purses = new ArrayList<>();
        town.started();
        for (int i = random.nextInt(4); i > 0; i--) {
            Purse purse = town.purse("p" + i, random.nextBoolean() ? "KGS" : "IQD");
            purse.proposed(1 + random.nextInt(100_000)).approved();
            if (random.nextBoolean()) {
                purse.adjusted(1 + random.nextInt(100_000));
            }
            purses.add(purse.committed());
        }
        for (int i = random.nextInt(12); i > 0; i--) {
            town.on(LocalDate.of(2025, 3, 1).plusDays(random.nextInt(300)).toString());
            switch (random.nextInt(4)) {
                case 0 -> town.assessed("m" + (1 + random.nextInt(2)), Outcome.PARTIALLY_MET);
                case 1 ->
                        town.amended(
                                "2026-01-31",
                                milestone("m1", "2025-06-30"),
                                milestone("m2", "2025-1" + random.nextInt(3) + "-15"));
                default -> {
                    if (!purses.isEmpty()) {
                        Purse purse = purses.get(random.nextInt(purses.size()));
                        purse.spent(5_000 + random.nextInt(50_000))
                                .spent(-random.nextInt(5_000) - 1);
                    }
                }
            }
        }
        for (String period : List.of("2025-Q2", "2025-Q3", "2025-Q4")) {
            if (random.nextBoolean()) {
                town.reported(period, "Иш жүрүп жатат");
                for (int i = 1; i <= random.nextInt(3); i++) {
                    town.corrected(period, i, "Оңдолду " + i);
                }
            }
        }
        return town;
    }

    private static Set<String> namedEvents(JsonNode node, Set<String> found) {
        if (node.has("events")) {
            node.get("events").forEach(event -> found.add(event.asString()));
        }
        if (node.has("event")) {
            found.add(node.get("event").asString());
        }
        node.forEach(child -> namedEvents(child, found));
        return found;
    }

    private static JsonNode json(CommitmentRecord record) {
        return AsharJson.strict().readTree(AsharJson.strict().writeValueAsBytes(record));
    }

    private static OfCurrency only(CommitmentRecord record) {
        assertThat(record.money().totals()).hasSize(1);
        return record.money().totals().getFirst();
    }

    private String event(long sequence) {
        return town.commitment + "@" + sequence;
    }
}
