package org.ashar.verifier.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A thousand promises that live at random, against a bookkeeping that knows nothing of events. */
class LivesTest {

    private static final int LIVES = 1_000;
    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
    private static final LocalDate ON = LocalDate.of(2026, 6, 30);

    /** A step of the promise, in the books. */
    private static final class Step {
        private LocalDate due;
        private final LocalDate originalDue;
        private String status = "scheduled";

        Step(LocalDate due) {
            this.due = due;
            this.originalDue = due;
        }
    }

    /** Money, in the books. */
    private static final class Money {
        private final String currency;
        private final Story.Purse purse;
        private long total;
        private long adjusted;
        private long spent;
        private long refunded;
        private String state = "proposed";

        Money(String currency, Story.Purse purse, long total) {
            this.currency = currency;
            this.purse = purse;
            this.total = total;
            this.adjusted = total;
        }
    }

    /** One promise: what it does is told to the log, and written in the books. */
    private static final class Life {
        private final Random random;
        private final Story story;
        private final Map<String, Step> steps = new TreeMap<>();
        private final List<Money> money = new ArrayList<>();
        private final Map<String, LocalDate> reports = new TreeMap<>();
        private final Map<String, Integer> corrections = new TreeMap<>();
        private LocalDate today;
        private final LocalDate published;
        private LocalDate end = LocalDate.of(2025, 12, 31);
        private LocalDate ended = LocalDate.MAX;
        private String state = "published";

        Life(int seed) {
            random = new Random(seed);
            story = new Story("life " + seed);
            today = FIRST.plusDays(random.nextInt(300));
            published = today;
            for (int i = 0; i <= random.nextInt(4); i++) {
                steps.put("m" + i, new Step(today.plusDays(random.nextInt(500))));
            }
            story.on(today.toString()).published(milestones());
            for (int i = random.nextInt(60); i > 0 && today.isBefore(ON.minusDays(20)); i--) {
                today = today.plusDays(random.nextInt(20));
                story.on(today.toString());
                act();
            }
        }

        private String[] milestones() {
            return steps.entrySet().stream()
                    .map(step -> step.getKey() + ":" + step.getValue().due)
                    .toArray(String[]::new);
        }

        private void act() {
            switch (random.nextInt(5)) {
                case 0 -> turn();
                case 1 -> step();
                case 2 -> report();
                default -> pay();
            }
        }

        private void turn() {
            switch (state) {
                case "published" -> {
                    story.started();
                    state = "in-progress";
                }
                case "in-progress" -> {
                    if (random.nextInt(4) > 0) {
                        amend();
                    } else {
                        story.reportedComplete();
                        state = "reported-complete";
                    }
                }
                case "reported-complete" -> {
                    if (random.nextBoolean()) {
                        story.disputed();
                        state = "disputed";
                    } else {
                        story.verified();
                        state = "verified-complete";
                        ended = today;
                    }
                }
                case "disputed" -> {
                    if (random.nextBoolean()) {
                        story.resumed();
                        state = "in-progress";
                    } else {
                        story.withdrawn();
                        state = "withdrawn";
                        ended = today;
                    }
                }
                default -> {}
            }
        }

        private void amend() {
            steps.values().forEach(step -> step.due = step.due.plusDays(random.nextInt(2) * 30L));
            steps.putIfAbsent("m" + random.nextInt(8), new Step(today.plusDays(100)));
            end = end.plusDays(random.nextInt(3) * 10L);
            story.amended(end.toString(), milestones());
        }

        private void step() {
            String id = "m" + random.nextInt(4);
            String outcome = List.of("met", "partially-met", "not-met").get(random.nextInt(3));
            Step step = steps.get(id);
            if (isOpen() && step != null) {
                story.assessed(id, outcome);
                step.status = outcome;
            }
        }

        private void report() {
            LocalDate ago = today.minusMonths(3);
            String period = ago.getYear() + "-Q" + ((ago.getMonthValue() + 2) / 3);
            if (reports.putIfAbsent(period, today) == null) {
                story.reported(period, "Төрт чакырым");
                corrections.put(period, 0);
            } else {
                story.corrected(period, corrections.merge(period, 1, Integer::sum), "Үч чакырым");
            }
        }

        private void pay() {
            if (money.isEmpty() || money.size() < 3 && random.nextInt(6) == 0) {
                String currency = List.of("KGS", "KZT", "USD").get(random.nextInt(3));
                long total = 2L * random.nextInt(1_000_000);
                Money next =
                        new Money(currency, story.purse("purse " + money.size(), currency), total);
                next.purse.proposed(total);
                money.add(next);
                return;
            }
            Money some = money.get(random.nextInt(money.size()));
            switch (some.state) {
                case "proposed" -> {
                    some.purse.approved();
                    some.state = "approved";
                }
                case "approved", "adjusted" -> {
                    if (random.nextBoolean()) {
                        some.adjusted = random.nextInt(2_000_000);
                        some.purse.adjusted(some.adjusted);
                        some.state = "adjusted";
                    } else {
                        some.purse.committed();
                        some.state = "committed";
                    }
                }
                case "committed", "partly-executed" -> {
                    if (random.nextInt(12) == 0) {
                        some.purse.lapsed();
                        some.state = "lapsed";
                        return;
                    }
                    long amount =
                            random.nextInt(5) == 0
                                    ? -random.nextInt(1 + (int) Math.max(0, some.spent))
                                    : random.nextInt(500_000);
                    some.purse.spent(amount);
                    some.spent += amount;
                    some.refunded += Math.max(0, -amount);
                    some.state = "partly-executed";
                }
                default -> {}
            }
        }

