package org.ashar.budgetcommitments.api;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.ashar.budgetcommitments.domain.commitment.Terms.Lead;
import org.ashar.kernel.Classification;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.ashar.web.Csv;
import org.jspecify.annotations.Nullable;

/**
 * A commitment in a list.
 *
 * @param overdue whether it is delayed on the day of the question
 * @param milestones how many there are, dropped ones left out
 */
record CommitmentRow(
        String id,
        long version,
        String state,
        PlaceRef place,
        MultilingualText title,
        @Nullable Lead lead,
        @Nullable Period period,
        List<Classification> classifications,
        @Nullable LocalDate publishedOn,
        @Nullable LocalDate nextDue,
        boolean overdue,
        int milestones,
        int milestonesMet) {

    private static final List<String> COLUMNS =
            List.of(
                    "id",
                    "state",
                    "place",
                    "placeName",
                    "title",
                    "titleLanguage",
                    "lead",
                    "start",
                    "end",
                    "classifications",
                    "publishedOn",
                    "nextDue",
                    "overdue",
                    "milestones",
                    "milestonesMet");

    static CommitmentRow of(CommitmentView view, LocalDate today) {
        return new CommitmentRow(
                view.id(),
                view.version(),
                view.state(),
                view.place(),
                view.title(),
                view.lead(),
                view.period(),
                view.classifications(),
                view.publishedOn(),
                view.nextDue(),
                view.nextDue() != null && view.nextDue().isBefore(today),
                (int) statuses(view).filter(status -> !status.equals("dropped")).count(),
                (int) statuses(view).filter(status -> status.equals("met")).count());
    }

    static Csv csv(List<CommitmentRow> rows) {
        return new Csv(COLUMNS, rows.stream().map(CommitmentRow::cells).toList());
    }

    private List<String> cells() {
        MultilingualText.Chosen original = title.in(title.original());
        return List.of(
                id,
                state,
                place.key(),
                place.name(),
                original.value(),
                original.language(),
                lead == null ? "" : lead.organisation(),
                period == null ? "" : period.start().toString(),
                period == null ? "" : period.end().toString(),
                String.join(
                        " ",
                        classifications.stream().map(c -> c.scheme() + ":" + c.code()).toList()),
                Listing.cell(publishedOn),
                Listing.cell(nextDue),
                Boolean.toString(overdue),
                Integer.toString(milestones),
                Integer.toString(milestonesMet));
    }

    private static Stream<String> statuses(CommitmentView view) {
        return view.milestones().stream().map(CommitmentView.MilestoneView::status);
    }
}
