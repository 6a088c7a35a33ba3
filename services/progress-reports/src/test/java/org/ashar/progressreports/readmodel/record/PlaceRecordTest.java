package org.ashar.progressreports.readmodel.record;

import static org.ashar.progressreports.readmodel.record.Town.milestone;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.ashar.kernel.StreamId;
import org.ashar.messaging.Page;
import org.ashar.messaging.Slice;
import org.ashar.messaging.SliceDefinition;
import org.ashar.messaging.SliceFields;
import org.ashar.progressreports.readmodel.record.Deliveries.Delivery;
import org.ashar.progressreports.readmodel.record.MoneyTotals.OfCurrency;
import org.ashar.progressreports.readmodel.record.PlaceRecord.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceRecordTest {

    private static final LocalDate ON = LocalDate.of(2025, 12, 1);

    @Test
    void a_place_of_which_nothing_is_known_has_an_empty_record() {
        PlaceRecord record = record(List.of());
        assertThat(record.asOf()).isNull();
        assertThat(record.counts().commitments()).isZero();
        assertThat(record.money()).isEmpty();
        assertThat(record.commitments().items()).isEmpty();
        assertThat(record.restsOn().streams()).isZero();
    }

    @Test
    void promises_are_counted_by_state_and_by_what_calls_for_a_look() {
        PlaceRecord record = record(towns());
        assertThat(record.counts().commitments()).isEqualTo(4);
        assertThat(record.counts().byState())
                .isEqualTo(
                        Map.of(
                                "published", 1L,
                                "in-progress", 1L,
                                "disputed", 1L,
                                "verified-complete", 1L));
        assertThat(record.counts().late()).isEqualTo(2);
        assertThat(record.counts().disputed()).isEqualTo(1);
        assertThat(record.counts().overspent()).isEqualTo(1);
    }

    @Test
    void money_is_summed_by_currency() {
        PlaceRecord record = record(towns());
        assertThat(record.money()).extracting(OfCurrency::currency).containsExactly("KGS", "USD");
        OfCurrency kgs = record.money().getFirst();
        assertThat(kgs.promised().amount()).isEqualTo("30.00");
        assertThat(kgs.spent().amount()).isEqualTo("25.00");
        assertThat(kgs.overspent().amount()).isEqualTo("5.00");
        assertThat(kgs.spent().from())
                .isEqualTo("/api/record/places/soate/41706204810000?limit=200");
    }

    @Test
    void missing_reports_are_counted() {
        PlaceRecord record = record(towns());
        // Three running promises owe Q2 and Q3, one of these came; the verified one owed Q2 alone.
        assertThat(record.reports().published()).isEqualTo(1);
        assertThat(record.reports().overdue()).isEqualTo(6);
        assertThat(record.reports().due()).isZero();
    }

    @Test
    void each_promise_is_one_line() {
        Row row = record(towns()).commitments().items().getFirst();
        assertThat(row.state()).isEqualTo("in-progress");
        assertThat(row.late()).isTrue();
        assertThat(row.daysLate()).isEqualTo(215);
        assertThat(row.overspent()).isTrue();
        assertThat(row.milestones()).isEqualTo(2);
        assertThat(row.record()).isEqualTo("/api/record/commitments/" + row.id());
        assertThat(row.money().getFirst().spent().amount()).isEqualTo("25.00");
    }

    @Test
    void the_digest_changes_with_any_sequence_and_not_with_the_order() {
        List<Town> towns = towns();
        PlaceRecord before = record(towns);
        Collections.shuffle(towns, new Random(1));
        assertThat(record(towns).restsOn()).isEqualTo(before.restsOn());
        towns.getFirst().on("2025-11-30").withdrawn();
        assertThat(record(towns).restsOn().digest()).isNotEqualTo(before.restsOn().digest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"commitment", "budget-commitment", "progress-report"})
    void events_that_say_another_time_than_they_were_recorded_make_it_a_demonstration(String type) {
        List<Town> towns = towns();
        assertThat(record(towns).demonstration()).isFalse();
        towns.getFirst()
                .events
                .replaceAll(
                        event ->
                                event.envelope().stream().type().equals(type)
                                        ? event.recorded("2025-12-01T00:00:00Z")
                                        : event);
        assertThat(record(towns).demonstration()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void a_record_counted_from_as_much_as_is_counted_at_most_says_so(int fewer) {
        SliceFields report =
                new SliceFields(StreamId.derived("progress-report", "one"), 1, null, Map.of());
        List<SliceFields> reports = Collections.nCopies(PlaceRecordReader.MOST - fewer, report);
        PlaceFigures figures =
                PlaceFigures.of(
                        List.of(), List.of(), reports, new Lateness(ON, Town.ZONE), "/here");
        assertThat(figures.reports().published()).isEqualTo(PlaceRecordReader.MOST - fewer);
        assertThat(figures.cutAt()).isEqualTo(fewer == 0 ? PlaceRecordReader.MOST : null);
    }

    static List<Town> towns() {
        List<Town> towns = new ArrayList<>();
        Town water = town("water").started().on("2025-07-20").reported("2025-Q2", "Иш жүрүп жатат");
        water.purse("a", "KGS").proposed(2_000).approved().committed().spent(2_500);
        towns.add(water);
        Town school = town("school").started().reportedComplete().disputed();
        school.purse("a", "KGS").proposed(1_000).approved();
        school.purse("b", "USD").proposed(1_000).approved();
        towns.add(school);
        towns.add(new Town("lights").on("2025-01-15").published(milestone("m1", "2025-12-20")));
        towns.add(town("bridge").started().on("2025-07-05").reportedComplete().verified());
        return towns;
    }

    static PlaceRecord record(List<Town> towns) {
        List<SliceFields> commitments = new ArrayList<>();
        List<SliceFields> budgets = new ArrayList<>();
        List<SliceFields> reports = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        Lateness lateness = new Lateness(ON, Town.ZONE);
        for (Town town : towns) {
            Deliveries deliveries = new Deliveries();
            for (Delivery event : town.events) {
                deliveries.deliver(event);
            }
            List<Slice<CommitmentSlice>> promises =
                    deliveries.slices(CommitmentSlice.class, CommitmentSlice::id, town.commitment);
            List<Slice<BudgetSlice>> money =
                    deliveries.slices(BudgetSlice.class, BudgetSlice::commitment, town.commitment);
            promises.forEach(slice -> commitments.add(fields(RecordView.COMMITMENTS, slice)));
            money.forEach(slice -> budgets.add(fields(RecordView.BUDGETS, slice)));
            deliveries
                    .slices(ReportSlice.class, ReportSlice::commitment, town.commitment)
                    .forEach(slice -> reports.add(fields(RecordView.REPORTS, slice)));
            rows.add(PlaceRecordReader.row(promises.getFirst(), money, lateness));
        }
        return PlaceRecordReader.record(
                Town.PLACE,
                ON,
                PlaceFigures.of(
                        commitments,
                        budgets,
                        reports,
                        lateness,
                        PlaceRecordReader.address(Town.PLACE)),
                new Page<>(rows, null),
                new PlaceQuery(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        PlaceQuery.Sort.NEWEST,
                        null,
                        50));
    }

    private static Town town(String name) {
        return new Town(name)
                .on("2025-01-15")
                .published(milestone("m1", "2025-04-30"), milestone("m2", "2025-10-31"));
    }

    /** As the store gives them back. */
    private static <D> SliceFields fields(SliceDefinition<D> definition, Slice<D> slice) {
        Map<String, Object> stored = new HashMap<>();
        definition
                .fields()
                .apply(slice.body())
                .forEach(
                        (name, value) -> {
                            @Nullable Object kept =
                                    switch (value) {
                                        case null -> null;
                                        case Integer number -> number.longValue();
                                        case LocalDate date -> date.toString();
                                        case Instant instant -> instant;
                                        default -> value;
                                    };
                            if (kept != null) {
                                stored.put(name, kept);
                            }
                        });
        return new SliceFields(slice.stream(), slice.sequence(), null, stored);
    }
}