        private boolean isOpen() {
            return List.of("published", "in-progress", "disputed").contains(state);
        }
    }

    @Test
    void the_record_that_follows_from_the_events_is_what_the_books_say() throws Exception {
        int turns = 0;
        for (int seed = 0; seed < LIVES; seed++) {
            Life life = new Life(seed);
            Told told = new Told(List.of(life.story));
            ObjectNode record = told.record(life.story.commitment, ON, Story.ZONE);
            same(seed, life, record);
            Judgement judged =
                    CommitmentComparison.judge(
                            told.promises().getFirst(), record, ON, Story.ZONE, told.index());
            assertThat(judged.differences()).as("life %d", seed).isEmpty();
            turns += told.entries().size();
        }
        assertThat(turns).as("these lives are no quiet ones").isGreaterThan(20 * LIVES);
    }

    private static void same(int seed, Life life, JsonNode record) {
        String as = "life " + seed;
        assertThat(record.at("/state/value").asString()).as(as).isEqualTo(life.state);
        assertThat(record.at("/commitment/period/end").asString()).as(as).isEqualTo(life.end + "");
        for (JsonNode milestone : record.path("milestones")) {
            Step step = Objects.requireNonNull(life.steps.get(milestone.path("id").asString()));
            assertThat(List.of("due", "originalDue", "status"))
                    .as(as)
                    .map(name -> milestone.path(name).asString())
                    .containsExactly(step.due.toString(), step.originalDue.toString(), step.status);
        }
        assertThat(record.path("milestones").size()).as(as).isEqualTo(life.steps.size());
        LocalDate next =
                life.steps.values().stream()
                        .filter(step -> !step.status.equals("met"))
                        .map(step -> step.due)
                        .min(LocalDate::compareTo)
                        .filter(due -> due.isBefore(life.end))
                        .orElse(life.end);
        assertThat(record.at("/lateness/nextDue").asString(""))
                .as(as)
                .isEqualTo(life.isOpen() ? next.toString() : "");
        assertThat(record.at("/reports/overdue").asInt(-1)).as(as).isEqualTo(overdue(life));
        for (JsonNode report : record.at("/reports/published/items")) {
            assertThat(report.path("corrections").asInt(-1))
                    .as(as)
                    .isEqualTo(life.corrections.get(report.path("period").asString()));
        }
        assertThat(sums(record)).as(as).isEqualTo(sums(life));
    }

    /** Walks day by day: where a quarter ends, its report is due within 30 days. */
    private static int overdue(Life life) {
        int overdue = 0;
        for (LocalDate day = life.published; day.isBefore(ON); day = day.plusDays(1)) {
            LocalDate tomorrow = day.plusDays(1);
            boolean ends = tomorrow.getDayOfMonth() == 1 && tomorrow.getMonthValue() % 3 == 1;
            boolean whole = !day.plusDays(1).minusMonths(3).isBefore(life.published);
            String period = day.getYear() + "-Q" + day.getMonthValue() / 3;
            if (ends
                    && whole
                    && !day.isAfter(life.ended)
                    && !life.reports.containsKey(period)
                    && day.plusDays(30).isBefore(ON)) {
                overdue++;
            }
        }
        return overdue;
    }

    private static Map<String, BigDecimal> sums(JsonNode record) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (JsonNode total : record.at("/money/totals")) {
            for (String figure :
                    List.of("promised", "adjusted", "spent", "refunded", "overspent", "givenUp")) {
                sums.put(
                        total.path("currency").asString() + " " + figure,
                        new BigDecimal(total.path(figure).path("amount").asString()));
            }
        }
        return sums;
    }

    private static Map<String, BigDecimal> sums(Life life) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (Money one : life.money) {
            boolean lapsed = one.state.equals("lapsed");
            boolean approved = !one.state.equals("proposed");
            Map<String, Long> figures =
                    Map.of(
                            "promised",
                            approved ? one.total : 0,
                            "adjusted",
                            approved && !lapsed ? one.adjusted : 0,
                            "spent",
                            one.spent,
                            "refunded",
                            one.refunded,
                            "overspent",
                            Math.max(0, one.spent - one.adjusted),
                            "givenUp",
                            lapsed ? one.adjusted : 0);
            figures.forEach(
                    (figure, minor) ->
                            sums.merge(
                                    one.currency + " " + figure,
                                    BigDecimal.valueOf(minor, 2),
                                    BigDecimal::add));
        }
        return sums;
    }
}
