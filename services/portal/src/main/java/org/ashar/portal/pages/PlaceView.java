package org.ashar.portal.pages;

import java.util.ArrayList;
import java.util.List;
import org.ashar.portal.publicrecord.PlaceRecord;
import org.ashar.portal.publicrecord.PlaceRecord.Row;
import org.ashar.portal.publicrecord.Total;
import org.jspecify.annotations.Nullable;

/** A place's record, ready to be shown to one reader. */
public final class PlaceView {

    private static final int TITLE = 180;

    /** A commitment in the list. */
    public record Line(
            String address,
            Wording.Said title,
            Wording.Said lead,
            List<Badge> badges,
            Row row,
            List<MoneyLine> money) {}

    /** Money of one currency with its bar. */
    public record MoneyLine(Total total, Bar bar) {

        static MoneyLine of(Total total) {
            return new MoneyLine(total, Bar.of(total.promised(), total.adjusted(), total.spent()));
        }
    }

    private final PlaceRecord record;
    private final List<Line> first;
    private final List<Line> lines;
    private final @Nullable String next;

    PlaceView(PlaceRecord record, List<Row> first, Wording w, Links links) {
        this.record = record;
        this.first = first.stream().map(row -> line(row, w, links)).toList();
        lines = record.commitments().items().stream().map(row -> line(row, w, links)).toList();
        String cursor = record.commitments().cursor();
        next = cursor == null ? null : links.with("after", cursor);
    }

    private static Line line(Row row, Wording w, Links links) {
        List<Badge> badges = new ArrayList<>();
        badges.add(Badge.ofState(row.state(), w));
        if (row.late() && row.nextDue() != null) {
            badges.add(new Badge("late", w.text("late.since", "date", w.date(row.nextDue()))));
        }
        if (row.overspent()) {
            badges.add(new Badge("overspent", w.text("overspent")));
        }
        return new Line(
                links.to("/commitments/" + row.id()),
                w.said(row.title(), TITLE),
                w.said(row.lead().name(), TITLE),
                badges,
                row,
                row.money().stream().map(MoneyLine::of).toList());
    }

    public PlaceRecord record() {
        return record;
    }

    /** Those put before the list. */
    public List<Line> first() {
        return first;
    }

    public List<Line> lines() {
        return lines;
    }

    public List<MoneyLine> money() {
        return record.money().stream().map(MoneyLine::of).toList();
    }

    /** The page that follows. */
    public @Nullable String next() {
        return next;
    }
}
