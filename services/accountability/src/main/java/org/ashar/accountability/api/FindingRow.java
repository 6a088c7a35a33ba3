package org.ashar.accountability.api;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.ashar.accountability.domain.finding.Content.Severity;
import org.ashar.accountability.domain.finding.FindingState;
import org.ashar.accountability.domain.finding.FindingState.About;
import org.ashar.accountability.domain.finding.FindingState.Existing;
import org.ashar.accountability.domain.finding.Standing;
import org.ashar.eventstore.Current;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.StreamId;
import org.ashar.web.Csv;
import org.jspecify.annotations.Nullable;

/**
 * A finding in a list.
 *
 * @param state where it stands on the day that is asked about
 * @param auditor the organisation that opened it
 * @param due the last day for what the audited side owes next
 * @param daysLate for how many days that has been owed too long
 */
record FindingRow(
        String id,
        long version,
        Standing state,
        StreamId subject,
        StreamId commitment,
        PlaceRef place,
        String auditor,
        String auditee,
        MultilingualText title,
        Severity severity,
        LocalDate openedOn,
        @Nullable LocalDate due,
        long daysLate) {

    private static final List<String> COLUMNS =
            List.of(
                    "id",
                    "state",
                    "subject",
                    "commitment",
                    "place",
                    "placeName",
                    "auditor",
                    "auditee",
                    "title",
                    "language",
                    "severity",
                    "openedOn",
                    "due",
                    "daysLate");

    static FindingRow of(Current<FindingState> current, Existing finding, LocalDate on) {
        About about = finding.about();
        return new FindingRow(
                current.stream().id(),
                current.version(),
                Standing.of(finding, on),
                about.subject(),
                about.commitment(),
                about.place(),
                about.openedBy().organisation(),
                about.auditee(),
                about.content().title(),
                about.content().severity(),
                about.openedOn(),
                Standing.due(finding).orElse(null),
                Standing.daysLate(finding, on));
    }

    static Csv csv(List<FindingRow> rows) {
        return new Csv(COLUMNS, rows.stream().map(FindingRow::cells).toList());
    }

    private List<String> cells() {
        MultilingualText.Chosen shown = title.in(title.original());
        return List.of(
                id,
                kebab(state),
                subject.toString(),
                commitment.toString(),
                place.key(),
                place.name(),
                auditor,
                auditee,
                shown.value(),
                shown.language(),
                kebab(severity),
                openedOn.toString(),
                due == null ? "" : due.toString(),
                Long.toString(daysLate));
    }

    private static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
