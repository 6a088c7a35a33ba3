package org.ashar.progressreports.api;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ashar.kernel.Checked;
import org.ashar.kernel.PlaceRef;
import org.ashar.progressreports.readmodel.record.CommitmentSlice;
import org.ashar.progressreports.readmodel.record.MoneyTotals.OfCurrency;
import org.ashar.progressreports.readmodel.record.PlaceQuery;
import org.ashar.progressreports.readmodel.record.PlaceQuery.Attention;
import org.ashar.progressreports.readmodel.record.PlaceQuery.Sort;
import org.ashar.progressreports.readmodel.record.PlaceRecord;
import org.ashar.progressreports.readmodel.record.PlaceRecord.Row;
import org.ashar.progressreports.readmodel.record.PlaceRecordReader;
import org.ashar.web.Answers;
import org.ashar.web.Csv;
import org.ashar.web.Paging;
import org.ashar.web.PlaceRegistry;
import org.ashar.web.Query;
import org.ashar.web.Store;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The public record of one place. */
@RestController
final class PlaceRecords {

    private static final List<String> COLUMNS =
            List.of(
                    "id",
                    "title",
                    "language",
                    "lead",
                    "state",
                    "start",
                    "end",
                    "publishedOn",
                    "nextDue",
                    "daysLate",
                    "milestones",
                    "milestonesMet",
                    "currency",
                    "promised",
                    "adjusted",
                    "committed",
                    "spent",
                    "overspent");

    private final PlaceRecordReader records;
    private final PlaceRegistry places;
    private final Clock clock;
    private final ZoneId zone;

    PlaceRecords(PlaceRecordReader records, PlaceRegistry places, Clock clock, ZoneId zone) {
        this.records = records;
        this.places = places;
        this.clock = clock;
        this.zone = zone;
    }

    @GetMapping("/api/record/places/{scheme}/{code}")
    ResponseEntity<?> record(@PathVariable String scheme, @PathVariable String code, Query query) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        LocalDate on = Addresses.on(query, today);
        Optional<CommitmentSlice.State> state = query.oneOf("state", CommitmentSlice.State.class);
        Optional<String> lead = query.text("lead", 200);
        Optional<String> classification =
                query.value("classification", PlaceRecords::classification);
        Optional<Attention> attention = query.oneOf("attention", Attention.class);
        Sort sort = query.oneOf("sort", Sort.class).orElse(Sort.NEWEST);
        Paging paging = query.paging();
        return query.valid(
                () -> {
                    PlaceRef place =
                            switch (places.find(scheme, code, today)) {
                                case Checked.Valid<PlaceRef>(PlaceRef known) -> known;
                                case Checked.Invalid<PlaceRef> _ ->
                                        throw Addresses.notFound("place.unknown");
                            };
                    PlaceQuery asked =
                            new PlaceQuery(
                                    state,
                                    lead,
                                    classification,
                                    attention,
                                    sort,
                                    Addresses.cursor(query, paging),
                                    paging.limit());
                    return query.wantsCsv()
                            ? Store.read(() -> csv(place, on, asked))
                            : Store.read(() -> json(place, on, asked));
                });
    }

    private ResponseEntity<PlaceRecord> json(PlaceRef place, LocalDate on, PlaceQuery query) {
        PlaceRecord record = records.place(place, on, query);
        return ResponseEntity.ok()
                .eTag(ETags.of(record.restsOn().digest(), record.incompleteSince(), on, query))
                .cacheControl(CacheControl.noCache())
                .varyBy("Accept")
                .body(record);
    }

    private ResponseEntity<byte[]> csv(PlaceRef place, LocalDate on, PlaceQuery query) {
        org.ashar.messaging.Page<Row> page = records.rows(place, query, on);
        List<List<String>> lines = new ArrayList<>();
        for (Row row : page.rows()) {
            if (row.money().isEmpty()) {
                lines.add(line(row, null));
            }
            row.money().forEach(money -> lines.add(line(row, money)));
        }
        return Answers.csv(
                new Csv(COLUMNS, lines),
                "commitments-" + place.code() + ".csv",
                Addresses.text(page.next()));
    }

    private static List<String> line(Row row, @Nullable OfCurrency money) {
        List<String> cells = new ArrayList<>();
        cells.add(row.id());
        cells.add(row.title().in(row.title().original()).value());
        cells.add(row.title().original());
        cells.add(row.lead().name().in(row.lead().name().original()).value());
        cells.add(row.state());
        cells.add(row.period().start().toString());
        cells.add(row.period().end().toString());
        cells.add(row.publishedOn().toString());
        cells.add(row.nextDue() == null ? "" : row.nextDue().toString());
        cells.add(Long.toString(row.daysLate()));
        cells.add(Long.toString(row.milestones()));
        cells.add(Long.toString(row.milestonesMet()));
        cells.add(money == null ? "" : money.currency());
        cells.add(money == null ? "" : money.promised().amount());
        cells.add(money == null ? "" : money.adjusted().amount());
        cells.add(money == null ? "" : money.committed().amount());
        cells.add(money == null ? "" : money.spent().amount());
        cells.add(money == null ? "" : money.overspent().amount());
        return cells;
    }

    private static Checked<String> classification(String text) {
        return text.matches("[a-z][a-z-]{0,19}:[0-9A-Za-z][0-9A-Za-z.-]{0,99}")
                ? Checked.valid(text)
                : Checked.invalid("record.classification-malformed");
    }
}
