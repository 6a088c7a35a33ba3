package org.ashar.progressreports.readmodel.record;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.StreamId;
import org.ashar.messaging.Cursor;
import org.ashar.messaging.Page;
import org.ashar.messaging.Slice;
import org.ashar.messaging.SliceDefinition;
import org.ashar.messaging.SliceFields;
import org.ashar.messaging.ViewQuery;
import org.ashar.messaging.ViewReader;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.Items;
import org.ashar.progressreports.readmodel.record.CommitmentSlice.MilestoneStatus;
import org.ashar.progressreports.readmodel.record.CommitmentSlice.State;
import org.ashar.progressreports.readmodel.record.PlaceRecord.Row;

/** Reads the record of a place: its figures from flat fields, its commitments page by page. */
public final class PlaceRecordReader {

    /**
     * Streams of one kind that a place's figures are counted from, at most. Where there are as many
     * the record says so.
     */
    static final int MOST = 200_000;

    private final ViewReader reader;
    private final ZoneId zone;

    public PlaceRecordReader(ViewReader reader, ZoneId zone) {
        this.reader = reader;
        this.zone = zone;
    }

    /** The record of {@code place}, with lateness as of {@code on}. */
    public PlaceRecord place(PlaceRef place, LocalDate on, PlaceQuery query) {
        Lateness lateness = new Lateness(on, zone);
        String address = address(place);
        PlaceFigures figures =
                PlaceFigures.of(
                        fields(RecordView.COMMITMENTS, place, "publishedOn"),
                        fields(RecordView.BUDGETS, place, "overspent"),
                        fields(RecordView.REPORTS, place, "begins"),
                        lateness,
                        address);
        return record(place, on, figures, rows(place, query, on), query);
    }

    static PlaceRecord record(
            PlaceRef place, LocalDate on, PlaceFigures figures, Page<Row> rows, PlaceQuery query) {
        return new PlaceRecord(
                place,
                figures.asOf(),
                on,
                figures.incompleteSince(),
                figures.cutAt(),
                figures.demonstration(),
                figures.restsOn(),
                figures.counts(),
                figures.money(),
                figures.reports(),
                new Items<>(
                        rows.rows(),
                        rows.next() == null
                                ? null
                                : address(place) + query.following(on, rows.next())));
    }

    /** One page of the place's commitments. */
    public Page<Row> rows(PlaceRef place, PlaceQuery query, LocalDate on) {
        Lateness lateness = new Lateness(on, zone);
        Page<Slice<CommitmentSlice>> page =
                reader.find(RecordView.COMMITMENTS, viewQuery(place, query, on));
        Map<StreamId, List<Slice<BudgetSlice>>> budgets =
                budgets(page.rows().stream().map(Slice::stream).toList());
        return new Page<>(
                page.rows().stream()
                        .map(
                                slice ->
                                        row(
                                                slice,
                                                budgets.getOrDefault(slice.stream(), List.of()),
                                                lateness))
                        .toList(),
                page.next());
    }

    static String address(PlaceRef place) {
        return "/api/record/places/" + place.scheme() + "/" + place.code();
    }

    private ViewQuery viewQuery(PlaceRef place, PlaceQuery query, LocalDate on) {
        ViewQuery view = ViewQuery.all().equal("place", place.key());
        if (query.state().isPresent()) {
            view = view.equal("state", Kebab.of(query.state().get()));
        }
        if (query.lead().isPresent()) {
            view = view.equal("lead", query.lead().get());
        }
        if (query.classification().isPresent()) {
            view = view.equal("classifications", query.classification().get());
        }
        if (query.attention().isPresent()) {
            view =
                    switch (query.attention().get()) {
                        case LATE -> view.between("dueOrder", null, on);
                        case DISPUTED -> view.equal("state", Kebab.of(State.DISPUTED));
                        case OVERSPENT -> view.in("id", overspent(place));
                    };
        }
        view =
                switch (query.sort()) {
                    case NEWEST -> view.sortedDescendingBy("publishedOn");
                    case NEXT_DUE -> view.sortedBy("dueOrder");
                    case TITLE -> view.sortedBy("title");
                };
        return view.after(query.after()).limit(query.limit());
    }

    private List<String> overspent(PlaceRef place) {
        return reader
                .fields(
                        RecordView.BUDGETS,
                        ViewQuery.all().equal("place", place.key()).equal("overspent", true),
                        MOST)
                .stream()
                .map(budget -> PlaceFigures.text(budget, "commitment"))
                .distinct()
                .toList();
    }

    private Map<StreamId, List<Slice<BudgetSlice>>> budgets(List<StreamId> commitments) {
        Map<StreamId, List<Slice<BudgetSlice>>> found = new HashMap<>();
        if (commitments.isEmpty()) {
            return found;
        }
        ViewQuery query =
                ViewQuery.all()
                        .in("commitment", commitments.stream().map(StreamId::toString).toList())
                        .limit(ViewQuery.MAX_PAGE);
        Cursor after = null;
        do {
            Page<Slice<BudgetSlice>> page = reader.find(RecordView.BUDGETS, query.after(after));
            for (Slice<BudgetSlice> budget : page.rows()) {
                found.computeIfAbsent(budget.body().commitment(), _ -> new ArrayList<>())
                        .add(budget);
            }
            after = page.next();
        } while (after != null);
        return found;
    }

    static Row row(
            Slice<CommitmentSlice> slice, List<Slice<BudgetSlice>> budgets, Lateness lateness) {
        CommitmentSlice commitment = slice.body();
        MoneyTotals totals = new MoneyTotals();
        budgets.forEach(budget -> totals.add(budget.body()));
        String record = CommitmentRecordWriter.address(commitment.id());
        return new Row(
                commitment.id().id(),
                commitment.title(),
                commitment.lead(),
                Kebab.of(commitment.state()),
                commitment.period(),
                commitment.publishedOn(),
                commitment.nextDue(),
                lateness.late(commitment.nextDue()),
                lateness.days(commitment.nextDue()),
                budgets.stream().anyMatch(budget -> budget.body().overspent()),
                commitment.milestones().stream().filter(m -> !m.dropped()).count(),
                commitment.milestones().stream()
                        .filter(m -> m.status() == MilestoneStatus.MET)
                        .count(),
                totals.byCurrency(record + "/budgets", false),
                slice.sequence(),
                record);
    }

    /** {@code order} is that of an index, so that the store need not sort what is only counted. */
    private List<SliceFields> fields(SliceDefinition<?> slices, PlaceRef place, String order) {
        return reader.fields(
                slices, ViewQuery.all().equal("place", place.key()).sortedBy(order), MOST);
    }
}
