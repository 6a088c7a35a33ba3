package org.ashar.progressreports.api;

import java.util.ArrayList;
import java.util.List;
import org.ashar.kernel.MultilingualText;
import org.ashar.progressreports.readmodel.record.DueReports.Missing;
import org.ashar.progressreports.readmodel.record.DueReports.Owing;
import org.ashar.web.Csv;

/** The reporting calendar for spreadsheets: a line for each report that is missing. */
final class DueTable {

    private static final List<String> COLUMNS =
            List.of(
                    "commitment",
                    "title",
                    "language",
                    "place",
                    "placeName",
                    "lead",
                    "period",
                    "start",
                    "end",
                    "dueOn",
                    "standing",
                    "daysLate");

    private DueTable() {}

    static Csv of(List<Owing> all) {
        List<List<String>> lines = new ArrayList<>();
        all.forEach(owing -> owing.reports().forEach(report -> lines.add(line(owing, report))));
        return new Csv(COLUMNS, lines);
    }

    private static List<String> line(Owing owing, Missing report) {
        MultilingualText.Chosen title = owing.title().in(owing.title().original());
        return List.of(
                owing.commitment(),
                title.value(),
                title.language(),
                owing.place().key(),
                owing.place().name(),
                owing.lead().organisation(),
                report.period(),
                report.days().start().toString(),
                report.days().end().toString(),
                report.dueOn().toString(),
                report.standing(),
                Long.toString(report.daysLate()));
    }
}
